"""What a row of a table of entries tells, cell by cell; or why it cannot be read, each fault with its column."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

from tenir.acteurs.models import Organisation
from tenir.activite.enums import DansLeQuartier, Forme, Statut
from tenir.activite.models.entree import LONGEST
from tenir.activite.services.entree import days_in_words
from tenir.activite.services.valeurs import NUMBER, Cle, key_of
from tenir.activite.tableur.colonnes import (
    AU,
    DU,
    HEURES,
    JOUR,
    LIEU,
    MINUTES,
    NATURE,
    ORGANISME,
    QUARTIER,
    STATUT,
    TITRE,
    part_of,
)
from tenir.activite.tableur.plan import Plan
from tenir.contrat.models import Lieu
from tenir.core.nombres import NombreIllisible, parse_nombre
from tenir.core.tableur.cellules import CelluleRefusee
from tenir.core.tableur.jours import read_day, read_period
from tenir.core.tableur.tableau import EPOQUE, ERREURS, one_line
from tenir.core.typographie import pluriel
from tenir.fichier.mots import comparable, ungendered
from tenir.natures.modeles import NatureEntiere

NOTHING = frozenset({"-", "–", "—", "/", "néant", "neant", "nc", "n.c."})
"""What people write in the cell of a number that nobody gave."""
_LENGTH = re.compile(r"(\d{1,2}) ?(?:h|:|heures?) ?(\d{2})?(?: ?(?:min|mn|minutes?))?(?::00)?", re.IGNORECASE)
_MINUTES = re.compile(r"(\d{1,4}) ?(?:min|mn|minutes?)", re.IGNORECASE)
QUARTERS = {
    "oui": DansLeQuartier.OUI,
    "non": DansLeQuartier.NON,
    "vrai": DansLeQuartier.OUI,
    "faux": DansLeQuartier.NON,
}
UNSAID = frozenset({"nsp", "ne sait pas"})
STATUSES = {
    **dict.fromkeys(("tenu", "realise", "fait", "effectue", "oui"), Statut.TENUE),
    **dict.fromkeys(("prevu", "planifie", "programme", "venir"), Statut.PREVUE),
    **dict.fromkeys(("annule", "reporte", "non tenu"), Statut.ANNULEE),
}
Lu = TypeVar("Lu")


@dataclass(frozen=True, slots=True)
class Contexte:
    """What rows are read against: the kinds and the words of those of before, the bodies, the places, the days."""

    plan: Plan
    kinds: Mapping[str, NatureEntiere]
    corps: Callable[[str], list[Organisation]]
    lieux: Mapping[str, Lieu]
    epoque: date = EPOQUE
    mien: Organisation | None = None


@dataclass(slots=True)
class Lue:
    """What a row tells. `fautes`: by column, why it cannot be read; `dits`: what is read otherwise than expected."""

    nature: str = ""
    corps: list[Organisation] = field(default_factory=list)
    debut: date | None = None
    fin: date | None = None
    lieu: Lieu | None = None
    autre_lieu: str = ""
    titre: str = ""
    minutes: int | None = None
    quartier: DansLeQuartier = DansLeQuartier.NSP
    statut: Statut = Statut.TENUE
    valeurs: dict[Cle, Decimal] = field(default_factory=dict)
    fautes: dict[str, str] = field(default_factory=dict)
    dits: list[str] = field(default_factory=list)

    @property
    def du_au(self) -> tuple[date, date]:
        """Its first day and its last, once it was read without fault."""
        assert self.debut is not None  # noqa: S101 (a row without days has a fault)
        assert self.fin is not None  # noqa: S101 (the same)
        return self.debut, self.fin

    @property
    def ou(self) -> str:
        """Where it took place, in words."""
        return self.lieu.nom if self.lieu else self.autre_lieu

    @property
    def precisions(self) -> list[str]:
        """What else it says, in words: how long, in the quarter or not, not held."""
        lasted = [pluriel(self.minutes, "minute", genre="f")] if self.minutes else []
        where = {DansLeQuartier.OUI: ["dans le quartier"], DansLeQuartier.NON: ["hors du quartier"]}
        return [*lasted, *where.get(self.quartier, []), *([] if self.statut == Statut.TENUE else [self.statut.label])]

    @property
    def jours(self) -> str:
        """Its days, in words."""
        return days_in_words(*self.du_au)


def read_row(cells: Mapping[str, str], contexte: Contexte) -> Lue:
    """What a row tells: all its faults at once, so that they are mended at once."""
    found = Lue()
    for key, text in cells.items():
        if ERREURS.fullmatch(text):
            found.fautes[key] = f"le tableur n’a pas su calculer cette cellule ({text}) : écrivez-y la valeur"
    given = {key: one_line(text) for key, text in cells.items() if key not in found.fautes}
    found.nature = _read(found, NATURE, _kind, given.get(NATURE, ""), contexte.plan) or ""
    found.corps = _read(found, ORGANISME, _bodies, given.get(ORGANISME, ""), contexte) or []
    kind = contexte.kinds.get(found.nature)
    _days(given, found, contexte.epoque, counted=bool(kind and kind.forme.value == Forme.DECOMPTE))
    _place(given, found, contexte.lieux)
    _words(given, found)
    _numbers(given, found, kind)
    return found


def _read(found: Lue, key: str, read: Callable[..., Lu], *given: object) -> Lu | None:
    """What a cell says; otherwise why it says nothing is kept. A cell in error is told once."""
    if key in found.fautes:
        return None
    try:
        return read(*given)
    except (CelluleRefusee, NombreIllisible) as error:
        found.fautes[key] = str(error).rstrip(".")
        return None


def _kind(said: str, plan: Plan) -> str:
    if found := plan.kind_of(said):
        return found
    what = f"« {said} » n’est pas une nature connue" if said else "la nature manque"
    raise CelluleRefusee(f"{what} : choisissez-la à l’étape des colonnes, ou corrigez la cellule")


def _bodies(said: str, contexte: Contexte) -> list[Organisation]:
    """The bodies that a name may mean, the first to be written: one that is no more, and who took up what it did."""
    if contexte.mien:
        return [contexte.mien]
    if found := contexte.corps(said) if said else []:
        return found
    what = f"« {said} » n’est pas un organisme connu de ce contrat" if said else "l’organisme manque"
    raise CelluleRefusee(f"{what} : reprenez son nom, ou demandez à l’équipe de l’ajouter")


def _days(given: Mapping[str, str], found: Lue, epoque: date, *, counted: bool) -> None:
    """The days of a row; what is counted over a period may say it in one cell, « mars 2026 »."""
    if counted and (period := read_period(given.get(JOUR, ""))):
        found.debut, found.fin = period
        return
    told = {key: given[key] for key in (JOUR, DU, AU) if given.get(key)}
    days = {key: _read(found, key, read_day, text, epoque) for key, text in told.items()}
    if not told and not found.fautes.keys() & {JOUR, DU, AU}:
        where = next((key for key in (JOUR, AU, DU) if key in given), JOUR)
        found.fautes[where] = "le jour manque : écrivez le jour, le mois et l’année, comme 12/03/2026"
    alone = days.get(JOUR)
    found.fin = days.get(AU) or alone or days.get(DU)
    found.debut = days.get(DU) or alone or found.fin
    if counted and found.debut and found.debut == found.fin:
        found.dits.append(
            "compté sur un seul jour : si c’est une période, donnez son début et sa fin, ou « mars 2026 »"
        )


def _place(given: Mapping[str, str], found: Lue, lieux: Mapping[str, Lieu]) -> None:
    said = given.get(LIEU, "")
    found.lieu = lieux.get(comparable(said)) if said else None
    if said and found.lieu is None:
        found.autre_lieu = said
        found.dits.append(f"« {said} » n’est pas un lieu du contrat : gardé comme autre lieu")


def _words(given: Mapping[str, str], found: Lue) -> None:
    found.titre = given.get(TITRE, "")
    for key, per in ((MINUTES, 1), (HEURES, 60)):
        if given.get(key):
            found.minutes = _read(found, key, _length, given[key], per)
    found.quartier = _chosen(found, QUARTIER, given, QUARTERS, "oui ou non") or found.quartier
    found.statut = _chosen(found, STATUT, given, STATUSES, "tenue, prévue ou annulée") or found.statut


def _chosen(found: Lue, key: str, given: Mapping[str, str], among: Mapping[str, Lu], expected: str) -> Lu | None:
    said = given.get(key, "")
    return _read(found, key, _among, said, among, expected) if said and comparable(said) not in UNSAID else None


def _among(said: str, among: Mapping[str, Lu], expected: str) -> Lu:
    if found := among.get(ungendered(said)):
        return found
    raise CelluleRefusee(f"« {said} » ne se lit pas : écrivez {expected}")


def _length(text: str, per: int) -> int:
    if match := _LENGTH.fullmatch(text):
        return int(match[1]) * 60 + int(match[2] or 0)
    if match := _MINUTES.fullmatch(text):
        return int(match[1])
    minutes = parse_nombre(text) * per
    if minutes != minutes.to_integral_value() or not 1 <= minutes <= LONGEST:
        raise CelluleRefusee(f"« {text} » n’est pas une durée d’un jour au plus : écrivez 90, ou 1 h 30")
    return int(minutes)


def _numbers(given: Mapping[str, str], found: Lue, kind: NatureEntiere | None) -> None:
    """The figures of a row; the main number is that of its kind, under whatever measure."""
    main = kind.main.code if kind and kind.main else None
    for key, text in given.items():
        part = part_of(key)
        number = key_of(key) if key.startswith(NUMBER) else (main, part) if main and part is not None else None
        if number and text and text.lower() not in NOTHING:
            value = _read(found, key, _figure, text)
            if value is not None:
                found.valeurs[number] = value


def _figure(text: str) -> Decimal:
    try:
        return parse_nombre(text)
    except NombreIllisible as error:
        raise CelluleRefusee(f"« {text} » n’est pas un nombre. {error}") from error
