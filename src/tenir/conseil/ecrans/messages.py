"""What the message of a request for an opinion says, written when it leaves."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from tenir.acteurs.models import Personne
from tenir.conseil.models import DemandeDAvis
from tenir.conseil.services.avis import token_of, why_closed
from tenir.conseil.services.messages import AVIS
from tenir.core import horloge
from tenir.core.lettre import Message
from tenir.core.typographie import capital, date_fr, typo
from tenir.gouvernance.services.reunions import contacts_of_council
from tenir.habilitations.correspondance import sender_of, team_of


def write_request(cible: str, now: datetime) -> Message | str:
    """The message to a contact of the council; or why it must not leave any more."""
    number, _, person = cible.partition("/")
    found = DemandeDAvis.objects.select_related("espace", "piece").filter(pk=number).first()
    someone = Personne.objects.filter(pk=person).first()
    if found is None or someone is None or not someone.email:
        return "Cet avis n’est plus demandé, ou cette personne n’a plus d’adresse."
    with horloge.zone(found.espace):
        if someone not in contacts_of_council(found.espace):
            return "Cette personne n’est plus un contact du conseil citoyen."
        if closed := why_closed(found):
            return closed
        return _written(found, someone)


def _written(demande: DemandeDAvis, someone: Personne) -> Message:
    given = {
        "demande": demande,
        "equipe": capital(team_of(demande.espace)),
        "fictif": " (contrat fictif, pour la démonstration)" if demande.espace.fictif else "",
        "silence": demande.get_silence_display(),
        "dernier": date_fr(demande.echeance),
        "regle": typo(f"{demande.get_nature_display()} : {demande.source}"),
        "lien": f"{settings.ADRESSE}{reverse('avis', args=[token_of(demande)])}",
    }
    text = render_to_string("conseil/courriels/avis.txt", given)
    subject = f"avis demandé au conseil citoyen, avant le {date_fr(demande.echeance)} : {demande.objet}"
    return Message(someone.email or "", subject, text, sender_of(demande.espace))


MESSAGES = {AVIS: write_request}
NOMS = {AVIS: "Demande d’avis au conseil citoyen"}
