"""What happens to each action, drawn from a seed: plain values, no database. `jour` is the day it is told."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from tenir.fiches.enums import Statut

Tirage = random.Random


@dataclass(frozen=True, slots=True)
class Evenement:
    """One gesture on one action, a day: its name is that of a function of `jouer`."""

    jour: date
    code: str
    geste: str
    valeurs: dict[str, Any]


@cache
def sentences() -> dict[str, list[str]]:
    """What may be said, by occasion."""
    text = files("tenir.demonstration.vie").joinpath("phrases.yaml").read_text(encoding="utf-8")
    found: dict[str, list[str]] = yaml.safe_load(text)
    return found


def events(codes: list[str], *, debut: date, jour: date, graine: int) -> list[Evenement]:
    """Everything that happens to the actions between two days, in order. The same seed and days tell the same life."""
    told: list[Evenement] = []
    for rank, code in enumerate(codes):
        rng = random.Random(f"{graine}/{code}")  # noqa: S311 - no secret
        profile = PROFILES[rank % len(PROFILES)]
        told.extend(event for event in profile(_Action(rng, code, debut, jour)) if debut <= event.jour < jour)
    return sorted(told, key=lambda event: (event.jour, event.code))


class _Action:
    """One action being drawn: its chance, and the gestures that its profile strings together."""

    def __init__(self, rng: Tirage, code: str, debut: date, jour: date) -> None:
        self.rng, self.code, self.jour = rng, code, jour
        self.lancee = debut + timedelta(days=rng.randint(10, 120))

    def ago(self, days: int) -> date:
        """So many days before the day it is told, or a little less."""
        return self.jour - timedelta(days=days - self.rng.randint(0, 5))

    def on(self, day: date, geste: str, **valeurs: Any) -> Evenement:
        return Evenement(day, self.code, geste, valeurs)

    def say(self, kind: str) -> str:
        return self.rng.choice(sentences()[kind])

    def news(self, day: date, kind: str = "avancee") -> Evenement:
        return self.on(day, "nouvelle", texte=self.say(kind))

    def status(self, day: date, statut: Statut, motif: str = "") -> Evenement:
        return self.on(day, "fiche", statut=statut.value, **({"motif": motif} if motif else {}))

    def begin(self) -> Iterator[Evenement]:
        """How every followed action begins: prepared, dated, launched."""
        end = max(self.lancee + timedelta(days=self.rng.choice((500, 900, 1400))), self.jour + timedelta(days=90))
        planned = {"debut_prevu": self.lancee + timedelta(days=60), "fin_prevue": end}
        yield self.on(self.lancee, "fiche", statut="en-preparation", public_vise=self.say("public"), **planned)
        yield self.news(self.lancee + timedelta(days=2), "lancement")
        if self.rng.random() < 0.5:
            yield self.on(self.lancee + timedelta(days=20), "part", part=self.say("part"))
        begun = self.lancee + timedelta(days=self.rng.randint(55, 80))
        yield self.on(begun, "fiche", statut="en-cours", debut_reel=begun)

    def steps(self, until: date) -> Iterator[Evenement]:
        """Jalons reached and news given, every four months or so, until a day."""
        day, rank = self.lancee + timedelta(days=100), 0
        while day < until:
            yield self.on(day - timedelta(days=60), "jalon", titre=_step(rank), prevu_le=day)
            yield self.on(day + timedelta(days=self.rng.randint(-4, 9)), "atteint", titre=_step(rank))
            yield self.news(day + timedelta(days=12))
            day, rank = day + timedelta(days=self.rng.randint(100, 150)), rank + 1

    def next(self, day: date) -> Evenement:
        return self.on(day, "fiche", prochaine_etape=self.say("etape"),
                       prochaine_etape_le=self.jour + timedelta(days=self.rng.randint(12, 80)))  # fmt: skip


def _step(rank: int) -> str:
    titles = sentences()["jalon"]
    again = f" ({rank // len(titles) + 1})" if rank >= len(titles) else ""
    return f"{titles[rank % len(titles)]}{again}"


def on_time(a: _Action) -> Iterator[Evenement]:
    """Goes as planned: a jalon to come, recent news, a next step."""
    yield from a.begin()
    yield from a.steps(a.ago(60))
    yield a.on(a.ago(50), "jalon", titre="Comité de suivi", prevu_le=a.jour + timedelta(days=a.rng.randint(10, 28)))
    yield a.news(a.ago(25))
    yield a.next(a.ago(24))


def late(a: _Action) -> Iterator[Evenement]:
    """A jalon is gone by; someone says why."""
    yield from a.begin()
    yield from a.steps(a.ago(200))
    yield a.on(a.ago(150), "jalon", titre="Ouverture au public", prevu_le=a.ago(a.rng.randint(20, 90)))
    yield a.news(a.ago(40), "retard")
    yield a.on(a.ago(39), "fiche", difficultes=a.say("difficulte"), aide_demandee=a.say("aide"))
    yield a.next(a.ago(38))


def revised(a: _Action) -> Iterator[Evenement]:
    """Was late, and gave itself another day."""
    yield from a.begin()
    yield from a.steps(a.ago(260))
    yield a.on(a.ago(220), "jalon", titre="Ouverture au public", prevu_le=a.ago(120))
    yield a.on(a.ago(118), "revise", titre="Ouverture au public", revise_le=a.jour + timedelta(days=45))
    yield a.news(a.ago(117), "retard")
    yield a.news(a.ago(30))


def silent(a: _Action) -> Iterator[Evenement]:
    """Began well; nothing was heard of it for more than six months."""
    yield from a.begin()
    yield from a.steps(a.ago(a.rng.randint(260, 400)))


def prepared(a: _Action) -> Iterator[Evenement]:
    """Still being prepared, lately."""
    yield a.on(a.ago(70), "fiche", statut="en-preparation", public_vise=a.say("public"),
               debut_prevu=a.jour + timedelta(days=40))  # fmt: skip
    yield a.news(a.ago(45), "lancement")
    yield a.next(a.ago(44))


def done(a: _Action) -> Iterator[Evenement]:
    """Carried through, and ended."""
    yield from a.begin()
    yield from a.steps(a.ago(160))
    ended = a.ago(100)
    yield a.on(ended, "fiche", statut="realisee", fin_reelle=ended, motif="", prochaine_etape="")
    yield a.news(ended, "fin")


def suspended(a: _Action) -> Iterator[Evenement]:
    """Stopped for a time, with the reason."""
    yield from a.begin()
    yield from a.steps(a.ago(240))
    yield a.status(a.ago(130), Statut.SUSPENDUE, a.say("suspension"))


def abandoned(a: _Action) -> Iterator[Evenement]:
    """Given up, with the reason; what was awaited is given up too."""
    yield from a.begin()
    yield from a.steps(a.ago(400))
    yield a.on(a.ago(330), "jalon", titre="Premier accueil du public", prevu_le=a.ago(200))
    yield a.status(a.ago(210), Statut.ABANDONNEE, a.say("abandon"))
    yield a.on(a.ago(205), "laisse", titre="Premier accueil du public")


def doubtful(a: _Action) -> Iterator[Evenement]:
    """Declared done while a jalon is still to come: the facts say otherwise."""
    yield from a.begin()
    yield from a.steps(a.ago(200))
    yield a.on(a.ago(90), "jalon", titre="Bilan remis aux financeurs", prevu_le=a.jour + timedelta(days=20))
    yield a.status(a.ago(35), Statut.REALISEE)
    yield a.news(a.ago(35), "fin")


def nothing(a: _Action) -> Iterator[Evenement]:
    """Nobody ever said anything."""
    return iter(())


PROFILES: tuple[Callable[[_Action], Iterator[Evenement]], ...] = (
    on_time, late, nothing, on_time, silent, done, prepared, late, on_time, nothing, revised, suspended, on_time,
    done, silent, doubtful, on_time, late, abandoned, prepared, nothing,
)  # fmt: skip
"""The lives that the actions take in turn: every situation is there, in believable shares."""
