"""What a table schema says against a file: the facts of `scdl-subventions-2.1.1.json`, checked column by column."""

import csv
import json
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from io import StringIO
from pathlib import Path
from typing import Any

from tenir.acteurs.identifiants import siret_is_right

SCHEMA: dict[str, Any] = json.loads((Path(__file__).parent / "scdl-subventions-2.1.1.json").read_text())


def faults(content: bytes) -> list[str]:
    """Each place where a file departs from the schema."""
    rows = list(csv.reader(StringIO(content.decode())))
    names = [one["name"] for one in SCHEMA["fields"]]
    if rows[0] != names:
        return [f"en-têtes : {rows[0]}"]
    return [f"ligne {rank} : {said}" for rank, row in enumerate(rows[1:], start=2) for said in _row(row)]


def _row(row: list[str]) -> Iterator[str]:
    fields = SCHEMA["fields"]
    if len(row) != len(fields):
        yield f"{len(row)} cellules"
        return
    held = {one["name"]: text for one, text in zip(fields, row, strict=True)}
    for one in fields:
        if said := _field(one, held[one["name"]]):
            yield f"{one['name']} : {said}"
    for check in SCHEMA["custom_checks"]:
        params = check["params"]
        if check["name"] == "one-of-required":
            if not any(held[params[key]] for key in ("column1", "column2")):
                yield "ni SIRET ni RNA"
        elif held[params["column"]] and not siret_is_right(held[params["column"]]):
            yield f"{params['column']} : clé fausse"


def _field(one: dict[str, Any], text: str) -> str:
    rules = one["constraints"]
    if not text:
        return "manque" if rules["required"] else ""
    if "pattern" in rules and not re.fullmatch(rules["pattern"], text):
        return f"motif : {text}"
    if len(text) > rules.get("maxLength", len(text)):
        return "trop long"
    if text not in rules.get("enum", [text]):
        return f"hors de la liste : {text}"
    return _typed(one, text, rules)


def _typed(one: dict[str, Any], text: str, rules: dict[str, Any]) -> str:
    if one["type"] == "date":
        return "" if date.fromisoformat(text).isoformat() == text else "jour"
    if one["type"] == "boolean":
        return "" if text in one["trueValues"] + one["falseValues"] else "oui ou non"
    if one["type"] != "number":
        return ""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return f"pas un nombre : {text}"
    low, high = (Decimal(str(rules.get(name, value))) for name in ("minimum", "maximum"))
    return "" if low <= value <= high and "," not in text else f"hors des bornes : {text}"
