"""What is typed in the forms of tariffs, for the walk of every form (`tests/test_portes.py`)."""

from typing import Any

from tenir.core import horloge
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.roles import Role
from tenir.tarifs.models import Tranche
from tests.gouvernance.reunions import comites, reunion
from tests.personnes import acces, body, person, referent

ADDS = ("tarif-nouveau", "grille-tarifaire-nouvelle", "scenario-tarifaire-nouveau")
"""The addresses that add, and write on nothing."""

SAISIES: dict[str, dict[str, Any]] = {
    "tarif-nouveau": {"libelle": "La ludothèque", "unite": "seance"},
    "tarif-modifier": {"libelle": "La cantine scolaire", "initial-libelle": "Lu avant"},
    "grille-tarifaire-nouvelle": {"applicable_le": "2026-01-01", "prix_1": "1,20"},
    "grille-tarifaire-modifier": {"prix_1": "1,30"},
    "scenario-tarifaire-nouveau": {"titre": "Gratuité", "prix_1": "0", "annee": "2025"},
    "scenario-tarifaire-modifier": {"titre": "Demi-tarif", "prix_2": "1,00"},
}  # fmt: skip


def typed_in(name: str, espace: EspaceDeContrat) -> dict[str, Any]:
    """What is chosen among what the room made."""
    if name == "tarif-nouveau":
        referent(person("Ida Gérante", signs_in=False), espace)
        return {"organisme": body("ccas").pk}
    if name == "scenario-tarifaire-proposer":
        by = acces("Ève Réunie", Role.EQUIPE, espace)
        return {"reunion": reunion(by, comites(espace).technique).pk}
    if name == "scenario-tarifaire-retenir":
        day = horloge.today(espace).isoformat()
        return {"decidee_le": day, "decision": "Délibération 1", "applicable_le": day}
    if name == "frequentation":
        first = Tranche.objects.filter(grille__service__espace=espace).order_by("grille__service", "famille", "seuil")[
            0
        ]
        return {"source": "état annuel", f"unites_{first.pk}": "1 300"}
    return {}
