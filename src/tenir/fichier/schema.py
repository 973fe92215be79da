"""The published JSON Schema of the contract file, and its reference page in French."""

import json
from collections.abc import Iterator
from typing import Any

from tenir.fichier.modeles import ContratDeVille


def json_schema() -> str:
    """The JSON Schema, as published in `docs/contrat.schema.json`."""
    made = ContratDeVille.model_json_schema()
    made["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    made["title"] = "Fichier contrat de Tenir"
    return json.dumps(made, ensure_ascii=False, indent=2)


def reference_page() -> str:
    """The reference page of the file, as published in `docs/fichier-contrat-reference.md`."""
    made = ContratDeVille.model_json_schema()
    return "\n".join([*HEAD, *_section("ContratDeVille", made), *_sections(made["$defs"]), ""])


HEAD = [
    "# Les champs du fichier contrat",
    "",
    "Page écrite par `tenir reference` d’après les modèles de `src/tenir/fichier/modeles.py` ; ne pas la retoucher.",
    "",
]


def _sections(definitions: dict[str, Any]) -> Iterator[str]:
    for name in sorted(definitions):
        if "enum" in definitions[name]:
            choices = " · ".join(f"`{choice}`" for choice in definitions[name]["enum"])
            yield from (f"## {name}", "", f"Un choix parmi : {choices}", "")
        else:
            yield from _section(name, definitions[name])


def _section(name: str, definition: dict[str, Any]) -> Iterator[str]:
    required = set(definition.get("required", []))
    yield from (f"## {name}", "", "| champ | obligatoire | forme | sens |", "|---|---|---|---|")
    for field, facts in definition.get("properties", {}).items():
        demanded = "oui" if field in required else ""
        yield f"| `{field}` | {demanded} | {_shape(facts)} | {facts.get('description', '')} |"
    yield ""


def _shape(facts: dict[str, Any]) -> str:
    if "$ref" in facts:
        name = facts["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in facts:
        return " ou ".join(dict.fromkeys(_shape(one) for one in facts["anyOf"] if one.get("type") != "null"))
    if facts.get("type") == "array":
        return f"liste de {_shape(facts.get('items', {}))}"
    if "const" in facts:
        return f"`{facts['const']}`"
    pattern = f" `{facts['pattern'].replace('|', chr(92) + '|')}`" if "pattern" in facts else ""
    return _TYPES.get(str(facts.get("type")), "valeur") + pattern


_TYPES = {"string": "texte", "integer": "entier", "number": "nombre", "boolean": "vrai ou faux"}
