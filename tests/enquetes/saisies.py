"""What is typed in the forms of surveys, for the walk of every form (`tests/test_portes.py`)."""

from datetime import timedelta
from typing import Any

from tenir.core import horloge
from tenir.habilitations.models import EspaceDeContrat
from tests.personnes import body

ADDS = ("enquete-nouvelle", "enquete-question-nouvelle", "enquete-papiers")
"""The addresses that add, and write on nothing."""
SANS_MARQUE = {"enquete-publique": "elle n’ajoute qu’à des comptes : tests/enquetes/test_enquetes.py"}
"""The addresses whose form carries no mark, and why nothing is lost there."""
ELSEWHERE = ("enquete-publique",)
"""What tests of the room send: answered twice, it counts twice, and says so."""

QUESTION = {"libelle": "Et ailleurs ?", "choix": "oui : oui\nnon : non", "code": "ailleurs"}
SAISIES: dict[str, dict[str, Any]] = {
    "enquete-nouvelle": {"titre": "Une enquête", "annonce": "Savoir."},
    "enquete-modifier": {"titre": "Un autre titre", "initial-titre": "Lu avant"},
    "enquete-papiers": {"papiers": "3", "vecu-jamais": "2"},
    "enquete-question-nouvelle": QUESTION,
    "enquete-question-modifier": {"libelle": "Dites-nous ?", "initial-libelle": "Lu avant"},
}


def typed_in(name: str, espace: EspaceDeContrat) -> dict[str, Any]:
    """What is chosen among what the room made, and days to come."""
    if name == "enquete-nouvelle":
        return {"conduite_par": body("ccas").pk}
    today = horloge.today(espace)
    days = {"ouvre_le": today.isoformat(), "ferme_le": (today + timedelta(days=9)).isoformat()}
    return days if name == "enquete-ouvrir" else {}
