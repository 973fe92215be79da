"""Who reads each field of préconisations: anyone once published, the team before. The address sent is for nobody."""

from tenir.habilitations.niveaux import JAMAIS, Levels, Niveau, SelonLaLigne

WRITTEN = ("texte", "lieu", "organisme", "echeance", "fiche", "decision")
"""What the team writes of one that is published."""
_SELON = SelonLaLigne("niveau")

LECTURE: dict[str, Levels] = {
    "Preconisation": {
        **dict.fromkeys(
            (*WRITTEN, "numero", "origine", "reunion", "recue_le", "etat", "promise_pour", "rouverte_le",
             "rouverte_pourquoi"),
            _SELON,
        ),
        "courriel": JAMAIS,
        "alea": JAMAIS,
        "motif": Niveau.EQUIPE,
    },
    "ReponseAPreconisation": dict.fromkeys(
        ("organisme", "reponse", "raison", "jusqu_au", "le", "attendue_le", "par_lien"), _SELON
    ),
    "InscriptionDePreconisation": {"point": Niveau.PARTENAIRES},
}  # fmt: skip
"""Who reads each field of the models of the room. What is not here is for the team."""
