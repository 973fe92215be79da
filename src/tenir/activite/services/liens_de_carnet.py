"""The links of a carnet: made of a chance kept in the base and of the secret of the site; a fresh one each month."""

from datetime import datetime, timedelta

from django.db import transaction

from tenir.activite.models import Carnet, LienDeCarnet
from tenir.activite.seuils import link_days
from tenir.core import courriels, horloge, jetons
from tenir.core.models import Courriel
from tenir.core.requetes import still
from tenir.habilitations.models import EspaceDeContrat, Referent

SALT = "tenir.activite.carnet"
COURRIEL = "carnet"
"""The kind of the message that carries a link; its target is the number of the link."""
OF_IT = tuple(f"carnet__{name}" for name in ("espace", "organisme", "personne", "lieu"))
"""What the pages and the letter of a link say of its carnet."""
WAIT = timedelta(hours=1)
"""How long before whoever lost her link may ask for another."""


def token_of(lien: LienDeCarnet) -> str:
    """The secret part of the address of a link."""
    return jetons.make(SALT, lien.pk, _told(lien))


def find(jeton: str) -> LienDeCarnet | None:
    """The link that a secret is of, whatever became of it; one query, or none for what no link looks like."""
    return jetons.find(jeton, SALT, LienDeCarnet.objects.select_related(*OF_IT), _told)


def open_links(now: datetime) -> int:
    """How many links open a carnet."""
    return LienDeCarnet.objects.filter(carnet__ferme_le=None, expire_le__gt=now).count()


def make_link(carnet: Carnet) -> LienDeCarnet:
    """A fresh link: those made before stay what they are until they expire."""
    now = horloge.now()
    days = timedelta(days=link_days(horloge.today(carnet.espace), mural=carnet.mural))
    return LienDeCarnet.objects.create(carnet=carnet, cree_le=now, expire_le=now + days)


def send_link(carnet: Carnet) -> LienDeCarnet:
    """A fresh link, and the message that carries it to the one whose carnet it is."""
    lien = make_link(carnet)
    courriels.enqueue(cle=f"carnet/{lien.pk}", genre=COURRIEL, cible=str(lien.pk), pas_avant=lien.cree_le)
    return lien


def why_not_written(carnet: Carnet) -> str:
    """Why no letter leaves for the one whose carnet it is: it is closed, she has no address, she left; one query."""
    if carnet.mural or carnet.ferme_le:
        return "Ce carnet est fermé, ou c’est une affiche."
    if not carnet.personne.email:
        return "Cette personne n’a plus d’adresse."
    here = Referent.objects.filter(espace=carnet.espace, personne=carnet.personne, organisation=carnet.organisme_id)
    stays = here.current(horloge.today(carnet.espace)).exists()
    return "" if stays else "Cette personne n’est plus un contact de l’organisme du carnet."


def latest(carnet: Carnet) -> LienDeCarnet | None:
    """The link made last."""
    return carnet.liens.order_by("-pk").first()


def undelivered(espace: EspaceDeContrat, now: datetime) -> list[tuple[Carnet, Courriel]]:
    """The letters of open carnets that a person must see, for they did not arrive; two or three queries."""
    rows = LienDeCarnet.objects.filter(carnet__espace=espace, carnet__ferme_le=None, expire_le__gt=now).order_by()
    of = {str(link): carnet for link, carnet in rows.values_list("pk", "carnet")}
    letters = Courriel.objects.filter(courriels.waits_for_a_person(now), genre=COURRIEL, cible__in=of)
    stuck = list(letters.exclude(etat=Courriel.Etat.ANNULE).order_by("pk"))
    named = Carnet.objects.of(espace).select_related("organisme", "lieu").in_bulk({of[one.cible] for one in stuck})
    return [(named[of[one.cible]], one) for one in stuck]


@transaction.atomic
def send_again(carnet: Carnet) -> bool:
    """Send a fresh link to whoever lost hers, or came too late; false when none leaves (`why_not_written`).

    It leaves for her address, whoever asks, once an hour.
    """
    held = still(Carnet.objects.select_for_update(of=("self",)).select_related("espace", "personne"), carnet)
    last = latest(held)
    if why_not_written(held) or (last and last.cree_le > horloge.now() - WAIT):
        return False
    send_link(held)
    return True


def _told(lien: LienDeCarnet) -> str:
    return f"{lien.carnet_id}/{lien.alea}"
