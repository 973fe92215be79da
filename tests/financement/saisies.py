"""What is typed in the forms of the money, for the walk of every form (`tests/test_portes.py`)."""

from typing import Any

from tenir.financement.models import LigneDeFinancement
from tenir.gouvernance.models import Decision
from tenir.habilitations.models import EspaceDeContrat
from tests.personnes import body

ADDS = (
    "decision-argent",
    "financement-decider",
    "financement-nouveau",
    "financement-interroger",
    "financement-scenario-nouveau",
)
"""The addresses that add, and write on nothing."""

ROW = {"etat": "vote", "montant": "4 200", "le": "2026-03-02", "source": "Délibération fictive"}
SAISIES: dict[str, dict[str, Any]] = {
    "financement-nouveau": {**ROW, "registre": "specifique", "quoi": "O01", "annee": "2026"},
    "financement-dire": {**ROW, "initial-montant": "1"},
    "financement-publier": {"conditions": "échelonné", "initial-conditions": "unique"},
    "financement-interroger": {"annee": "2026", "close_le": "2030-02-01"},
    "financement-scenario-nouveau": {"nom": "Encore un autre", "annee": "2026"},
    "financement-scenario-renommer": {"nom": "Priorité au numérique", "initial-nom": "Priorité à l’emploi"},
    "financement-dispositif-decrire": {"quand": "En mars", "initial-quand": "En février"},
    "financement-correction-ecarter": {"suite": "Déjà dit."},
    "financement-ecarter": {"suite": "Déjà dit."},
    "financeur": {"rien": "oui"},
    "financement-budget": {"montant": "9 000", "initial-montant": "1"},
    "financement-enveloppe": {"montant": "9 000", "initial-montant": "1"},
}


def typed_in(name: str, espace: EspaceDeContrat) -> dict[str, Any]:
    """What is chosen among what the room made."""
    if name == "financement-scenario-rangee":
        caf = body("caf").pk
        return {f"montant_{caf}": "2 700", f"initial-montant_{caf}": "1"}
    if name == "decision-argent":
        return {"ligne": LigneDeFinancement.objects.of(espace).exclude(decidees__isnull=False)[0].pk}
    if name in ("financement-decider", "financement-figer", "financement-scenario-adopter"):
        return {"decision": Decision.objects.filter(espace=espace).order_by("-pk")[0].pk}
    if name == "financement-interroger":
        return {"financeurs": [body("caf").pk]}
    return {"financeur": body("ccas").pk} if name == "financement-nouveau" else {}
