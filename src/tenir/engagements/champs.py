"""Who reads each field of the life of an engagement. Labels and kinds are those of the model."""

from tenir.habilitations.niveaux import Levels, Niveau

NIVEAUX = {
    "etat": Niveau.PARTENAIRES,
    "motif": Niveau.PARTENAIRES,
    "jugement": Niveau.PARTENAIRES,
    "attendu_pour": Niveau.PARTENAIRES,
    "attendu_cette_annee": Niveau.PARTENAIRES,
    "difficultes": Niveau.EQUIPE,
}
"""The fields one writes on the life of an engagement; its news, proofs and links are for the partenaires."""

DEFINED = frozenset({"jugement", "attendu_pour", "attendu_cette_annee"})
"""What is awaited of an engagement: the team's to write (right `engagement.define`)."""

LECTURE: dict[str, Levels] = {
    "SuiviDEngagement": {
        **NIVEAUX,
        **dict.fromkeys(("version", "ouvert_le", "etat_depuis", "derniere_nouvelle_le"), Niveau.PARTENAIRES),
    },
    "NouvelleDEngagement": dict.fromkeys(("le", "texte", "auteur", "pour", "enregistree_le"), Niveau.PARTENAIRES),
    "PreuveDEngagement": dict.fromkeys(
        ("titre", "lien", "fichier", "nom", "chiffre", "source", "ajoutee_le", "ajoutee_par"), Niveau.PARTENAIRES
    ),
}
"""Who reads each field of the models of the room. What is not here is for the team."""
