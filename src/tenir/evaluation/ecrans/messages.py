"""The message to a contact of a body that is asked two questions, written when it leaves."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from tenir.acteurs.models import Personne
from tenir.core import horloge
from tenir.core.lettre import Message
from tenir.core.typographie import capital, date_fr
from tenir.evaluation.models import Contribution
from tenir.evaluation.services.contributions import DEMANDE
from tenir.evaluation.services.liens import token_of, why_closed
from tenir.habilitations.correspondance import sender_of, team_of
from tenir.habilitations.models import Referent

NO_CONTACT = "Cette personne n’est plus un contact de l’organisme sollicité."
SETTLED = "Aucune réponse n’est plus attendue."


def write_request(cible: str, now: datetime) -> Message | str:
    """The two questions, by a link; or why the message must not leave any more."""
    number, _, person = cible.partition("/")
    rows = Contribution.objects.select_related("evaluation__espace", "evaluation__conduite_par", "organisme")
    found = rows.filter(pk=number).first()
    someone = Personne.objects.filter(pk=person).first()
    if found is None or someone is None or not someone.email:
        return NO_CONTACT
    with horloge.zone(found.evaluation.espace):
        return _asked(found, someone)


def _asked(found: Contribution, someone: Personne) -> Message | str:
    espace = found.evaluation.espace
    here = Referent.objects.filter(espace=espace, personne=someone, organisation=found.organisme)
    if not here.current(horloge.today(espace)).exists():
        return NO_CONTACT
    if found.recue_le or why_closed(found):
        return SETTLED
    given = {
        "contribution": found,
        "depuis": date_fr(found.evaluation.depart),
        "equipe": capital(team_of(espace)),
        "fictif": " (contrat fictif, pour la démonstration)" if espace.fictif else "",
        "lien": f"{settings.ADRESSE}{reverse('evaluation-reponse', args=[token_of(found)])}",
    }
    text = render_to_string("evaluation/courriels/contribution.txt", given)
    return Message(someone.email, f"deux questions : {found.evaluation.titre}", text, sender_of(espace))


MESSAGES = {DEMANDE: write_request}
NOMS = {DEMANDE: "Deux questions pour une évaluation"}
