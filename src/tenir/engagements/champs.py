"""Who reads each field of the life of an engagement. Labels and kinds are those of the model."""

from tenir.habilitations.niveaux import Niveau

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
