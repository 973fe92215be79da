"""Writing the archive of a contract: a zip of plain files, each table as CSV and as JSON."""

import csv
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.metadata import version
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from tenir.contrat.archive.tables import TableDuContrat, tables_of
from tenir.contrat.models import DocumentSigne, VersionDuContrat
from tenir.core.exports import BOM, in_csv
from tenir.core.models import EntreeDeTrace
from tenir.core.sauvegarde.sauvegarder import snapshot
from tenir.core.typographie import date_fr
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.services import trace_of
from tenir.habilitations.traces import OF_A_PERSON

DICTIONNAIRE = ("table", "colonne", "ce qu’elle dit", "valeur", "peut être vide", "valeurs possibles")
TRACE = ("rang", "le", "acteur", "commande", "pour", "genre", "objet", "champ", "avant", "apres", "motif", "efface",
         "empreinte_des_valeurs", "precedente", "empreinte")  # fmt: skip
OF_SOMEONE = OF_A_PERSON | {"invitation", "contact"}
HIDDEN = "[donnée personnelle]"


class ArchiveRefusee(Exception):
    """Nothing is written; the message is the French sentence to show."""


@dataclass(frozen=True, slots=True)
class Bilan:
    """What an archive holds."""

    versions: int
    tables: int
    lignes: int
    entrees: int
    fichiers: int


def export_archive(slug: str, path: Path, *, on: date, with_contacts: bool = False, with_files: bool = False) -> Bilan:
    """Write all that hangs on a contract; persons only with their contacts asked for, else by number.

    `with_files`: the files that people gave (pièces, proofs, answers) come too, as they are: they may name someone.

    Raises:
        ArchiveRefusee: no such contract, the file exists, or its name does not say « fictif » of a contract that is.
    """
    espace = EspaceDeContrat.objects.filter(slug=slug).first()
    if espace is None:
        raise ArchiveRefusee(f"Aucun contrat n’a l’adresse « {slug} ».")
    if path.exists():
        raise ArchiveRefusee(f"{path} existe déjà : choisissez un autre nom.")
    if espace.fictif and "fictif" not in path.name.lower():
        raise ArchiveRefusee("Ce contrat est fictif : le nom de son archive le dit. Par exemple : fictif.zip.")
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=".archive-")
    try:
        with (
            os.fdopen(descriptor, "w+b") as out,
            zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
            snapshot(),
        ):
            bilan = _Ecriture(archive, espace).write(on, with_contacts, with_files)
        Path(draft).replace(path)
    finally:
        Path(draft).unlink(missing_ok=True)
    return bilan


