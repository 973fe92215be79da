"""The columns that hold codes of ours, which pages take apart: a mark would break them (`tests/marques.py`)."""

from datetime import date, time
from decimal import Decimal
from typing import Any

from tenir.activite.models.nature import definition_of
from tenir.evaluation.instantane.forme import SCHEMA
from tenir.evaluation.instantane.forme import freeze as frozen
from tenir.financement.enums import Registre
from tenir.financement.figement import canonical, digest
from tenir.habilitations.niveaux import Niveau
from tenir.natures.catalogue import shipped
from tests.activite.registre import VEILLE
from tests.atelier.brouillons import SHA
from tests.atelier.brouillons import contrat as draft_of


def small_draft() -> dict[str, Any]:
    """The contract file of a draft, as plain data."""
    return draft_of().model_dump(mode="json", exclude_defaults=True)


EMPTY_TABLE = canonical(
    {"annee": None, "registres": {one.value: {"financeurs": [], "rangees": [], "total": "0"} for one in Registre}}
)
"""A frozen table that holds nothing, whole."""
PARTS = (
    *("orientations", "actions", "engagements", "indicateurs"),
    *("argent", "reunions", "preconisations", "registres"),
)
START = {"jour": "2024-01-01", "version": None, "en_vigueur": "", "codes": []}
EMPTY_SNAPSHOT = frozen({"depart": START, "jour": "2026-01-05", **{part: [] for part in PARTS}})
"""A snapshot that holds nothing, whole."""
CODES: dict[str, dict[str, Any]] = {
    "Brouillon": {
        "contrat": small_draft(),
        "doutes": {},
        "raisons": {},
        "gabarit": {"etiquettes": {"Porté par": "pilotes"}},
        "relecture": {"contrat": small_draft(), "doutes": {}, "raisons": {}, "gabarit": {}, "revision": 0},
        "revision": 0,
        "objet": "contrat",
    },
    "ServiceTarife": {"cout": Decimal("8.40")},
    "GrilleTarifaire": {"applicable_le": None, "annee": 2025, "decidee_le": None, "decision": ""},
    "Tranche": {"seuil": 400, "prix": Decimal("3.10")},
    "Frequentation": {"annee": 2024, "unites": 12, "usagers": 3},
    "DossierDeDemande": {"siret": "82253878100029", "rna": "", "servies": "O01-A01", "etat": "retire"},
    "PartDemandee": {"note": 50},
    "DemandeDInstruction": {"arretee_le": None},
    "ReportDeDates": {"etat": "refuse"},
    "CompteRenduFinancier": {"etat": "lu", "emplois": 0, "contributions": 0},
    "AppelAProjets": {"annee": 2026, "priorites": "O01", "grille": "Effet attendu ; 5"},
    "GesteDAtelier": {"ecarts": {}, "codes": "O01-A01", "revision": 1},
    "DocumentDepose": {"sha256": SHA, "remarques": []},
    "Accord": {"signataire": "S01"},
    "AnomalieRelevee": {"regle": "GOV001", "code": "O01-A01", "plages": "", "lignes": ""},
    "Derogation": {"regle": "GOV001", "code": "O01-A01"},
    "Dispense": {"cle": "organisme/ccas"},
    "Question": {"statut": "", "nombres": {}},
    "ImportDeFiches": {"bilan": {}},
    "DocumentSigne": {"noms_masques": "", "texte": ""},
    "Nature": {"code": "veille", "texte": VEILLE},
    "VersionDeNature": {"code": "atelier", "definition": definition_of(shipped()["atelier"])[0]},
    "Entree": {"niveau": Niveau.PARTENAIRES, "forme": "décompte", "minutes": 90, "etat": ""},
    "Objet": {"niveau": Niveau.PARTENAIRES, "nature": "lieu-ouvert", "reduit_le": None},
    "Valeur": {"mesure": "presents", "modalite": ""},
    "Serie": {
        "niveau": Niveau.PARTENAIRES,
        "nature": "atelier",
        "jours": "0123456",
        "semaines": 1,
        "debut": time(14),
        "fin": time(17),
    },
    "ImportDEntrees": {
        "contenu": ["", 0, [["Date", "Nombre"], ["12/03/2026", "12"]], [], "1899-12-30"],
        "plan": {"colonnes": {"date": "jour", "nombre": "v_presents"}, "nature": "atelier", "organisme": "ccas"},
        "bilan": {"lues": 1, "gardees": 1, "a_lire": 0, "expliquees": []},
    },
    "ProfilDeTableur": {"plan": {}},
    "TitreDAgenda": {"nature": "atelier"},
    "Carnet": {"genre": "personnel", "lieu": None, "natures": [], "confiance": "retenue", "ferme_le": None},
    "Cumul": {"niveau": Niveau.PARTENAIRES, "mois": date(2031, 1, 1), "nature": "atelier"},
    "Salle": {"jours": "0123456", "ouvre": time(9), "ferme": time(17), "fermee_le": None},
    "Reservation": {"debut": time(9), "fin": time(10), "jours": []},
    "QuartDHeure": {"jour": date(2031, 1, 1), "debut": time(9)},
    "Enquete": {
        "ouvre_le": date(2026, 1, 1),
        "ferme_le": date(2026, 2, 1),
        "publiee_le": date(2026, 3, 1),
        "reponses": 30,
    },
    "QuestionDEnquete": {"code": "semee", "choix": "oui : oui\nnon : non"},
    "DecompteDeReponse": {"reponse": "oui", "nombre": 30},
    "AideLocale": {"conditions": "age:18-24 age:25-59", "retiree_le": None},
    "ReglageDeDroit": {"droit": "rsa"},
    "CompteDeDroit": {"droit": "rsa", "mois": date(2026, 1, 1), "nombre": 7},
    "RegleDeGouvernance": {"genre": "preavis"},
    "Reunion": {"etat": "tenue", "niveau": Niveau.PARTENAIRES, "debut": time(14), "fin": time(16)},
    "Decision": {"etat": "executee"},
    "BudgetDAction": {"annee": 2031},
    "DemandeAuFinanceur": {"annee": 2031, "arretee_le": None},
    "Enveloppe": {"annee": 2031},
    "LigneDeFinancement": {"annee": 2031},
    "Scenario": {"annee": 2031},
    "SubventionAPublier": {"siret": "", "rna": "", "rae": "", "part": 1},
    "VersionFigee": {"annee": None, "contenu": EMPTY_TABLE, "sha256": digest(EMPTY_TABLE)},
    "Instantane": {
        "jour": date(2026, 1, 5),
        "schema": SCHEMA,
        "contenu": EMPTY_SNAPSHOT.contenu,
        "sha256": EMPTY_SNAPSHOT.sha256,
        "mots": EMPTY_SNAPSHOT.mots,
    },
    "DonneeDeBesoin": {"annee": 2031},
    "VueNommee": {"liste": "fiches"},
    "VueParDefaut": {"liste": "fiches"},
    "Geste": {"faits": [], "temoin": ""},
    "LigneDeGeste": {
        "droit": "fiche.update",
        "chose": "fiches.ficheaction",
        "modele": "fiches.ficheaction",
        "avant": None,
        "apres": None,
    },
}
"""By model and column: what a new row holds there."""
