"""Who reads each field of the life of an engagement. Labels and kinds are those of the model."""

from tenir.habilitations.niveaux import Levels, Niveau, SelonLeContrat
from tenir.habilitations.publications import Genre

NIVEAUX = {
    "etat": Niveau.PARTENAIRES,
    "motif": Niveau.PARTENAIRES,
    "jugement": Niveau.PARTENAIRES,
    "attendu_pour": Niveau.PARTENAIRES,
    "attendu_cette_annee": Niveau.PARTENAIRES,
    "difficultes": Niveau.EQUIPE,
}
"""The fields one writes on the life of an engagement, and who reads them whatever a team settles."""

OUVERTS = ("etat", "motif", "jugement", "attendu_pour")
"""Those that a team opens to everyone, or keeps, with the state of the engagements; proofs and links never are."""

DEFINED = frozenset({"jugement", "attendu_pour", "attendu_cette_annee"})
"""What is awaited of an engagement: the team's to write (right `engagement.define`)."""

_DITES = (Genre.ENGAGEMENTS, Genre.NOUVELLES)

LECTURE: dict[str, Levels] = {
    "SuiviDEngagement": {
        **NIVEAUX,
        **dict.fromkeys((*OUVERTS, "etat_depuis"), SelonLeContrat((Genre.ENGAGEMENTS,))),
        "derniere_nouvelle_le": SelonLeContrat(_DITES),
        **dict.fromkeys(("version", "ouvert_le"), Niveau.PARTENAIRES),
    },
    "NouvelleDEngagement": {
        **dict.fromkeys(("le", "texte", "pour"), SelonLeContrat(_DITES, "suivi")),
        **dict.fromkeys(("auteur", "enregistree_le"), Niveau.PARTENAIRES),
    },
    "PreuveDEngagement": dict.fromkeys(
        ("titre", "lien", "fichier", "nom", "chiffre", "source", "ajoutee_le", "ajoutee_par"), Niveau.PARTENAIRES
    ),
}
"""Who reads each field of the models of the room. What is not here is for the team."""
