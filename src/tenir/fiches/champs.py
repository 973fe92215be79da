"""Who reads each field of a fiche action: read this table and you know it. Labels and kinds are those of the model."""

from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.niveaux import Levels, Niveau, SelonLaLigne, SelonLeContrat
from tenir.habilitations.publications import Genre, publishes

NIVEAUX = {
    "statut": Niveau.PUBLIC,
    "motif": Niveau.PARTENAIRES,
    "organisme_en_charge": Niveau.PUBLIC,
    "personne_en_charge": Niveau.PARTENAIRES,
    "public_vise": Niveau.PUBLIC,
    "debut_prevu": Niveau.PUBLIC,
    "fin_prevue": Niveau.PUBLIC,
    "debut_revise": Niveau.PARTENAIRES,
    "fin_revisee": Niveau.PARTENAIRES,
    "debut_reel": Niveau.PUBLIC,
    "fin_reelle": Niveau.PUBLIC,
    "prochaine_etape": Niveau.PARTENAIRES,
    "prochaine_etape_le": Niveau.PARTENAIRES,
    "difficultes": Niveau.EQUIPE,
    "aide_demandee": Niveau.EQUIPE,
}
"""The fields one writes on a fiche, in the order of its page, and who reads them whatever a team settles."""

OUVRE = {
    "motif": Genre.RAISONS,
    "prochaine_etape": Genre.ETAPES,
    "prochaine_etape_le": Genre.ETAPES,
    "debut_revise": Genre.RETARDS,
    "fin_revisee": Genre.RETARDS,
}
"""The fields that a team opens to everyone, or keeps, with a kind of fact."""

AUTOUR = {
    "jalons": Niveau.PARTENAIRES,
    "nouvelles": Niveau.PARTENAIRES,
    "date de la dernière nouvelle": Niveau.PARTENAIRES,
    "partenaires et leur part": Niveau.PUBLIC,
    "retard": Niveau.PARTENAIRES,
    "silence": Niveau.PARTENAIRES,
    "écart entre le statut déclaré et les faits": Niveau.PARTENAIRES,
    "pièces et liens": Niveau.PARTENAIRES,
    "histoire": Niveau.PARTENAIRES,
}
"""What hangs around a fiche; a pièce may also be opened to anyone, or kept to the team, one by one."""

OUVRE_AUTOUR = {
    "jalons": Genre.ETAPES,
    "nouvelles": Genre.NOUVELLES,
    "date de la dernière nouvelle": Genre.NOUVELLES,
    "retard": Genre.RETARDS,
}
"""What of it a team opens or keeps in the same way."""

ASSIGNED = frozenset({"organisme_en_charge", "personne_en_charge"})
"""The fields that say who carries an action: the team's to write (right `fiche.assign`)."""

_DE_LA_PIECE = SelonLaLigne("niveau")
_DU_JALON = SelonLeContrat((Genre.ETAPES,), "fiche")
_DE_LA_NOUVELLE = SelonLeContrat((Genre.NOUVELLES,), "fiche")

LECTURE: dict[str, Levels] = {
    "FicheAction": {
        **NIVEAUX,
        **{name: SelonLeContrat((genre,)) for name, genre in OUVRE.items()},
        "statut_depuis": Niveau.PUBLIC,
        "derniere_nouvelle_le": SelonLeContrat((Genre.NOUVELLES,)),
        "ouverte_le": Niveau.PARTENAIRES,
        "version": Niveau.PARTENAIRES,
    },
    "PartenaireDeLAction": dict.fromkeys(("organisation", "part"), Niveau.PUBLIC),
    "Jalon": dict.fromkeys(("titre", "prevu_le", "revise_le", "atteint_le", "abandonne_le"), _DU_JALON),
    "Nouvelle": {
        **dict.fromkeys(("le", "texte", "pour"), _DE_LA_NOUVELLE),
        **dict.fromkeys(("auteur", "enregistree_le"), Niveau.PARTENAIRES),
    },
    "PieceDeFiche": dict.fromkeys(("titre", "lien", "fichier", "nom", "ajoutee_le"), _DE_LA_PIECE),
}
"""Who reads each field of the models of the room. What is not here is for the team."""


def level_in(espace: EspaceDeContrat, name: str) -> Niveau:
    """Who reads a field of the fiches of a contract, or what hangs around them, as its team settled it."""
    genre = (OUVRE | OUVRE_AUTOUR).get(name)
    return Niveau.PUBLIC if genre and publishes(espace, genre) else (NIVEAUX | AUTOUR)[name]


def open_to_all(espace: EspaceDeContrat) -> list[str]:
    """The fields of the fiches of a contract that anyone reads, in the order of the page."""
    return [name for name in NIVEAUX if level_in(espace, name) == Niveau.PUBLIC]
