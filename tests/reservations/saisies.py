"""What is typed in the forms of rooms, for the walk of every form (`tests/test_portes.py`)."""

from typing import Any

from tenir.habilitations.models import EspaceDeContrat
from tests.personnes import body
from tests.reservations.salles import to_come

ADDS = ("salle-nouvelle", "reservation-nouvelle", "mon-carnet-salle", "mon-carnet-reserver")
"""The addresses that add, and write on nothing."""
SANS_MARQUE = {
    **dict.fromkeys(ADDS, "elle ajoute, et n’écrit sur rien"),
    "mon-carnet-reservation-annuler": "ce qui a changé est relu : tests/reservations/test_ecrans_reservations.py",
    "mon-carnet-salles-defaire": "ce qui est repris ne se défait pas : tests/reservations/test_ecrans_reservations.py",
}
"""The addresses whose form carries no mark of the house’s, and why nothing is lost there."""

SAISIES: dict[str, dict[str, Any]] = {
    "salle-nouvelle": {"nom": "Bureau 3", "autre_lieu": "Mairie", "jours": ["0", "1"]},
    "salle-modifier": {"nom": "Bureau 4", "initial-nom": "Lu avant", "jours": list("0123456")},
    "reservation-nouvelle": {"debut": "10:00", "fin": "10:30"},
    "reservation-annuler": {"quoi": "jour"},
    "mon-carnet-reserver": {"debut": "11:00", "fin": "11:30"},
    "mon-carnet-reservation-annuler": {"quoi": "jour"},
}


def typed_in(name: str, espace: EspaceDeContrat) -> dict[str, Any]:
    """What is chosen among what the room made."""
    day = to_come(espace).isoformat()
    if name in ("salle-nouvelle", "reservation-nouvelle"):
        body_of = {"organisme": body("ccas").pk}
        return body_of if name == "salle-nouvelle" else body_of | {"jour": day}
    if name == "mon-carnet-reserver":
        return {"jour": day}
    return {"creneau": f"{day}T09:30"} if name == "mon-carnet-salle" else {}
