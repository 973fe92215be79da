"""Answering a préconisation, reopening it once, putting it on an agenda."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.core import horloge
from tenir.core.marques import Lu, refuse_unread
from tenir.core.trace import Auteur, Fait, record
from tenir.core.typographie import date_fr
from tenir.ecran.annulation.gestes import geste
from tenir.gouvernance.models import PointDOrdreDuJour, Reunion
from tenir.gouvernance.services.commun import same_contract
from tenir.gouvernance.services.points import add_point
from tenir.habilitations.rights import Acces, require
from tenir.habilitations.services import trace_of
from tenir.preconisations.enums import FINAL, EtatDePreconisation, Origine
from tenir.preconisations.models import InscriptionDePreconisation, Preconisation, ReponseAPreconisation
from tenir.preconisations.services.commun import ANSWER, PRECONISATION, REOPEN, RIGHT, about, locked
from tenir.preconisations.services.liens import LienClos, why_closed
from tenir.preconisations.services.messages import ask, tell_sender
from tenir.preconisations.services.recevoir import due_on, shown

Etat = EtatDePreconisation


@transaction.atomic
def answer(
    *,
    by: Acces | None,
    preconisation: Preconisation,
    reponse: str,
    raison: str,
    jusqu_au: date | None = None,
    lu: Lu | None = None,
) -> ReponseAPreconisation:
    """Answer, always with a reason. `by`: nobody, when it is by the link of the body, without an account.

    « À l’étude jusqu’au » moves the day the answer is due; what was said before stays.

    Raises:
        Refus: she may not, on this one.
        LienClos: by the link, when nothing is asked any more.
        Perime: it is no more what was read.
        ValidationError: no reason, no such answer, nothing is due.
    """
    found = locked(preconisation)
    if by:
        require(by, ANSWER, found.espace, found)
    if sentence := why_closed(found):
        raise ValidationError(sentence) if by else LienClos(sentence)
    refuse_unread(lu, shown(found))
    made = _answer(found, reponse, raison.strip(), jusqu_au, by_link=by is None)
    made.full_clean()
    before = str(found.get_etat_display())
    if by:
        with geste(by, about(found, ANSWER), "réponse donnée") as g:
            g.keep(found)
            g.keep(made)
            _write(found, made)
            g.tell([_told(found, made, before)])
    else:
        _write(found, made)
        author = Auteur(pour=made.organisme.nom, commande="lien de réponse")
        record(trace_of(found.espace), author, [_told(found, made, before)])
    tell_sender(found)
    return made


def _answer(
    found: Preconisation, reponse: str, raison: str, jusqu_au: date | None, *, by_link: bool
) -> ReponseAPreconisation:
    today = horloge.today(found.espace)
    return ReponseAPreconisation(
        preconisation=found, organisme=found.organisme, reponse=reponse, raison=raison, le=today,
        jusqu_au=jusqu_au if reponse == Etat.A_L_ETUDE else None, attendue_le=found.echeance or today, par_lien=by_link,
    )  # fmt: skip


def _write(found: Preconisation, made: ReponseAPreconisation) -> None:
    found.etat, found.echeance = Etat(made.reponse), made.jusqu_au or found.echeance
    found.version += 1
    found.full_clean()
    found.save()
    made.save()


def _told(found: Preconisation, made: ReponseAPreconisation, before: str) -> Fait:
    until = f" jusqu’au {date_fr(made.jusqu_au)}" if made.jusqu_au else ""
    return Fait(PRECONISATION, found.code, "réponse", before, f"{made.get_reponse_display()}{until} : {made.raison}")


@transaction.atomic
def reopen(*, by: Acces | None, preconisation: Preconisation, pourquoi: str, lu: Lu | None = None) -> Preconisation:
    """Ask for another answer, once, saying why; the first one stays.

    By the council, of what it asked, with its account or by its link (`by`: nobody); by the team, for whoever asked.

    Raises:
        Refus: she may not, on this one.
        LienClos: by the link, when it reopens nothing.
        Perime: it is no more what was read.
        ValidationError: nothing was answered, it was reopened already, or nobody says why.
    """
    found = locked(preconisation)
    if by:
        require(by, REOPEN, found.espace, found)
    if sentence := why_not_reopened(found, by_link=by is None):
        raise ValidationError(sentence) if by else LienClos(sentence)
    refuse_unread(lu, shown(found))
    before = str(found.get_etat_display())
    told = Fait(PRECONISATION, found.code, "rouverte", before, pourquoi.strip())
    if by:
        with geste(by, about(found, REOPEN), "rouverte") as g:
            g.keep(found)
            _reopen(found, pourquoi)
            g.tell([told])
    else:
        _reopen(found, pourquoi)
        record(trace_of(found.espace), Auteur(pour="le conseil citoyen", commande="lien de suivi"), [told])
    ask(found)
    tell_sender(found)
    return found


def why_not_reopened(preconisation: Preconisation, *, by_link: bool = False) -> str:
    """Why it is not reopened, in a sentence; empty while it may be. A link reopens what the council asked, alone."""
    if by_link and (preconisation.niveau or preconisation.origine != Origine.CONSEIL):
        return "Ce lien dit ce que devient la préconisation ; il ne la rouvre pas."
    if preconisation.rouverte_le:
        return "Elle a déjà été rouverte une fois : la seconde réponse est la dernière."
    return "" if preconisation.etat in FINAL else "On ne rouvre qu’une préconisation à laquelle il a été répondu."


def _reopen(found: Preconisation, pourquoi: str) -> None:
    today = horloge.today(found.espace)
    found.etat, found.echeance = Etat.ATTENDUE, due_on(today)
    found.rouverte_le, found.rouverte_pourquoi = today, pourquoi.strip()
    found.version += 1
    found.full_clean()
    found.save()


@transaction.atomic
def put_on_agenda(*, by: Acces, preconisation: Preconisation, reunion: Reunion) -> PointDOrdreDuJour:
    """Put a préconisation on the agenda of a meeting to come.

    Raises:
        Refus: she may not.
        ValidationError: it is not published, the meeting is over, of another contract, or examines it already.
    """
    require(by, RIGHT, preconisation.espace)
    found = locked(preconisation)
    same_contract(found.espace_id, reunion=reunion)
    if found.niveau:
        raise ValidationError("Publiez-la d’abord.")
    if not reunion.is_to_come:
        raise ValidationError({"reunion": "Choisissez une réunion à venir."})
    if found.inscriptions.filter(point__reunion=reunion).exists():
        raise ValidationError({"reunion": "Cette réunion l’examine déjà."})
    with geste(by, about(found), "inscrite à l’ordre du jour") as g:
        point = add_point(by=by, reunion=reunion, titre=f"Préconisation {found.code}")
        made = InscriptionDePreconisation(preconisation=found, point=point)
        g.keep(made)
        made.save()
        g.tell([Fait(PRECONISATION, found.code, "ordre du jour", "", str(reunion))])
    return point
