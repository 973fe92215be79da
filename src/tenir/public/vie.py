"""What pages of actions and of promises share of their life: news as anyone reads them, and what the team keeps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from tenir.acteurs.models import Organisation
from tenir.core.typographie import capital, date_fr, typo
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.publications import NON_PUBLIE, Genre, closed

MOST = 20
"""How many news the page of a thing shows, the latest first."""


class Nouvelle(Protocol):
    """News of an action or of a promise."""

    pk: int
    le: date
    texte: str
    pour: Organisation | None


@dataclass(frozen=True, slots=True)
class NouvelleAffichee:
    """News as anyone reads them: the day, for which body, what is told; never by whom."""

    le: date
    texte: str
    pour: str = ""
    numero: int = 0

    @property
    def told(self) -> str:
        """The same in one cell of a file."""
        return f"{self.texte} ({self.pour})" if self.pour else self.texte


def shown(nouvelles: Iterable[Nouvelle]) -> list[NouvelleAffichee]:
    """News without their author."""
    return [NouvelleAffichee(one.le, one.texte, str(one.pour or ""), one.pk) for one in nouvelles]


def last_news(nouvelles: Sequence[NouvelleAffichee]) -> str:
    """When news were last given, or that none were."""
    return (
        f"Dernière nouvelle le {date_fr(nouvelles[0].le)}." if nouvelles else "Aucune nouvelle n’a encore été donnée."
    )


def kept(espace: EspaceDeContrat, *genres: Genre) -> str:
    """What the team keeps of these kinds of facts, in one sentence; nothing when it keeps none."""
    names = closed(espace, *genres)
    return typo(f"{capital(NON_PUBLIE)} par l’équipe du contrat : {', '.join(names)}.") if names else ""
