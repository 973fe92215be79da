"""The reception desk of a fictitious contract: a local aid, a few receptions each month, what rights became."""

import random
from datetime import date, timedelta
from functools import partial

from tenir.acteurs.models import Organisation
from tenir.demonstration.vie.etapes import Etape
from tenir.droits.enums import Suite
from tenir.droits.services.comptes import count_outcome, count_reception
from tenir.droits.services.offre import add_aide, set_up
from tenir.equipe.organismes import offered_in
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces

MONTHS, EACH = 5, 4
"""For how many months someone receives, and how many days of each."""
OFTEN = ("cheque-energie", "complementaire-sante", "aide-au-logement", "rsa", "prime-d-activite", "aspa")
AIDE = {
    "libelle": "Panier fictif de saison",
    "explication": "Un panier fictif de légumes, chaque semaine.",
    "service": "L’épicerie fictive",
    "conditions": "ressources:presque-rien ressources:moins-smic",
    "jusqu_au": None,
}


class DroitsFictifs:
    """Counted by one body, the last months before the day that is told."""

    def __init__(self, espace: EspaceDeContrat, equipe: Acces, jour: date, graine: int) -> None:
        self.espace, self.equipe, self.jour = espace, equipe, jour
        self.rng = random.Random(f"{graine}/droits")  # noqa: S311 - no secret
        self.par = offered_in(espace).first()
        self.etapes = list(self._drawn(self.par)) if self.par else []

    def _drawn(self, par: Organisation) -> list[Etape]:
        start = self.jour - timedelta(days=30 * MONTHS)
        found = [Etape(start, self._open)]
        for rank in range(MONTHS * EACH):
            day = start + timedelta(days=1 + rank * 30 // EACH)
            droits = self.rng.sample(OFTEN, self.rng.randrange(1, 4))
            found.append(Etape(day, partial(self._receive, par, droits)))
            if rank % 2:
                suite = self.rng.choice((Suite.OUVERT, Suite.OUVERT, Suite.REFUSE, Suite.SANS_SUITE))
                found.append(Etape(day + timedelta(days=3), partial(self._became, par, droits[0], suite)))
        return found

    def _open(self) -> None:
        add_aide(by=self.equipe, espace=self.espace, values=AIDE)
        set_up(by=self.equipe, espace=self.espace, code="chomage", version=0, changes={"ecarte": True})

    def _receive(self, par: Organisation, droits: list[str]) -> None:
        count_reception(by=self.equipe, espace=self.espace, organisme=par, droits=droits)

    def _became(self, par: Organisation, droit: str, suite: Suite) -> None:
        count_outcome(by=self.equipe, espace=self.espace, organisme=par, droit=droit, suite=suite)
