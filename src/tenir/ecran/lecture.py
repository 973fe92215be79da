"""Who reads each field of the models of the room. What is not here is for the team."""

from tenir.habilitations.niveaux import Levels, SelonLaLigne

LECTURE: dict[str, Levels] = {"VueNommee": dict.fromkeys(("nom", "cle", "adresse"), SelonLaLigne("niveau"))}
