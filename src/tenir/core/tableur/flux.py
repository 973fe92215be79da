"""A long CSV, read some rows at a time from where one was: never whole in memory, whatever it weighs.

A ZIP that holds one CSV is read the same, without unfolding it on the disk.
"""

import codecs
import csv
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import IO, Any

from tenir.core.tableur.colonnes import WITHIN, Colonne, Rang, headings
from tenir.core.tableur.tableau import Tableau, TableauIllisible
from tenir.core.tableur.texte import rows_of_text, sign_of

LIGNE = 1_000_000
"""The longest line of a file, in bytes: past it, it is no table."""
DEPLIE = 400 * 1024 * 1024
"""The most that a ZIP may hold once unfolded, in bytes."""
ECHANTILLON = 64 * 1024
ANNONCE = ("sep=", '"sep=')
"""The line by which a spreadsheet says what parts the cells: it is no row."""
CHUNK = 1024 * 1024
NO_CSV = "Cette archive ne contient pas un fichier CSV, et un seul : gardez celui des subventions."


@dataclass(frozen=True, slots=True)
class Repere:
    """Where the reading of a file stands: its coding and sign, its columns, the byte and the line that come next.

    `lignes`: how many lines the file has, blank ones and those of the headings included.
    """

    codage: str
    signe: str
    colonnes: dict[str, int]
    place: int
    ligne: int
    lignes: int

    def to_json(self) -> dict[str, Any]:
        """As a work keeps it from one step to the next."""
        return asdict(self)


@contextmanager
def unfolded(file: IO[bytes]) -> Iterator[IO[bytes]]:
    """The bytes of a CSV: those of the file, or of the one that a ZIP holds.

    Raises:
        TableauIllisible: a ZIP that holds none, or several, or too much.
    """
    file.seek(0)
    if file.read(2) != b"PK":
        file.seek(0)
        yield file
        return
    try:
        with zipfile.ZipFile(file) as archive:
            inside = [one for one in archive.infolist() if one.filename.lower().endswith((".csv", ".txt"))]
            if len(inside) != 1 or inside[0].file_size > DEPLIE:
                raise TableauIllisible(NO_CSV)
            with archive.open(inside[0]) as part:
                yield part
    except (zipfile.BadZipFile, RuntimeError) as error:
        raise TableauIllisible(NO_CSV) from error


def start(file: IO[bytes], columns: Sequence[Colonne], required: Mapping[str, str]) -> tuple[Repere, list[str]]:
    """Where the rows of a file begin, and what to say of how it is read.

    Raises:
        TableauIllisible: no row names the required columns.
    """
    coding, count, said = _coding(file)
    file.seek(0)
    sample = file.read(ECHANTILLON).decode(coding, errors="ignore").removeprefix("\ufeff")
    sign = sign_of(sample)
    table = [[cell.strip() for cell in row] for row in rows_of_text(sample).lignes[:WITHIN]]
    found = headings(Tableau("", table), columns, required)
    told = [f"Colonnes laissées de côté : {', '.join(f'« {one} »' for one in found.inconnues)}."]
    places = {key: ranks[0] for key, ranks in found.colonnes.items()}
    file.seek(0)
    mark = Repere(coding, sign, places, 0, 1, count)
    above = found.rang + 1 + sample.lower().startswith(ANNONCE)
    for _ in range(above):
        _, mark = _next(file, mark)
    return mark, [*said, *(told if found.inconnues else [])]


def rows_from(file: IO[bytes], mark: Repere, most: int) -> tuple[list[Rang], Repere | None]:
    """The next rows that say something, `most` lines at most, and where the others begin; none when it is over.

    Raises:
        TableauIllisible: a quote that nobody closed, or a line without an end.
    """
    file.seek(mark.place)
    found: list[Rang] = []
    last = mark.ligne + most
    while mark.ligne < last:
        here = mark.ligne
        row, mark = _next(file, mark)
        if row is None:
            return found, None
        cells = {key: row[rank].strip() if rank < len(row) else "" for key, rank in mark.colonnes.items()}
        if any(cells.values()):
            found.append(Rang(here, cells))
    return found, mark


def _next(file: IO[bytes], mark: Repere) -> tuple[list[str] | None, Repere]:
    """One row, which may take several lines, and where the next begins."""
    taken = [0, 0]

    def lines() -> Iterator[str]:
        while raw := file.readline(LIGNE):
            if len(raw) == LIGNE:
                raise TableauIllisible(f"Ce fichier a une ligne sans fin, la {mark.ligne + taken[1]} : est-ce un CSV ?")
            taken[0] += len(raw)
            taken[1] += 1
            text = raw.decode(mark.codage, errors="replace")
            yield text.removeprefix("\ufeff") if mark.place + taken[0] == len(raw) else text

    try:
        row = next(csv.reader(lines(), delimiter=mark.signe), None)
    except csv.Error as error:
        raise TableauIllisible(f"Un guillemet ouvert à la ligne {mark.ligne} n’est jamais refermé.") from error
    after = Repere(
        mark.codage, mark.signe, mark.colonnes, mark.place + taken[0], mark.ligne + taken[1], mark.lignes
    )  # fmt: skip
    return row, after


def _coding(file: IO[bytes]) -> tuple[str, int, list[str]]:
    """UTF-8 where all of it is; else that of Windows, which is said. And how many lines there are."""
    file.seek(0)
    decoder, count, sound = codecs.getincrementaldecoder("utf-8")(), 0, True
    while chunk := file.read(CHUNK):
        count += chunk.count(b"\n")
        if b"\0" in chunk:
            raise TableauIllisible("Ce fichier n’est pas du texte : enregistrez-le en « CSV UTF-8 ».")
        try:
            sound = sound and decoder.decode(chunk) is not None
        except UnicodeDecodeError:
            sound = False
    return ("utf-8", count, []) if sound else ("cp1252", count, ["Accents lus comme ceux de Windows."])
