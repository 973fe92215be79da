"""Questions of the council: asking one, with who answers and by when; answering it."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.conseil.models import QuestionDuConseil
from tenir.conseil.services.commun import CONSEIL
from tenir.conseil.services.espace import FILES
from tenir.core import horloge
from tenir.core.marques import Lu, refuse_unread
from tenir.core.requetes import still
from tenir.core.trace import Fait
from tenir.core.typographie import date_fr
from tenir.ecran.annulation.gestes import Chose, geste
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.numeros import next_number
from tenir.habilitations.rights import Acces, require

ANSWER = "conseil.answer"
"""The right to answer, which the body that is asked holds too."""


def about_question(question: QuestionDuConseil, right: str = FILES) -> Chose:
    """A question as what is done to it is told, and undone: on the page of the council."""
    return Chose(question, CONSEIL, question.code, f"Question {question.code}", right, question.espace)


@transaction.atomic
def ask(*, by: Acces, espace: EspaceDeContrat, given: Mapping[str, Any]) -> QuestionDuConseil:
    """Write a question of the council: its members, or the team for them.

    Raises:
        Refus: she may not.
        ValidationError: it asks nothing, nobody is to answer, its day is past.
    """
    require(by, FILES, espace, espace)
    made = QuestionDuConseil(
        espace=espace,
        numero=next_number(QuestionDuConseil, espace),
        posee_le=horloge.today(espace),
        posee_par=by.personne,
        **given,
    )
    made.full_clean()
    with geste(by, about_question(made), "posée") as g:
        g.keep(made)
        made.save()
        said = f"{made.texte} ({made.organisme}, pour le {date_fr(made.echeance)})"
        g.tell([Fait(CONSEIL, made.code, "question", "", said)])
    return made


@transaction.atomic
def answer(*, by: Acces, question: QuestionDuConseil, reponse: str, lu: Lu | None = None) -> QuestionDuConseil:
    """Answer a question; answered again, the last answer is shown, and the history keeps the others.

    Raises:
        Refus: she may not, for the body that is asked.
        Perime: the answer that stands is no more the one that was read.
        ValidationError: it says nothing.
    """
    rows = QuestionDuConseil.objects.select_for_update(of=("self",)).select_related("espace", "organisme")
    found = still(rows, question)
    require(by, ANSWER, found.espace, found)
    refuse_unread(lu, shown(found))
    if not reponse.strip():
        raise ValidationError({"reponse": "Écrivez la réponse."})
    with geste(by, about_question(found, ANSWER), "répondue") as g:
        g.keep(found)
        before, found.reponse = found.reponse, reponse.strip()
        found.repondu_le = found.repondu_le or horloge.today(found.espace)
        found.version += 1
        found.full_clean()
        found.save()
        g.tell([Fait(CONSEIL, found.code, "réponse", before, found.reponse)])
    return found


def shown(question: QuestionDuConseil) -> Lu:
    """What a page shows of a question."""
    return {"question": question.texte, "réponse": question.reponse}
