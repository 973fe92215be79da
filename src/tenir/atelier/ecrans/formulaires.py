"""The form of an item, made from its model: a field of the contract file enters by itself."""

import re
import types
from collections.abc import Iterator
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from django import forms

from tenir.atelier.genres import held_by
from tenir.atelier.libelles import label
from tenir.core.typographie import typo
from tenir.ecran.formulaires import Formulaire, Texte
from tenir.fichier.modeles import Dispositif, OrganismeCite
from tenir.fichier.objet import Item, Objet
from tenir.fichier.source import Plage

NEVER = frozenset({"code", "texte", "organisme"})
"""What a form of an item does not ask: the code is the site's, the words are the document's, bodies have their page."""
ONE_A_LINE = "Un par ligne."
HELP = {
    "titre": "Court, et de notre main : les mots signés restent ceux du document.",
    "source": "Par exemple 1836-1837, ou 1434[1-53] pour une partie de ligne.",
    "orientations": "Leurs codes, séparés par des virgules.",
    "pilotes": ONE_A_LINE,
    "partenaires": ONE_A_LINE,
    "services_associes": ONE_A_LINE,
    "presidence": ONE_A_LINE,
    "composition": ONE_A_LINE,
    "dispositifs": "Un par ligne ; aucun : la ligne est restée vide.",
    "roles": ONE_A_LINE,
    "quartiers": ONE_A_LINE,
    "valeur": "Avec un point ou une virgule ; vide : la donnée est manquante.",
    "partie_de": "Le code de la donnée dont c’est une part.",
    "parent": "Le code de l’engagement qui le contient.",
    "repete": "Le code du premier indicateur de même libellé.",
}
LONG = frozenset({"note", "titre", "titre_imprime", "libelle", "doute", "titre_protocole"})


class ElementForm(Formulaire):
    """What an item says; `valeurs` gives it back as the contract file writes it."""

    def __init__(self, modele: type[Item], item: Item | None = None, data: Any = None, initial: Any = None) -> None:
        super().__init__(data)
        self.modele, self.item = modele, item
        for name in editable(modele):
            held = getattr(item, name) if item is not None else (initial or {}).get(name)
            self.fields[name] = _field(modele, name)
            self.fields[name].initial = _typed(held)

    def valeurs(self) -> dict[str, Any]:
        """What was typed, by field; None for what is left empty."""
        return {name: self._written(name, self.cleaned_data[name]) for name in self.fields if name in self.cleaned_data}

    def _written(self, name: str, value: Any) -> Any:
        kinds = leaves(self.modele.model_fields[name].annotation)
        if bool in kinds:
            return value
        if OrganismeCite in kinds or Dispositif in kinds:
            return self._named(name, value)
        if Plage in kinds or not _many(self.modele, name):
            return _number(value) if Decimal in kinds else (value or None)
        return [one.strip() for one in re.split(r"[,\n]" if name == "orientations" else r"\n", value) if one.strip()]

    def _named(self, name: str, value: str) -> list[dict[str, Any]]:
        """What is named, one a line; what bears a name that was there keeps all that was known of it."""
        before = {one.nom: one.model_dump(mode="json", exclude_defaults=True) for one in getattr(self.item, name, ())}
        lines = [" ".join(line.split()) for line in value.split("\n")]
        return [before.get(line, {"nom": line}) for line in lines if line]


def editable(modele: type[Item]) -> Iterator[str]:
    """The fields of an item that its form asks, in the order of its model; its lines and its note last."""
    held = {genre.champ for genre in held_by(modele)}
    names = [name for name in modele.model_fields if name not in held and name not in NEVER and _asked(modele, name)]
    last = [name for name in ("source", "note") if name in names]
    return iter([*(name for name in names if name not in last), *last])


def leaves(annotation: Any) -> set[Any]:
    """The plain types and the choices that an annotation is made of."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return leaves(get_args(annotation)[0])
    if origin is Literal:
        return {annotation}
    if origin in (Union, types.UnionType, tuple):
        return {one for part in get_args(annotation) if part is not Ellipsis for one in leaves(part)}
    return {annotation}


def _many(modele: type[Item], name: str) -> bool:
    return "tuple" in str(modele.model_fields[name].annotation)


def _asked(modele: type[Item], name: str) -> bool:
    """Whether a form can ask it: no object but bodies and schemes, which are named one a line."""
    objects = [one for one in leaves(modele.model_fields[name].annotation) if isinstance(one, type)]
    return not any(issubclass(one, Objet) and one not in (OrganismeCite, Dispositif) for one in objects)


def _field(modele: type[Item], name: str) -> forms.Field:
    info, help_text = modele.model_fields[name], typo(HELP.get(name, ""))
    kinds, required = leaves(info.annotation), info.is_required()
    options: dict[str, Any] = {"label": typo(label(name)), "required": required, "help_text": help_text}
    if bool in kinds:
        return forms.BooleanField(**{**options, "required": False})
    if choices := _choices(kinds):
        return forms.ChoiceField(choices=choices, **options)
    if int in kinds and not _many(modele, name):
        return forms.IntegerField(**options)
    if name in LONG:
        return Texte(rows=2, **options)
    if _many(modele, name) and Plage not in kinds and name != "orientations":
        return Texte(rows=4, **options)
    return forms.CharField(**options)


def _choices(kinds: set[Any]) -> list[tuple[str, str]]:
    for one in kinds:
        if isinstance(one, type) and issubclass(one, Enum):
            return [(str(each.value), str(each.value)) for each in one]
        if get_origin(one) is Literal:
            return [(str(each), str(each)) for each in get_args(one)]
    return []


def _typed(value: Any) -> Any:
    """A value as a person types it."""
    if isinstance(value, tuple):
        names = [str(getattr(one, "nom", one)) for one in value]
        comma = value and (isinstance(value[0], Plage) or re.fullmatch(r"[A-Z]\w*\d", names[0]))
        return (", " if comma else "\n").join(names)
    if isinstance(value, Decimal):
        return format(value, "f").replace(".", ",")
    return value.value if isinstance(value, Enum) else value


def _number(value: str | None) -> str | None:
    return re.sub(r"\s", "", value).replace(",", ".") if value else None
