"""Reading the answers: accepting one or all that are plain, asking back, setting aside, correcting before accepting."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.db import transaction

from tenir.core import courriels, horloge
from tenir.core.marques import Lu, digest, refuse_unread
from tenir.core.trace import Fait, record
from tenir.ecran.annulation.gestes import ensemble
from tenir.ecran.mots import UNDECLARED
from tenir.engagements.enums import EXPLAINED
from tenir.engagements.services.engagement import tell_engagement, update_engagement
from tenir.engagements.services.preuves import add_preuve
from tenir.fiches.enums import CLOSED
from tenir.fiches.services.fiche import update_fiche
from tenir.fiches.services.nouvelles import give_news
from tenir.fiches.services.pieces import add_piece
from tenir.habilitations.niveaux import Niveau
from tenir.habilitations.parole import Parole
from tenir.habilitations.rights import Acces, require
from tenir.habilitations.services import trace_of
from tenir.indicateurs.services.indicateur import Mesure, record_releve
from tenir.points.models import PointDEtape, Question, QuestionQuerySet
from tenir.points.services.envoi import GENRE, RETOUR
from tenir.points.services.reponses import as_given, reason_of, refuse_answer, shown_answer, told_answer

Etat = Question.Etat
CORRECTED = ("statut", "motif", "phrase", "valeur", "nombres", "debut", "fin", "source")
SETTLED = "Une réponse acceptée ne s’annule pas : corrigez plutôt ce qu’elle a changé."
"""Why accepting an answer is not undone: her page tells whoever gave it."""
NOTHING_NEW = "Rien de nouveau."
OVER = "ce que dit le suivi"
NOT_NOTED = "rien n’est inscrit pour cette période"


class ReponseDejaLue(Exception):
    """The answer is no more to be read; the message is the French sentence to show."""


@dataclass(frozen=True, slots=True)
class Bilan:
    """What became of answers accepted together: those accepted, and those left because nobody had read them so."""

    acceptees: list[str]
    laissees: list[str]


@transaction.atomic
def accept(*, by: Acces, question: Question, lu: Lu | None = None) -> Question:
    """Let an answer enter the fiche, the promise or the readings, in the name of whoever gave it.

    Raises:
        Refus: she may not.
        Perime: the answer, or what it would be written over, is no more what was read.
        ReponseDejaLue: it was read already, or there is none yet.
        ValidationError: what it says no longer fits what it is about (a period read meanwhile, say).
    """
    return _accept(by, _to_read(by, question, lu))


@transaction.atomic
def accept_plain(*, by: Acces, point: PointDEtape, lus: Lu | None = None) -> Bilan:
    """Accept at once the plain answers that were shown and still say so; tell those left.

    `lus`: the digest of what was shown of each, by its number (`marks`); none where nothing was shown on a page, and
    every plain answer is then accepted.

    Raises:
        Refus: she may not.
    """
    require(by, "point.update", point.espace)
    answered = _locked_answers().filter(destinataire__point=point).answered()
    plain = [question for question in answered if is_plain(question)]
    going = [one for one in plain if lus is None or lus.get(str(one.pk)) == digest(shown(one))]
    for question in going:
        _accept(by, question)
    return Bilan([one.code for one in going], [one.code for one in plain if one not in going])


def marks(questions: Iterable[Question]) -> Lu:
    """What a page shows of the plain answers to be read, each in a digest, by number."""
    return {str(one.pk): digest(shown(one)) for one in questions if one.etat == Etat.REPONDUE and is_plain(one)}


def shown(question: Question) -> Lu:
    """What the page of an answer shows: the answer, and what it would be written over."""
    return {**shown_answer(question), **({OVER: _standing(question)} if question.statut or question.nombres else {})}


def _standing(question: Question) -> str:
    if question.mots_id:
        return _noted(question)
    if question.fiche:
        return str(question.fiche.get_statut_display() or UNDECLARED)
    return str(question.engagement.get_etat_display() or UNDECLARED) if question.engagement else ""


def _noted(question: Question) -> str:
    """What the register says already of the period asked."""
    from tenir.points.services.demandes import meanwhile, told_entree  # the kinds are slow to start

    found = meanwhile(question)
    return f"entrée n° {found.numero}, {told_entree(found, found.mots.nature)}" if found else NOT_NOTED


def _accept(by: Acces, found: Question) -> Question:
    parole = Parole(found.repondu_par or found.destinataire.personne, found.pour)
    why = f"point d’étape « {found.destinataire.point.titre} », réponse de la personne n° {parole.personne.pk}"
    espace = found.destinataire.point.espace
    with ensemble(by, espace, lambda count: f"{found.code} : réponse acceptée.", definitif=SETTLED):
        if found.fiche:
            _into_the_fiche(by, found, parole, why)
        elif found.engagement:
            _into_the_promise(by, found, parole, why)
        elif found.mots_id:
            _into_the_register(by, found, parole, why)
        else:
            _into_the_readings(by, found, parole, why)
    return _close(by, found, Etat.ACCEPTEE, "acceptée")


def is_plain(question: Question) -> bool:
    """Whether an answer may be accepted without a second look: nothing new, or a sentence, under an open status."""
    closing = question.statut in (*CLOSED, *EXPLAINED, "tenu")
    figures = question.valeur is not None or bool(question.nombres)
    return question.sans_changement or not (closing or figures or question.fichier)


@transaction.atomic
def send_back(*, by: Acces, question: Question, retour: str, lu: Lu | None = None) -> Question:
    """Ask something back: she receives the question, and answers by the same link.

    Raises:
        Refus: she may not.
        Perime: the answer is no more what was read.
        ReponseDejaLue: it was read already, or there is none yet.
        ValidationError: nothing is asked.
    """
    found = _to_read(by, question, lu)
    found.etat, found.retour = Etat.RENVOYEE, retour.strip()
    found.full_clean()
    found.save(update_fields=["etat", "retour"])
    found.destinataire.termine_le = None
    found.destinataire.save(update_fields=["termine_le"])
    moment = f"{horloge.now():%Y%m%d%H%M%S%f}"
    courriels.enqueue(cle=f"{RETOUR}/{found.pk}/{moment}", genre=RETOUR, cible=str(found.pk))
    _trace(by, found, told_answer(found), f"renvoyée : {found.retour}")
    return found


@transaction.atomic
def set_aside(*, by: Acces, question: Question, motif: str, lu: Lu | None = None) -> Question:
    """Set an answer aside: it enters nowhere; the trace says why, and the link of whoever gave it.

    Raises:
        Refus: she may not.
        Perime: the answer is no more what was read.
        ReponseDejaLue: it was read already, or there is none yet.
        ValidationError: nothing says why.
    """
    found = _to_read(by, question, lu)
    if not motif.strip():
        raise ValidationError({"motif": "Dites pourquoi cette réponse est écartée."})
    found.pourquoi = motif.strip()
    found.full_clean()
    return _close(by, found, Etat.ECARTEE, "écartée", motif.strip())


@transaction.atomic
def correct(*, by: Acces, question: Question, changes: Mapping[str, Any], lu: Lu | None = None) -> Question:
    """Correct an answer before accepting it (`CORRECTED`); the trace keeps what it said.

    Raises:
        Refus: she may not.
        Perime: the answer is no more what was read.
        ReponseDejaLue: it was read already, or there is none yet.
        ValidationError: a value that no answer can hold.
    """
    found = _to_read(by, question, lu)
    before = told_answer(found)
    for name in CORRECTED:
        if name in changes:
            setattr(found, name, changes[name])
    found.sans_changement = found.sans_changement and not any(changes.get(name) for name in CORRECTED)
    found.full_clean()
    refuse_answer(found, as_given(found, exact=bool(changes.get("exact"))))
    found.save()
    if told_answer(found) != before:
        _trace(by, found, before, told_answer(found), "corrigée avant d’être acceptée")
    return found


@transaction.atomic
def correct_and_accept(*, by: Acces, question: Question, changes: Mapping[str, Any], lu: Lu | None = None) -> Question:
    """Correct an answer and accept it, both or neither.

    Raises:
        Refus, Perime, ReponseDejaLue, ValidationError: what `correct` or `accept` refuses.
    """
    return accept(by=by, question=correct(by=by, question=question, changes=changes, lu=lu))


def _into_the_fiche(by: Acces, question: Question, parole: Parole, why: str) -> None:
    fiche = question.fiche
    assert fiche is not None  # noqa: S101 (the caller looked)
    if question.statut:
        fiche.refresh_from_db()
        changes = {"statut": question.statut, "motif": _reason(question)}
        update_fiche(by=by, fiche=fiche, version=fiche.version, changes=changes, motif=why)
    give_news(by=by, fiche=fiche, texte=_news(question), le=_day(question), parole=parole)
    if question.fichier:
        add_piece(by=by, fiche=fiche, niveau=Niveau.PARTENAIRES, fichier=_file(question), parole=parole)


def _into_the_promise(by: Acces, question: Question, parole: Parole, why: str) -> None:
    engagement = question.engagement
    assert engagement is not None  # noqa: S101 (the caller looked)
    if question.statut:
        engagement.refresh_from_db()
        changes = {"etat": question.statut, "motif": _reason(question)}
        update_engagement(by=by, suivi=engagement, version=engagement.version, changes=changes, motif=why)
    tell_engagement(by=by, suivi=engagement, texte=_news(question), le=_day(question), parole=parole)
    if question.fichier:
        add_preuve(by=by, suivi=engagement, fichier=_file(question), parole=parole)


def _into_the_readings(by: Acces, question: Question, parole: Parole, why: str) -> None:
    suivi = question.indicateur
    assert suivi is not None  # noqa: S101 (the caller looked)
    if question.valeur is None or question.debut is None or question.fin is None:
        return
    mesure = Mesure(question.debut, question.fin, question.valeur, question.source, commentaire=question.phrase)
    record_releve(by=by, suivi=suivi, mesure=mesure, motif=why, parole=parole, exact=True)  # looked at by two


def _into_the_register(by: Acces, question: Question, parole: Parole, why: str) -> None:
    if question.nombres:
        from tenir.points.services.demandes import into_the_register  # the kinds are slow to start

        into_the_register(by, question, parole, why)


def _reason(question: Question) -> str:
    return reason_of(question.statut, question.motif, question.phrase)


def _news(question: Question) -> str:
    return question.phrase or (NOTHING_NEW if question.sans_changement else told_answer(question))


def _file(question: Question) -> "File[bytes]":
    """The file of an answer, under the name it came with: the answer keeps its own."""
    with question.fichier.open("rb") as given:
        return ContentFile(given.read(), question.nom)


def _day(question: Question) -> Any:
    return horloge.day_of(question.repondu_le) if question.repondu_le else None


def _locked_answers() -> QuestionQuerySet:
    """Answers that nobody else reads meanwhile, with all that accepting them needs."""
    rows = Question.objects.with_things().select_for_update(of=("self",))
    return rows.select_related("destinataire__point__espace", "fiche__organisme_en_charge", "indicateur__organisme")


def _to_read(by: Acces, question: Question, lu: Lu | None) -> Question:
    found = _locked_answers().get(pk=question.pk)
    require(by, "point.update", found.destinataire.point.espace)
    refuse_unread(lu, shown(found))
    if found.etat != Etat.REPONDUE:
        raise ReponseDejaLue("Cette réponse n’est plus à lire.")
    return found


def _close(by: Acces, question: Question, etat: Question.Etat, word: str, motif: str = "") -> Question:
    question.etat, question.traitee_le, question.traitee_par = etat, horloge.now(), by.personne
    question.save(update_fields=["etat", "traitee_le", "traitee_par", "pourquoi"])
    _trace(by, question, told_answer(question), word, motif)
    return question


def _trace(by: Acces, question: Question, before: str, after: str, motif: str = "") -> None:
    point = question.destinataire.point
    fact = Fait(GENRE, str(point.pk), f"réponse à {question.code}", before, after)
    record(trace_of(point.espace), by.auteur(point.espace), [fact], motif=motif)
