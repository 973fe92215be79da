"""The numbers of an entry: checked against its kind, written, and told."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from tenir.activite.models import Entree, Valeur
from tenir.core.trace import Fait
from tenir.core.typographie import accord, nombre, singulier

if TYPE_CHECKING:
    from tenir.natures.modeles import Mesure, NatureEntiere  # with pydantic: sums are read when the site starts

Cle = tuple[str, str]
"""A measure, and one of its parts; « » is everyone."""
Valeurs = Mapping[Cle, Decimal]
NUMBER = "v_"
"""What the name of the field of a number begins with."""
NEEDED = "Donnez ce nombre : c’est le seul qu’il faut."
LARGEST = Decimal(10) ** 9
CENT = Decimal("0.01")


def given_of(entree: Entree) -> dict[Cle, Decimal]:
    """The numbers of an entry, as they stand."""
    return {(one.mesure, one.modalite): one.valeur for one in entree.valeurs.all()}


def checked(nature: "NatureEntiere", valeurs: Valeurs, *, held: bool) -> dict[Cle, Decimal]:
    """Numbers as they are kept. `held`: it took place, so that the one number that must be given is.

    Raises:
        ValidationError: a measure or a part that the kind does not ask, a number it cannot hold, parts over their
            total, the main one missing. Each fault names its field (`field_of`).
    """
    kept = dict(sorted(valeurs.items()))
    faults = {field_of(key): said for key, value in kept.items() if (said := _fault(nature, key, value))}
    if held and nature.principale and (nature.principale, "") not in kept:
        faults[field_of((nature.principale, ""))] = NEEDED
    if not faults:
        for mesure in nature.mesures:
            faults.update(_over(mesure, kept))
    if faults:
        raise ValidationError(faults)
    return kept


def field_of(key: Cle) -> str:
    """The name of the field of a form that holds a number."""
    mesure, modalite = key
    return NUMBER + "__".join([mesure, *([modalite] if modalite else [])]).replace(":", "__")


def key_of(field: str) -> Cle:
    """The number that a field of a form holds."""
    mesure, *modalite = field.removeprefix(NUMBER).split("__")
    return mesure, ":".join(modalite)


def asked_of(mesure: "Mesure") -> list[Cle]:
    """The numbers that a measure asks: its total unless it is only a choice, then its parts."""
    return [*([] if mesure.choix else [(mesure.code, "")]), *((mesure.code, one) for one in mesure.modalites)]


def _fault(nature: "NatureEntiere", key: Cle, value: Decimal) -> str:
    mesure = nature.mesure(key[0])
    if mesure is None or (key[1] and key[1] not in mesure.modalites) or (not key[1] and mesure.choix):
        return f"« {nature.libelle} » ne demande pas ce nombre."
    if not value.is_finite() or value < 0:
        return "Un nombre ne descend pas sous zéro."
    if value >= LARGEST:
        return "Ce nombre est trop grand : relisez-le."
    if not mesure.decimales and value != value.to_integral_value():
        return "Un nombre entier est attendu."
    return "" if value == round(value, 2) else "Deux chiffres après la virgule suffisent."


def _over(mesure: "Mesure", kept: Valeurs) -> Iterator[tuple[str, str]]:
    """The margins whose parts are more than their total."""
    total = kept.get((mesure.code, ""))
    for margin in mesure.margins:
        parts = [kept[mesure.code, one] for one in margin if (mesure.code, one) in kept]
        last = next((one for one in reversed(margin) if (mesure.code, one) in kept), "")
        if parts and total is None:
            yield field_of((mesure.code, "")), "Donnez le total, puis ses parts."
        elif total is not None and sum(parts) > total:
            more = f"Ces parts font {told(sum(parts, Decimal(0)))}, plus que le total : {told(total)}."
            yield field_of((mesure.code, last)), more


def unsaid(mesure: "Mesure", margin: Iterable[str], kept: Valeurs) -> Decimal:
    """What the parts of a margin leave of their total: « non précisé », computed, never typed."""
    total = kept.get((mesure.code, ""), Decimal(0))
    return total - sum((kept.get((mesure.code, one), Decimal(0)) for one in margin), Decimal(0))


def facts(genre: str, entree: Entree, nature: "NatureEntiere", before: Valeurs, after: Valeurs) -> list[Fait]:
    """What the trace tells of numbers about to be written."""
    return [
        Fait(genre, entree.code, name_of(nature, key), told_in(before, key), told_in(after, key))
        for key in moved(before, after)
    ]


def moved(before: Valeurs, after: Valeurs) -> list[Cle]:
    """The numbers that are not what they were."""
    return sorted(key for key in {**before, **after} if before.get(key) != after.get(key))


def name_of(nature: "NatureEntiere", key: Cle) -> str:
    """A number by its words: « présents, femmes »."""
    mesure = nature.mesure(key[0])
    if mesure is None:
        return ", ".join(filter(None, key))
    part = mesure.modalites.get(key[1], key[1])
    return f"{mesure.libelle.lower()}, {part.lower()}" if part else mesure.libelle.lower()


def exact(total: Decimal) -> Decimal:
    """A sum that a database made, to the hundredth that values hold: SQLite adds in binary."""
    return Decimal(total).quantize(CENT)


def told(value: Decimal) -> str:
    """A number as it is read, without the zeros that its column adds."""
    return nombre(value.normalize())


def with_unit(mesure: "Mesure", value: Decimal) -> str:
    """« 12 passages », « un passage »: a number and what it counts."""
    return f"{told(value)} {unit_for(mesure.unite, value)}"


def unit_for(unite: str, value: Decimal) -> str:
    """What is counted, as a kind names it in the plural, or in the singular when there is less than two of it."""
    return accord(value, singulier(unite), unite)


def told_in(kept: Valeurs, key: Cle) -> str:
    """A number among those of an entry, as it is read; empty when it is not given."""
    return told(kept[key]) if key in kept else ""


def rows_to_write(entree: Entree, after: Valeurs) -> tuple[list[Valeur], list[Valeur], list[Valeur]]:
    """The rows to make, to change and to remove so that an entry holds these numbers and no other."""
    held = {(one.mesure, one.modalite): one for one in entree.valeurs.all()}
    made = [
        Valeur(entree=entree, mesure=key[0], modalite=key[1], valeur=value)
        for key, value in after.items()
        if key not in held
    ]
    changed = [held[key] for key, value in after.items() if key in held and held[key].valeur != value]
    return made, changed, [row for key, row in held.items() if key not in after]
