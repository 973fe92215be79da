"""Who reads each field of a comment: those who read what it is about, never anyone. Labels are those of the models."""

from tenir.habilitations.niveaux import JAMAIS, Levels, Niveau, SelonLaLigne

LECTURE: dict[str, Levels] = {
    "Commentaire": dict.fromkeys(("texte", "ecrit_le", "corrige_le", "retire_le", "motif"), SelonLaLigne("niveau")),
    "PersonneCitee": {"alea": JAMAIS, "citee_le": Niveau.EQUIPE, "expire_le": Niveau.EQUIPE},
}
