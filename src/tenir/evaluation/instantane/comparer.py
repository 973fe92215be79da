"""What moved between two moments, thing by thing: pure, from what snapshots hold.

Before is another snapshot, or the start: the signed text, where nothing was done yet, and the baselines. What nobody
said, or what nothing measures, is told so with its reason, and counted.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tenir.core.typographie import capital, date_fr, euros, typo
from tenir.engagements.enums import EtatDEngagement
from tenir.evaluation.enums import Mouvement, Sorte
from tenir.evaluation.instantane.forme import Donnees
from tenir.evaluation.instantane.jours import day_of
from tenir.fiches.enums import Statut
from tenir.financement.enums import Registre
from tenir.indicateurs.services.indicateur import figure

RIEN = "personne n’a rien dit"
PAS_ENCORE = "promise, pas commencée"
PAS_ENCORE_TENU = "promis, pas commencé"
EMPTY = "lignes sans montant"
ABSENT = "pas dans le texte"
STEPS = {Statut.A_LANCER: 0, Statut.EN_PREPARATION: 1, Statut.EN_COURS: 2, Statut.REALISEE: 3}
"""The statuses of an action that go forward, in their order."""
KEPT = {
    EtatDEngagement.NON_COMMENCE: 0,
    EtatDEngagement.EN_COURS: 1,
    EtatDEngagement.TENU_EN_PARTIE: 2,
    EtatDEngagement.TENU: 3,
}
"""The states of a promise that go forward, in their order."""


@dataclass(frozen=True, slots=True)
class Ecart:
    """One thing between two moments. `raison`: why it cannot be told, or what the judgement leans on."""

    sorte: Sorte
    code: str
    titre: str
    orientation: str
    avant: str
    apres: str
    mouvement: Mouvement
    raison: str = ""
    source: str = ""

    @property
    def cle(self) -> tuple[str, str, str]:
        """What it is, under which orientation."""
        return self.orientation, self.sorte.value, self.code


@dataclass(frozen=True, slots=True)
class Comparaison:
    """What moved between two moments, in the order of the contract; `avant`, `apres`: the two moments in words."""

    avant: str
    apres: str
    orientations: tuple[Donnees, ...]
    ecarts: tuple[Ecart, ...]

    def of(self, orientation: str) -> list[Ecart]:
        """What moved of one orientation."""
        return [one for one in self.ecarts if one.orientation == orientation]

    @property
    def inconnus(self) -> list[Ecart]:
        """What nobody can tell."""
        return [one for one in self.ecarts if one.mouvement == Mouvement.INCONNU]

    @property
    def sans_indicateur(self) -> list[Donnees]:
        """The orientations that nothing measures."""
        measured = {one.orientation for one in self.ecarts if one.sorte == Sorte.INDICATEUR and one.code}
        return [one for one in self.orientations if one["code"] not in measured]


def compare(after: Donnees, before: Donnees | None = None) -> Comparaison:
    """Two snapshots, or one with the start."""
    of = "" if before is None else before["jour"]
    start = after["depart"]["jour"] if before is None else of
    word = "départ, texte signé" if before is None else "situation"
    ecarts = [*_actions(after, before), *_promises(after, before), *_indicators(after, before), *_money(after, before)]
    ranks = {one["code"]: rank for rank, one in enumerate(after["orientations"])}
    last = len(ranks)
    ecarts.sort(key=lambda one: (ranks.get(one.orientation, last), list(Sorte).index(one.sorte)))
    return Comparaison(
        f"{word} au {date_fr(day_of(start))}",
        f"situation au {date_fr(day_of(after['jour']))}",
        tuple(after["orientations"]),
        tuple(ecarts),
    )


def _paired(after: Iterable[Donnees], before: Iterable[Donnees]) -> Iterator[tuple[Donnees | None, Donnees | None]]:
    """Each thing before and after, in the order of after; what left comes last."""
    old = {one["code"]: one for one in before}
    for one in after:
        yield old.pop(one["code"], None), one
    for left in old.values():
        yield left, None


def _from_the_start(after: Donnees, name: str, empty: Callable[[Donnees], Donnees]) -> list[Donnees]:
    """The things of a kind as the signed text had them; all of them where its codes are not known."""
    signed = set(after["depart"]["codes"])
    return [empty(one) for one in after[name] if not signed or one["code"] in signed]


def _actions(after: Donnees, before: Donnees | None) -> Iterator[Ecart]:
    start = None if before else _from_the_start(after, "actions", lambda one: {**one, "statut": None})
    for was, now in _paired(after["actions"], before["actions"] if before else start or []):
        told = now or was or {}
        move, why = _moved(
            _state(was, "statut"), _state(now, "statut"), STEPS, gone=was is None or now is None, stands=now is not None
        )
        words = (_status(was, Statut, PAS_ENCORE), _status(now, Statut, PAS_ENCORE))
        yield Ecart(Sorte.ACTION, told["code"], told["titre"], told["orientation"], *words, move, why)


def _promises(after: Donnees, before: Donnees | None) -> Iterator[Ecart]:
    start = None if before else _from_the_start(after, "engagements", lambda one: {**one, "etat": None})
    for was, now in _paired(after["engagements"], before["engagements"] if before else start or []):
        told = now or was or {}
        move, why = _moved(
            _state(was, "etat"), _state(now, "etat"), KEPT, gone=was is None or now is None, stands=now is not None
        )
        words = (
            _status(was, EtatDEngagement, PAS_ENCORE_TENU, "etat"),
            _status(now, EtatDEngagement, PAS_ENCORE_TENU, "etat"),
        )
        for orientation in told["orientations"] or [""]:
            yield Ecart(
                Sorte.ENGAGEMENT, told["code"], told["titre"], orientation, *words, move, why, told["signataire"]
            )


def _state(one: Donnees | None, name: str) -> str | None:
    found: str | None = one[name] if one else None
    return found


def _status(one: Donnees | None, enum: Any, start: str, name: str = "statut") -> str:
    if one is None:
        return ABSENT
    state = one[name]
    return start if state is None else RIEN if not state else str(enum(state).label)


def _moved(
    was: str | None, now: str | None, ranks: dict[Any, int], *, gone: bool, stands: bool
) -> tuple[Mouvement, str]:
    """What became of a thing whose states go forward. `was` is none at the start, where nothing was done yet."""
    if gone and not stands:
        return Mouvement.SORTI, ""
    if not now:
        return Mouvement.INCONNU, RIEN
    if now not in ranks:
        return Mouvement.ARRETE, ""
    if gone:
        return Mouvement.ENTRE, ""
    if was == "":
        return Mouvement.INCONNU, "rien n’en était dit avant"
    before = 0 if was is None else ranks.get(was, -1)
    return _direction(ranks[now], before), ""


def _direction(now: Any, before: Any) -> Mouvement:
    return Mouvement.AVANCE if now > before else Mouvement.STABLE if now == before else Mouvement.RECULE


def _indicators(after: Donnees, before: Donnees | None) -> Iterator[Ecart]:
    start = None if before else _from_the_start(after, "indicateurs", lambda one: {**one, "derniers": []})
    measured: set[str] = set()
    for was, now in _paired(after["indicateurs"], before["indicateurs"] if before else start or []):
        told = now or was or {}
        measured |= set(told["orientations"])
        move, why = _measured(was, now, from_the_start=before is None)
        value = _figure(was, from_the_start=before is None), _figure(now)
        for orientation in told["orientations"] or [""]:
            yield Ecart(Sorte.INDICATEUR, told["code"], told["libelle"], orientation, *value, move, why, _source(now))
    for one in after["orientations"]:
        if one["code"] not in measured:
            why = "aucun indicateur"
            yield Ecart(Sorte.INDICATEUR, "", "Aucun indicateur", one["code"], "", "", Mouvement.INCONNU, why)


def _measured(was: Donnees | None, now: Donnees | None, *, from_the_start: bool) -> tuple[Mouvement, str]:
    if now is None:
        return Mouvement.SORTI, ""
    if was is None:
        return Mouvement.ENTRE, ""
    last = _value(now)
    if last is None:
        said = "valeurs par parties, sans total" if now["derniers"] else "aucune valeur"
        return Mouvement.INCONNU, said
    first = _start(now) if from_the_start else _value(was)
    if first is None:
        return Mouvement.INCONNU, "aucune valeur de départ" if from_the_start else "aucune valeur avant"
    return _towards(first, last, _target(now))


def _towards(first: Decimal, last: Decimal, target: Decimal | None) -> tuple[Mouvement, str]:
    """Whether a value came nearer to its target; without one, nothing says which way is better."""
    if first == last:
        return Mouvement.STABLE, ""
    if target is None:
        return Mouvement.CHANGE, "aucune cible"
    if (last >= target) if target >= first else (last <= target):
        return Mouvement.AVANCE, f"la cible est de {figure(target)} : atteinte"
    near = abs(target - last) < abs(target - first)
    return Mouvement.AVANCE if near else Mouvement.RECULE, f"la cible est de {figure(target)}"


def _value(one: Donnees) -> Decimal | None:
    """The last value for everyone; none when nobody gave it, or gave it by parts alone."""
    whole = [reading for reading in one["derniers"] if not reading["pour"]]
    return Decimal(whole[-1]["valeur"]) if whole else None


def _start(one: Donnees) -> Decimal | None:
    return Decimal(one["depart"]["valeur"]) if one["depart"] else None


def _target(one: Donnees) -> Decimal | None:
    return Decimal(one["cible"]["valeur"]) if one["cible"] else None


def _figure(one: Donnees | None, *, from_the_start: bool = False) -> str:
    """A value as a page writes it, with its unit and its day."""
    if one is None:
        return ABSENT
    unit = f" {one['unite']}" if one["unite"] else ""
    if from_the_start:
        found = one["depart"]
        return typo(f"{figure(Decimal(found['valeur']))}{unit}, {date_fr(day_of(found['le']))}") if found else "non dit"
    value = _value(one)
    if value is None:
        return "par parties" if one["derniers"] else "non dit"
    last = next(reading for reading in reversed(one["derniers"]) if not reading["pour"])
    return typo(f"{figure(value)}{unit}, {date_fr(day_of(last['au']))}")


def _source(one: Donnees | None) -> str:
    return "" if one is None or not one["derniers"] else ", ".join(dict.fromkeys(r["source"] for r in one["derniers"]))


def _money(after: Donnees, before: Donnees | None) -> Iterator[Ecart]:
    for orientation in after["orientations"]:
        code = orientation["code"]
        for ledger, sorte in ((Registre.SPECIFIQUE, Sorte.ARGENT), (Registre.DROIT_COMMUN, Sorte.DROIT_COMMUN)):
            now = _cells(after, ledger.value, code)
            was = _cells(before, ledger.value, code) if before else []
            yield _amounts(sorte, code, was, now, from_the_start=before is None)


def _cells(data: Donnees, ledger: str, orientation: str) -> list[Donnees]:
    return [one for one in data["argent"] if one["registre"] == ledger and one["orientation"] == orientation]


def _amounts(sorte: Sorte, code: str, was: list[Donnees], now: list[Donnees], *, from_the_start: bool) -> Ecart:
    names = ("vote", "verse") if sorte == Sorte.ARGENT else ("compte",)
    last = [_sum(now, name) for name in names]
    first = [_sum(was, name) for name in names]
    lines, empty = (sum(one[name] for one in now) for name in ("lignes", "vides"))
    nothing = "aucun montant voté ni versé" if sorte == Sorte.ARGENT else "aucun montant compté"
    move, why = _paid(first, last, "aucune ligne" if not lines else EMPTY if empty == lines else nothing)
    told = "rien de voté encore" if from_the_start else _told(sorte, was)
    return Ecart(sorte, code, capital(str(sorte.label)), code, told, _told(sorte, now), move, why)


def _paid(first: list[Decimal | None], last: list[Decimal | None], why: str) -> tuple[Mouvement, str]:
    """Whether more is committed or paid; `why`: what is said where nothing ever was."""
    if not any(last) and not any(first):
        return Mouvement.INCONNU, why
    return _direction(*([one or Decimal(0) for one in values] for values in (last, first))), ""


def _sum(cells: list[Donnees], name: str) -> Decimal | None:
    said = [Decimal(one[name]) for one in cells if one[name]]
    return sum(said, Decimal(0)) if said else None


def _told(sorte: Sorte, cells: list[Donnees]) -> str:
    words = {"annonce": "annoncé", "vote": "voté", "verse": "versé"} if sorte == Sorte.ARGENT else {"compte": "compté"}
    amounts = {word: _sum(cells, name) for name, word in words.items()}
    said = [f"{word} {euros(value)}" for word, value in amounts.items() if value]
    return ", ".join(said) or "non dit"
