"""Where an item stands in the signed document: line ranges, with columns when a line holds several items.

Written in the file as `1836-1837`, `1840`, or `1434[1-53], 1434[54-70]`; lines and columns count from 1, ends included.
"""

import re
from dataclasses import dataclass
from typing import Any

_LINES = r"[0-9]{1,7}(-[0-9]{1,7})?(\[[0-9]{1,7}-[0-9]{1,7}\])?"
PATTERN = rf"^{_LINES}(, {_LINES})*$"
_PLAGE = re.compile(r"([0-9]{1,7})(?:-([0-9]{1,7}))?(?:\[([0-9]{1,7})-([0-9]{1,7})\])?")


@dataclass(frozen=True, order=True, slots=True)
class Plage:
    """A run of whole lines, or a run of columns of one line."""

    debut: int
    fin: int
    colonne_debut: int | None = None
    colonne_fin: int | None = None

    def __str__(self) -> str:
        lines = str(self.debut) if self.debut == self.fin else f"{self.debut}-{self.fin}"
        return lines if self.colonne_debut is None else f"{lines}[{self.colonne_debut}-{self.colonne_fin}]"

    @property
    def lignes(self) -> range:
        """The line numbers of the run."""
        return range(self.debut, self.fin + 1)


def parse_plage(written: str) -> Plage:
    """Read one range; raise ValueError with a French sentence when it is not one."""
    match = _PLAGE.fullmatch(written.strip())
    if not match:
        raise ValueError(f"« {written} » n’est pas une plage de lignes : écrivez par exemple 1836-1837 ou 1434[1-53].")
    debut, fin, first, last = (int(part) if part else None for part in match.groups())
    assert debut is not None  # noqa: S101 - the pattern demands it
    plage = Plage(debut, fin or debut, first, last)
    _check_order(plage, written)
    return plage


def _check_order(plage: Plage, written: str) -> None:
    if plage.debut < 1 or plage.fin < plage.debut:
        raise ValueError(f"« {written} » : la dernière ligne vient avant la première.")
    if plage.colonne_debut is None or plage.colonne_fin is None:
        return
    if plage.debut != plage.fin:
        raise ValueError(f"« {written} » : des colonnes ne s’indiquent que sur une seule ligne.")
    if plage.colonne_debut < 1 or plage.colonne_fin < plage.colonne_debut:
        raise ValueError(f"« {written} » : la dernière colonne vient avant la première.")


def parse_source(written: Any) -> tuple[Plage, ...]:
    """Read a `source` field as the file writes it (a string, or a bare line number)."""
    if isinstance(written, tuple):
        return written
    if isinstance(written, bool) or not isinstance(written, (str, int)):
        raise ValueError("Une source s’écrit comme des numéros de lignes, par exemple 1836-1837.")
    return tuple(parse_plage(part) for part in str(written).split(","))


def write_source(source: tuple[Plage, ...]) -> str | int | None:
    """Write a source as the canonical file does; a lone line is a number."""
    if not source:
        return None
    written = ", ".join(str(plage) for plage in source)
    return int(written) if written.isdecimal() else written


def written_lines(source: tuple[Plage, ...]) -> str:
    """Lines as a reader reads them: « 1838 », « 12 à 14 », « 17, 40 à 42 »."""
    runs = [f"{p.debut}" if p.debut == p.fin else f"{p.debut} à {p.fin}" for p in source]
    return ", ".join(dict.fromkeys(runs))
