"""What is typed in the forms of repérages, for the walk of every form (`tests/test_portes.py`)."""

from typing import Any

from tenir.habilitations.models import EspaceDeContrat
from tests.personnes import body

ADDS = ("reperage-compter", "reperage-devenir", "aide-locale-nouvelle")
"""The addresses that add, and write on nothing."""
ELSEWHERE = ("reperage", "mes-droits-ici")
"""What tests of the room send: the questions write nothing."""
SANS_MARQUE = {
    "reperage": "elle n’écrit rien : tests/droits/test_reperage.py",
    "mes-droits-ici": "elle n’écrit rien : tests/droits/test_reperage.py",
}
"""The addresses whose form carries no mark, and why nothing is lost there."""

SAISIES: dict[str, dict[str, Any]] = {
    "reperage": {"age": "25-59"},
    "mes-droits-ici": {"age": "25-59"},
    "reperage-compter": {"droits": "rsa"},
    "reperage-devenir": {"droit": "rsa", "suite": "ouvert"},
    "reperage-corriger": {"nombre": "4"},
    "reperage-droit": {"relu_le": "2026-03-02"},
    "aide-locale-nouvelle": {
        "libelle": "Panier",
        "explication": "Des légumes.",
        "service": "CCAS",
        "conditions": ["age:65-plus"],
    },
    "aide-locale-modifier": {"libelle": "Panier du lundi", "initial-libelle": "Lu avant"},
}


def typed_in(name: str, espace: EspaceDeContrat) -> dict[str, Any]:
    """What is chosen among what the room made."""
    return {"organisme": body("ccas").pk} if name in ("reperage-compter", "reperage-devenir") else {}
