"""What the page of a series shows: when it takes place, the days to tell, those to come, its history."""

from datetime import date, timedelta

from django.shortcuts import get_object_or_404

from tenir.activite.calendrier import days, school_known_until
from tenir.activite.droits import niveau_of
from tenir.activite.enums import JOURS
from tenir.activite.models import Serie
from tenir.activite.rythmes import lasts, rhythm
from tenir.activite.services.series import GENRE, to_write
from tenir.core import horloge
from tenir.core.composants import Lien, Renseignement
from tenir.core.typographie import capital, date_fr, typo
from tenir.ecran.edition import Sujet
from tenir.ecran.histoire import Passage, in_words
from tenir.ecran.navigation import address
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.traces import entries_of

ONGLET = "series"
AHEAD = 10
"""How many days to come are shown."""
FAR = timedelta(days=370)


def serie_or_404(acces: Acces, espace: EspaceDeContrat, numero: int) -> Serie:
    """A series of a contract, among those that someone reads."""
    rows = Serie.objects.of(espace).filter(niveau__lte=niveau_of(acces, espace))
    return get_object_or_404(rows.select_related("organisme", "lieu"), numero=numero)


def at(serie: Serie, name: str = "", *more: object) -> str:
    """The address of a page of a series."""
    return address(f"serie{'-' if name else ''}{name}", serie.espace, serie.numero, *more)


def sujet(serie: Serie) -> Sujet:
    """A series as its small pages show it."""
    return Sujet(serie.espace, "", str(serie), at(serie), ONGLET, lambda acces: history_of(serie))


def history_of(serie: Serie) -> list[Passage]:
    """Every change of a series, the latest first; two queries."""
    return in_words(entries_of(serie.espace).filter(genre=GENRE, objet=serie.code))


def lede(serie: Serie) -> str:
    """« Tous les mardis de 14 h à 17 h, depuis le 6 janvier 2026. »"""
    return typo(f"{capital(rhythm(serie))}, {lasts(serie)}.")


def facts(serie: Serie) -> list[Renseignement]:
    """What it is, where, by whom."""
    return [
        Renseignement("Nature", serie.libelle),
        Renseignement("Organisme", serie.organisme.nom),
        Renseignement("Lieu", serie.ou),
    ]


def awaited(serie: Serie, *, may_write: bool) -> list[Lien]:
    """The days of the last weeks that nobody told yet, each with the way to tell it."""
    found = to_write(serie, horloge.today(serie.espace))
    return [Lien(capital(day_fr(one.le)), at(serie, "jour", one.le.isoformat()) if may_write else "") for one in found]


def to_come(serie: Serie) -> list[Lien]:
    """The next days, those that are left out too, with why."""
    tomorrow = horloge.today(serie.espace) + timedelta(days=1)
    found = days(serie.rythme, tomorrow, tomorrow + FAR)[:AHEAD]
    return [Lien(capital(day_fr(one.le)), note=f"n’a pas lieu : {one.sauf}" if one.sauf else "") for one in found]


def known(serie: Serie) -> str:
    """Until when the school holidays that it leaves out are known."""
    return f"Les vacances scolaires sont connues jusqu’au {date_fr(school_known_until())}." if serie.zone else ""


def day_fr(day: date) -> str:
    """« mardi 31 mars 2026 »."""
    return f"{JOURS[day.weekday()]} {date_fr(day)}"
