"""The one link of a funder, and what it answers by it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet

from tenir.core import horloge, jetons
from tenir.core.marques import Lu, refuse_unread
from tenir.core.requetes import still
from tenir.core.trace import Auteur, Fait, record
from tenir.core.typographie import date_fr
from tenir.financement.enums import ENDED, ETATS, WITHOUT_AMOUNT, EtatDeFinancement, EtatDeReponse
from tenir.financement.garde import Recus, lacks_convention
from tenir.financement.models import DemandeAuFinanceur, FicheDeDispositif, LigneDeFinancement, ReponseDeFinanceur
from tenir.financement.montants import ZERO, exact
from tenir.financement.services import dispositifs as schemes_of
from tenir.financement.services.commun import DEMANDE
from tenir.financement.services.lignes import told_row
from tenir.habilitations.services import trace_of

SALT = "tenir.financement.demande"
BY_LINK = "lien du financeur"


class LienClos(Exception):
    """The link answers nothing any more; the message is the French sentence to show."""


def token_of(demande: DemandeAuFinanceur) -> str:
    """The secret part of the address: one purpose, one funder, one year."""
    return jetons.make(SALT, demande.pk, _told(demande))


def find(jeton: str) -> DemandeAuFinanceur | None:
    """Whom a secret belongs to, whatever became of the link; one query, or none for what no link looks like."""
    return jetons.find(jeton, SALT, DemandeAuFinanceur.objects.select_related("espace", "financeur"), _told)


def open_links(now: datetime) -> int:
    """How many links may still be answered."""
    return DemandeAuFinanceur.objects.open(horloge.day_of(now)).count()


def why_closed(demande: DemandeAuFinanceur) -> str:
    """Why a link answers nothing any more, in a sentence; empty while it answers."""
    if demande.arretee_le:
        return "L’équipe du contrat a arrêté cette demande : ce lien ne répond plus."
    if demande.close_le < horloge.today(demande.espace):
        return f"Cette demande s’est close le {date_fr(demande.close_le)} : ce lien ne répond plus."
    return ""


def lines_of(demande: DemandeAuFinanceur) -> QuerySet[LigneDeFinancement]:
    """The lines of its funder that a request is about: those of its year, and those of no year in particular."""
    rows = LigneDeFinancement.objects.of(demande.espace).filter(financeur=demande.financeur)
    return rows.filter(Q(annee=demande.annee) | Q(annee=None)).order_by("-annee", "orientation__ordre", "pk")


def waiting_of(demande: DemandeAuFinanceur) -> dict[int, ReponseDeFinanceur]:
    """The answers of a request that nobody read yet, by the number of their line."""
    return {one.ligne_id: one for one in demande.reponses.filter(etat=EtatDeReponse.A_LIRE)}


@transaction.atomic
def answer(
    *,
    demande: DemandeAuFinanceur,
    said: Mapping[int, Mapping[str, Any]],
    dispositifs: Mapping[int, Mapping[str, Any]] | None = None,
    rien: bool = False,
    lu: Lu | None = None,
) -> DemandeAuFinanceur:
    """Keep what a funder says of its lines and of its schemes, by the number of each, or that it has nothing to say.

    The last answer counts.

    Raises:
        LienClos: the link answers nothing any more.
        Perime: what stands is no more what was read.
        ValidationError: nothing is said, an amount that cannot be, a line that is not its own.
    """
    rows = DemandeAuFinanceur.objects.select_for_update(of=("self",)).select_related("espace", "financeur")
    found = still(rows, demande)
    if sentence := why_closed(found):
        raise LienClos(sentence)
    refuse_unread(lu, shown(found))
    if not said and not dispositifs and not rien:
        raise ValidationError("Dites au moins une chose, ou « rien ».")
    kept = [_keep(found, pk, given) for pk, given in said.items()]
    schemes = schemes_of.keep_answers(found, dispositifs or {})
    found.repondu_le, found.rien = horloge.now(), rien and not said and not dispositifs
    found.save(update_fields=["repondu_le", "rien"])
    _tell(found, kept, schemes)
    return found


def shown(demande: DemandeAuFinanceur) -> Lu:
    """What the page of a link shows of what stands."""
    waiting = waiting_of(demande)
    lines = {
        one.code: told_row(one.etat, one.montant) + (f" ; {told_answer(waiting[one.pk])}" if one.pk in waiting else "")
        for one in lines_of(demande)
    }
    schemes = FicheDeDispositif.objects.of_funder(demande.espace, demande.financeur)
    return lines | {one.nom: ", ".join(filter(None, schemes_of.shown(one).values())) for one in schemes}


def told_answer(reponse: ReponseDeFinanceur) -> str:
    """« répondu : voté, 4 000 € »."""
    return f"répondu : {told_row(reponse.etat_dit, reponse.montant)}"


def _keep(demande: DemandeAuFinanceur, pk: int, given: Mapping[str, Any]) -> ReponseDeFinanceur:
    ligne = lines_of(demande).filter(pk=pk).first()
    if ligne is None or given["etat"] not in ETATS[ligne.registre]:
        raise ValidationError("Cette ligne n’est pas la vôtre, ou cet état n’est pas de son registre.")
    if given["etat"] in ENDED and not given.get("motif", "").strip():
        raise ValidationError({f"motif_{pk}": "Dites pourquoi."})
    kept = waiting_of(demande).get(pk) or ReponseDeFinanceur(demande=demande, ligne=ligne)
    amount = None if given["etat"] in WITHOUT_AMOUNT else given.get("montant")
    kept.etat_dit, kept.montant = given["etat"], None if amount is None else exact(amount)
    kept.motif, kept.preuve = given.get("motif", "").strip(), given.get("preuve", "").strip()
    kept.le, kept.dite_le = given.get("le") or horloge.today(demande.espace), horloge.now()
    _check(kept, pk)
    _refuse_unexplained(kept, pk)
    kept.save()
    return kept


def _refuse_unexplained(kept: ReponseDeFinanceur, pk: int) -> None:
    """Ask at once for the reason that the ledger will ask for: whoever pays knows it best."""
    if kept.etat_dit != EtatDeFinancement.VERSE or kept.motif:
        return
    earlier = kept.ligne.mouvements.filter(le__lte=kept.le).order_by("le", "rang")
    recus = Recus(kept.demande.espace)
    if why := lacks_convention(kept.ligne, kept.montant or ZERO, kept.le, list(earlier), recus):
        raise ValidationError({f"motif_{pk}": why})


def _check(kept: ReponseDeFinanceur, pk: int) -> None:
    """Refuse what does not hold together, beside the field of its line."""
    try:
        kept.full_clean()
    except ValidationError as error:
        sentences = [sentence for told in error.message_dict.values() for sentence in told]
        raise ValidationError({f"montant_{pk}": sentences}) from error


def _tell(demande: DemandeAuFinanceur, kept: Iterable[ReponseDeFinanceur], schemes: Iterable[Fait]) -> None:
    auteur = Auteur(pour=demande.financeur.nom, commande=BY_LINK)
    facts = [
        Fait(DEMANDE, demande.code, f"réponse sur {one.ligne.code}", "", told_row(one.etat_dit, one.montant))
        for one in kept
    ] + list(schemes)
    record(trace_of(demande.espace), auteur, facts or [Fait(DEMANDE, demande.code, "réponse", "", "rien à dire")])


def _told(demande: DemandeAuFinanceur) -> str:
    return f"{demande.espace_id}/{demande.alea}"
