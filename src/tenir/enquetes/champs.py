"""Who reads each field: what is asked, anyone once it opens; what is counted, those of the contract, masked."""

from tenir.habilitations.niveaux import Levels, Niveau, SelonLaLigne

ENQUETE = ("titre", "annonce", "conduite_par")
QUESTION = ("code", "libelle", "plusieurs", "choix", "reference")
"""The fields that the team writes."""

LECTURE: dict[str, Levels] = {
    "Enquete": {
        **dict.fromkeys(ENQUETE, SelonLaLigne("niveau")),
        **dict.fromkeys(("ouvre_le", "ferme_le", "publiee_le"), Niveau.PUBLIC),
        **dict.fromkeys(("numero", "reponses"), Niveau.PARTENAIRES),
    },
    "QuestionDEnquete": dict.fromkeys((*QUESTION, "rang"), SelonLaLigne("niveau")),
    "DecompteDeReponse": dict.fromkeys(("question", "reponse", "nombre"), Niveau.PARTENAIRES),
}
"""Who reads each field of the models of the room. What is not here is for the team."""
