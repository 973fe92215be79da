"""What a signatory promised, what is done, what is late, what is expected of it: the yearly statement.

The contract asks each signatory for its promises and never says what becomes of them (`systems.md`, the promises).
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from tenir.contrat.models import ActionPrevue, Signataire
from tenir.engagements.enums import SETTLED, EtatDEngagement
from tenir.engagements.models import SuiviDEngagement

KEPT = (EtatDEngagement.TENU, EtatDEngagement.TENU_EN_PARTIE)


@dataclass(frozen=True, slots=True)
class EtatDesEngagements:
    """The promises of one signatory, in the order of the contract, as they stand on a day."""

    signataire: Signataire
    le: date
    promis: tuple[SuiviDEngagement, ...]

    @property
    def faits(self) -> list[SuiviDEngagement]:
        """Those declared kept, wholly or in part."""
        return [one for one in self.promis if one.etat in KEPT]

    @property
    def en_retard(self) -> list[SuiviDEngagement]:
        """Those awaited before that day, and not settled."""
        return [one for one in self.promis if one.is_late(self.le)]

    @property
    def attendus(self) -> list[SuiviDEngagement]:
        """Those of which something is awaited this year, not late."""
        late = {one.pk for one in self.en_retard}
        return [one for one in self._open if one.pk not in late and self._this_year(one)]

    @property
    def muets(self) -> list[SuiviDEngagement]:
        """Those of which nobody declared anything."""
        return [one for one in self.promis if not one.etat]

    @property
    def _open(self) -> list[SuiviDEngagement]:
        return [one for one in self.promis if one.etat not in SETTLED]

    def _this_year(self, one: SuiviDEngagement) -> bool:
        due = one.attendu_pour is not None and one.attendu_pour.year == self.le.year
        return due or bool(one.attendu_cette_annee)


def state_of(signataire: Signataire, on: date) -> EtatDesEngagements:
    """The statement of a signatory, in a fixed number of queries."""
    rows = SuiviDEngagement.objects.of(signataire.espace).filter(engagement__signataire=signataire)
    found = rows.select_related("engagement__signataire").prefetch_related(
        Prefetch("actions", ActionPrevue.objects.order_by("ordre")), "preuves", "nouvelles"
    )
    return EtatDesEngagements(signataire, on, tuple(found))
