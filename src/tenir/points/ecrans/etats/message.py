"""The message that gives a signatory its statement, written when it leaves."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from tenir.core import horloge
from tenir.core.lettre import Message
from tenir.core.noms import de
from tenir.core.typographie import capital
from tenir.engagements.ecrans.etat import document_of
from tenir.engagements.etat import state_of
from tenir.habilitations.correspondance import sender_of, team_of
from tenir.points.models import EtatRemis, RefusDeSollicitation
from tenir.points.services.etats import token_of, why_shut

ASKED = EtatRemis.objects.select_related("envoi__espace", "envoi__cree_par", "signataire__organisation", "personne")


def write_statement(cible: str, now: datetime) -> Message | str:
    """What leaves to the contact of a signatory, or why it must not any more."""
    remise = ASKED.filter(pk=cible).first()
    if remise is None or why_shut(remise):
        return "Cet état n’est plus à remettre."
    personne, espace = remise.personne, remise.envoi.espace
    if personne is None or not personne.email:
        return "Cette personne n’a plus d’adresse."
    if RefusDeSollicitation.objects.filter(espace=espace, personne=personne).exists():
        return "Cette personne ne souhaite plus être sollicitée."
    with horloge.zone(espace):
        return Message(personne.email, _subject(remise), _text(remise), sender_of(espace, remise.envoi.cree_par))


def _subject(remise: EtatRemis) -> str:
    return f"l’état des engagements {de(remise.signataire.nom)}"


def _text(remise: EtatRemis) -> str:
    espace = remise.envoi.espace
    state = state_of(remise.signataire, horloge.today(espace))
    given = {
        "mot": remise.envoi.mot,
        "equipe": capital(team_of(espace)),
        "fictif": " (contrat fictif, pour la démonstration)" if espace.fictif else "",
        "du_signataire": de(remise.signataire.nom),
        "phrase": document_of(state).chapeau[0],
        "lien": f"{settings.ADRESSE}{reverse('etat-remis', args=[token_of(remise)])}",
        "expire": remise.expire_le,
    }
    return render_to_string("points/courriels/etat.txt", given)
