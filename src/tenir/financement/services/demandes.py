"""Asking funders: a link to each; then writing in the ledger what each answers, or setting it aside with a reason."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.acteurs.models import Organisation, Personne
from tenir.core import courriels, horloge
from tenir.core.marques import Lu, refuse_unread
from tenir.core.models import Courriel
from tenir.core.noms import de
from tenir.core.requetes import still
from tenir.core.trace import Fait, record
from tenir.core.typographie import date_fr
from tenir.ecran.annulation.gestes import geste
from tenir.financement.enums import EtatDeReponse
from tenir.financement.models import DemandeAuFinanceur, MouvementDeFinancement, ReponseDeFinanceur
from tenir.financement.services.commun import DEFINE, DEMANDE, LIGNE, UPDATE, about_line, locked
from tenir.financement.services.lignes import add_row, told_row
from tenir.habilitations import joignables
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, require
from tenir.habilitations.services import trace_of

GENRE = "demande-au-financeur"
"""The kind of the message to a contact of a funder; its `cible` is « demande/person »."""


@transaction.atomic
def ask(
    *, by: Acces, espace: EspaceDeContrat, annee: int, financeurs: Iterable[Organisation], close_le: date
) -> list[DemandeAuFinanceur]:
    """Ask funders about a year: each contact of each receives the link of its body.

    Raises:
        Refus: she may not.
        ValidationError: nobody is asked, one is asked already, the day to answer by is past.
    """
    require(by, DEFINE, espace)
    today = horloge.today(espace)
    made = [
        DemandeAuFinanceur(espace=espace, financeur=one, annee=annee, demandee_le=today, close_le=close_le)
        for one in financeurs
    ]
    if not made:
        raise ValidationError({"financeurs": "Choisissez au moins un financeur."})
    for one in made:
        one.full_clean()
        one.save()
        for person in contacts_of(one):
            cible = f"{one.pk}/{person.pk}"
            courriels.enqueue(cle=f"{GENRE}/{cible}", genre=GENRE, cible=cible)
    told = f"{annee}, à répondre avant le {date_fr(close_le)}"
    facts = [Fait(DEMANDE, one.code, "demande", "", f"{one.financeur}, {told}") for one in made]
    record(trace_of(espace), by.auteur(espace), facts)
    return made


@transaction.atomic
def stop(*, by: Acces, demande: DemandeAuFinanceur, lu: Lu | None = None) -> None:
    """Stop a request: its link answers nothing any more; what was answered stays to be read.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: it is stopped already.
    """
    require(by, DEFINE, demande.espace)
    rows = DemandeAuFinanceur.objects.select_for_update(of=("self",)).select_related("espace", "financeur")
    found = still(rows, demande)
    refuse_unread(lu, shown_request(found))
    if found.arretee_le:
        raise ValidationError("Cette demande est déjà arrêtée.")
    found.arretee_le = horloge.today(found.espace)
    found.save(update_fields=["arretee_le"])
    waiting = Courriel.objects.filter(genre=GENRE, cible__startswith=f"{found.pk}/", etat=Courriel.Etat.A_ENVOYER)
    courriels.cancel(waiting)
    facts = [Fait(DEMANDE, found.code, "demande", str(found.financeur), "arrêtée")]
    record(trace_of(found.espace), by.auteur(found.espace), facts)


@transaction.atomic
def accept(*, by: Acces, reponse: ReponseDeFinanceur, motif: str = "", lu: Lu | None = None) -> MouvementDeFinancement:
    """Write in the ledger what a funder answered: a dated row of its own, said by its link.

    `motif`: the reason that the ledger asks for and that the funder did not say.

    Raises:
        Refus: she may not, on this line.
        Perime: the answer, or the line, is no more what was read.
        ValidationError: it has its outcome already, or does not hold together.
    """
    found, ligne = _held(reponse), locked(reponse.ligne)
    require(by, UPDATE, ligne.espace, ligne)
    refuse_unread(lu, shown_answer(found))
    _refuse_settled(found)
    source = f"Réponse {de(found.demande.financeur)} par son lien, le {date_fr(horloge.day_of(found.dite_le))}"
    row = MouvementDeFinancement(
        ligne=ligne, le=found.le, etat=found.etat_dit, montant=found.montant, source=source[:300],
        preuve=found.preuve, motif=found.motif or motif.strip(), pour=found.demande.financeur,
    )  # fmt: skip
    with geste(by, about_line(ligne), "réponse du financeur inscrite") as g:
        for one in (ligne, found, row):
            g.keep(one)
        before = told_row(ligne.etat, ligne.montant)
        ligne.version += 1
        add_row(ligne, row)
        found.etat = EtatDeReponse.RETENUE
        found.save(update_fields=["etat"])
        g.tell(
            [Fait(LIGNE, ligne.code, "mouvement", before, f"{told_row(row.etat, row.montant)}, {source}")],
            motif=row.motif,
        )
    return row


@transaction.atomic
def set_aside(*, by: Acces, reponse: ReponseDeFinanceur, suite: str, lu: Lu | None = None) -> None:
    """Set an answer aside, saying why.

    Raises:
        Refus: she may not, on this line.
        Perime: it is no more what was read.
        ValidationError: it has its outcome already, or nobody says why.
    """
    found, ligne = _held(reponse), locked(reponse.ligne)
    require(by, UPDATE, ligne.espace, ligne)
    refuse_unread(lu, shown_answer(found))
    _refuse_settled(found)
    with geste(by, about_line(ligne), "réponse du financeur écartée") as g:
        g.keep(found)
        found.etat, found.suite = EtatDeReponse.ECARTEE, suite.strip()
        found.full_clean()
        found.save()
        said = told_row(found.etat_dit, found.montant)
        g.tell([Fait(LIGNE, ligne.code, "réponse écartée", said, found.suite)])


def contacts_of(demande: DemandeAuFinanceur) -> list[Personne]:
    """The contacts of its funder who have an address."""
    return joignables.contacts_of(demande.espace, [demande.financeur]).get(demande.financeur_id, [])


def shown_request(demande: DemandeAuFinanceur) -> Lu:
    """What a page shows of a request."""
    return {"financeur": str(demande.financeur), "réponse": "reçue" if demande.repondu_le else "aucune"}


def shown_answer(reponse: ReponseDeFinanceur) -> Lu:
    """What a page shows of an answer, and of the line that it would change."""
    ligne = reponse.ligne
    return {
        "objet": str(ligne.objet),
        "ligne": told_row(ligne.etat, ligne.montant),
        "réponse": f"{told_row(reponse.etat_dit, reponse.montant)}, en date du {date_fr(reponse.le)}",
        "raison": reponse.motif,
        "preuve": reponse.preuve,
        "suite": str(reponse.get_etat_display()),
    }


def _held(reponse: ReponseDeFinanceur) -> ReponseDeFinanceur:
    rows = ReponseDeFinanceur.objects.select_for_update(of=("self",))
    return still(rows.select_related("demande__financeur", "demande__espace", "ligne__espace"), reponse)


def _refuse_settled(reponse: ReponseDeFinanceur) -> None:
    if reponse.etat != EtatDeReponse.A_LIRE:
        raise ValidationError("Cette réponse a déjà sa suite.")
