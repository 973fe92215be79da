"""Who reads each field of the council of residents. Labels and kinds are those of the models.

Names and contacts of candidates are for the team alone, and erased. What a draw needs is public: numbers, colleges,
sexes. Mandates are by number, for those of the contract.
"""

from tenir.habilitations.niveaux import Levels, Niveau

APPEL = (
    "texte",
    "ouvre_le",
    "ferme_le",
    "duree_mois",
    "sieges_habitants",
    "femmes_habitants",
    "hommes_habitants",
    "suppleants_habitants",
    "sieges_acteurs",
    "femmes_acteurs",
    "hommes_acteurs",
    "suppleants_acteurs",
)
"""What one writes of a call."""
CANDIDAT = ("nom", "contact", "college", "sexe", "age", "secteur")
"""What one writes of a candidate."""
TIRE = ("liste", "empreinte", "fige_le", "mots", "circonstances", "tire_le", "mandats_jusqu_au")

LECTURE: dict[str, Levels] = {
    "AppelACandidatures": {
        **dict.fromkeys(("numero", *APPEL, *TIRE), Niveau.PUBLIC),
        "version": Niveau.PARTENAIRES,
    },
    "Candidature": dict.fromkeys(("appel", "numero", "college", "sexe", "issue", "rang"), Niveau.PUBLIC),
    "Mandat": dict.fromkeys(("candidature", "du", "au", "remplace"), Niveau.PARTENAIRES),
}
"""Who reads each field of the models of the room. What is not here is for the team."""
