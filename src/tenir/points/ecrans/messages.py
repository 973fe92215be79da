"""What the messages of a point d'étape say, each written when it leaves: whoever must no longer receive it does not.

Each answers a message, or the sentence that says to the team why it has not left.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from tenir.core import horloge
from tenir.core.lettre import Message
from tenir.core.noms import de, designe
from tenir.core.typographie import capital, date_fr, pluriel, tense
from tenir.habilitations.correspondance import sender_of, team_of
from tenir.habilitations.models import Referent
from tenir.points.models import Destinataire, Question, RefusDeSollicitation
from tenir.points.services.envoi import INVITATION, RAPPEL, RECU, RENDU, RETOUR
from tenir.points.services.liens import token_of
from tenir.points.services.reponses import told_answer, why_closed
from tenir.points.titres import title_of_question

Written = Message | str
ASKED = Destinataire.objects.select_related("point__espace", "point__cree_par", "personne", "organisation")
NO_CONTACT = "Cette personne n’est plus un contact de l’organisme : désignez quelqu’un, puis ouvrez un point d’étape."


def for_someone_asked(write: Callable[[Destinataire], Written]) -> Callable[[str, datetime], Written]:
    """A message to someone asked, in the zone of her contract."""

    @wraps(write)
    def written(cible: str, now: datetime) -> Written:
        asked = ASKED.filter(pk=cible).first()
        if asked is None:
            return "Cette personne n’est plus sollicitée."
        with horloge.zone(asked.point.espace):
            return write(asked)

    return written


@for_someone_asked
def write_invitation(asked: Destinataire) -> Written:
    """The one message that asks, or that hands over."""
    if why := _unasked(asked) or _unconcerned(asked):
        return why
    count = _questions(asked)
    if giver := asked.recu_de.select_related("personne").first():
        return _message(asked, "transmission", f"{giver.personne} vous transmet {count} ({asked.point.titre})")
    return _message(asked, "invitation", f"{count}, {_before(asked)} ({asked.point.titre})")


@for_someone_asked
def write_reminder(asked: Destinataire) -> Written:
    """A reminder; nothing once every question is answered."""
    if why := _unasked(asked) or _unconcerned(asked):
        return why
    if not asked.questions.waiting().exists():
        return "Tout avait déjà sa réponse."
    return _message(
        asked, "rappel", f"rappel, {_questions(asked)} sans réponse, {_before(asked)} ({asked.point.titre})"
    )


@for_someone_asked
def write_receipt(asked: Destinataire) -> Written:
    """What she answered, once she has finished; it leaves even if the link has closed since."""
    if not asked.personne.email:
        return "Cette personne n’a plus d’adresse."
    answers = [(title_of_question(question), told_answer(question)) for question in asked.questions.with_things()]
    return _message(asked, "recu", f"vos réponses sont reçues ({asked.point.titre})", reponses=answers)


@for_someone_asked
def write_given_back(asked: Destinataire) -> Written:
    """That her colleague gave the questions back."""
    if why := _unasked(asked):
        return why
    back = asked.point.destinataires.filter(rendu_a=asked).select_related("personne").order_by("-revoque_le").first()
    by = str(back.personne) if back else "La personne à qui vous les aviez transmises"
    return _message(asked, "rendu", f"{_questions(asked)} vous reviennent ({asked.point.titre})", rendu_par=by)


def write_question_back(cible: str, now: datetime) -> Written:
    """What the team asks back; nothing once it is answered."""
    question = Question.objects.with_things().filter(pk=cible, etat=Question.Etat.RENVOYEE).first()
    if question is None:
        return "Cette question n’attend plus de réponse."
    asked, titre = ASKED.get(pk=question.destinataire_id), title_of_question(question)
    if why := _unasked(asked):
        return why
    with horloge.zone(asked.point.espace):
        return _message(asked, "retour", f"une question sur « {titre} »", question=question, titre=titre)


def _unasked(asked: Destinataire) -> str:
    """Why someone may not be asked any more: her link answers nothing, she has no address, she refuses."""
    if why := why_closed(asked):
        return why
    if not asked.personne.email:
        return "Cette personne n’a plus d’adresse."
    refused = RefusDeSollicitation.objects.filter(espace=asked.point.espace, personne=asked.personne)
    return "Cette personne ne souhaite plus être sollicitée." if refused.exists() else ""


def _unconcerned(asked: Destinataire) -> str:
    """Why she answers for nothing: no contact of the body any more, not in charge, and named by no colleague."""
    day = horloge.day_of(asked.cree_le, asked.point.espace)
    here = Referent.objects.filter(espace=asked.point.espace, personne=asked.personne).current(day)
    named = asked.recu_de.exists() or here.exists()
    return "" if named or asked.questions.filter(fiche__personne_en_charge=asked.personne).exists() else NO_CONTACT


def _questions(asked: Destinataire) -> str:
    """How many questions wait, all of them when none does any more, in words: « cinq questions »."""
    count = asked.questions.waiting().count() or asked.questions.count()
    return pluriel(count, "question", genre="f", lettres=True)


def _before(asked: Destinataire) -> str:
    """« réponse attendue pour le 15 décembre », as what it is: to come, or past."""
    day, today = asked.point.reponse_avant, horloge.today(asked.point.espace)
    return f"réponse {tense(day, today, 'attendue', 'qui était attendue')} pour le {date_fr(day)}"


def _message(asked: Destinataire, name: str, subject: str, **more: Any) -> Message:
    point, giver = asked.point, asked.recu_de.select_related("personne").first()
    body = asked.organisation.nom if asked.organisation else ""
    team = team_of(point.espace)
    given = {
        "point": point,
        "equipe": capital(team),
        "equipe_dans_la_phrase": team,
        "fictif": " (contrat fictif, pour la démonstration)" if point.espace.fictif else "",
        "organisme": designe(body) if body else "votre organisme",
        "de_l_organisme": de(body) if body else "de votre organisme",
        "questions": _questions(asked),
        "nombres": asked.questions.filter(mots__isnull=False).exists(),
        "attendue": f"{capital(_before(asked))}.",
        "lien": _link("point-reponse", asked),
        "de_qui": str(giver.personne) if giver else "",
        "pas_moi": _link("point-pas-moi", asked) if giver else "",
        **more,
    }
    text = render_to_string(f"points/courriels/{name}.txt", given)
    return Message(asked.personne.email, subject, text, sender_of(point.espace, point.cree_par))


def _link(name: str, asked: Destinataire) -> str:
    return f"{settings.ADRESSE}{reverse(name, args=[token_of(asked)])}"


MESSAGES = {
    INVITATION: write_invitation,
    RAPPEL: write_reminder,
    RECU: write_receipt,
    RETOUR: write_question_back,
    RENDU: write_given_back,
}
"""How each kind is written."""
NOMS = {
    INVITATION: "Demande",
    RAPPEL: "Rappel",
    RECU: "Récapitulatif",
    RENDU: "Questions rendues",
    RETOUR: "Question de l’équipe",
}
"""What each kind of message is, where someone decides of it."""
