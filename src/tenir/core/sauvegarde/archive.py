"""The archive of a backup: a zip whose manifest tells each member, its count, its size and its digest.

Nothing of an archive is believed: its names are compared with the manifest, its paths are confined, its sizes bounded.
"""

import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tenir.core.sauvegarde.lignes import LONGEST_LINE
from tenir.core.typographie import pluriel

MANIFESTE = "manifeste.json"
NUMERO = 3
"""The number of the format; a reader refuses a greater one."""
LARGEST_MANIFEST = 16 * 1024 * 1024
PIECE = 1024 * 1024
SHOWN = 5
"""How many missing files are named."""
RELEVES = "releves-de-la-trace.csv"
DOCUMENTS = "documents"
Count = Annotated[int, Field(ge=0)]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class SauvegardeRefusee(Exception):
    """Nothing is written; the message is the French sentence to show."""


class Partie(BaseModel):
    """Something of the manifest; a field that this version does not know is refused."""

    model_config = ConfigDict(extra="forbid")


class Membre(Partie):
    """A member of the archive, with what its bytes must be."""

    octets: Count
    sha256: Digest

    @property
    def membre(self) -> str:
        """Its name in the archive."""
        raise NotImplementedError


class Table(Membre):
    nom: str
    lignes: Count

    @property
    def membre(self) -> str:
        """Its name in the archive."""
        return f"tables/{self.nom}.jsonl"


class Fichier(Membre):
    chemin: str

    @property
    def membre(self) -> str:
        """Its name in the archive."""
        return f"fichiers/{self.chemin}"


class TeteGardee(Partie):
    chaine: str
    rang: Count
    empreinte: str


class Manifeste(Partie):
    """What an archive holds."""

    format: Literal["sauvegarde de Tenir"] = "sauvegarde de Tenir"
    numero: Count = NUMERO
    version: str
    secret: str = ""
    """The fingerprint of the secret that its links are made with, so that a site that lacks it says so."""
    le: datetime
    base: str
    reglages: dict[str, str]
    migrations: dict[str, list[str]]
    tetes: list[TeteGardee]
    tables: list[Table]
    fichiers: list[Fichier]
    manquants: list[str] = []
    """The documents that rows name and that were no longer there: taken back meanwhile, or lost before."""

    @property
    def ecart(self) -> str:
        """What the archive lacks, in a sentence that follows others; nothing when it is whole."""
        if not self.manquants:
            return ""
        shown = ", ".join(self.manquants[:SHOWN]) + ("…" if len(self.manquants) > SHOWN else "")
        count = pluriel(len(self.manquants), "fichier")
        return f" Il y manque {count} que la base nomme, sans doute retiré depuis : {shown}."

    @property
    def membres(self) -> list[Membre]:
        """Every member but the manifest itself."""
        return [*self.tables, *self.fichiers]

    @property
    def lignes(self) -> int:
        """How many rows in all."""
        return sum(table.lignes for table in self.tables)

    @property
    def entrees(self) -> int:
        """How many entries of the trace."""
        return sum(tete.rang for tete in self.tetes)


@contextmanager
def open_archive(path: Path) -> Iterator[tuple[zipfile.ZipFile, Manifeste]]:
    """Open an archive and read its manifest; what goes wrong with the archive inside is told in French.

    Raises:
        SauvegardeRefusee: it is truncated, foreign, newer than this Tenir, or not what its manifest says.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            manifeste = _manifest(archive, path)
            _refuse_other_members(archive, manifeste)
            yield archive, manifeste
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, zlib.error) as error:
        raise SauvegardeRefusee(
            f"{path.name} n’est pas une sauvegarde de Tenir, ou elle est incomplète ou abîmée."
        ) from error


def check(archive: zipfile.ZipFile, manifeste: Manifeste) -> None:
    """Read the whole archive, a piece at a time, and compare sizes, counts and digests with the manifest.

    Raises:
        SauvegardeRefusee: a member is not what the manifest says.
    """
    for part in manifeste.membres:
        if archive.getinfo(part.membre).file_size != part.octets:
            raise _altered(part.membre)
        digest, count, size = hashlib.sha256(), 0, 0
        with archive.open(part.membre) as source:
            while piece := source.read(PIECE):
                digest.update(piece)
                count, size = count + piece.count(b"\n"), size + len(piece)
        if size != part.octets or digest.hexdigest() != part.sha256:
            raise _altered(part.membre)
        if isinstance(part, Table) and count != part.lignes:
            raise _altered(part.membre)


def read_lines(source: IO[bytes]) -> Iterator[bytes]:
    """The lines of a member, none of them longer than a row may be."""
    while line := source.readline(LONGEST_LINE):
        if not line.endswith(b"\n"):
            raise SauvegardeRefusee("Une ligne de la sauvegarde est trop longue, ou coupée.")
        yield line


def _altered(member: str) -> SauvegardeRefusee:
    return SauvegardeRefusee(f"{member} n’est pas ce que dit le manifeste : la sauvegarde a été abîmée ou modifiée.")


def _manifest(archive: zipfile.ZipFile, path: Path) -> Manifeste:
    foreign = SauvegardeRefusee(f"{path.name} n’est pas une sauvegarde de Tenir.")
    try:
        if archive.getinfo(MANIFESTE).file_size > LARGEST_MANIFEST:
            raise foreign
        with archive.open(MANIFESTE) as source:
            text = source.read(LARGEST_MANIFEST)
    except KeyError:
        raise foreign from None
    _refuse_newer(text)
    try:
        return Manifeste.model_validate_json(text)
    except ValidationError as error:
        raise foreign from error


def _refuse_newer(text: bytes) -> None:
    class Entete(BaseModel):
        format: Literal["sauvegarde de Tenir"]
        numero: int
        version: str

    try:
        head = Entete.model_validate_json(text)
    except ValidationError:
        return
    if head.numero > NUMERO:
        raise SauvegardeRefusee(newer(head.version))


def newer(version: str) -> str:
    """The sentence about an archive of a later Tenir."""
    return f"Cette sauvegarde vient d’une version plus récente de Tenir ({version}) : mettez ce site à jour d’abord."


def _refuse_other_members(archive: zipfile.ZipFile, manifeste: Manifeste) -> None:
    told = [MANIFESTE, *(part.membre for part in manifeste.membres)]
    if sorted(archive.namelist()) != sorted(told) or len(set(told)) != len(told):
        raise SauvegardeRefusee(
            "La sauvegarde ne contient pas exactement ce que dit son manifeste : elle a été modifiée."
        )
    if wrong := [file.chemin for file in manifeste.fichiers if not _confined(file.chemin)]:
        raise SauvegardeRefusee(f"La sauvegarde veut écrire hors de son dossier ({wrong[0]!r}) : elle est refusée.")


def _confined(chemin: str) -> bool:
    """Whether a path stays where a backup may write: the file of heads, or under the documents."""
    parts = PurePosixPath(chemin).parts
    plain = chemin == "/".join(parts) and ".." not in parts and not set(chemin) & set("\\\0:")
    return plain and (chemin == RELEVES or (len(parts) > 1 and parts[0] == DOCUMENTS))
