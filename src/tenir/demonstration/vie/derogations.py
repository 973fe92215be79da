"""Two dérogations of a fictitious contract: one in force, one that ended some days ago."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from tenir.controles.models import AnomalieRelevee
from tenir.controles.services import admit
from tenir.demonstration.vie.etapes import Etape
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces

ADMITTED = (
    ("STR003", timedelta(days=300), timedelta(days=-20), "Le titre court servait sur les affiches, à l’essai."),
    (
        "IND001",
        timedelta(days=60),
        timedelta(days=240),
        "Le même chiffre sert à deux axes jusqu’à la mi-parcours.",
    ),
)
"""The rule, how long before the day that is told it is admitted, until how long after, and why."""


def derogations(espace: EspaceDeContrat, equipe: Acces, jour: date) -> Iterator[Etape]:
    """An anomaly of each of these rules admitted on its day, where the contract has one."""
    for rule, ago, until, motif in ADMITTED:
        if anomalie := AnomalieRelevee.objects.of(espace).filter(regle=rule).first():
            admitted = partial(
                admit,
                by=equipe,
                anomalie=anomalie,
                motif=f"{motif} (Contrat fictif.)",
                auteur="Comité de pilotage fictif",
                fin=jour + until,
            )
            yield Etape(jour - ago, admitted)
