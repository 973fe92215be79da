"""Where an anomaly is, in words: the title of what it is about, and its page when the document has pages."""

from collections.abc import Callable
from dataclasses import replace

from tenir.fichier.codes import owner
from tenir.fichier.comparaison import name_of
from tenir.fichier.modeles import ContratDeVille, Donnee, Indicateur, Lieu
from tenir.fichier.objet import Item
from tenir.regles.anomalie import Anomalie, Ligne

WHOLE = "tout le contrat"
LONG = 70
GROUPS: dict[type[Item], str] = {Indicateur: "les indicateurs", Donnee: "le diagnostic", Lieu: "les lieux"}
"""What stands together in a part of the contract that is no item."""
PageOf = Callable[[int], int | None]
"""The page of a line; none where there are no pages."""


def no_page(line: int) -> int | None:
    """The page of a line of a document without pages."""
    return None


def told(contrat: ContratDeVille, one: Anomalie, page_of: PageOf = no_page) -> Ligne:
    """An anomaly as it is told, with where it is."""
    return replace(one.ligne, ou=where(contrat, one, page_of))


def where(contrat: ContratDeVille, one: Anomalie, page_of: PageOf = no_page) -> str:
    """The title of the orientation, the signatory or the body that holds it, then its page."""
    page = page_of(one.plages[0].debut) if one.plages else None
    return ", ".join(part for part in (_title(contrat, one.code), f"page {page}" if page else "") if part) or WHOLE


def _title(contrat: ContratDeVille, code: str) -> str:
    """The name of the outermost item that holds a code, axes apart: what a reader knows a part of the contract by."""
    if not code:
        return ""
    found = contrat.items.get(_holder(contrat, code))
    if found is None:
        return ""
    if type(found) in GROUPS:
        return GROUPS[type(found)]
    said = name_of(found)
    return said if len(said) <= LONG else f"{said[:LONG].rsplit(' ', 1)[0]}…"


def _holder(contrat: ContratDeVille, code: str) -> str:
    above = owner(code)
    return _holder(contrat, above) if above and above in contrat.items else code
