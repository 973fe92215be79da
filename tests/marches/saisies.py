"""What is typed in the forms of walks, for the walk of every form (`tests/test_portes.py`)."""

from typing import Any

from tenir.habilitations.models import EspaceDeContrat
from tests.marches.marches import telephone
from tests.personnes import body, person, referent

ADDS = ("marche-nouvelle", "arret-nouveau")
"""The addresses that add, and write on nothing."""

SAISIES: dict[str, dict[str, Any]] = {
    "marche-nouvelle": {"titre": "Autour du parc", "jour": "2026-03-02"},
    "marche-modifier": {"titre": "Autour du stade", "initial-titre": "Lu avant"},
    "arret-nouveau": {"lieu": "Square", "categorie": "proprete", "urgence": "1", "constat": "Un dépôt."},
    "arret-modifier": {"suite": "Ampoule changée.", "initial-suite": "Lu avant"},
    "arret-demander": {"texte": "Abaisser le trottoir."},
}


def typed_in(name: str, espace: EspaceDeContrat) -> dict[str, Any]:
    """What is chosen among what the room made."""
    chosen = {"marche-nouvelle": "conduite_par", "arret-demander": "organisme"}
    if name in chosen:
        referent(person("Ida Répondante", signs_in=False), espace)
        return {chosen[name]: body("ccas").pk}
    if name == "arret-photographier":
        return {"fichier": telephone()}
    return {}
