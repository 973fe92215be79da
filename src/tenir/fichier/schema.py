"""The published JSON Schema of the contract file, and its reference page in French.

Models describe their fields where the name does not say enough; `SENS` gives the rest, so that every field of both
publications has its sentence.
"""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from tenir.fichier import modeles, source
from tenir.fichier.modeles import ContratDeVille
from tenir.fichier.objet import Item

ROOT = "ContratDeVille"

SENS = {
    "code": "Code stable de l’élément, jamais réemployé.",
    "code_anct": "Code que l’ANCT donne au contrat.",
    "forme": "Puce ou prose, comme le document l’imprime.",
    "ContratDeVille.format": "Version du format.",
    "ContratDeVille.slug": "Adresse du contrat sur le site, et nom du fichier.",
    "ContratDeVille.fictif": "Vrai pour un contrat inventé ; son titre le dit aussi.",
    "ContratDeVille.note": "Remarque de la personne qui tient le fichier.",
    "ContratDeVille.identite": "Ce qu’est le contrat : codes, territoire, années, signature.",
    "ContratDeVille.document": "Le document signé que le fichier attend ; absent d’un brouillon.",
    "ContratDeVille.articles": "Articles du protocole.",
    "ContratDeVille.contrat_precedent": "Le contrat d’avant et ses enseignements.",
    "ContratDeVille.diagnostic": "Données du diagnostic, hors orientations.",
    "ContratDeVille.lieux": "Lieux et équipements que le document nomme.",
    "ContratDeVille.axes": "Axes, qui contiennent les orientations.",
    "ContratDeVille.signataires": "Signataires, qui contiennent leurs engagements.",
    "ContratDeVille.instances": "Instances de gouvernance.",
    "ContratDeVille.indicateurs": "Indicateurs, répétitions comprises.",
    "ContratDeVille.parties": "Parties de prose qui ne tiennent ni à une orientation ni à un signataire.",
    "ContratDeVille.derogations": "Anomalies admises ; elles ne font pas partie du texte signé.",
    "ContratDeVille.absents": "Ce que le document ne contient pas, vérifié par une personne.",
    "ContratDeVille.codes_retires": "Codes qui ne servent plus, et ce qui les remplace.",
    "ActionPrevue.sous_actions": "Parties de l’action que le document détache.",
    "Axe.transversal": "Vrai si l’axe vaut pour tous les autres.",
    "Axe.orientations": "Orientations de l’axe, dans l’ordre du document.",
    "BaseLegale.titre": "Texte de loi.",
    "BaseLegale.source": "Lignes qui le citent.",
    "BaseLegale.note": "Remarque.",
    "CodeRetire.code": "Code qui ne sert plus.",
    "CodeRetire.remplace_par": "Code en vigueur vers lequel son adresse renvoie.",
    "CodeRetire.motif": "Pourquoi il est retiré.",
    "ContratPrecedent.periode": "Années couvertes.",
    "ContratPrecedent.enseignements": "Ce que son évaluation a appris.",
    "DocumentSigne.titre": "Titre du document.",
    "DocumentSigne.lignes": "Nombre de lignes du texte normalisé.",
    "Donnee.statut": "Degré de confiance ; `déclarée` si le champ est absent.",
    "Enseignement.sens": "Acquis, limite, ou les deux.",
    "Identite.titre": "Titre du contrat.",
    "Identite.departement": "Nom du département.",
    "Identite.epci": "Intercommunalité.",
    "Identite.communes": "Communes du contrat.",
    "Identite.quartiers": "Quartiers prioritaires.",
    "Identite.periode": "Années couvertes.",
    "Identite.signature": "Absente tant que le contrat n’est pas signé : c’est un brouillon.",
    "Identite.base_legale": "Textes de loi sur lesquels le contrat repose.",
    "Identite.provenances": "D’où viennent les faits que le document ne porte pas.",
    "InstanceDeGouvernance.nom": "Nom tel qu’imprimé.",
    "InstanceDeGouvernance.regles": "Règles d’ordre entre instances.",
    "LigneDeCredits.nature": "Droit commun ou crédits spécifiques.",
    "Orientation.parties": "Prose de l’orientation, rubrique par rubrique.",
    "Orientation.donnees": "Données imprimées sous l’orientation.",
    "Orientation.objectifs": "Objectifs de l’orientation.",
    "Orientation.actions": "Actions prévues.",
    "Orientation.pilotes": "Pilotes nommés par l’orientation.",
    "Orientation.services_associes": "Services associés nommés par l’orientation.",
    "Orientation.credits": "Lignes de crédits, lignes vides comprises.",
    "ProjetDeQuartier.parties": "Prose du projet, rubrique par rubrique.",
    "ProjetDeQuartier.donnees": "Données imprimées sous le projet.",
    "ProjetDeQuartier.objectifs": "Objectifs du projet.",
    "ProjetDeQuartier.actions": "Actions prévues dans ces quartiers.",
    "ProjetDeQuartier.pilotes": "Pilotes nommés par le projet.",
    "ProjetDeQuartier.services_associes": "Services associés nommés par le projet.",
    "ProjetDeQuartier.credits": "Lignes de crédits, lignes vides comprises.",
    "Partie.nature": "Ce dont la partie est faite.",
    "Periode.debut": "Première année.",
    "Periode.fin": "Dernière année, comprise.",
    "Population.valeur": "Nombre d’habitants.",
    "Population.origine": "Qui l’a compté.",
    "Population.periode": "Année du comptage.",
    "Provenance.fait": "Le fait.",
    "Provenance.origine": "Où il a été lu.",
    "Quartier.nom": "Nom du quartier.",
    "Quartier.population": "Nombre d’habitants, avec sa source.",
    "RegleDOrdre.source": "Lignes qui portent la règle.",
    "Signataire.parties": "Prose du signataire, rubrique par rubrique.",
    "Signataire.engagements": "Ce qu’il promet.",
    "Signataire.rappels": "Réalisations passées qu’il rappelle.",
    "Signataire.documents_cadres": "Documents auxquels il se réfère.",
    "Signature.date": "Jour de la signature.",
    "Signature.lieu": "Lieu de la signature.",
    "Territoire.nom": "Nom de la commune ou de l’intercommunalité.",
    "Territoire.insee": "Code INSEE d’une commune.",
    "Territoire.siren": "Numéro SIREN.",
}
"""The sentence of each field whose model gives none, by `field` or `Model.field`."""

