"""The numbers of entries as pages and files show them: the main one, each with its words, those that count people."""

from collections.abc import Iterable
from decimal import Decimal

from tenir.activite.models import Entree
from tenir.activite.services.valeurs import Cle, given_of, name_of
from tenir.natures.enums import Unite
from tenir.natures.modeles import Mesure, NatureEntiere


def main_number(entree: Entree) -> tuple[Mesure, Decimal] | None:
    """The number that says most of an entry, with what it counts; none when it is not given."""
    mesure = entree.mots.nature.main
    found = given_of(entree).get((mesure.code, "")) if mesure else None
    return None if mesure is None or found is None else (mesure, found)


def people_measure(nature: NatureEntiere, unite: Unite) -> str:
    """The one measure by which a kind counts people in a way, so that nobody counts twice; empty when it does not."""
    first = [nature.main] if nature.main and nature.main.unite == unite else []
    found = [*first, *(one for one in nature.mesures if one.unite == unite and not one.choix)]
    return found[0].code if found else ""


def heading(natures: Iterable[NatureEntiere], key: Cle) -> str:
    """The heading of the column of a number, in the words of the first kind that asks it."""
    asking = next((one for one in natures if one.mesure(key[0])), None)
    said = name_of(asking, key) if asking else ", ".join(filter(None, key))
    return said[:1].upper() + said[1:]
