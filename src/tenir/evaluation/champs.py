"""Who reads each field of évaluations: those who make one, then those of the contract, and of what is published anyone.

What is judged, asked or answered stays with those of the contract: the public page is made of what was frozen.
"""

from tenir.habilitations.niveaux import JAMAIS, Levels, SelonLaLigne

EVALUATION = ("genre", "titre", "depart", "a_figer_le", "a_rendre_le", "conduite_par")
"""What is written of an évaluation."""
QUESTION = ("texte", "orientation", "reponse")
"""What is written of a question."""
BESOINS = ("changements", "demandes")
"""What is written of the needs of an orientation."""
JUGEMENT = ("pertinence", "efficacite", "coherence", "raisons", "recommandation")
"""What is judged of an orientation."""
SUITES = ("decision", "preconisation", "avenant")
"""What a judgement leads to."""
APPRECIATION = (*BESOINS, *JUGEMENT, *SUITES)
DONNEE = ("libelle", "valeur", "unite", "annee", "perimetre", "source", "demandee_a", "orientation")
"""What is written of a figure."""
CONTRIBUTION = ("change", "besoin")
"""What a body answers."""
_SELON = SelonLaLigne("niveau")

LECTURE: dict[str, Levels] = {
    "Evaluation": {
        **dict.fromkeys((*EVALUATION, "numero", "etat"), _SELON),
        "instantane_publie": _SELON,
    },
    "QuestionDEvaluation": dict.fromkeys((*QUESTION, "rang"), _SELON),
    "Instantane": {
        **dict.fromkeys(("numero", "jour", "schema", "contenu", "sha256", "mots", "motif", "fige_le"), _SELON),
        "fige_par": _SELON,
    },
    "Appreciation": dict.fromkeys(APPRECIATION, _SELON) | {"orientation": _SELON},
    "DonneeDeBesoin": dict.fromkeys(DONNEE, _SELON),
    "Contribution": {
        **dict.fromkeys((*CONTRIBUTION, "organisme", "recue_le", "par_lien"), _SELON),
        "alea": JAMAIS,
    },
}
"""Who reads each field of the models of the room. What is not here is for the team."""
