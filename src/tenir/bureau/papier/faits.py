"""What the paper of a committee is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tenir.acteurs.models import Organisation
from tenir.core.typographie import accord, nombre
from tenir.engagements.models import SuiviDEngagement
from tenir.fiches.ecrans.tableau.lignes import Ligne, lines_of
from tenir.fiches.models import Nouvelle
from tenir.habilitations.models import EspaceDeContrat


@dataclass(frozen=True, slots=True)
class Faits:
    """Actions and promises on a day, what was last said of each late action; `depuis`: what is new is since then."""

    espace: EspaceDeContrat
    le: date
    depuis: date
    actions: Sequence[Ligne]
    engagements: Sequence[SuiviDEngagement]
    nouvelles: dict[int, Nouvelle]

    @property
    def en_retard(self) -> list[Ligne]:
        """The late actions, those awaited for longest first."""
        late = [line for line in self.actions if line.situation.retards]
        return sorted(late, key=self.since)

    @property
    def muettes(self) -> list[Ligne]:
        """The actions of which nothing is announced."""
        return [line for line in self.actions if not line.fiche.statut]

    def since(self, line: Ligne) -> date:
        """Since when an action is late."""
        return line.situation.en_retard_depuis or self.le


def facts(espace: EspaceDeContrat, on: date, since: date) -> Faits:
    """What is known of a contract on a day, in a fixed number of queries."""
    actions = lines_of(espace, on)
    promises = SuiviDEngagement.objects.of(espace).select_related("espace", "engagement__signataire__organisation")
    late = [line.fiche.pk for line in actions if line.situation.retards]
    said = {one.fiche_id: one for one in Nouvelle.objects.filter(fiche__in=late).order_by("le", "pk")}
    return Faits(espace, on, since, actions, list(promises), said)


def carriers(line: Ligne, most: int = 3) -> str:
    """Who carries an action, in short; nobody is said."""
    return few([short(one) for one in line.porteurs], most) or "personne n’est désigné"


def short(body: Organisation) -> str:
    """A body as one calls it round a table."""
    return body.sigle or body.nom


def few(names: Sequence[str], most: int = 3) -> str:
    """The first names, then how many others: « A, B, C et 2 autres »."""
    left = len(names) - most
    return ", ".join(names[:most]) + (f" et {nombre(left)} {accord(left, 'autre')}" if left > 0 else "")
