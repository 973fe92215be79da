"""Answers only add to counts: no row is one person, no day is kept, nothing is told in the trace of an answer alone."""

from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from tenir.core import horloge
from tenir.core.trace import Fait
from tenir.core.typographie import pluriel
from tenir.ecran.annulation.gestes import geste
from tenir.enquetes.models import DecompteDeReponse, Enquete, QuestionDEnquete
from tenir.enquetes.resultats import TOUTES
from tenir.enquetes.services.commun import GENRE, RIGHT
from tenir.enquetes.services.enquetes import about, locked
from tenir.habilitations.rights import Acces, require

FERMEE = "Cette enquête est fermée : merci de votre intérêt."
MOST = 2_000
"""How many papers are entered at once, at most."""


@transaction.atomic
def answer(*, enquete: Enquete, said: Mapping[str, Iterable[str]]) -> None:
    """One questionnaire, by the code of each question answered.

    Raises:
        ValidationError: it is closed, nothing is answered, or something that may not be.
    """
    found = locked(enquete)
    if not found.is_open(horloge.today(found.espace)):
        raise ValidationError(FERMEE)
    questions = {one.code: one for one in found.questions.all()}
    given = {code: sorted(set(chosen)) for code, chosen in said.items() if chosen}
    if not given:
        raise ValidationError("Répondez à une question au moins.")
    for code, chosen in given.items():
        _allowed(questions.get(code), chosen)
    for code, chosen in given.items():
        _add(questions[code], {**dict.fromkeys(chosen, 1), TOUTES: 1})
    Enquete.objects.filter(pk=found.pk).update(reponses=F("reponses") + 1)


def _allowed(question: QuestionDEnquete | None, chosen: list[str]) -> None:
    if question is None or any(one not in question.possibles for one in chosen):
        raise ValidationError("Cette réponse n’est plus proposée : rouvrez la page.")
    if len(chosen) > 1 and not question.plusieurs:
        raise ValidationError("Une seule réponse à cette question.")


@transaction.atomic
def enter_papers(*, by: Acces, enquete: Enquete, papiers: int, nombres: Mapping[tuple[str, str], int]) -> None:
    """A bundle of paper questionnaires: how many, then how many for each answer, by question.

    Raises:
        Refus: she may not.
        ValidationError: it never opened, or numbers that papers cannot make.
    """
    require(by, RIGHT, enquete.espace)
    found = locked(enquete)
    if not found.ouvre_le or found.publiee_le:
        raise ValidationError(
            "Les papiers s’entrent une fois l’enquête ouverte, et avant que ses résultats soient publics."
        )
    if not 1 <= papiers <= MOST:
        raise ValidationError({"papiers": f"De 1 à {MOST} papiers à la fois."})
    questions = {one.code: one for one in found.questions.all()}
    counts = {one: _counts(one, nombres) for one in questions.values()}
    for question, held in counts.items():
        _likely(question, held, papiers)
    with geste(by, about(found), f"{pluriel(papiers, 'papier entré', 'papiers entrés')}") as g:
        g.keep(found)
        found.reponses += papiers
        found.version += 1
        found.save()
        for question, held in counts.items():
            for row in _raised(question, held | {TOUTES: _answered(question, held, papiers)}):
                g.keep(row)
                row.nombre += held.get(row.reponse, _answered(question, held, papiers))
                row.save()
        g.tell([Fait(GENRE, found.code, "papiers", "", str(papiers))])


def _counts(question: QuestionDEnquete, nombres: Mapping[tuple[str, str], int]) -> dict[str, int]:
    return {code: nombres.get((question.code, code), 0) for code in question.possibles}


def _likely(question: QuestionDEnquete, held: Mapping[str, int], papiers: int) -> None:
    most = max(held.values()) if question.plusieurs else sum(held.values())
    if min(held.values()) < 0 or most > papiers:
        raise ValidationError(f"« {question.libelle} » : plus de réponses que de papiers ({papiers}).")


def _answered(question: QuestionDEnquete, held: Mapping[str, int], papiers: int) -> int:
    """How many answered: of a question that takes several answers, all are taken to."""
    return papiers if question.plusieurs else sum(held.values())


def _raised(question: QuestionDEnquete, held: Mapping[str, int]) -> list[DecompteDeReponse]:
    """The counts that papers raise, those that are not there yet too."""
    rows = {one.reponse: one for one in question.decomptes.select_for_update()}
    return [rows.get(code) or DecompteDeReponse(question=question, reponse=code) for code, many in held.items() if many]


def _add(question: QuestionDEnquete, held: Mapping[str, int]) -> None:
    for code, many in held.items():
        row, _ = DecompteDeReponse.objects.get_or_create(question=question, reponse=code)
        DecompteDeReponse.objects.filter(pk=row.pk).update(nombre=F("nombre") + many)
