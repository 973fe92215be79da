"""What a subscription is sent: the link that confirms it, then what is new, written as it stands when it leaves."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from tenir.abonnements.models import Abonnement
from tenir.abonnements.services.abonnements import CONFIRMATION, NOUVELLES, expired, token_of
from tenir.abonnements.suivi import digest, followed, title_of
from tenir.contrat.adresses import address
from tenir.core import horloge
from tenir.core.lettre import Message, left_in_one_click
from tenir.core.typographie import date_fr
from tenir.habilitations.correspondance import name_of, sender_of
from tenir.habilitations.models import EspaceDeContrat

SHOWN = 12
"""How many facts a message tells; the others are behind its link."""
GONE = "Cet abonnement est fini."


def _found(cible: str) -> Abonnement | None:
    return Abonnement.objects.select_related("espace").filter(pk=cible.partition("/")[0]).first()


def _link(abonnement: Abonnement) -> str:
    return f"{settings.ADRESSE}{reverse('suivi', args=[token_of(abonnement)])}"


def _fictif(espace: EspaceDeContrat) -> str:
    return " (contrat fictif, pour la démonstration)" if espace.fictif else ""


def write_confirmation(cible: str, now: datetime) -> Message | str:
    """The message that confirms a subscription; to one that stands, that it does."""
    found = _found(cible)
    if found is None or expired(found):
        return GONE
    espace = found.espace
    given = {
        "suivi": title_of(espace, found.sur, found.quartier) or "ce contrat",
        "contrat": name_of(espace),
        "fictif": _fictif(espace),
        "confirme": found.confirme_le is not None,
        "lien": _link(found),
    }
    text = render_to_string("abonnements/courriels/confirmation.txt", given)
    objet = "vous suivez déjà ceci" if found.confirme_le else "confirmez votre abonnement"
    return Message(found.adresse, objet, text, sender_of(espace))


def write_news(cible: str, now: datetime) -> Message | str:
    """What is new of what it follows; nothing when the team has closed it, or the contract, since."""
    found = _found(cible)
    if found is None:
        return GONE
    if found.espace.etat != EspaceDeContrat.Etat.PUBLIE:
        return "Ce contrat n’est plus public."
    with horloge.zone(found.espace):
        return _news(found)


def _news(found: Abonnement) -> Message | str:
    from tenir.public.moment.faits import TITRES  # slow to start, for who sends nothing

    espace, wanted = found.espace, set(found.a_dire)
    faits = [one for one in followed(found) if digest(one) in wanted]
    if not faits:
        return "Rien de ce qui était nouveau n’est plus public."
    link = _link(found)
    lines = [
        {
            "rubrique": TITRES[one.sorte],
            "quand": date_fr(one.le),
            "quoi": one.quoi,
            "titre": one.titre,
            "detail": one.detail,
            "url": f"{settings.ADRESSE}{address(espace.slug, one.code)}",
        }
        for one in faits[:SHOWN]
    ]
    given = {
        "suivi": title_of(espace, found.sur, found.quartier) or "ce contrat",
        "contrat": name_of(espace),
        "fictif": _fictif(espace),
        "lignes": lines,
        "de_plus": max(0, len(faits) - SHOWN),
        "page": f"{settings.ADRESSE}{reverse('en-ce-moment', args=[espace.slug])}",
        "lien": link,
    }
    text = render_to_string("abonnements/courriels/nouvelles.txt", given)
    return Message(found.adresse, "ce qui est nouveau", text, sender_of(espace), left_in_one_click(link))


MESSAGES = {CONFIRMATION: write_confirmation, NOUVELLES: write_news}
NOMS = {CONFIRMATION: "Abonnement à confirmer", NOUVELLES: "Nouvelles aux abonnés"}
