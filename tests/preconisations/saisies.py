"""What is typed in the forms of préconisations, for the walk of every form (`tests/test_portes.py`)."""

from typing import Any

from tenir.core import horloge
from tenir.gouvernance.models import Reunion
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.roles import Role
from tests.gouvernance.reunions import comites, reunion
from tests.personnes import acces, body, person, referent

ADDS = ("preconisation-deposer", "preconisation-inscrire", "preconisation-nouvelle")
"""The addresses that add, and write on nothing."""

SAISIES: dict[str, dict[str, Any]] = {
    "preconisation-deposer": {"texte": "Un banc devant l’école."},
    "preconisation-ecarter": {"motif": "Elle nomme une personne."},
    "preconisation-modifier": {"lieu": "Place", "initial-lieu": "Lu avant"},
    "preconisation-nouvelle": {"texte": "Un banc.", "origine": "conseil", "recue_le": "2026-03-02"},
    "preconisation-repondre": {"reponse": "suivie", "raison": "Posé lundi."},
    "preconisation-reponse": {"reponse": "suivie", "raison": "Posé lundi."},
    "preconisation-suivie": {"pourquoi": "La réponse ne dit pas quand."},
    "preconisation-rouvrir": {"pourquoi": "La réponse ne dit pas quand."},
}


def typed_in(name: str, espace: EspaceDeContrat) -> dict[str, Any]:
    """What is chosen among what the room made."""
    if name in ("preconisation-nouvelle", "preconisation-publier"):
        referent(person("Ida Répondante", signs_in=False), espace)
        return {"organisme": body("ccas").pk}
    if name == "preconisation-inscrire":
        return {"reunion": _meeting(espace).pk}
    return {}


def _meeting(espace: EspaceDeContrat) -> Reunion:
    rows = Reunion.objects.of(espace).to_come().filter(jour__gte=horloge.today(espace))
    found = rows.first()
    return found or reunion(acces("Olga Inscrite", Role.EQUIPE, espace), comites(espace).pilotage)
