"""Commands on rules: what is wrong in a contract, and why a rule says so."""

import csv
import json
import sys
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path

import click

from tenir.cli.fichier import FAULTY, FILE, Refus, document_or_refuse, load_or_refuse
from tenir.cli.lecture import OUT, read_or_refuse
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.mots import compte
from tenir.regles.registre import Regle, RegleInconnue, regle_de, regles
from tenir.regles.registre import controler as find

COLUMNS = ("règle", "gravité", "élément", "lignes", "anomalie", "remède")
CONTRACT_FILES = {".yaml", ".yml", ".json"}
"""The endings of a contract file; any other is a document, read on the fly."""


@click.command()
@click.argument("fichier", type=FILE)
@click.option("--document", type=FILE, help="Document signé : refuse un document qui n’est pas celui du fichier.")
@click.option("--regle", "codes", multiple=True, help="Une règle seulement ; plusieurs fois pour plusieurs.")
@click.option("--famille", "familles", multiple=True, help="STR, CHF, IND, FIN, GOV ou ENG.")
@click.option("--par", type=click.Choice(["gravite", "element", "regle"]), default="gravite", show_default=True)
@click.option("--format", "form", type=click.Choice(["texte", "json", "csv"]), default="texte", show_default=True)
@click.option("--rapport", type=OUT, help="Rapport à imprimer : .pdf ou .docx.")
@click.option("--strict", is_flag=True, help="Rend 1 dès qu’il y a une anomalie, même sans gravité.")
def controler(
    fichier: Path,
    document: Path | None,
    codes: Sequence[str],
    familles: Sequence[str],
    par: str,
    form: str,
    rapport: Path | None,
    strict: bool,
) -> None:
    """Dit ce qui ne va pas dans un fichier contrat, ou dans un document signé lu à la volée (texte, PDF, Word).

    Rend 1 s’il y a une anomalie bloquante.
    """
    contrat = load_or_refuse(fichier) if fichier.suffix.lower() in CONTRACT_FILES else _read(fichier)
    if document:
        _check(document, contrat)
    try:
        found = find(contrat, codes=codes, familles=familles)
    except RegleInconnue as error:
        raise Refus(str(error)) from error
    {"json": _json, "csv": _csv}.get(form, lambda rows: _text(rows, par))(found)
    if rapport:
        _report(rapport, contrat, found)
    if any(strict or one.gravite is Gravite.BLOQUANTE for one in found):
        raise SystemExit(FAULTY)


@click.command()
@click.argument("code", required=False)
@click.option("--toutes", is_flag=True, help="Toutes les pages, en Markdown.")
def regle(code: str | None, toutes: bool) -> None:
    """Montre la page d’une règle ; sans code, la liste des règles."""
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


def page(one: Regle) -> str:
    """The page of a rule, in Markdown."""
    head = f"# {one.code} : {one.titre}\n\n*{one.gravite.capitalize()}. Depuis Tenir {one.depuis}.*"
    return f"{head}\n\n{one.page}"


def published() -> str:
    """Every page, one after the other: what `docs/regles.md` holds."""
    intro = (
        "# Les règles\n\nCe que `tenir controler` vérifie dans un fichier contrat. `make docs` écrit cette page "
        "à partir de la documentation de chaque règle."
    )
    pages = [page(one).replace("\n## ", "\n### ").replace("# ", "## ", 1) for one in regles()]
    return "\n\n".join([intro, *pages])


def _read(document: Path) -> ContratDeVille:
    """The contract of a document, as the reader understands it; what it left over is said beside the anomalies."""
    lecture = read_or_refuse(document)
    left = len(lecture.restes)
    click.echo(
        f"{document} est lu sans relecture ; {compte(left, 'ligne')} sans place : « tenir lire » le dit.", err=True
    )
    return lecture.contrat


def _report(path: Path, contrat: ContratDeVille, found: list[Anomalie]) -> None:
    from tenir.cli.rapport import write_report  # Typst and Word are slow to start

    write_report(path, contrat, found, datetime.now().astimezone().date())
    click.echo(f"{path} est écrit.", err=True)


def _check(document: Path, contrat: ContratDeVille) -> None:
    read = document_or_refuse(document, contrat)
    if contrat.document and read.sha256 != contrat.document.sha256:
        raise Refus(f"{document} n’est pas le document de ce fichier contrat : son empreinte est autre.")


def _text(found: list[Anomalie], par: str) -> None:
    if not found:
        click.echo("Aucune anomalie.")
        return
    keys = {
        "gravite": lambda one: one.gravite.value,
        "element": lambda one: one.code or "tout le contrat",
        "regle": lambda one: f"{one.regle} : {regle_de(one.regle).titre}",
    }
    ordered = found if par == "gravite" else sorted(found, key=keys[par])
    for name, group in groupby(ordered, key=keys[par]):
        rows = list(group)
        click.echo(f"{name} ({len(rows)})")
        for one in rows:
            where = " ".join(part for part in (one.code, f"l. {one.lignes}" if one.lignes else "") if part)
            click.echo(f"  {one.regle}  {where}\n    {one.phrase}\n    → {one.remede}")
        click.echo()
    counts = ", ".join(f"{count} {grave}" for grave in Gravite if (count := sum(one.gravite == grave for one in found)))
    click.echo(f"{compte(len(found), 'anomalie')} : {counts}. « tenir regle CODE » dit pourquoi.")


def _json(found: list[Anomalie]) -> None:
    rows = [dict(zip(COLUMNS, _row(one), strict=True)) for one in found]
    click.echo(json.dumps(rows, ensure_ascii=False, indent=2))


def _csv(found: list[Anomalie]) -> None:
    from tenir.core.exports import in_csv  # no spreadsheet takes a name for a formula

    writer = csv.writer(sys.stdout, delimiter=";", lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([in_csv(cell) for cell in _row(one)] for one in found)


def _row(one: Anomalie) -> list[str]:
    return [one.regle, one.gravite.value, one.code, one.lignes, one.phrase, one.remede]


COMMANDS = (controler, regle)
