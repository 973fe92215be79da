"""What is typed in the forms of tariffs, for the walk of every form (`tests/test_portes.py`)."""

from typing import Any

from tenir.habilitations.models import EspaceDeContrat
from tests.personnes import body

ADDS = ("tarif-nouveau", "grille-tarifaire-nouvelle", "scenario-tarifaire-nouveau")
"""The addresses that add, and write on nothing."""

SAISIES: dict[str, dict[str, Any]] = {
    "tarif-nouveau": {"libelle": "La ludothèque", "unite": "seance"},
    "tarif-modifier": {"libelle": "La cantine scolaire", "initial-libelle": "Lu avant"},
    "grille-tarifaire-nouvelle": {"applicable_le": "2026-01-01", "prix_1": "1,20"},
    "grille-tarifaire-modifier": {"prix_1": "1,30"},
    "scenario-tarifaire-nouveau": {"titre": "Gratuité", "prix_1": "0", "annee": "2025"},
    "scenario-tarifaire-modifier": {"titre": "Demi-tarif", "prix_2": "1,00"},
    "scenario-tarifaire-retenir": {
        "decidee_le": "2026-01-10", "decision": "Délibération 2026-1", "applicable_le": "2026-02-01",
    },
    "frequentation": {"source": "état annuel"},
}  # fmt: skip


def typed_in(name: str, espace: EspaceDeContrat) -> dict[str, Any]:
    """What is chosen among what the room made."""
    return {"organisme": body("ccas").pk} if name == "tarif-nouveau" else {}
