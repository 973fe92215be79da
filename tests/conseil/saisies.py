"""What is typed in the forms of the council, for the walk of every form (`tests/test_portes.py`)."""

from typing import Any

from tenir.conseil.models import Mandat
from tenir.core import horloge
from tenir.habilitations.models import EspaceDeContrat
from tests.conseil.appels import MOTS, SEATS
from tests.personnes import body, person, referent

ADDS = (
    "appel-nouveau",
    "avis-nouveau",
    "candidater",
    "candidature-nouvelle",
    "conseil-moyen-nouveau",
    "conseil-piece-nouvelle",
    "conseil-question-nouvelle",
    "membre-nouveau",
)
"""The addresses that add, and write on nothing."""
_CANDIDAT = {"nom": "Zélie Fictive", "contact": "z@exemple.test", "college": "habitants", "sexe": "F"}

SAISIES: dict[str, dict[str, Any]] = {
    "appel-modifier": {"texte": "Venez tous.", "initial-texte": "Lu avant"},
    "appel-nouveau": {"texte": "Venez.", "ouvre_le": "2030-02-01", "ferme_le": "2030-03-01", "duree_mois": 24, **SEATS},
    "appel-tirer": MOTS,
    "avis": {"sens": "favorable", "texte": "Oui."},
    "avis-corriger": {"objet": "Le rapport 2025", "initial-objet": "Lu avant"},
    "avis-nouveau": {"sur": "rapport-annuel", "objet": "Le rapport", "recue_le": "2026-03-02", "niveau": "0"},
    "conseil-question-nouvelle": {"texte": "Quand ?", "echeance": "2030-03-02"},
    "conseil-question-repondre": {"reponse": "En mai."},
    "conseil-moyen-nouveau": {"genre": "local", "description": "Une salle", "du": "2026-03-02"},
    "conseil-piece-nouvelle": {"genre": "dossier", "titre": "Dossier", "lien": "https://exemple.test/dossier"},
    "candidature-corriger": {"contact": "05 36 49 10 10", "initial-contact": "Lu avant"},
    "candidature-nouvelle": _CANDIDAT,
    "mandat-finir": {"motif": "Déménagement."},
    "membre-nouveau": {**_CANDIDAT, "du": "2026-03-02", "au": "2029-03-02"},
}


def typed_in(name: str, espace: EspaceDeContrat) -> dict[str, Any]:
    """What is chosen among what the room made."""
    if name == "conseil-question-nouvelle":
        referent(person("Ida Interrogée", signs_in=False), espace)
        return {"organisme": body("ccas").pk}
    if name == "conseil-presences":
        return {f"m_{one.pk}": "present" for one in Mandat.objects.of(espace).on(horloge.today(espace))[:1]}
    return {}
