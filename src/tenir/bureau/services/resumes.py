"""The summary of one's contracts: asked for once a period, by the loop; its rhythm, chosen by a link."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from tenir.acteurs.models import Personne
from tenir.bureau.models import Resume
from tenir.core import courriels, horloge, jetons
from tenir.core.marques import Lu, refuse_unread
from tenir.core.models import Courriel
from tenir.core.trace import Auteur, Fait, record
from tenir.core.typographie import date_fr, month_fr
from tenir.habilitations.models import EspaceDeContrat, Habilitation
from tenir.habilitations.services import trace_of

GENRE = "resume"
"""The kind of these messages; their `cible` is « number of the person/period »."""
SALT = "tenir.bureau.resume"
RYTHME = "résumé"
HOUR, NOON = time(7, 30), time(12)
"""When a summary leaves, by the clock of whoever reads it."""
Rythme = Resume.Rythme
MENSUEL, HEBDOMADAIRE = Rythme.MENSUEL, Rythme.HEBDOMADAIRE


@dataclass(frozen=True, slots=True)
class Periode:
    """What a summary tells: from a day, until another excluded. `cle`: « 2026-11 », « 2026-S48 »."""

    cle: str
    debut: date
    fin: date

    @property
    def nom(self) -> str:
        """« en novembre 2026 », « du 23 novembre 2026 au 29 novembre 2026 »."""
        if "S" not in self.cle:
            return f"en {month_fr(self.debut)}"
        return f"du {date_fr(self.debut)} au {date_fr(self.fin - timedelta(days=1))}"

    def moments(self) -> tuple[datetime, datetime]:
        """Its bounds, as clocks show them in the zone in force."""
        start, end = (horloge.at(day, time.min) for day in (self.debut, self.fin))
        return start, end


def period_before(rythme: str, on: date) -> Periode:
    """The last period of a rhythm that is over on a day: the month before, or the week before (from Monday)."""
    if rythme == Rythme.HEBDOMADAIRE:
        end = on - timedelta(days=on.weekday())
        start = end - timedelta(days=7)
        return Periode(f"{start:%G-S%V}", start, end)
    end = on.replace(day=1)
    start = (end - timedelta(days=1)).replace(day=1)
    return Periode(f"{start:%Y-%m}", start, end)


def period_of(cle: str) -> Periode:
    """The period that a key names.

    Raises:
        ValueError: it names none.
    """
    if "S" in cle:
        year, week = cle.split("-S")
        start = date.fromisocalendar(int(year), int(week), 1)
        return Periode(cle, start, start + timedelta(days=7))
    start = date.fromisoformat(f"{cle}-01")
    return Periode(cle, start, (start + timedelta(days=32)).replace(day=1))


def ask_for_summaries(now: datetime) -> str:
    """Ask for the summary of each who had a role in a period that is over; asking again asks for none."""
    today = horloge.day_of(now)
    wanted, zones = dict(_wanted(_readers(today), today)), _zones(today)
    periods = [Q(cible__endswith=f"/{period_before(rythme, today).cle}") for rythme in (MENSUEL, HEBDOMADAIRE)]
    asked = Courriel.objects.filter(periods[0] | periods[1], genre=GENRE)
    known = set(asked.values_list("cle", flat=True))
    for cle, cible in wanted.items():
        if cle not in known:
            when = _morning(now, zones.get(cible.split("/")[0]))
            courriels.enqueue(cle=cle, genre=GENRE, cible=cible, pas_avant=when)
    return f"Résumés demandés : {len(wanted.keys() - known)}."


def resume_of(personne: Personne) -> Resume:
    """The summary of someone, monthly until she says otherwise; nothing is written."""
    return Resume.objects.filter(personne=personne).first() or Resume(personne=personne)


@transaction.atomic
def choose_rhythm(*, resume: Resume, rythme: str, lu: Lu | None = None) -> Resume:
    """Change the rhythm of a summary: she does, or whoever holds its link, as herself.

    Raises:
        Perime: its rhythm is no more what was read.
        ValidationError: no such rhythm.
    """
    if rythme not in Rythme.values:
        raise ValidationError({"rythme": "Choisissez chaque semaine, chaque mois ou jamais."})
    Resume.objects.get_or_create(personne=resume.personne)
    found = Resume.objects.select_for_update().get(personne=resume.personne)
    refuse_unread(lu, shown(found), {RYTHME: dict(Rythme.choices)[rythme]})
    before, found.rythme = found.get_rythme_display(), rythme
    found.save(update_fields=["rythme"])
    after = found.get_rythme_display()
    if after != before:
        fact = Fait("personne", str(found.personne_id), "résumé", before, after)
        record(trace_of(None), Auteur(found.personne_id), [fact])
    return found


def shown(resume: Resume) -> Lu:
    """What a page shows of a summary."""
    return {RYTHME: resume.get_rythme_display()}


def token_of(resume: Resume) -> str:
    """The secret part of the address that changes a summary."""
    return jetons.make(SALT, resume.pk, resume.alea)


def find(jeton: str) -> Resume | None:
    """The summary that a secret changes; one query, or none for what no link looks like."""
    return jetons.find(jeton, SALT, Resume.objects.select_related("personne"), lambda found: found.alea)


def open_links(now: datetime) -> int:
    """How many people hold the link of a summary that left: it has no end."""
    left = Courriel.objects.filter(genre=GENRE, etat=Courriel.Etat.ENVOYE).values_list("cible", flat=True)
    return len({cible.partition("/")[0] for cible in left.iterator()})


def _readers(on: date) -> list[tuple[Resume, date]]:
    """Who has a role in a contract and an address, each with her summary, and since when she has had a role."""
    held = Habilitation.objects.current(on).filter(~Q(personne__email=""), espace__isnull=False)
    since: dict[int, date] = {}
    for personne, du in held.order_by("-du").values_list("personne", "du"):
        since[personne] = du
    resumes = Resume.objects.filter(personne__in=held.order_by().values("personne"))
    known = set(resumes.values_list("personne", flat=True))
    missing = [Resume(personne_id=personne) for personne in since.keys() - known]
    Resume.objects.bulk_create(missing, ignore_conflicts=True)
    return [(resume, since[resume.personne_id]) for resume in resumes.all()]


def _zones(on: date) -> dict[str, EspaceDeContrat]:
    """By number of a person, a contract whose clock is hers: the first she has a role in."""
    held = Habilitation.objects.current(on).filter(espace__isnull=False).select_related("espace").order_by("-pk")
    return {str(one.personne_id): one.espace for one in held if one.espace}


def _morning(now: datetime, here: EspaceDeContrat | None) -> datetime:
    """Now when it is morning there, else the next time that clocks show the hour of summaries."""
    with horloge.zone(here):
        hour, today = horloge.hour_of(now), horloge.day_of(now)
        if HOUR <= hour <= NOON:
            return now
        return horloge.at(today if hour < HOUR else today + timedelta(days=1), HOUR)


def _wanted(readers: Iterable[tuple[Resume, date]], on: date) -> Iterator[tuple[str, str]]:
    for resume, since in readers:
        periode = period_before(resume.rythme, on)
        if resume.rythme != Rythme.JAMAIS and since < periode.fin:
            cible = f"{resume.personne_id}/{periode.cle}"
            yield f"{GENRE}/{cible}", cible
