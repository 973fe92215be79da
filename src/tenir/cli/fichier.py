"""Commands on contract files: no database, no site.

A command imports what it needs when it runs: « tenir --aide » waits neither for the models nor for the reader.
"""

import json
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from tenir.fichier.comptage import Compte
    from tenir.fichier.document import DocumentNormalise
    from tenir.fichier.fautes import Faute
    from tenir.fichier.modeles import ContratDeVille
    from tenir.fichier.source import Plage

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FAULTY = 1
UNREADABLE = 2


class Refus(click.ClickException):
    """A clear French sentence, and exit code 2."""

    exit_code = UNREADABLE

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(f"Refusé : {self.message}", file=file, err=file is None)


def read_text(path: Path) -> str:
    """Read a UTF-8 file as it is, ends of lines included, or refuse it in French."""
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refus(f"{path} n’est pas du texte UTF-8 : enregistrez-le en UTF-8, puis recommencez.") from error


def load_or_refuse(path: Path) -> "ContratDeVille":
    """Read a contract file, or refuse it with its first faults."""
    from pydantic import ValidationError

    from tenir.fichier import canonique
    from tenir.fichier.validation import validate

    try:
        return canonique.load(read_text(path))
    except (canonique.NotYaml, ValidationError) as error:
        fautes = validate(read_text(path)).fautes
        shown = "\n".join(f"  {faute}" for faute in fautes[:10])
        raise Refus(f"{path} n’est pas un fichier contrat valide :\n{shown}") from error


def document_or_refuse(path: Path, contrat: "ContratDeVille | None" = None) -> "DocumentNormalise":
    """Read a signed document, names of persons masked as the contract file says, or refuse it.

    A text is taken as it is, unless the file expects another digest: it may be that of the normalised text which the
    reader makes of a text with folios, a PDF or a Word file (ADR 0004).
    """
    spans = contrat.spans_of_names if contrat else ()
    expected = contrat.document.sha256 if contrat and contrat.document else None
    text = _text_document(path, spans)
    if text is not None and expected in (None, text.sha256):
        return text
    read = _normalised(path, spans)
    return read if text is None or read.sha256 == expected else text


def _normalised(path: Path, spans: "tuple[Plage, ...]") -> "DocumentNormalise":
    from tenir.fichier.document import DocumentNormalise
    from tenir.lecteur.document import LectureRefusee
    from tenir.lecteur.lecture import lire_document

    try:
        return DocumentNormalise(lire_document(path).texte, spans)
    except LectureRefusee as error:
        raise Refus(f"{path} : {error}") from error


def _text_document(path: Path, spans: "tuple[Plage, ...]") -> "DocumentNormalise | None":
    from tenir.fichier.document import UnreadableDocument, read_document

    try:
        return read_document(path.read_bytes(), spans)
    except UnreadableDocument:
        return None


@click.command()
@click.argument("fichier", type=FILE)
@click.option("--verifier", is_flag=True, help="Ne rien écrire : dire seulement si le fichier est canonique.")
def formater(fichier: Path, verifier: bool) -> None:
    """Met un fichier contrat sous sa forme canonique."""
    from tenir.fichier import canonique

    before = read_text(fichier)
    after = canonique.dump(load_or_refuse(fichier))
    if before == after:
        click.echo(f"{fichier} est déjà sous sa forme canonique.")
    elif verifier:
        click.echo(f"{fichier} n’est pas sous sa forme canonique : lancez « tenir formater {fichier} ».", err=True)
        raise SystemExit(FAULTY)
    else:
        fichier.write_text(after, encoding="utf-8", newline="\n")
        click.echo(f"{fichier} est mis sous sa forme canonique.")


@click.command()
@click.argument("fichier", type=FILE)
@click.option("--document", type=FILE, help="Document signé (texte UTF-8) : vérifie aussi chaque ligne.")
@click.option("--json", "as_json", is_flag=True, help="Réponse en JSON.")
def valider(fichier: Path, document: Path | None, as_json: bool) -> None:
    """Dit ce qui ne va pas dans un fichier contrat : ligne, chemin, faute, remède."""
    from tenir.fichier.validation import validate

    text = read_text(fichier)
    signed = document_or_refuse(document, validate(text).contrat) if document else None
    fautes = validate(text, signed).fautes
    if as_json:
        click.echo(json.dumps([faute.as_dict() for faute in fautes], ensure_ascii=False, indent=2))
    else:
        show_faults(fichier, fautes)
    if fautes:
        raise SystemExit(FAULTY)


def show_faults(fichier: Path, fautes: "tuple[Faute, ...]") -> None:
    """Tell every fault of a file, then how many there are."""
    for faute in fautes:
        click.echo(str(faute))
    plural = "s" if len(fautes) > 1 else ""
    click.echo(f"{fichier} : {len(fautes)} faute{plural}." if fautes else f"{fichier} est valide.")


@click.command()
@click.argument("avant", type=FILE)
@click.argument("apres", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="Réponse en JSON.")
def comparer(avant: Path, apres: Path, as_json: bool) -> None:
    """Dit ce qui change d’un fichier contrat à un autre, élément par élément."""
    from tenir.fichier.comparaison import compare

    changes = compare(load_or_refuse(avant), load_or_refuse(apres))
    if as_json:
        click.echo(json.dumps([c.as_dict() for c in changes], ensure_ascii=False, indent=2, default=str))
        return
    for change in changes:
        click.echo(change.phrase())
    if not changes:
        click.echo("Les deux fichiers disent la même chose.")


@click.command()
@click.argument("fichier", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="Réponse en JSON.")
def compter(fichier: Path, as_json: bool) -> None:
    """Compte les éléments d’un contrat, orientation par orientation."""
    from tenir.fichier.comptage import count

    compte = count(load_or_refuse(fichier))
    if as_json:
        click.echo(json.dumps(compte.as_dict(), ensure_ascii=False, indent=2))
    else:
        _show_count(compte)


COLUMNS = {
    "donnees": "données",
    "objectifs": "objectifs",
    "objectifs_en_prose": "en prose",
    "actions": "actions",
    "sous_actions": "sous-act.",
    "pilotes": "pilotes",
    "lignes_de_credits": "crédits",
    "lignes_vides": "vides",
}


def _show_count(compte: "Compte") -> None:
    click.echo("      " + "".join(f"{label:>11}" for label in COLUMNS.values()))
    for orientation in compte.orientations:
        cells = "".join(f"{getattr(orientation, field):>11}" for field in COLUMNS)
        click.echo(f"{orientation.code:<6}{cells}  {orientation.titre}")
    click.echo("total " + "".join(f"{compte.total(field):>11}" for field in COLUMNS))
    for sentence in compte.phrases():
        click.echo(sentence)


@click.command("schema")
def schema_() -> None:
    """Écrit le schéma JSON du fichier contrat."""
    from tenir.fichier import schema

    click.echo(schema.json_schema())


@click.command()
def reference() -> None:
    """Écrit la page de référence du fichier contrat."""
    from tenir.fichier import schema

    click.echo(schema.reference_page(), nl=False)


COMMANDS = (formater, valider, comparer, compter, schema_, reference)
