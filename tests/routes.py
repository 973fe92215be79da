"""What each route states: who opens it, the browser journey that runs axe on it, what bounds its queries.

Each room states its own in `tests/<room>/routes.py` (`ROUTES`), and makes there what its pages name (`arguments`).
`tests/test_routes.py` reads them all, walks every route as everyone, and holds what is stated.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tenir.habilitations.models import EspaceDeContrat

Arguments = dict[str, list[Any]]
"""What follows the contract in an address, by the name of its route; nothing when it has no line."""

ICI = Path(__file__).parent

OUVERTE, LIEN, SIGNE, PLATEFORME = "ouverte", "derrière un lien", "à soi", "plateforme"
"""Open to anyone; opened by the secret of a link; one's own, whoever is signed in; of the platform alone."""
DEMANDEUR = "à qui l’a demandé, et à l’équipe"
"""Of a long work: `tests/ecran/test_travaux.py` opens it as each."""
TOUS, PARTENAIRES, EQUIPE, ADMINISTRATION = "tous", "partenaires", "équipe", "administration"
COPILOTES = "copilotes"
"""Of a contract: open to whoever has a role, to partners, copilots and the team, to the team, to the administration; to
copilots and the team."""

WHO_OF = {
    TOUS: {"lecture", "partenaire", "copilote", "equipe", "administration"},
    PARTENAIRES: {"partenaire", "copilote", "equipe", "administration"},
    COPILOTES: {"copilote", "equipe", "administration"},
    EQUIPE: {"equipe", "administration"},
    ADMINISTRATION: {"administration"},
}

FICHIER, GESTE, RENVOI = "un fichier", "un geste sans page (POST)", "un renvoi"
"""Why a route has no page for axe to read."""
COMMUN = "tests/test_navigateur_routes.py::test_the_pages_that_no_journey_opens_are_accessible"
"""The journey of the pages that no other opens: as the team, with what the room makes."""
SANS_PAGE = frozenset({FICHIER, GESTE, RENVOI})


@dataclass(frozen=True, slots=True)
class Route:
    """What one route states.

    `droit`: who opens it, one of the words above.
    `axe`: the journey that runs axe on it, « tests/<room>/test_….py::test_… », or why none.
    `requetes`: the most queries one GET of it takes (as the team; as a visitor when it is open), with what
    `arguments` makes; none for what no GET opens.
    `jumelle`: its twin of the platform exists too, for the administration alone.
    `commune`: what its address names is shared by every contract of the installation.
    `aussi`: query strings that show more of it than its address alone.
    """

    droit: str
    axe: str
    requetes: int | None
    jumelle: bool = False
    commune: bool = False
    aussi: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what would be another address: a visit that finds nothing there holds nothing."""
        if strange := [one for one in self.aussi if not one.startswith("?")]:
            raise ValueError(f"Une chaîne de requête commence par « ? » : {strange}.")


@cache
def rooms() -> dict[str, ModuleType]:
    """The statements of each room that has addresses."""
    found = sorted(path.parent.name for path in ICI.glob("*/routes.py"))
    return {room: import_module(f"tests.{room}.routes") for room in found}


def stated() -> dict[str, Route]:
    """Every route that some room states, by name."""
    return {name: route for module in rooms().values() for name, route in module.ROUTES.items()}


def room_of(name: str) -> ModuleType:
    """The statements among which a route is."""
    return next(module for module in rooms().values() if name in module.ROUTES)


def arguments_of(module: ModuleType, espace: EspaceDeContrat | None) -> Arguments:
    """What follows the contract in the addresses of a room, once what they name is made."""
    made: Callable[[Any], Arguments] | None = getattr(module, "arguments", None)
    exports = {name: ["csv"] for name in module.ROUTES if "format" in parameters(name)}
    return exports | (made(espace) if made else {})


def parameters(name: str) -> list[str]:
    """What an address takes, in its order: « slug » first when it is a contract's; nothing of an unknown route."""
    found = get_resolver().reverse_dict.getlist(name)
    return list(found[0][0][0][1]) if found else []


def walk(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    """Every route under some patterns."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from walk(pattern.url_patterns)
        else:
            yield pattern


def routes() -> list[URLPattern]:
    """Every route of the site."""
    return list(walk(get_resolver().url_patterns))
