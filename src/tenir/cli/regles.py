"""Commands on rules: what is wrong in a contract, and why a rule says so."""

import gc
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tenir.cli.fichier import FAULTY, FILE, Refus, document_or_refuse, load_or_refuse
from tenir.cli.lecture import OUT, read_or_refuse
from tenir.regles.familles import FAMILLES
from tenir.regles.mots import compte

if TYPE_CHECKING:
    from tenir.fichier.document import DocumentNormalise
    from tenir.fichier.modeles import ContratDeVille
    from tenir.regles.controle import Controle
    from tenir.regles.registre import Regle

NONE_CERTAIN = "Aucune correction n’est certaine."
CONTRACT_FILES = {".yaml", ".yml", ".json"}
"""The endings of a contract file; any other is a document, read on the fly."""


@click.command()
@click.argument("fichier", type=FILE)
@click.option("--document", type=FILE, help="Document signé : vérifie aussi les règles qui lisent ses mots.")
@click.option("--regle", "codes", multiple=True, help="Une règle seulement ; plusieurs fois pour plusieurs.")
@click.option("--famille", "familles", multiple=True, help=f"{', '.join(FAMILLES)} ; plusieurs fois pour plusieurs.")
@click.option("--par", type=click.Choice(["gravite", "element", "regle"]), default="gravite", show_default=True)
@click.option("--format", "form", type=click.Choice(["texte", "json", "csv"]), default="texte", show_default=True)
@click.option("--rapport", type=OUT, help="Rapport à imprimer : .pdf ou .docx.")
@click.option("--corrections", is_flag=True, help="Montre les corrections certaines, à appliquer avec « patch -p1 ».")
@click.option("--strict", is_flag=True, help="Rend 1 dès qu’il y a une anomalie, même sans gravité.")
def controler(
    fichier: Path,
    document: Path | None,
    codes: Sequence[str],
    familles: Sequence[str],
    par: str,
    form: str,
    rapport: Path | None,
    corrections: bool,
    strict: bool,
) -> None:
    """Dit ce qui ne va pas dans un fichier contrat, ou dans un document lu à la volée (texte, PDF, Word).

    Rend 1 s’il y a une anomalie bloquante.
    """
    gc.disable()  # a short command: what a contract holds lives as long as it, and looking for cycles costs a tenth
    from tenir.cli.anomalies import FORMATS
    from tenir.regles.anomalie import Gravite

    contrat, words = _given(fichier, document)
    found = _found(contrat, words, codes, familles)
    if corrections:
        _corrections(contrat, found, fichier.name)
        return
    FORMATS[form](found, par, contrat)
    if rapport:
        _report(rapport, contrat, found)
    if any(strict or one.gravite is Gravite.BLOQUANTE for one in found.anomalies):
        raise SystemExit(FAULTY)


def _found(
    contrat: "ContratDeVille", words: "DocumentNormalise | None", codes: Sequence[str], familles: Sequence[str]
) -> "Controle":
    from tenir.regles.controle import controler as find
    from tenir.regles.registre import RegleInconnue

    try:
        return find(contrat, words, le=_today(), codes=codes, familles=familles)
    except RegleInconnue as error:
        raise Refus(str(error)) from error


def _corrections(contrat: "ContratDeVille", found: "Controle", name: str) -> None:
    from tenir.regles.corrections import difference

    click.echo(difference(contrat, found.anomalies, name) or f"{NONE_CERTAIN}\n", nl=False)


@click.command()
@click.argument("code", required=False)
@click.option("--toutes", is_flag=True, help="Toutes les pages, en Markdown.")
def regle(code: str | None, toutes: bool) -> None:
    """Montre la page d’une règle ; sans code, la liste des règles."""
    from tenir.regles.registre import RegleInconnue, regle_de, regles

    if toutes:
        click.echo(published())
        return
    if code is None:
        for one in regles():
            click.echo(f"{one.code}  {one.gravite:<12}  {one.titre}")
        return
    try:
        click.echo(page(regle_de(code)))
    except RegleInconnue as error:
        raise Refus(str(error)) from error


def page(one: "Regle") -> str:
    """The page of a rule, in Markdown."""
    head = f"# {one.code} : {one.titre}\n\n*{one.gravite[:1].upper()}{one.gravite[1:]}. Depuis Tenir {one.depuis}.*"
    return f"{head}\n\n{one.page}"


def published() -> str:
    """Every page, one after the other: what `docs/regles.md` holds."""
    from tenir.regles.registre import regles

    intro = (
        "# Les règles\n\nCe que `tenir controler` vérifie dans un fichier contrat. `make docs` écrit cette page "
        "à partir de la documentation de chaque règle."
    )
    pages = [page(one).replace("\n## ", "\n### ").replace("# ", "## ", 1) for one in regles()]
    return "\n\n".join([intro, *pages])


def _given(fichier: Path, document: Path | None) -> "tuple[ContratDeVille, DocumentNormalise | None]":
    """The contract and its signed words: of a contract file and the document given with it, or of a document alone."""
    if fichier.suffix.lower() not in CONTRACT_FILES:
        return _read(fichier)
    contrat = load_or_refuse(fichier)
    return contrat, _signed(document, contrat) if document else None


def _read(document: Path) -> "tuple[ContratDeVille, DocumentNormalise]":
    """The contract of a document, as the reader understands it; what it left over is said beside the anomalies."""
    from tenir.fichier.document import DocumentNormalise

    lecture = read_or_refuse(document)
    left = len(lecture.restes)
    click.echo(
        f"{document} est lu sans relecture ; {compte(left, 'ligne')} sans place : « tenir lire » le dit.", err=True
    )
    return lecture.contrat, DocumentNormalise(lecture.document.texte, lecture.contrat.spans_of_names)


def _signed(document: Path, contrat: "ContratDeVille") -> "DocumentNormalise":
    read = document_or_refuse(document, contrat)
    if contrat.document and read.sha256 != contrat.document.sha256:
        raise Refus(f"{document} n’est pas le document de ce fichier contrat : son empreinte est autre.")
    return read


def _report(path: Path, contrat: "ContratDeVille", found: "Controle") -> None:
    from tenir.cli.rapport import write_report  # Typst and Word are slow to start

    write_report(path, contrat, found, _today())
    click.echo(f"{path} est écrit.", err=True)


def _today() -> date:
    return datetime.now().astimezone().date()  # no contract here: the day of this machine


COMMANDS = (controler, regle)
