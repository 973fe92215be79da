"""Thresholds: a value in force from a day on, with its source. The past keeps the one it was judged by."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Seuil:
    """A value in force from a day, and why."""

    valeur: int
    depuis: date
    source: str


def in_force(seuils: tuple[Seuil, ...], on: date) -> int:
    """The value in force on a day, of thresholds written the oldest first; before them all, the oldest."""
    held = [seuil for seuil in seuils if seuil.depuis <= on]
    return (held or list(seuils[:1]))[-1].valeur
