"""What must stand before the form of an address has something to act on (`tests/test_portes.py`)."""

from tenir.equipe.models import Sigle
from tenir.habilitations.models import EspaceDeContrat, OrganismeRetenu
from tests.personnes import body


def made_ready(name: str, espace: EspaceDeContrat) -> None:
    """What must stand before a form has something to act on."""
    from tenir.activite.models import Nature
    from tenir.fiches.models import FicheAction
    from tenir.points.models import Destinataire, PointDEtape, Question
    from tests.personnes import person, referent
    from tests.vie import fiche

    if name == "atelier-signer":
        complete_the_draft(espace)
    of_a_body = {"affiche-nouvelle", "entree-inscrire", "entree-corriger", "objet-nouveau", "serie-nouvelle"}
    if name in of_a_body | {"serie-modifier"}:
        OrganismeRetenu.objects.get_or_create(espace=espace, organisation=body("ccas"))
    if name in {"preconisation-deposer", "abonnement-nouveau", "dossier-ouvrir"}:
        EspaceDeContrat.objects.filter(pk=espace.pk).update(etat="publie")
    council_and_acronyms(name, espace)
    if name == "nature-reprendre":
        Nature.objects.update(retiree=True)
    if name in {"point-clore", "point-lien", "point-lire", "point-accepter-simples", "point-synthese-figer"}:
        PointDEtape.objects.update(envoye_le="2026-01-05T09:00Z", synthese=None, synthese_sha256="", synthese_le=None)
    if name in {"point-modifier", "point-envoyer"}:
        PointDEtape.objects.filter(destinataires__questions__isnull=False).update(envoye_le=None)
        Destinataire.objects.update(transmis_a=None)
        Destinataire.objects.all().delete()
        fiche(espace, "O08-A01", pilots=("ccas",))
        FicheAction.objects.update(organisme_en_charge=body("ccas"))
        referent(person("Ida Sollicitée", signs_in=False), espace)
    if name in {"point-lire", "point-accepter-simples", "point-terminer"}:
        Question.objects.update(etat="repondue", phrase="Lu.", repondu_le="2026-01-06T09:00Z", fichier="", nom="")
    if name == "point-synthese-figer":
        PointDEtape.objects.update(clos_le="2026-02-05T09:00Z")
    ready_to_speak(name)
    ready_in_a_line(name, espace)


def ready_to_speak(name: str) -> None:
    """The same for whoever corrects her comment: it is hers."""
    from tenir.acteurs.models import Personne
    from tenir.commentaires.models import Commentaire

    if name == "commentaire-corriger":
        Commentaire.objects.update(auteur=Personne.objects.get(nom="Basile Pivot"))


def ready_in_a_line(name: str, espace: EspaceDeContrat) -> None:
    """The same for what is done in a line of a list: something overdue, someone to write to, nobody designated."""
    from tenir.contrat.models import OrganismeCite
    from tenir.core.models import Courriel
    from tenir.engagements.models import SuiviDEngagement
    from tenir.fiches.models import Jalon
    from tenir.points.models import EnvoiDesEtats
    from tenir.points.services.etats import ETAT
    from tests.personnes import person, referent

    if name in {"fiche-atteint", "fiche-reporter"}:
        Jalon.objects.update(prevu_le="2026-01-05", revise_le=None)
    if name == "suivi-engagement-reporter":
        SuiviDEngagement.objects.update(attendu_pour="2026-01-05")
    if name in {"fiche-designer", "fiche-prescripteurs"}:
        OrganismeCite.objects.all().delete()
        OrganismeRetenu.objects.get_or_create(espace=espace, organisation=body("ccas"))
    if name in {"fiche-relancer", "suivi-engagement-relancer", "etats-envoyer"}:
        for of in ("ccas", "etablissement"):
            referent(person(f"Ida {of}", signs_in=False), espace, of=of)
    if name in {"etats-arreter", "etats-renvoyer"}:
        remise = EnvoiDesEtats.objects.get().remises.get(personne__isnull=False)
        state = "refuse" if name == "etats-renvoyer" else "a-envoyer"
        when = {"prevu_le": "2030-01-05T09:00Z", "pas_avant": "2030-01-05T09:00Z"}
        Courriel.objects.create(cle="etat/1", genre=ETAT, cible=str(remise.pk), etat=state, **when)
        referent(remise.personne, espace, of="etablissement")
        type(remise.personne).objects.filter(pk=remise.personne_id).update(email="zoe@exemple.test")


def complete_the_draft(espace: EspaceDeContrat) -> None:
    """Give each line of a draft its place, and settle its doubts."""
    from tenir.atelier.models import Brouillon
    from tenir.atelier.services.lignes import ranger
    from tenir.habilitations.roles import Role
    from tests.personnes import acces

    made = Brouillon.objects.get(espace=espace, etat="en-cours")
    by = acces("Rémi Rangeur", Role.EQUIPE, espace)
    ranger(by=by, brouillon=made, lignes=range(7, 9), dans="O01", nature="autre")
    made.refresh_from_db()
    made.contrat["signataires"][0]["organisme"] = "etat"
    made.doutes = {}
    made.save()


def council_and_acronyms(name: str, espace: EspaceDeContrat) -> None:
    """A contact of the council, to whom a link goes; an acronym set aside, which comes back."""
    from tests.personnes import person, referent

    if name == "avis-envoyer":
        referent(person("Ida Conseillère", signs_in=False), espace, of="conseil")
    if name == "sigle-remettre":
        Sigle.objects.filter(espace=espace).update(ecarte=True)
