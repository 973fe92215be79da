"""What is typed in the forms of calls for projects, for the walk of every form (`tests/test_portes.py`)."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tenir.appels.models import DemandeDInstruction, EnveloppeDAppel, ReportDeDates
from tenir.core import horloge
from tenir.habilitations.models import EspaceDeContrat
from tests.personnes import body, person, referent

ADDS = (
    "appel-a-projets-dossier",
    "appel-a-projets-nouveau",
    "appel-a-projets-piece-nouvelle",
    "appel-a-projets-instruction",
    "appel-a-projets-reprendre",
    "dossier-ouvrir",
    "dossier-reprendre",
)
"""The addresses that add, and write on nothing."""
_DAYS = {"ouvre_le": "2030-02-01", "ferme_le": "2030-03-01"}

SAISIES: dict[str, dict[str, Any]] = {
    "appel-a-projets-nouveau": {"titre": "Appel 2030", "annee": "2030", "texte": "Venez.", **_DAYS},
    "appel-a-projets-modifier": {"titre": "Autre titre", "initial-titre": "Lu avant"},
    "dossier-ouvrir": {"courriel": "bureau@association-fictive.test"},
    "dossier-de-demande-section": {"nom": "Les Saules"},
    "dossier-de-demande-instruire": {"motif": "Le budget est clair.", "initial-motif": "Lu avant"},
    "dossier-de-demande-convention": {"modalites": "En deux fois.", "initial-modalites": "Lu avant"},
    "dossier-de-demande-signer": {},
    "dossier-de-demande-verser": {"montant": "500", "source": "Mandat fictif"},
    "dossier-de-demande-reverser": {"montant": "500", "source": "Titre fictif", "motif": "Une séance de moins."},
    "dossier-de-demande-dates-repondre": {"etat": "accepte"},
    "dossier-de-demande-compte-rendu-partie": {"c_756": "1 500"},
    "dossier-de-demande-compte-rendu-redemander": {"reprise": "Précisez les dates."},
    "dossier-compte-rendu-partie": {},
    "dossier-de-demande-noter": {"note_1": "4"},
    "instruction-dossier": {"avis": "favorable", "note_1": "4"},
    "dossier-section": {"nom": "Les Saules"},
    "appel-a-projets-financeur": {"montant": "12 000"},
}


def typed_in(name: str, espace: EspaceDeContrat) -> dict[str, Any]:
    """What is chosen among what the room made."""
    if name == "appel-a-projets-financeur":
        referent(person("Ida Financeuse", signs_in=False), espace)
        return {"financeur": body("ccas").pk}
    if name == "dossier-de-demande-decider":
        decided = {"suite": "refuse", "motif": "Hors du quartier.", "source": "Délibération fictive"}
        return {**decided, "le": horloge.today(espace).isoformat()}
    if name == "appel-a-projets-piece-nouvelle":
        return {"fichier": SimpleUploadedFile("reglement.txt", b"Reglement fictif\n", "text/plain")}
    if name == "appel-a-projets-instruction":
        DemandeDInstruction.objects.update(arretee_le=horloge.today(espace))
        return {"financeurs": [body("caf").pk], "close_le": "2030-02-01"}
    if name in ("dossier-de-demande-dates", "dossier-dates"):
        ReportDeDates.objects.all().delete()
        return {"debut": "2030-03-01", "fin": "2030-06-30", "raison": "Le lieu ferme."}
    if name == "appel-a-projets-financeur-retirer":
        return {"enveloppe": EnveloppeDAppel.objects.order_by("pk")[0].pk}
    return {}
