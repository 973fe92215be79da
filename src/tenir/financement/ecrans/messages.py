"""What a funder is asked, written when the message leaves."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from tenir.acteurs.models import Personne
from tenir.core import horloge
from tenir.core.lettre import Message
from tenir.core.noms import designe
from tenir.core.typographie import capital, date_fr
from tenir.financement.models import DemandeAuFinanceur
from tenir.financement.services.demandes import GENRE, contacts_of
from tenir.financement.services.liens import token_of, why_closed
from tenir.habilitations.correspondance import sender_of, team_of


def write_request(cible: str, now: datetime) -> Message | str:
    """The message to a contact of a funder; or why it must not leave any more."""
    number, _, person = cible.partition("/")
    rows = DemandeAuFinanceur.objects.select_related("espace", "financeur")
    found, someone = rows.filter(pk=number).first(), Personne.objects.filter(pk=person).first()
    if found is None or someone is None or not someone.email:
        return "Cette demande n’est plus, ou cette personne n’a plus d’adresse."
    with horloge.zone(found.espace):
        if someone not in contacts_of(found):
            return "Cette personne n’est plus un contact de l’organisme."
        return why_closed(found) or _written(found, someone)


def _written(demande: DemandeAuFinanceur, someone: Personne) -> Message:
    given = {
        "equipe": capital(team_of(demande.espace)),
        "fictif": " (contrat fictif, pour la démonstration)" if demande.espace.fictif else "",
        "organisme": designe(demande.financeur.nom),
        "annee": demande.annee,
        "avant": date_fr(demande.close_le),
        "lien": f"{settings.ADRESSE}{reverse('financeur', args=[token_of(demande)])}",
    }
    text = render_to_string("financement/courriels/demande.txt", given)
    subject = f"l’argent du contrat en {demande.annee} : où en êtes-vous ?"
    return Message(someone.email, subject, text, sender_of(demande.espace, None))


MESSAGES = {GENRE: write_request}
NOMS = {GENRE: "Demande à un financeur"}
