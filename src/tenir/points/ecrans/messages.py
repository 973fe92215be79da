"""What the messages of a point d'étape say, each written when it leaves: whoever must no longer receive it does not."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from tenir.core.courriels import Message
from tenir.habilitations.models import Referent
from tenir.points.models import Destinataire, Question, RefusDeSollicitation
from tenir.points.services.envoi import INVITATION, RAPPEL, RECU, RETOUR
from tenir.points.services.liens import token_of
from tenir.points.services.reponses import told_answer, why_closed


def write_invitation(cible: str, now: datetime) -> Message | None:
    """The one message that asks; nothing once the link answers no more, or she is no one's contact any more."""
    asked = _asked(cible)
    return _message(asked, "invitation", f"{asked.point.titre} : deux minutes") if asked and _concerned(asked) else None


def write_reminder(cible: str, now: datetime) -> Message | None:
    """A reminder; nothing once every question is answered."""
    asked = _asked(cible)
    if asked is None or not asked.questions.waiting().exists() or not _concerned(asked):
        return None
    return _message(asked, "rappel", f"Rappel : {asked.point.titre}")


def write_receipt(cible: str, now: datetime) -> Message | None:
    """What she answered, once she has finished; it leaves even if the link has closed since."""
    asked = Destinataire.objects.select_related("point__espace", "personne").filter(pk=cible).first()
    if asked is None or not asked.personne.email:
        return None
    answers = [(question, told_answer(question)) for question in asked.questions.with_things()]
    return _message(asked, "recu", f"Vos réponses : {asked.point.titre}", reponses=answers)


def write_question_back(cible: str, now: datetime) -> Message | None:
    """What the team asks back; nothing once it is answered."""
    question = Question.objects.with_things().filter(pk=cible, etat=Question.Etat.RENVOYEE).first()
    asked = _asked(str(question.destinataire_id)) if question else None
    if question is None or asked is None:
        return None
    return _message(asked, "retour", f"Une question sur {question.code}", question=question)


def _asked(cible: str) -> Destinataire | None:
    """Someone whose link still answers, and who has an address and agrees to be asked."""
    rows = Destinataire.objects.select_related("point__espace", "personne", "organisation")
    found = rows.filter(pk=cible).first()
    if found is None or why_closed(found) or not found.personne.email:
        return None
    refused = RefusDeSollicitation.objects.filter(espace=found.point.espace, personne=found.personne)
    return None if refused.exists() else found


def _concerned(asked: Destinataire) -> bool:
    """Whether she still answers for something: a contact of the body, someone in charge, or whom a colleague named."""
    here = Referent.objects.filter(espace=asked.point.espace, personne=asked.personne).current(asked.cree_le.date())
    named = asked.recu_de.exists()
    return named or here.exists() or asked.questions.filter(fiche__personne_en_charge=asked.personne).exists()


def _message(asked: Destinataire, name: str, subject: str, **more: Any) -> Message:
    espace = asked.point.espace
    link = f"{settings.ADRESSE}{reverse('point-reponse', args=[token_of(asked)])}"
    given = {"destinataire": asked, "point": asked.point, "espace": espace, "lien": link, **more}
    body = render_to_string(f"points/courriels/{name}.txt", given)
    fictif = "[fictif] " if espace.fictif else ""
    return Message(asked.personne.email, f"{fictif}{subject}".replace("\n", " "), body)


MESSAGES = {
    INVITATION: write_invitation,
    RAPPEL: write_reminder,
    RECU: write_receipt,
    RETOUR: write_question_back,
}
"""How each kind is written."""
