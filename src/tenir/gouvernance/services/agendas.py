"""The personal feed: its address, given and withdrawn by whoever it is of, and what it holds."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from tenir.core import horloge, jetons
from tenir.core.trace import Fait, record
from tenir.gouvernance.enums import EtatDeReunion
from tenir.gouvernance.models import AgendaPersonnel, Decision, Reunion
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.numeros import hold
from tenir.habilitations.organismes import bodies_of
from tenir.habilitations.rights import Acces, acces_of, may, require
from tenir.habilitations.services import trace_of

SALT = "tenir.gouvernance.agenda"
AGENDA = "agenda personnel"
"""The kind of these facts in the trace."""
RIGHT = "reunion.read"
DONNE, RETIRE = "donné", "retiré"


def feed_of(acces: Acces, espace: EspaceDeContrat) -> AgendaPersonnel | None:
    """The feed that someone has in a contract."""
    return AgendaPersonnel.objects.filter(espace=espace, personne=acces.personne, revoque_le=None).first()


@transaction.atomic
def give(*, by: Acces, espace: EspaceDeContrat) -> AgendaPersonnel:
    """Give someone the address of her feed; the one she has already is withdrawn, and opens nothing any more.

    Raises:
        Refus: she does not read the meetings of this contract.
    """
    require(by, RIGHT, espace)
    hold(espace)  # two taps give one feed
    if before := feed_of(by, espace):
        _end(by, before)
    made = AgendaPersonnel.objects.create(espace=espace, personne=by.personne)
    _tell(by, made, "", DONNE)
    return made


@transaction.atomic
def withdraw(*, by: Acces, espace: EspaceDeContrat) -> None:
    """Withdraw the address of her own feed, for good.

    Raises:
        ValidationError: she has none.
    """
    found = AgendaPersonnel.objects.select_for_update().filter(espace=espace, personne=by.personne, revoque_le=None)
    one = found.first()
    if one is None:
        raise ValidationError("Votre agenda n’a pas d’adresse, ou elle est déjà retirée.")
    _end(by, one)


def _end(by: Acces, feed: AgendaPersonnel) -> None:
    feed.revoque_le = horloge.now()
    feed.save(update_fields=["revoque_le"])
    _tell(by, feed, DONNE, RETIRE)


def token_of(feed: AgendaPersonnel) -> str:
    """The secret part of its address: one purpose, one person, one contract."""
    return jetons.make(SALT, feed.pk, _told(feed))


def find(jeton: str) -> AgendaPersonnel | None:
    """The feed that a secret opens, or opened; one query, or none for what no link looks like."""
    return jetons.find(jeton, SALT, AgendaPersonnel.objects.select_related("espace", "personne"), _told)


def open_links(now: datetime) -> int:
    """How many addresses open a feed."""
    return AgendaPersonnel.objects.filter(revoque_le=None).count()


def is_read(feed: AgendaPersonnel) -> bool:
    """Whether it opens: it was not withdrawn, and whoever it is of still reads the meetings of the contract."""
    return feed.revoque_le is None and may(acces_of(feed.personne), RIGHT, feed.espace)


def meetings_of(feed: AgendaPersonnel) -> list[Reunion]:
    """All the meetings for the team; for anyone else, those to which her bodies are convened, called off ones too."""
    acces = acces_of(feed.personne)
    rows = Reunion.objects.of(feed.espace).order_by("jour", "pk")
    if may(acces, "reunion.update", feed.espace):
        return list(rows)
    bodies = bodies_of(acces, feed.espace)
    hers = Q(convocations__organisation__identifiant__in=bodies)
    return list(rows.filter(hers).exclude(etat=EtatDeReunion.PREVUE).distinct())


def due_of(feed: AgendaPersonnel) -> list[Decision]:
    """The decisions that her bodies carry out, each with its day; nothing for whoever acts for none."""
    bodies = bodies_of(acces_of(feed.personne), feed.espace)
    rows = Decision.objects.of(feed.espace).waiting().filter(organisme__identifiant__in=bodies, pour_le__isnull=False)
    return list(rows.order_by("pour_le", "numero"))


def _told(feed: AgendaPersonnel) -> str:
    return f"{feed.espace_id}/{feed.personne_id}/{feed.alea}"


def _tell(by: Acces, feed: AgendaPersonnel, before: str, after: str) -> None:
    record(trace_of(feed.espace), by.auteur(feed.espace), [Fait(AGENDA, feed.code, "adresse", before, after)])
