"""The heads of the chains, written each day to a file outside the database, so that a cut end shows too."""

import csv
from datetime import date
from pathlib import Path

from tenir.core.trace import Tete, heads

COLUMNS = ("le", "chaine", "rang", "empreinte")


def write_heads(path: Path, on: date) -> int:
    """Append the head of every chain to the file; return how many. Nothing already there is touched."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = not path.exists()
    found = heads()
    with path.open("a", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        if new:
            writer.writerow(COLUMNS)
        writer.writerows((on.isoformat(), tete.chaine, tete.rang, tete.empreinte) for tete in found)
    return len(found)


def read_heads(path: Path) -> list[Tete]:
    """Every head ever written to the file; none when there is no file.

    Raises:
        ValueError: a line of the file cannot be read; the message is a French sentence.
    """
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as kept:
        try:
            return [Tete(row["chaine"], int(row["rang"]), row["empreinte"]) for row in csv.DictReader(kept)]
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"{path} ne se lit pas : ce n’est pas un relevé de la trace.") from error
