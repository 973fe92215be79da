"""Who reads each field of the council of residents. Labels and kinds are those of the models.

Names and contacts of candidates are for the team alone, and erased. What a draw needs is public: numbers, colleges,
sexes. Mandates are by number.
"""

from tenir.habilitations.niveaux import JAMAIS, Levels, Niveau, SelonLaLigne

APPEL = (
    "texte",
    "ouvre_le",
    "ferme_le",
    "duree_mois",
    "sieges_habitants",
    "femmes_habitants",
    "hommes_habitants",
    "suppleants_habitants",
    "jeunes_habitants",
    "adultes_habitants",
    "murs_habitants",
    "aines_habitants",
    "secteurs",
    "sieges_acteurs",
    "femmes_acteurs",
    "hommes_acteurs",
    "suppleants_acteurs",
)
"""What one writes of a call."""
CANDIDAT = ("nom", "contact", "college", "sexe", "age", "secteur")
"""What one writes of a candidate."""
TIRE = ("liste", "empreinte", "fige_le", "mots", "circonstances", "tire_le", "mandats_jusqu_au")
AVIS = (
    "numero",
    "objet",
    "recue_le",
    "delai",
    "unite",
    "silence",
    "nature",
    "source",
    "echeance",
    "sens",
    "texte",
    "rendu_le",
    "silence_le",
)
"""What is read of an opinion, by whom its row says."""
_SELON = SelonLaLigne("niveau")

LECTURE: dict[str, Levels] = {
    "AppelACandidatures": {
        **dict.fromkeys(("numero", *APPEL, *TIRE), Niveau.PUBLIC),
        "version": Niveau.PARTENAIRES,
    },
    "Candidature": dict.fromkeys(("appel", "numero", "college", "sexe", "issue", "rang", "retiree_le"), Niveau.PUBLIC),
    "DemandeDAvis": {
        **dict.fromkeys(AVIS, _SELON),
        "alea": JAMAIS,
        "niveau": Niveau.PARTENAIRES,
        "piece": Niveau.PARTENAIRES,
        "version": Niveau.PARTENAIRES,
    },
    "PieceDuConseil": dict.fromkeys(
        ("genre", "titre", "reunion", "lien", "fichier", "nom", "partagee", "ajoutee_le"), Niveau.PARTENAIRES
    ),
    "QuestionDuConseil": dict.fromkeys(
        ("numero", "texte", "posee_le", "organisme", "echeance", "reponse", "repondu_le", "version"), Niveau.PARTENAIRES
    ),
    "MoyenDuConseil": dict.fromkeys(("genre", "description", "montant", "organisme", "du", "au"), Niveau.PARTENAIRES),
    "Mandat": dict.fromkeys(("candidature", "du", "au", "remplace"), Niveau.PUBLIC),
}
"""Who reads each field of the models of the room. What is not here is for the team."""
