"""What the messages of dossiers say, written when they leave."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from tenir.appels.enums import EtatDeDossier
from tenir.appels.models import DossierDeDemande, PartDemandee
from tenir.appels.services.instruction import told_of
from tenir.appels.services.liens import token_of
from tenir.appels.services.messages import DECISION, LIEN, RECU
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


def write_decision(cible: str, now: datetime) -> Message | str:
    """What a funder decided, with its reason."""
    number, _, part = cible.partition("/")
    rows = PartDemandee.objects.select_related("dossier__espace", "dossier__appel", "financeur")
    found = rows.filter(pk=int(part), dossier=int(number)).first()
    if found is None or not found.dossier.courriel:
        return GONE
    if not found.suite:
        return "Cette décision a été annulée."
    dossier = found.dossier
    with horloge.zone(dossier.espace):
        lien = f"{settings.ADRESSE}{reverse('dossier', args=[token_of(dossier)])}"
        given = {"part": found, "dossier": dossier, "dit": told_of(found), "lien": lien, "fictif": _fictif(dossier)}
        text = render_to_string("appels/courriels/decision.txt", given)
    subject = f"réponse d’un financeur : dossier {dossier.code}"
    return Message(dossier.courriel, subject, text, sender_of(dossier.espace))


def _fictif(dossier: DossierDeDemande) -> str:
    return " (contrat fictif, pour la démonstration)" if dossier.espace.fictif else ""


MESSAGES = {LIEN: write_link, RECU: write_receipt, DECISION: write_decision}
NOMS = {
    LIEN: "Lien d’un dossier de demande",
    RECU: "Récépissé d’un dossier de demande",
    DECISION: "Réponse d’un financeur à un dossier",
}
