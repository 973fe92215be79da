"""What the rules found, written for a person, a program or a spreadsheet."""

import csv
import json
import sys
from collections.abc import Callable
from dataclasses import astuple
from itertools import groupby

import click

from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite, Ligne
from tenir.regles.controle import Controle
from tenir.regles.essentiel import essentiel
from tenir.regles.lieux import told
from tenir.regles.mots import accord, compte, jour
from tenir.regles.pliage import plier
from tenir.regles.registre import regle_de

COLUMNS = ("règle", "gravité", "élément", "lignes", "anomalie", "remède", "où")
GROUPS: dict[str, Callable[[Ligne], str]] = {
    "gravite": lambda one: one.gravite,
    "element": lambda one: one.code or "tout le contrat",
    "regle": lambda one: f"{one.regle} : {regle_de(one.regle).titre}",
}


def write_text(found: Controle, par: str, contrat: ContratDeVille) -> None:
    """For people: the essential in a dozen lines, then all, grouped, each with its lines and its remedy."""
    _essential(found, contrat)
    group = GROUPS[par]
    rows = _rows(found, contrat)
    ordered = rows if par == "gravite" else sorted(rows, key=group)
    for name, held in groupby(ordered, key=group):
        _group(name, list(held))
    _admitted(found)
    _unread(found)
    click.echo(_summary(found.anomalies, len(rows)))


def write_json(found: Controle, par: str, contrat: ContratDeVille) -> None:
    """For a program: the essential, the anomalies, those that are admitted, what could not be verified."""
    said = {
        "essentiel": [
            {"empêche": fait.empeche.value, "gravité": fait.gravite.value, "fait": fait.phrase, "règle": fait.regle}
            for fait in essentiel([told(contrat, one) for one in found.anomalies]).premiers
        ],
        "anomalies": [_named(one) for one in _rows(found, contrat)],
        "admises": [
            _named(told(contrat, one)) | {"motif": by.motif, "auteur": by.auteur, "fin": by.fin.isoformat()}
            for one, by in found.admises
        ],
        "non vérifiées": [rule.code for rule in found.non_verifiees],
        "non lus": [*(kind.value for kind in found.non_lus), *(["période"] if found.sans_periode else [])],
    }
    click.echo(json.dumps(said, ensure_ascii=False, indent=2))


def write_csv(found: Controle, par: str, contrat: ContratDeVille) -> None:
    """For a spreadsheet: one line for each fact in force."""
    from tenir.core.exports import in_csv  # no spreadsheet takes a name for a formula

    writer = csv.writer(sys.stdout, delimiter=";", lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([in_csv(cell) for cell in astuple(one)] for one in _rows(found, contrat))


FORMATS = {"texte": write_text, "json": write_json, "csv": write_csv}


def _rows(found: Controle, contrat: ContratDeVille) -> list[Ligne]:
    """The anomalies in force as they are told, one fact once."""
    return plier([told(contrat, one) for one in found.anomalies])


def _essential(found: Controle, contrat: ContratDeVille) -> None:
    """What matters, one line a fact, the worst first."""
    facts = essentiel([told(contrat, one) for one in found.anomalies])
    if not facts.premiers:
        return
    click.echo("L’essentiel")
    for fait in facts.premiers:
        where = f" ({fait.ou})" if fait.ou else ""
        click.echo(f"  empêche {fait.empeche} : {fait.phrase}{where}")
    if more := len(facts.autres) + len(facts.forme):
        click.echo(f"  et {more} {accord(more, 'autre fait', 'autres faits')}, dont {len(facts.forme)} de typographie")
    click.echo()


def _group(name: str, rows: list[Ligne]) -> None:
    click.echo(f"{name} ({len(rows)})")
    for one in rows:
        where = " ".join(part for part in (one.code, f"l. {one.lignes}" if one.lignes else "") if part)
        click.echo(f"  {one.regle}  {where}\n    {one.phrase}\n    → {one.remede}")
    click.echo()


def _admitted(found: Controle) -> None:
    for one, by in found.admises:
        click.echo(f"admise jusqu’au {jour(by.fin)} par {by.auteur} : {one.regle} {one.code}\n    {by.motif}")
    if found.admises:
        click.echo()


def _unread(found: Controle) -> None:
    if codes := [rule.code for rule in found.non_verifiees]:
        what = accord(len(codes), "non vérifiée, elle lit", "non vérifiées, elles lisent")
        click.echo(f"{', '.join(codes)} : {what} les mots du document (--document).\n")
    for sentence in found.non_verifie:
        click.echo(sentence)
    if found.non_verifie:
        click.echo()


def _summary(found: tuple[Anomalie, ...], rows: int) -> str:
    if not found:
        return "Aucune anomalie."
    counts = ", ".join(
        f"{count} {accord(count, grave, grave.pluriel)}"
        for grave in Gravite
        if (count := sum(one.gravite == grave for one in found))
    )
    folded = f" (en {rows} lignes)" if rows < len(found) else ""
    return f"{compte(len(found), 'anomalie')}{folded} : {counts}. « tenir regle CODE » dit pourquoi."


def _named(one: Ligne) -> dict[str, str]:
    return dict(zip(COLUMNS, astuple(one), strict=True))
