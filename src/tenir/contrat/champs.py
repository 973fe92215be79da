"""Who reads each field of the models of the room. What is not here is for the team.

A signed item is public as a whole, with any column to come: its file is. Its document is not, which names persons.
"""

from tenir.habilitations.niveaux import Levels, Niveau

SIGNES = (
    "Axe", "Orientation", "Partie", "Donnee", "Objectif", "ActionPrevue", "Article", "Enseignement", "Lieu",
    "LigneDeCredits", "Dispositif", "InstanceDeGouvernance", "RegleDOrdre", "Indicateur", "OrganismeCite",
    "Signataire", "Engagement", "Rappel", "DocumentCadre", "EntreeDeRecherche",
)  # fmt: skip
"""The signed items, what they hold, and the index of the search, made from them."""

LECTURE: dict[str, Levels | Niveau] = {
    **dict.fromkeys(SIGNES, Niveau.PUBLIC),
    "VersionDuContrat": dict.fromkeys(
        ("numero", "nature", "en_vigueur_le", "motif", "canonique", "sha256", "creee_le"), Niveau.PUBLIC
    ),
    "Chargement": dict.fromkeys(("le", "commande", "sha256", "motif", "resume", "version"), Niveau.PUBLIC),
    "CodeRetire": dict.fromkeys(("code", "remplace_par", "motif"), Niveau.PUBLIC),
    "DocumentSigne": dict.fromkeys(("sha256", "joint_le"), Niveau.PUBLIC),
}
