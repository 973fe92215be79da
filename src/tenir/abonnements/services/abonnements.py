"""Asking for a subscription, confirming it, ending it; nothing is kept of what was never confirmed."""

from datetime import date, datetime, timedelta

from django.db import transaction

from tenir.abonnements.models import Abonnement
from tenir.abonnements.suivi import digests, followed
from tenir.core import courriels, horloge, jetons
from tenir.core.models import Courriel
from tenir.core.requetes import still
from tenir.core.trace import Auteur, Fait, record
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.numeros import hold
from tenir.habilitations.services import trace_of

SALT = "tenir.abonnements.lien"
CONFIRMATION, NOUVELLES = "abonnement-a-confirmer", "abonnement"
"""The kinds of messages; their `cible` begins with the number of the subscription."""
GENRE = "abonnement"
UNCONFIRMED = timedelta(days=3)
"""How long a subscription waits to be confirmed."""
AGAIN = timedelta(hours=1)
"""After how long the same asking sends its message again."""
MOST = 20
"""How many subscriptions of one address wait at once."""
WEEK = timedelta(days=7)


def token_of(abonnement: Abonnement) -> str:
    """The secret part of its address."""
    return jetons.make(SALT, abonnement.pk, abonnement.alea)


def find(jeton: str) -> Abonnement | None:
    """The subscription that a secret opens; one query, or none for what no link looks like."""
    return jetons.find(jeton, SALT, Abonnement.objects.select_related("espace"), lambda found: found.alea)


def open_links(now: datetime) -> int:
    """How many subscriptions have a link: confirmed, or still to be."""
    return Abonnement.objects.count()


def expired(abonnement: Abonnement) -> bool:
    """Whether it was not confirmed in time."""
    return abonnement.confirme_le is None and abonnement.demande_le + UNCONFIRMED <= horloge.now()


@transaction.atomic
def ask(*, espace: EspaceDeContrat, adresse: str, sur: str = "", quartier: str = "") -> None:
    """Ask for a subscription: a message leaves, which confirms it; the same answer whether the address is known or not.

    Asked again within the hour, or by an address that asks too much, it sends nothing.
    """
    mailbox, now = adresse.strip().lower(), horloge.now()
    hold(espace)
    given = {"espace": espace, "adresse": mailbox, "sur": sur, "quartier": quartier}
    found = Abonnement.objects.filter(**given).first()
    if found and found.demande_le > now - AGAIN:
        return
    if found is None and Abonnement.objects.filter(adresse=mailbox, confirme_le=None).count() >= MOST:
        return
    found = found or Abonnement(**given)
    found.demande_le = now
    found.full_clean()
    found.save()
    courriels.enqueue(cle=f"{CONFIRMATION}/{found.pk}/{now:%Y%m%d%H%M%S%f}", genre=CONFIRMATION, cible=str(found.pk))


@transaction.atomic
def confirm(*, abonnement: Abonnement) -> Abonnement:
    """Begin to follow, from what stands today; again, it changes nothing.

    Raises:
        ValidationError: it was ended meanwhile.
    """
    found = still(Abonnement.objects.select_for_update(of=("self",)).select_related("espace"), abonnement)
    if found.confirme_le is None:
        found.confirme_le, found.connus = horloge.now(), digests(followed(found))
        found.save(update_fields=["confirme_le", "connus"])
        _trace(found, "", "confirmé")
    return found


@transaction.atomic
def end(*, abonnement: Abonnement) -> None:
    """Erase a subscription, its address, and the messages sent to it."""
    found = Abonnement.objects.select_for_update(of=("self",)).select_related("espace").filter(pk=abonnement.pk).first()
    if found is None:
        return
    if found.confirme_le:
        _trace(found, "confirmé", "fini")
    erase([found])


def erase(rows: list[Abonnement]) -> None:
    """Remove subscriptions, with what the queue keeps of them."""
    numbers = [str(one.pk) for one in rows]
    Courriel.objects.filter(genre=CONFIRMATION, cible__in=numbers).delete()
    for number in numbers:
        Courriel.objects.filter(genre=NOUVELLES, cible__startswith=f"{number}/").delete()
    Abonnement.objects.filter(pk__in=[one.pk for one in rows]).delete()


def sweep(now: datetime) -> str:
    """Forget what was never confirmed: the address, and the message that asked."""
    late = list(Abonnement.objects.filter(confirme_le=None, demande_le__lte=now - UNCONFIRMED).order_by("pk"))
    with transaction.atomic():
        erase(late)
    return f"Abonnements jamais confirmés, effacés : {len(late)}."


def tell_news(now: datetime) -> str:
    """Ask for a message for each subscription that has something new, once a week at most."""
    due = Abonnement.objects.filter(confirme_le__isnull=False, espace__etat=EspaceDeContrat.Etat.PUBLIE)
    asked = sum(_told(one, now) for one in due.select_related("espace").order_by("espace", "pk"))
    return f"Messages aux abonnés demandés : {asked}."


def _told(abonnement: Abonnement, now: datetime) -> bool:
    today = horloge.day_of(now, abonnement.espace)
    if abonnement.dit_le and abonnement.dit_le + WEEK > today:
        return False
    with horloge.zone(abonnement.espace):
        found = digests(followed(abonnement))
    new = [one for one in found if one not in set(abonnement.connus)]
    return bool(new) and _ask_for_news(abonnement, found, new, today.isoformat())


@transaction.atomic
def _ask_for_news(abonnement: Abonnement, found: list[str], new: list[str], cle: str) -> bool:
    """Hold what is known as told, in the transaction that asks for the message that tells it."""
    row = Abonnement.objects.select_for_update(of=("self",)).filter(pk=abonnement.pk, dit_le=abonnement.dit_le).first()
    if row is None:  # ended, or told by another loop meanwhile
        return False
    row.connus, row.a_dire, row.dit_le = found, new, date.fromisoformat(cle)
    row.save(update_fields=["connus", "a_dire", "dit_le"])
    courriels.enqueue(cle=f"{NOUVELLES}/{row.pk}/{cle}", genre=NOUVELLES, cible=f"{row.pk}/{cle}")
    return True


def _trace(abonnement: Abonnement, before: str, after: str) -> None:
    """The trace never holds the address."""
    fact = Fait(GENRE, str(abonnement.pk), "abonnement", before, after)
    record(trace_of(abonnement.espace), Auteur(commande="lien d’abonnement"), [fact])
