"""Who reads each field of what the team keeps. What is not here is for the team."""

from tenir.habilitations.niveaux import Levels, Niveau

LECTURE: dict[str, Levels | Niveau] = {
    "Sigle": dict.fromkeys(("sigle", "mots", "imprime", "ligne"), Niveau.PUBLIC),
}
