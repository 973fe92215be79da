"""What the messages of dossiers say, written when they leave."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from tenir.appels.enums import EtatDeDossier
from tenir.appels.models import DossierDeDemande
from tenir.appels.services.liens import token_of
from tenir.appels.services.messages import LIEN, RECU
from tenir.core import horloge
from tenir.core.lettre import Message
from tenir.core.typographie import date_fr
from tenir.habilitations.correspondance import sender_of

GONE = "Ce dossier a été effacé, ou son adresse."


def write_link(cible: str, now: datetime) -> Message | str:
    """The link of a dossier, to whoever asked for it."""
    return _written(cible, "lien", "le lien de votre dossier")


def write_receipt(cible: str, now: datetime) -> Message | str:
    """The receipt of what was sent, or withdrawn."""
    return _written(cible, "recu", "")


def _written(cible: str, template: str, what: str) -> Message | str:
    found = DossierDeDemande.objects.select_related("espace", "appel").filter(pk=cible).first()
    if found is None or not found.courriel:
        return GONE
    sent = found.etat == EtatDeDossier.DEPOSE
    with horloge.zone(found.espace):
        given = {
            "dossier": found,
            "depose": sent,
            "jour": date_fr(found.depose_le) if found.depose_le else "",
            "limite": date_fr(found.limite),
            "lien": f"{settings.ADRESSE}{reverse('dossier', args=[token_of(found)])}",
            "fictif": " (contrat fictif, pour la démonstration)" if found.espace.fictif else "",
        }
        text = render_to_string(f"appels/courriels/{template}.txt", given)
    subject = f"{what or ('récépissé' if sent else 'retrait')} : dossier {found.code}"
    return Message(found.courriel, subject, text, sender_of(found.espace))


MESSAGES = {LIEN: write_link, RECU: write_receipt}
NOMS = {LIEN: "Lien d’un dossier de demande", RECU: "Récépissé d’un dossier de demande"}
