"""What a team lets everyone read of the life of its contract: one switch for each kind of fact, on from the start but
money, which waits for the funders.

The declared status of an action is always public; difficulties, help asked and numbers of people never are by these
switches. What is closed is told (`NON_PUBLIE`), never shown by half. `docs/adr/0056-faits-publics.md` says why.
"""

from enum import StrEnum
from typing import TYPE_CHECKING

from tenir.core.typographie import typo

if TYPE_CHECKING:
    from tenir.habilitations.models import EspaceDeContrat

NON_PUBLIE = "non publié"
"""What is said in the place of what the team keeps, on a page and in a file."""


class Genre(StrEnum):
    """A kind of fact of the life of a contract."""

    NOUVELLES = "nouvelles"
    ETAPES = "etapes"
    RETARDS = "retards"
    RAISONS = "raisons"
    ENGAGEMENTS = "engagements"
    FINANCEMENTS = "financements"


PUBLIE = {genre: f"publie_{genre}" for genre in Genre}
"""The field of the contract that opens each kind."""

NOMS = {
    Genre.NOUVELLES: "les nouvelles",
    Genre.ETAPES: "les étapes et les jalons",
    Genre.RETARDS: "les retards",
    Genre.RAISONS: "la raison d’un arrêt",
    Genre.ENGAGEMENTS: "l’état des engagements",
    Genre.FINANCEMENTS: "les montants et leurs suites",
}
"""How a sentence calls each kind."""

EVERYONE = "Tout le monde le lira sur la page publique : n’y nommez personne."
SOON = "Tout le monde le lira une fois le contrat public : n’y nommez personne."
PARTNERS = "Les partenaires du contrat le liront ; la page publique dit « non publié »."


def publishes(espace: "EspaceDeContrat", *genres: Genre) -> bool:
    """Whether anyone reads facts of all these kinds, once the contract is public."""
    return all(getattr(espace, PUBLIE[genre]) for genre in genres)


def closed(espace: "EspaceDeContrat", *genres: Genre) -> list[str]:
    """Those of these kinds that the team keeps, as a sentence calls them."""
    return [NOMS[genre] for genre in genres if not publishes(espace, genre)]


def readers_of(espace: "EspaceDeContrat", *genres: Genre) -> str:
    """Who will read what someone is about to write, in one sentence under its field."""
    if not publishes(espace, *genres):
        return typo(PARTNERS)
    return typo(EVERYONE if espace.etat == espace.Etat.PUBLIE else SOON)