@dataclass(frozen=True, slots=True)
class _Ecriture:
    """One archive being written. Every member is in one folder; every row of a fictitious contract says so."""

    archive: zipfile.ZipFile
    espace: EspaceDeContrat

    @property
    def folder(self) -> str:
        fictif = self.espace.fictif and "fictif" not in self.espace.slug
        return f"{self.espace.slug}-fictif" if fictif else self.espace.slug

    @property
    def contrat(self) -> str:
        return f"FICTIF – {self.espace.titre}" if self.espace.fictif else self.espace.titre

    def write(self, on: date, with_contacts: bool, with_files: bool) -> Bilan:
        tables = tables_of(self.espace, with_contacts=with_contacts)
        counts = {table.nom: self.table(f"tables/{table.nom}", _heads(table), table) for table in tables}
        entries = self.table("trace/trace", TRACE, _Trace(self.espace, with_contacts))
        versions = self.versions()
        document = self.document()
        self.dictionary(tables)
        files = self.files(tables) if with_files else None
        lines = [f"  {table.nom} : {table.titre} ({counts[table.nom]})" for table in tables]
        self.text("LISEZMOI.txt", _readme(self.contrat, on, lines, document, with_contacts, files))
        return Bilan(versions, len(tables), sum(counts.values()), entries, files or 0)

    def text(self, name: str, content: str) -> None:
        self.archive.writestr(f"{self.folder}/{name}", content)

    def member(self, name: str, newline: str) -> TextIOWrapper:
        raw = self.archive.open(f"{self.folder}/{name}", "w", force_zip64=True)
        return TextIOWrapper(raw, "utf-8", newline=newline)

    def versions(self) -> int:
        found = list(VersionDuContrat.objects.of(self.espace).values_list("numero", "nature", "canonique"))
        for numero, nature, canonical in found:
            self.text(f"contrat/version-{numero:03d}-{nature}.yaml", canonical)
        return len(found)

    def document(self) -> bool:
        kept = DocumentSigne.objects.filter(espace=self.espace).first()
        if kept:
            self.text("document/document-signe.txt", "\n".join(kept.normalise().lignes) + "\n")
        return kept is not None

    def files(self, tables: list[TableDuContrat]) -> int:
        """What people gave, under the path that its column tells."""
        count = 0
        for file in (file for table in tables for file in table.fichiers()):
            with file.open("rb") as source, self.archive.open(f"{self.folder}/fichiers/{file.name}", "w") as out:
                shutil.copyfileobj(source, out)
            count += 1
        return count

    def dictionary(self, tables: list[TableDuContrat]) -> None:
        rows = [[table.nom, *column.description()] for table in tables for column in table.colonnes]
        self.csv("dictionnaire.csv", DICTIONNAIRE, rows)

    def table(self, name: str, heads: Sequence[str], rows: "TableDuContrat | _Trace") -> int:
        """Write a table twice, reading it twice: no more than a few rows are ever in memory."""
        heads = ["contrat", *heads]
        self.csv(f"{name}.csv", heads, ([self.contrat, *map(_written, row)] for row in rows.lignes()))
        return self.json(f"{name}.json", heads, ([self.contrat, *row] for row in rows.lignes()))

    def csv(self, name: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        with self.member(name, "") as out:
            out.write(BOM)
            writer = csv.writer(out, delimiter=";")
            writer.writerow(heads)
            writer.writerows([in_csv(cell) for cell in row] for row in rows)

    def json(self, name: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
        count = 0
        with self.member(name, "\n") as out:
            out.write("[")
            for count, row in enumerate(rows, start=1):
                told = json.dumps(dict(zip(heads, row, strict=True)), ensure_ascii=False, default=_written)
                out.write(f"{',' if count > 1 else ''}\n{told}")
            out.write("\n]\n")
        return count


@dataclass(frozen=True, slots=True)
class _Trace:
    """The trace of a contract: by numbers, and without what it says of persons unless contacts are asked for."""

    espace: EspaceDeContrat
    with_contacts: bool

    def lignes(self) -> Iterator[list[Any]]:
        entries = EntreeDeTrace.objects.filter(chaine__nom=trace_of(self.espace)).order_by("rang")
        values = {TRACE.index(name) for name in ("avant", "apres", "motif")}
        for row in entries.values_list(*TRACE).iterator(2_000):
            hidden = not self.with_contacts and row[TRACE.index("genre")] in OF_SOMEONE
            yield [HIDDEN if hidden and rank in values and cell else cell for rank, cell in enumerate(row)]


def _heads(table: TableDuContrat) -> list[str]:
    return [column.nom for column in table.colonnes]


def _written(value: Any) -> Any:
    """A value that CSV and JSON both hold: moments in UTC, objects as JSON."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return value if value is None or isinstance(value, bool | int | float) else str(value)


def _readme(contrat: str, on: date, tables: list[str], document: bool, with_contacts: bool, files: int | None) -> str:
    persons = "Les contacts sont joints : ces données personnelles sont protégées par la loi."
    numbers = "Les personnes n’y sont que des numéros. Ni noms, ni adresses, ni téléphones."
    given = (
        f"fichiers/    {files} fichiers donnés (pièces, preuves, réponses), tels quels : ils peuvent nommer quelqu’un"
    )
    return "\n".join(
        [
            contrat,
            "=" * len(contrat),
            "",
            f"Archive faite le {date_fr(on)} par Tenir {version('tenir')}. Elle se lit sans Tenir : un éditeur de",
            "texte et un tableur suffisent. Les fichiers sont en UTF-8 ; les CSV séparent par des points-virgules.",
            persons if with_contacts else numbers,
            "",
            "contrat/     chaque version du contrat, dans un fichier YAML que Tenir sait recharger (tenir charger)",
            "document/    le document signé, noms de personnes masqués, une ligne par ligne citée"
            if document
            else "document/    absent : le document signé n’était pas joint",
            "fichiers/    absents : les fichiers donnés ne sont joints que si on le demande"
            if files is None
            else given,
            "tables/      chaque table en CSV et en JSON ; un renvoi est le code de ce qu’il désigne",
            "trace/       qui a changé quoi et quand, par numéros ; chaque entrée porte l’empreinte de la précédente",
            "dictionnaire.csv   chaque colonne : ce qu’elle dit, quelle valeur, si elle peut être vide",
            "",
            "Tables, avec le nombre de leurs lignes :",
            *tables,
            "",
        ]
    )
