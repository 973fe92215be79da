"""The contracts that `lint-imports` holds, read from the one list of rooms (`tenir/salles.py`)."""

from typing import Any

from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.layers import LayersContract

from tenir.salles import APPLICATIONS, SALLES, SANS_DJANGO

INSIDE = ["(urls) | (apps)", "(ecrans)", "(services)", "(models)", "(enums)"]
"""What a room is made of, highest first; only what it has."""


class Salles(LayersContract):
    """A room imports only the rooms below it; those of one line never one another; every room has its place."""

    type_name = "salles"

    def __init__(self, name: str, session_options: dict[str, Any], contract_options: dict[str, Any]) -> None:
        layers = [" | ".join(layer) for layer in SALLES]
        given = {**contract_options, "containers": ["tenir"], "exhaustive": "true", "layers": layers}
        super().__init__(name, session_options, given)


class DansUneSalle(LayersContract):
    """Inside a room: addresses and declaration over screens, over services, over models, over words."""

    type_name = "dans-une-salle"

    def __init__(self, name: str, session_options: dict[str, Any], contract_options: dict[str, Any]) -> None:
        super().__init__(name, session_options, {**contract_options, "containers": APPLICATIONS, "layers": INSIDE})


class Pures(ForbiddenContract):
    """The pure rooms know no Django."""

    type_name = "pures"

    def __init__(self, name: str, session_options: dict[str, Any], contract_options: dict[str, Any]) -> None:
        sources = [f"tenir.{room}" for room in SANS_DJANGO]
        super().__init__(
            name, session_options, {**contract_options, "source_modules": sources, "forbidden_modules": ["django"]}
        )
