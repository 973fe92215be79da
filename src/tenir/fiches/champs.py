"""Who reads each field of a fiche action: read this table and you know it. Labels and kinds are those of the model."""

from tenir.habilitations.niveaux import Levels, Niveau, SelonLaLigne

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
    "prochaine_etape": Niveau.PUBLIC,
    "prochaine_etape_le": Niveau.PUBLIC,
    "difficultes": Niveau.EQUIPE,
    "aide_demandee": Niveau.EQUIPE,
}
"""The fields one writes on a fiche, in the order of its page."""

AUTOUR = {
    "jalons": Niveau.PARTENAIRES,
    "nouvelles": Niveau.PARTENAIRES,
    "date de la dernière nouvelle": Niveau.PUBLIC,
    "partenaires et leur part": Niveau.PUBLIC,
    "prescripteurs": Niveau.PARTENAIRES,
    "retard et silence": Niveau.PARTENAIRES,
    "écart entre le statut déclaré et les faits": Niveau.PARTENAIRES,
    "pièces et liens": Niveau.PARTENAIRES,
    "histoire": Niveau.PARTENAIRES,
}
"""What hangs around a fiche; a pièce may also be opened to anyone, or kept to the team, one by one."""

ASSIGNED = frozenset({"organisme_en_charge", "personne_en_charge"})
"""The fields that say who carries an action: the team's to write (right `fiche.assign`)."""

_DE_LA_PIECE = SelonLaLigne("niveau")

LECTURE: dict[str, Levels] = {
    "FicheAction": {
        **NIVEAUX,
        "statut_depuis": Niveau.PUBLIC,
        "derniere_nouvelle_le": Niveau.PUBLIC,
        "ouverte_le": Niveau.PARTENAIRES,
        "version": Niveau.PARTENAIRES,
        "prescripteurs": Niveau.PARTENAIRES,
    },
    "PartenaireDeLAction": dict.fromkeys(("organisation", "part"), Niveau.PUBLIC),
    "Jalon": dict.fromkeys(("titre", "prevu_le", "revise_le", "atteint_le", "abandonne_le"), Niveau.PARTENAIRES),
    "Nouvelle": dict.fromkeys(("le", "texte", "auteur", "pour", "enregistree_le"), Niveau.PARTENAIRES),
    "PieceDeFiche": dict.fromkeys(("titre", "lien", "fichier", "nom", "ajoutee_le"), _DE_LA_PIECE),
}
"""Who reads each field of the models of the room. What is not here is for the team."""


def champs(niveau: Niveau) -> list[str]:
    """The fields that a level reads, in the order of the page."""
    return [name for name, needed in NIVEAUX.items() if needed <= niveau]
