"""The nouns of the fields of the contract file, and their values in words, as the pages of the workshop show them."""

from collections.abc import Mapping
from typing import Any

from tenir.core.typographie import capital
from tenir.fichier.canonique import as_data
from tenir.fichier.comparaison import name_of
from tenir.fichier.objet import Item

LIBELLES = {
    "titre": "Titre abrégé",
    "titre_imprime": "Titre imprimé",
    "titre_protocole": "Titre dans le protocole",
    "source": "Lignes du document",
    "source_protocole": "Lignes du protocole",
    "note": "Remarque",
    "libelle": "Libellé imprimé",
    "imprime": "Valeur imprimée",
    "valeur": "Valeur",
    "valeur_max": "Haut de l’intervalle",
    "unite": "Unité",
    "periode": "Période",
    "perimetre": "Périmètre",
    "origine": "Source citée",
    "statut": "Statut",
    "doute": "Ce qui est à vérifier",
    "partie_de": "Part de",
    "forme": "Forme",
    "sous_theme": "Intertitre",
    "horizon": "Échéance imprimée",
    "quartiers": "Quartiers nommés",
    "imprimee_sous": "Imprimée sous la rubrique",
    "pilotes": "Pilotes",
    "partenaires": "Partenaires",
    "services_associes": "Services associés",
    "presidence": "Présidence",
    "composition": "Composition",
    "roles": "Rôles",
    "frequence": "Rythme écrit",
    "reunions_par_an": "Réunions par an, au moins",
    "regles": "Ordre des réunions",
    "nature": "Nature",
    "financeur": "Financeur imprimé",
    "organisme": "Organisme",
    "rattachee_a": "Rangée sous",
    "dispositifs": "Dispositifs",
    "transversal": "Axe transversal",
    "regroupement": "Simple intitulé, qui ne promet rien",
    "parent": "Contenu dans",
    "orientations": "Orientations",
    "nom": "Nom imprimé",
    "groupe": "Groupe imprimé",
    "sous_groupe": "Sous-groupe imprimé",
    "depart": "Valeur de départ imprimée",
    "cible": "Cible imprimée",
    "repete": "Répète",
    "repere": "Repère sur la carte",
    "sens": "Sens",
    "code": "Code",
}
"""By the name of the field; what has no line here is called by its own name."""


def label(name: str) -> str:
    """The noun of a field."""
    return LIBELLES.get(name) or capital(name.replace("_", " "))


def words(item: Item) -> dict[str, str]:
    """What an item says, noun by noun, as an act carries what was read (`core.marques`)."""
    data = {name: value for name, value in as_data(item).items() if name != "texte"}
    return {label(name): shown(value) for name, value in data.items() if value not in ([], {})}


def shown(value: Any) -> str:
    """A value as a person reads it."""
    if value is None or value in ([], {}):
        return "rien"
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, Mapping):
        return _named(value)
    return " ; ".join(map(shown, value)) if isinstance(value, (list, tuple)) else str(value)


def _named(value: Mapping[str, Any]) -> str:
    rest = ", ".join(f"{label(name).lower()} : {shown(one)}" for name, one in value.items() if name != "nom")
    name = str(value.get("nom", ""))
    return f"{name} ({rest})" if name and rest else name or rest


def called(item: Item) -> str:
    """An item by its code and its name."""
    return f"{item.code} « {name_of(item)} »"
