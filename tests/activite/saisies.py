"""What is typed in the forms of carnets, for the walk of every form (`tests/test_portes.py`)."""

from typing import Any

from tenir.activite.ecrans.carnet.mois import waiting
from tenir.activite.models import Carnet
from tenir.contrat.models import Lieu
from tenir.habilitations.models import EspaceDeContrat
from tests.personnes import person, referent


def typed_in(name: str, espace: EspaceDeContrat) -> dict[str, Any]:
    """What is typed to open a carnet, or on the page of a month."""
    if name == "affiche-nouvelle":
        return {"lieu": Lieu.objects.get(code="L88").pk}
    if name == "carnet-ouvrir":
        return {"referent": referent(person("Ida Carnet", signs_in=False), espace).pk}
    if name == "mon-carnet-mois":
        return {f"n_{one.cle}": "12" for one in waiting(Carnet.objects.get(lieu=None))}
    return {}
