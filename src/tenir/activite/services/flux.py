"""The address of a feed: given, withdrawn, found again from its secret."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.acteurs.models import Organisation
from tenir.activite.models import FluxDAgenda
from tenir.contrat.models import Lieu
from tenir.core import horloge, jetons
from tenir.core.marques import Lu, refuse_unread
from tenir.core.requetes import still
from tenir.core.trace import Fait, record
from tenir.core.typographie import date_fr
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.numeros import hold
from tenir.habilitations.rights import Acces, require
from tenir.habilitations.services import trace_of

SALT = "tenir.activite.flux"
GENRE = "flux d’agenda"
"""The kind of these facts in the trace; their object is the number of the feed."""
RIGHT = "flux.update"
DONNEE, RETIREE = "donnée", "retirée"


@transaction.atomic
def give_feed(*, by: Acces, espace: EspaceDeContrat, chose: Lieu | Organisation) -> FluxDAgenda:
    """Give the feed of a place, or of a body, its address; the one it has already when it has one.

    Raises:
        Refus: she may not.
    """
    require(by, RIGHT, espace)
    hold(espace)  # two who give one at once give the same
    asked = {"lieu": chose} if isinstance(chose, Lieu) else {"organisme": chose}
    if found := FluxDAgenda.objects.of(espace).open().filter(**asked).first():
        return found
    made = FluxDAgenda.objects.create(espace=espace, fait_par=by.personne, **asked)
    _tell(by, made, "", DONNEE)
    return made


@transaction.atomic
def withdraw_feed(*, by: Acces, flux: FluxDAgenda, lu: Lu | None = None) -> None:
    """Withdraw the address of a feed, for good: it opens nothing any more.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: it is withdrawn already.
    """
    require(by, RIGHT, flux.espace)
    found = still(FluxDAgenda.objects.select_for_update(of=("self",)).select_related("espace"), flux)
    refuse_unread(lu, shown(found))
    if found.revoque_le:
        raise ValidationError("Cette adresse est déjà retirée.")
    found.revoque_le = horloge.now()
    found.save(update_fields=["revoque_le"])
    _tell(by, found, DONNEE, RETIREE)


def shown(flux: FluxDAgenda) -> Lu:
    """What a page shows of a feed."""
    return {"adresse": f"{RETIREE if flux.revoque_le else DONNEE}, du {date_fr(horloge.day_of(flux.fait_le))}"}


def token_of(flux: FluxDAgenda) -> str:
    """The secret part of its address."""
    return jetons.make(SALT, flux.pk, _told(flux))


def find(jeton: str) -> FluxDAgenda | None:
    """The feed that a secret opens, or opened; one query, or none for what no link looks like."""
    return jetons.find(jeton, SALT, FluxDAgenda.objects.select_related("espace", "lieu", "organisme"), _told)


def open_links(now: datetime) -> int:
    """How many addresses open a feed."""
    return FluxDAgenda.objects.open().count()


def _told(flux: FluxDAgenda) -> str:
    return f"{flux.espace_id}/{flux.alea}"


def _tell(by: Acces, flux: FluxDAgenda, before: str, after: str) -> None:
    fait = Fait(GENRE, str(flux.pk), f"adresse ({flux})", before, after)
    record(trace_of(flux.espace), by.auteur(flux.espace), [fait])
