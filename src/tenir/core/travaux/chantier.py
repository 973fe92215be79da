"""How a room does one kind of long work: a function that does one step, from where the work stands.

Piece("fiches", works={"lecture": Chantier(one_step, right="fiche.bulk")})
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Protocol

from tenir.core.piece import by_name

if TYPE_CHECKING:
    from tenir.core.models import Travail

WEEK = timedelta(days=7)


class TravailRefuse(Exception):
    """The work cannot be done; the message is the French sentence to show."""


class ArretDemande(Exception):
    """A step is left in the middle: someone asked to stop, the loop stops, or the lease was lost."""


class Suivi(Protocol):
    """What a step may call while it lasts: it shows how far it is, keeps the lease, and hears that it must stop."""

    def dire(self, fait: int, total: int | None, phrase: str) -> None:
        """Say how far the work is.

        Raises:
            ArretDemande: leave at once; nothing of this step counts.
        """


@dataclass(frozen=True, slots=True)
class Pas:
    """A step that was done, and what is next.

    `ecrire` writes what the step found to the database: it runs once, in the transaction that moves `marque`. All
    that the step does outside it (a file) must be the same done twice.
    """

    marque: dict[str, Any]
    fait: int = 0
    total: int | None = None
    phrase: str = ""
    ecrire: Callable[[], None] | None = None


@dataclass(frozen=True, slots=True)
class Fin:
    """The last step: a sentence that says what was done, and where the result is (a page, or a file to keep)."""

    phrase: str
    suite: str | Callable[[], str] = ""
    """The address of the result; a function when it is known only once `ecrire` has run."""
    fichier: bytes = b""
    nom_du_fichier: str = ""
    ecrire: Callable[[], None] | None = None


Avancer = Callable[["Travail", Suivi], Pas | Fin]
"""Does one step of a work, from its `marque`; outside any transaction."""


@dataclass(frozen=True, slots=True)
class Chantier:
    """One kind of work. `right`: what one must hold, on its contract or the platform, to ask for it and to see it.

    `defaire` takes back what steps left outside the database when the work is cancelled or fails; twice does no harm.
    `lease` is more than a step ever takes without a word; `kept`: how long the work and its files are, once over.
    """

    avancer: Avancer
    right: str
    defaire: Callable[["Travail"], None] | None = None
    lease: timedelta = field(default=timedelta(minutes=2))
    kept: timedelta = field(default=WEEK)


def declared() -> dict[str, Chantier]:
    """Every kind of work that a room brings."""
    return by_name("works")
