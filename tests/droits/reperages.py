"""Counts and local aids that tests need."""

from typing import Any

from tenir.droits.enums import Suite
from tenir.droits.models import AideLocale, CompteDeDroit
from tenir.droits.services.comptes import count_outcome, count_reception
from tenir.droits.services.offre import add_aide
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tests.personnes import body

REPONSES = {"age": "65-plus", "foyer": "seul", "enfants": "aucun", "logement": "locataire", "ressources": "moins-smic"}


def aide(by: Acces, espace: EspaceDeContrat, libelle: str = "Panier solidaire", **given: Any) -> AideLocale:
    """A local aid for whoever has few resources."""
    values = {
        "libelle": libelle,
        "explication": "Un panier de légumes par semaine.",
        "service": "L’épicerie solidaire",
        "conditions": "ressources:presque-rien ressources:moins-smic",
        "jusqu_au": None,
    }
    return add_aide(by=by, espace=espace, values={**values, **given})


def counted(by: Acces, espace: EspaceDeContrat, *droits: str, of: str = "ccas", times: int = 1) -> CompteDeDroit:
    """Receptions that pointed to some rights; the number of the first of them."""
    for _ in range(times):
        count_reception(by=by, espace=espace, organisme=body(of), droits=droits)
    return CompteDeDroit.objects.get(espace=espace, organisme=body(of), droit=droits[0], suite=Suite.REPERE)


def became(by: Acces, espace: EspaceDeContrat, droit: str, suite: Suite = Suite.OUVERT, *, of: str = "ccas") -> None:
    """What became of a right."""
    count_outcome(by=by, espace=espace, organisme=body(of), droit=droit, suite=suite)
