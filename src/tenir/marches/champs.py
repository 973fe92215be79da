"""Who reads each field of walks: those who have a role in the contract, and anyone once a walk is published."""

from tenir.habilitations.niveaux import Levels, SelonLaLigne

MARCHE = ("titre", "jour", "conduite_par")
"""What is written of a walk."""
ARRET = ("rang", "lieu", "categorie", "urgence", "constat", "organisme", "etat", "suite", "evolution")
"""What is written of a stop."""
_SELON = SelonLaLigne("niveau")

LECTURE: dict[str, Levels] = {
    "Marche": dict.fromkeys((*MARCHE, "numero", "suite_de", "etat"), _SELON),
    "Arret": {
        **dict.fromkeys((*ARRET, "repris", "preconisation"), _SELON),
        "photo": SelonLaLigne("niveau_de_la_photo"),
        "photo_publique": SelonLaLigne("niveau_de_la_photo"),
    },
}
"""Who reads each field of the models of the room. What is not here is for the team."""
