"""The kinds of facts of the life of a contract, as the tests ask for them."""

from tenir.core.piece import by_name
from tenir.habilitations.niveaux import SelonLeContrat


def genres_of(kind: str, name: str) -> frozenset[str]:
    """The kinds of facts by which a team opens a field of a model to everyone; none of what it never opens."""
    declared = by_name("levels").get(kind, {})
    found = declared.get(name) if isinstance(declared, dict) else None
    return frozenset(found.genres) if isinstance(found, SelonLeContrat) else frozenset()
