"""Who reads each field of calls for projects: anyone once the call is published, the team before."""

from tenir.habilitations.niveaux import Levels, SelonLaLigne

APPEL = (
    *("annee", "titre", "texte", "ouvre_le", "ferme_le", "comite_le", "reponse_le"),
    *("priorites", "grille", "pieces_demandees"),
)
"""What the team writes of a call."""
_SELON = SelonLaLigne("niveau")

LECTURE: dict[str, Levels] = {
    "AppelAProjets": dict.fromkeys((*APPEL, "numero", "etat", "version"), _SELON),
    "EnveloppeDAppel": dict.fromkeys(("appel", "financeur", "montant"), _SELON),
    "PieceDAppel": dict.fromkeys(("appel", "titre", "fichier", "nom"), _SELON),
}
"""Who reads each field of the models of the room. What is not here is for the team."""