COMMON = ("source", "note", "texte")
"""What every item carries: said once on the page."""

HEAD = [
    "# Les champs du fichier contrat",
    "",
    "Page écrite par `tenir reference` d’après les modèles de `src/tenir/fichier/modeles.py` ; ne pas la retoucher.",
    "Comment écrire un fichier : [fichier-contrat.md](fichier-contrat.md). Les mots : [lexique.md](lexique.md).",
    "",
]


def json_schema() -> str:
    """The JSON Schema, as published in `docs/contrat.schema.json`."""
    made = _described()
    made["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    made["title"] = "Fichier contrat de Tenir"
    return json.dumps(made, ensure_ascii=False, indent=2)


def reference_page() -> str:
    """The reference page of the file, as published in `docs/fichier-contrat-reference.md`."""
    made = _described()
    return "\n".join([*HEAD, *_section(ROOT, made), *_common(made), *_sections(made["$defs"]), ""])


def _described() -> dict[str, Any]:
    """The schema of the models, every field with its French sentence, docstrings (for developers) left out."""
    made = ContratDeVille.model_json_schema()
    for name, definition in ((ROOT, made), *made["$defs"].items()):
        definition.pop("description", None)
        for field, facts in definition.get("properties", {}).items():
            facts.setdefault("description", SENS.get(f"{name}.{field}") or SENS.get(field, ""))
    return made


def _common(made: dict[str, Any]) -> Iterator[str]:
    properties = made["$defs"]["Article"]["properties"]
    yield from (
        "## Tout élément signé",
        "",
        "En plus de ses propres champs, chaque élément qui a un code peut porter :",
    )
    yield from _table({field: properties[field] for field in COMMON}, set())


def _sections(definitions: dict[str, Any]) -> Iterator[str]:
    for name in sorted(definitions):
        if "enum" in definitions[name]:
            choices = " · ".join(f"`{choice}`" for choice in definitions[name]["enum"])
            yield from (f"## {name}", "", f"Un choix parmi : {choices}", "")
        else:
            yield from _section(name, definitions[name])


def _section(name: str, definition: dict[str, Any]) -> Iterator[str]:
    """One object; what every item carries is left to its own section."""
    items = _items()
    shown = {f: facts for f, facts in definition["properties"].items() if name not in items or f not in COMMON}
    yield f"## {name}"
    if name in items:
        yield from ("", f"Élément signé : {items[name]}.")
    yield from _table(shown, set(definition.get("required", [])))


@cache
def _items() -> dict[str, str]:
    """The French noun of each model of a signed item."""
    made = (model for model in vars(modeles).values() if isinstance(model, type) and issubclass(model, Item))
    return {model.__name__: model.genre for model in made if model.genre}


def _table(properties: dict[str, Any], required: set[str]) -> Iterator[str]:
    yield from ("", "| champ | obligatoire | forme | sens |", "|---|---|---|---|")
    for field, facts in properties.items():
        demanded = "oui" if field in required else ""
        yield f"| `{field}` | {demanded} | {_shape(facts)} | {facts['description']} |"
    yield ""


def _shape(facts: dict[str, Any]) -> str:
    if "$ref" in facts:
        name = facts["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in facts:
        return _one_of([one for one in facts["anyOf"] if one.get("type") != "null"])
    if facts.get("type") == "array":
        return f"liste de {_shape(facts.get('items', {}))}"
    if "const" in facts:
        return f"`{facts['const']}`"
    if "enum" in facts:
        return " ou ".join(f"`{choice}`" for choice in facts["enum"])
    pattern = f" `{facts['pattern'].replace('|', chr(92) + '|')}`" if "pattern" in facts else ""
    return _FORMATS.get(str(facts.get("format"))) or _TYPES.get(str(facts.get("type")), "valeur") + pattern


def _one_of(choices: list[dict[str, Any]]) -> str:
    """A choice of shapes; a source and a number, which YAML writes in two ways, are one shape."""
    if any(one.get("pattern") == source.PATTERN for one in choices):
        return "lignes : `1840`, `1836-1837`, `1434[1-53], 1434[54-70]`"
    if any(one.get("type") == "number" for one in choices):
        return "nombre"
    return " ou ".join(dict.fromkeys(_shape(one) for one in choices))


_TYPES = {"string": "texte", "integer": "entier", "number": "nombre", "boolean": "vrai ou faux"}
_FORMATS = {"date": "date : `2024-03-26`"}
