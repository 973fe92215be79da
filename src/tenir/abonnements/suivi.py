"""What a subscription follows among the public facts of its contract, and what of it is new to it."""

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING

from tenir.abonnements.models import Abonnement
from tenir.contrat.models import ActionPrevue, Axe, Orientation
from tenir.habilitations.models import EspaceDeContrat

if TYPE_CHECKING:
    from tenir.public.moment.faits import FaitDuMoment

FAR = 3650
"""How many days around today are looked at: all of a contract, so that nothing is new for having come nearer."""


def followed(abonnement: Abonnement) -> "list[FaitDuMoment]":
    """The public facts that it follows today, in the order of the page « En ce moment »."""
    from tenir.public.moment.faits import facts_of  # slow to start, for who follows nothing

    return [one for one in facts_of(abonnement.espace, FAR) if concerns(abonnement, one)]


def concerns(abonnement: Abonnement, fait: "FaitDuMoment") -> bool:
    """Whether a fact is of what it follows."""
    sur, quarter = abonnement.sur, abonnement.quartier
    theme = not sur or sur == fait.code or sur in fait.axes | fait.orientations
    return theme and (not quarter or quarter in fait.quartiers)


def digest(fait: "FaitDuMoment") -> str:
    """What tells a fact from another: its name in feeds, and its day, so that one put off is told again."""
    return hashlib.sha256(f"{fait.cle}/{fait.le}".encode()).hexdigest()[:16]


def digests(faits: "Iterable[FaitDuMoment]") -> list[str]:
    """The same of several."""
    return [digest(one) for one in faits]


def title_of(espace: EspaceDeContrat, sur: str, quartier: str = "") -> str:
    """What is followed, in words; empty when the contract holds no such thing any more."""
    beside = f", à {quartier}" if quartier else ""
    if not sur:
        return f"tout le contrat{beside}"
    for model, noun in ((Axe, "l’axe"), (Orientation, "l’orientation"), (ActionPrevue, "l’action")):
        found = model.objects.of(espace).filter(code=sur).first()
        if found is not None:
            return f"{noun} « {found.titre} »{beside}"
    return ""
