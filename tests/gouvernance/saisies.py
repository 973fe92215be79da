"""What is typed in the forms of bodies and meetings, for the walk of every form (`tests/test_portes.py`)."""

from typing import Any

from tenir.contrat.models import OrganismeCite
from tenir.gouvernance.agenda import uid_of
from tenir.gouvernance.models import InstanceSuivie, Reunion, Sondage
from tenir.habilitations.models import EspaceDeContrat
from tests.personnes import body

ADDS = (
    "reunion-construire",
    "instance-nouvelle",
    "proposition-inscrire",
    "regle-nouvelle",
    "reglement-adopter",
    "convocation-correction",
    "reunion-compter",
    "reunion-correction-nouvelle",
    "reunion-decision-nouvelle",
    "reunion-nouvelle",
    "reunion-point-nouveau",
    "reunion-proposition-nouvelle",
    "siege-nouveau",
    "sieges-reprendre",
    "sondage-nouveau",
)
"""The addresses that add, and write on nothing."""

SAISIES: dict[str, dict[str, Any]] = {
    "decision-corriger": {"texte": "Ouvrir le soir.", "initial-texte": "Lu avant"},
    "decision-dire": {"suite": "Ouvert.", "initial-suite": "Lu avant"},
    "instance-compter": {"compte": "atelier"},
    "instance-nouvelle": {"nom_propre": "Commission emploi", "cree_par_quoi": "action O01-A01"},
    "proposition-ecarter": {"motif": "Sans objet."},
    "regle-nouvelle": {"genre": "preavis", "titre": "Dix jours", "nombre": "10", "nature": "tenir", "source": "équipe"},
    "reglement-adopter": {"par": "le comité", "le": "2026-03-02"},
    "reunion-annuler": {"motif": "Neige."},
    "convocation-correction": {"texte": "Point 2 : le mardi."},
    "reunion-correction": {"suite": "reprise"},
    "reunion-correction-nouvelle": {"texte": "Point 2 : le mardi."},
    "reunion-decision-nouvelle": {"texte": "Ouvrir le lieu."},
    "reunion-dossier": {},
    "reunion-modifier": {"lieu": "Mairie", "initial-lieu": "Lu avant"},
    "reunion-nouvelle": {"jour": "2030-02-01"},
    "reunion-point": {"notes": "Dit.", "initial-notes": "Lu avant"},
    "reunion-point-nouveau": {"titre": "Bilan"},
    "reunion-tenir": {"raison_0": "Utile quand même."},
    "reunion-proposition-nouvelle": {"texte": "Ouvrir le mercredi."},
    "sondage-clore": {"motif": "Trop peu de réponses."},
    "sondage-choisir": {"lieu": "Mairie"},
    "convocation": {"reponse": "present"},
}


def typed_in(name: str, espace: EspaceDeContrat) -> dict[str, Any]:
    """What is chosen among what the room made."""
    ccas = body("ccas").pk
    of_ccas: dict[str, dict[str, Any]] = {
        "siege-nouveau": {"organisation": ccas, "fonction": "direction"},
        "reunion-compter": {"v_organismes": "3", "organisme": ccas},
        "reunion-correction-nouvelle": {"organisation": ccas},
    }
    if name in of_ccas:
        return of_ccas[name]
    if name == "reunion-nouvelle":
        return {"instance": InstanceSuivie.objects.filter(espace=espace)[0].pk}
    if name == "reunion-reponse-d-agenda":
        found = Reunion.objects.filter(etat="convoquee")[0]
        event = f"UID:{uid_of(found)}\nATTENDEE;PARTSTAT=ACCEPTED:mailto:nina-convoquee@exemple.test"
        whole = f"BEGIN:VEVENT\n{event}\nEND:VEVENT"
        return {"texte": f"BEGIN:VCALENDAR\nMETHOD:REPLY\n{whole}\nEND:VCALENDAR"}
    if name in ("reunion-presences", "porte"):
        return _at_the_door(name)
    if name == "proposition-inscrire":
        return {"reunion": Reunion.objects.of(espace).to_come().order_by("-jour")[0].pk}
    if name == "sondage-nouveau":
        return {
            "reponse_avant": "2029-01-02",
            "jour_1": "2030-02-01",
            "jour_2": "2030-02-02",
            "organismes": [body("ccas").pk],
        }
    if name == "sondage-reponse":
        poll = Sondage.objects.filter(espace=espace)[0]
        return {f"date_{one.pk}": "oui" for one in poll.dates.all()}
    if name == "sieges-reprendre":
        found = OrganismeCite.objects.filter(instance__espace=espace, instance__code="G92")[0]
        return {"sieges": [f"c{found.pk}"], "du": "2026-03-02"}
    return {}


def _at_the_door(name: str) -> dict[str, Any]:
    """Who is there, of the meeting that was convened."""
    invited = Reunion.objects.filter(etat="convoquee")[0].convocations.all()
    return {"organisme": invited[0].pk} if name == "porte" else {f"p_{one.pk}": "present" for one in invited}
