"""What describes a thing of a register, field by field of its kind: checked, kept as JSON, told in French."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError

from tenir.core.typographie import date_fr, nombre
from tenir.natures.enums import TypeDeChamp

if TYPE_CHECKING:
    from tenir.natures.modeles import Champ, NatureEntiere  # with pydantic, slow to start

FIELD = "c_"
"""What the name of the field of a form that holds one begins with."""
LONGEST = 160
LARGEST = Decimal(10) ** 12
OUI, NON = "oui", "non"
TELEPHONE = re.compile(r"(?:\+33|0)\s?\d(?:[ .]?\d{2}){4}|3\d{3}|3\d[ .]\d{2}|1\d{1,2}")
"""A telephone number as it is written in France, whole: ten digits, four that begin with 3, or one of emergency."""
Attributs = Mapping[str, Any]
"""By the code of a field: the text of a number or of a day, « oui », a code, several codes, a text."""


def field_of(champ: "Champ") -> str:
    """The name of the field of a form that holds it."""
    return FIELD + champ.code


def checked(nature: "NatureEntiere", given: Attributs) -> dict[str, Any]:
    """What is kept of a description: what is empty is not.

    Raises:
        ValidationError: a field that the kind has not, a value that it cannot hold, each beside its field.
    """
    faults = {FIELD + code: "Ce registre n’a pas ce champ." for code in given if nature.champ(code) is None}
    kept: dict[str, Any] = {}
    for champ in nature.champs:
        value = given.get(champ.code)
        if value in (None, "", []):
            continue
        try:
            kept[champ.code] = _KEPT[champ.type](champ, value)
        except (ValueError, ArithmeticError):
            faults[field_of(champ)] = _SAID[champ.type]
    if faults:
        raise ValidationError(faults)
    return kept


def completed(nature: "NatureEntiere", held: Attributs, given: Attributs) -> dict[str, Any]:
    """What is kept once a description is changed: what the kind asks no more stays as it was.

    Raises:
        ValidationError: as for `checked`.
    """
    return {code: value for code, value in held.items() if code not in given} | checked(nature, given)


def told(champ: "Champ", value: Any) -> str:
    """A value in French; a choice that the kind has no more stands for itself."""
    if value in (None, "", []):
        return ""
    try:
        return _told(champ, value)
    except (ValueError, TypeError, ArithmeticError):  # given when the field was of another type
        return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _told(champ: "Champ", value: Any) -> str:
    match champ.type:
        case TypeDeChamp.NOMBRE:
            return nombre(Decimal(value))
        case TypeDeChamp.DATE:
            return date_fr(date.fromisoformat(value))
        case TypeDeChamp.CHOIX:
            return str(champ.choix.get(value, value))
        case TypeDeChamp.PLUSIEURS:
            return ", ".join(champ.choix.get(one, one) for one in value)
        case _:
            return str(value)


def in_words(nature: "NatureEntiere", attributs: Attributs) -> dict[str, str]:
    """A description by the words of its fields, in the order of the kind."""
    return {one.libelle: told(one, attributs.get(one.code)) for one in nature.champs}


def texts(nature: "NatureEntiere", attributs: Attributs) -> list[str]:
    """The short texts, where a name might slip in."""
    return [attributs[one.code] for one in nature.champs if one.type is TypeDeChamp.MOT and one.code in attributs]


def _number(champ: "Champ", value: Any) -> str:
    number = Decimal(str(value))
    if not number.is_finite() or not 0 <= number < LARGEST:
        raise ValueError
    return format(number.normalize(), "f")


def _choice(champ: "Champ", value: Any) -> str:
    if value not in champ.choix:
        raise ValueError
    return str(value)


def _several(champ: "Champ", value: Any) -> list[str]:
    if set(value) - set(champ.choix):
        raise ValueError
    return [code for code in champ.choix if code in value]


def _text(champ: "Champ", value: Any) -> str:
    text = " ".join(str(value).split())
    if len(text) > LONGEST:
        raise ValueError
    return text


def _number_to_call(champ: "Champ", value: Any) -> str:
    text = " ".join(str(value).split())
    if not TELEPHONE.fullmatch(text):
        raise ValueError
    return text


def _yes(champ: "Champ", value: Any) -> str:
    if value not in (OUI, NON):
        raise ValueError
    return str(value)


_KEPT = {
    TypeDeChamp.NOMBRE: _number,
    TypeDeChamp.DATE: lambda champ, value: date.fromisoformat(str(value)).isoformat(),
    TypeDeChamp.OUI_NON: _yes,
    TypeDeChamp.CHOIX: _choice,
    TypeDeChamp.PLUSIEURS: _several,
    TypeDeChamp.TELEPHONE: _number_to_call,
    TypeDeChamp.MOT: _text,
}
_SAID = {
    TypeDeChamp.NOMBRE: "Un nombre est attendu, de zéro à mille milliards.",
    TypeDeChamp.DATE: "Une date est attendue.",
    TypeDeChamp.OUI_NON: "Répondez par oui ou par non.",
    TypeDeChamp.CHOIX: "Choisissez dans la liste.",
    TypeDeChamp.PLUSIEURS: "Choisissez dans la liste.",
    TypeDeChamp.TELEPHONE: "Un numéro est attendu, comme « 05 57 00 00 00 » ou « 3949 ».",
    TypeDeChamp.MOT: f"Ce texte est trop long : {LONGEST} caractères au plus.",
}
"""What is said of a value that a field cannot hold."""
