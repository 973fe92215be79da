"""What the routes of the workshop state (`tests/routes.py`)."""

from datetime import date

from django.utils import timezone

from tenir.atelier.models import Accord, Brouillon
from tenir.atelier.services.elements import corriger
from tenir.contrat.models import VersionDuContrat
from tenir.fichier import canonique
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.roles import Role
from tests.atelier.brouillons import SHA, brouillon, contrat
from tests.personnes import acces
from tests.routes import COMMUN, EQUIPE, FICHIER, PLATEFORME, Arguments, Route

CREER = "tests/atelier/test_navigateur_atelier.py::test_a_contract_goes_from_its_document_to_the_public_site"
RELIRE = "tests/atelier/test_navigateur_atelier.py::test_the_pages_of_the_workshop_are_sound_and_accessible"


def arguments(espace: EspaceDeContrat) -> Arguments:
    """An avenant in preparation, with a gesture and an answer of a signatory; a correction that is over."""
    by = acces("Iris Atelier", Role.EQUIPE, espace)
    base = VersionDuContrat.objects.of(espace).first() or first_version(espace)
    over = brouillon_over(espace, base)
    made = brouillon(
        espace,
        by.personne,
        objet=Brouillon.Objet.AVENANT,
        base=base,
        titre="Avenant n° 1",
        signe_le=date(2026, 1, 12),
        en_vigueur_le=date(2026, 1, 12),
    )
    made.contrat["absents"] = [one for one in made.contrat["absents"] if one != "crédits"]
    made.save(update_fields=["contrat"])
    corriger(by=by, brouillon=made, code="O02-A01", valeurs={"titre": "Forum annuel de l’emploi"})
    made.refresh_from_db()
    shown = {"roles": [], "etiquettes": {"Porté par": "pilotes"}}
    read = {"contrat": made.contrat, "doutes": {}, "raisons": {}, "gabarit": shown, "revision": made.revision}
    Brouillon.objects.filter(pk=made.pk).update(relecture=read, gabarit=shown)
    Accord.objects.create(brouillon=made, signataire="S01", etat=Accord.Etat.SIGNE, le=date(2026, 1, 12))
    of_an_item = ("element", "deplacer", "scinder", "reunir", "retirer")
    return {
        **{f"atelier-{name}": ["O01-A01"] for name in of_an_item},
        "atelier-doute": ["O01-A02"],
        "atelier-absent": ["credits"],
        "atelier-ligne": [7],
        "atelier-masquer": [12],
        "atelier-organisme": ["blouse-vallon"],
        "atelier-geste-annuler": [1],
        "atelier-passe": [over.pk],
        "atelier-accord": ["S01"],
        "atelier-acte-fichier": ["docx"],
    }


def first_version(espace: EspaceDeContrat) -> VersionDuContrat:
    """A text in force, for a contract that has none."""
    text = canonique.dump(contrat(espace.slug))
    return VersionDuContrat.objects.create(
        espace=espace, numero=1, nature="initiale", canonique=text, sha256=SHA, en_vigueur_le=date(2024, 5, 2)
    )


def brouillon_over(espace: EspaceDeContrat, base: VersionDuContrat) -> Brouillon:
    """A correction that was put in force."""
    return Brouillon.objects.create(
        espace=espace,
        objet=Brouillon.Objet.CORRECTION,
        etat=Brouillon.Etat.VERSE,
        base=base,
        contrat=contrat(espace.slug).model_dump(mode="json", exclude_defaults=True),
        motif="Une faute de frappe.",
        ouvert_le=timezone.now(),
        fini_le=timezone.now(),
    )


ROUTES = {
    "contrat-nouveau": Route(PLATEFORME, CREER, 4),
    "atelier": Route(EQUIPE, RELIRE, 10),
    "atelier-ouvrir": Route(EQUIPE, COMMUN, 5),
    "atelier-document": Route(EQUIPE, COMMUN, 6),
    "atelier-mise-en-page": Route(EQUIPE, COMMUN, 9),
    "atelier-relecture": Route(EQUIPE, COMMUN, 6),
    "atelier-gabarit": Route(EQUIPE, FICHIER, 7),
    "atelier-a-trancher": Route(EQUIPE, RELIRE, 8),
    "atelier-ligne": Route(EQUIPE, RELIRE, 10),
    "atelier-masquer": Route(EQUIPE, COMMUN, 7),
    "atelier-elements": Route(EQUIPE, RELIRE, 8),
    "atelier-ajouter": Route(EQUIPE, RELIRE, 6),
    "atelier-element": Route(EQUIPE, RELIRE, 8),
    "atelier-deplacer": Route(EQUIPE, COMMUN, 6),
    "atelier-scinder": Route(EQUIPE, COMMUN, 6),
    "atelier-reunir": Route(EQUIPE, COMMUN, 6),
    "atelier-retirer": Route(EQUIPE, COMMUN, 6),
    "atelier-doute": Route(EQUIPE, COMMUN, 6),
    "atelier-absent": Route(EQUIPE, COMMUN, 6),
    "atelier-identite": Route(EQUIPE, COMMUN, 6),
    "atelier-organismes": Route(EQUIPE, RELIRE, 9),
    "atelier-organisme": Route(EQUIPE, COMMUN, 7),
    "atelier-gestes": Route(EQUIPE, RELIRE, 11),
    "atelier-geste-annuler": Route(EQUIPE, COMMUN, 12),
    "atelier-fichier": Route(EQUIPE, FICHIER, 5),
    "atelier-passe": Route(EQUIPE, COMMUN, 6),
    "atelier-changements": Route(EQUIPE, COMMUN, 8),
    "atelier-signer": Route(EQUIPE, RELIRE, 12),
    "atelier-publier": Route(EQUIPE, CREER, 4),
    "atelier-abandonner": Route(EQUIPE, COMMUN, 6),
    "atelier-acte": Route(EQUIPE, COMMUN, 10),
    "atelier-accord": Route(EQUIPE, COMMUN, 7),
    "atelier-acte-fichier": Route(EQUIPE, FICHIER, 6),
}
