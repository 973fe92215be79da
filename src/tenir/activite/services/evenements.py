"""What is to come in a place or of a body, and what the last weeks were: the events of a feed.

Sessions that partners read, and nothing of them but when, where, by whom: no number, no note, no person.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Max, Q

from tenir.acteurs.rattachements import with_services
from tenir.activite.calendrier import held
from tenir.activite.enums import Confiance, Forme, Statut
from tenir.activite.models import Entree, FluxDAgenda, Serie
from tenir.activite.services.entree import GENRE as ENTREE
from tenir.activite.services.series import GENRE as SERIE
from tenir.core import horloge
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.niveaux import Niveau
from tenir.habilitations.traces import entries_of

PASSE, A_VENIR = timedelta(weeks=4), timedelta(weeks=26)
"""How far a feed goes back, and ahead."""
MOST = 1_000
"""How many events a feed holds at the most, the earliest first: five sessions a day."""


@dataclass(frozen=True, slots=True)
class Evenement:
    """One session. A day alone when its hours are not known; `sequence`: how many times it was changed."""

    uid: str
    titre: str
    nature: str
    organisme: str
    ou: str
    debut: date | datetime
    fin: date | datetime
    annule: bool
    sequence: int
    change_le: datetime

    @property
    def le(self) -> date:
        """Its day."""
        return horloge.day_written(self.debut) if isinstance(self.debut, datetime) else self.debut


def events_of(flux: FluxDAgenda, today: date) -> list[Evenement]:
    """The events of a feed, in the order of their days; five queries."""
    since, until = today - PASSE, today + A_VENIR
    where, espace = _where(flux), flux.espace
    series = list(
        Serie.objects.of(espace)
        .filter(where, niveau__lte=Niveau.PARTENAIRES)
        .exclude(au__lt=since)
        .select_related("organisme", "lieu")
    )
    rows = Entree.objects.of(espace).up_to(Niveau.PARTENAIRES).filter(forme=Forme.SEANCE, debut__range=(since, until))
    entrees = list(
        rows.filter(where | Q(serie__in=series), confiance=Confiance.RETENUE).select_related(
            "organisme", "lieu", "serie", "mots"
        )
    )
    written = {_uid(one) for one in entrees}
    told = _last_told(espace, SERIE, [one.code for one in series])
    comes = (_of_day(one, day, told) for one in series for day in held(one.rythme, since, until))
    done = _last_told(espace, ENTREE, [one.code for one in entrees])
    found = [one for one in comes if one.uid not in written]
    return sorted([*found, *(_of_entree(one, done) for one in entrees)], key=lambda one: (one.le, one.uid))[:MOST]


def _where(flux: FluxDAgenda) -> Q:
    """In its place; by its body, or by a service of it."""
    if flux.organisme is None:
        return Q(lieu=flux.lieu_id)
    return Q(organisme__identifiant__in=with_services(flux.organisme.identifiant))


def _of_day(serie: Serie, day: date, told: dict[str, datetime]) -> Evenement:
    """One day of a series that nobody wrote yet."""
    return Evenement(
        uid=_uid_of_day(serie, day),
        titre=str(serie),
        nature=serie.libelle,
        organisme=serie.organisme.nom,
        ou=serie.ou,
        debut=_moment(serie.espace, day, serie.debut),
        fin=_moment(serie.espace, day, serie.fin),
        annule=False,
        sequence=0,
        change_le=told.get(serie.code, serie.espace.cree_le),
    )


def _of_entree(entree: Entree, told: dict[str, datetime]) -> Evenement:
    """A session that was written: planned, held, or cancelled."""
    debut, fin = _hours(entree)
    return Evenement(
        uid=_uid(entree),
        titre=str(entree),
        nature=entree.mots.libelle,
        organisme=entree.organisme.nom,
        ou=entree.ou,
        debut=debut,
        fin=fin,
        annule=entree.statut == Statut.ANNULEE,
        sequence=entree.version,
        change_le=told.get(entree.code, entree.inscrite_le),
    )


def _hours(entree: Entree) -> tuple[date | datetime, date | datetime]:
    """When it begins and ends: an entry knows its day, the hour is that of its series."""
    if entree.serie is None:
        return entree.debut, entree.debut + timedelta(days=1)
    begins = _moment(entree.espace, entree.debut, entree.serie.debut)
    return begins, begins + timedelta(minutes=entree.minutes or entree.serie.minutes)


def _moment(espace: EspaceDeContrat, day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, ZoneInfo(espace.fuseau))


def _uid(entree: Entree) -> str:
    """Its own, or that of the day of its series: a program that read the day finds it changed, not another."""
    if entree.serie is not None:
        return _uid_of_day(entree.serie, entree.debut)
    return f"entree-{entree.numero}.{entree.espace.slug}@tenir"


def _uid_of_day(serie: Serie, day: date) -> str:
    return f"serie-{serie.numero}-{day:%Y%m%d}.{serie.espace.slug}@tenir"


def _last_told(espace: EspaceDeContrat, genre: str, codes: Iterable[str]) -> dict[str, datetime]:
    """When the trace last told something of each; one query."""
    rows = entries_of(espace).filter(genre=genre, objet__in=list(codes)).order_by()
    return dict(rows.values_list("objet").annotate(Max("le")))
