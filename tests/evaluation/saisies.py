"""What is typed in the forms of évaluations, for the walk of every form (`tests/test_portes.py`)."""

from typing import Any

from tenir.habilitations.models import EspaceDeContrat
from tests.personnes import body, person, referent

ADDS = (
    "evaluation-nouvelle",
    "question-d-evaluation-nouvelle",
    "evaluation-chiffre-nouveau",
    "evaluation-solliciter",
)
"""The addresses that add, and write on nothing."""

SAISIES: dict[str, dict[str, Any]] = {
    "evaluation-nouvelle": {"titre": "Finale", "genre": "finale", "depart": "2024-01-01"},
    "evaluation-modifier": {"titre": "Corrigée", "initial-titre": "Lu avant"},
    "question-d-evaluation-nouvelle": {"texte": "Qui en profite ?"},
    "question-d-evaluation": {"reponse": "En partie.", "initial-reponse": "Lu avant"},
    "evaluation-apprecier": {"demandes": "Un lieu.", "initial-demandes": "Lu avant"},
    "evaluation-chiffre-nouveau": {"libelle": "Ménages", "annee": "2026", "source": "observatoire"},
    "evaluation-chiffre": {"valeur": "38", "initial-valeur": "1"},
    "evaluation-contribution": {"change": "Plus de familles."},
    "evaluation-reponse": {"change": "Plus de familles."},
}


def typed_in(name: str, espace: EspaceDeContrat) -> dict[str, Any]:
    """What is chosen among what the room made."""
    chosen = {"evaluation-nouvelle": "conduite_par", "evaluation-solliciter": "organismes"}
    if name not in chosen:
        return {}
    referent(person("Ida Évaluée", signs_in=False), espace)
    return {chosen[name]: body("ccas").pk}
