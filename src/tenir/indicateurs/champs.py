"""Who reads how an indicator is followed. Labels and kinds are those of the model."""

from tenir.habilitations.niveaux import Levels, Niveau

NIVEAUX = {
    "organisme": Niveau.PARTENAIRES,
    "personne": Niveau.PARTENAIRES,
    "unite": Niveau.PARTENAIRES,
    "frequence": Niveau.PARTENAIRES,
    "reference": Niveau.PARTENAIRES,
    "reference_le": Niveau.PARTENAIRES,
    "reference_source": Niveau.PARTENAIRES,
}
"""The fields that define how an indicator is followed; its targets and readings are for the partenaires.

Counts of people stay off public pages until suppression exists, so no reading is public.
"""

LECTURE: dict[str, Levels] = {
    "SuiviDIndicateur": {**NIVEAUX, **dict.fromkeys(("version", "ouvert_le"), Niveau.PARTENAIRES)},
    "CibleDIndicateur": dict.fromkeys(("le", "valeur", "source"), Niveau.PARTENAIRES),
    "ReleveDIndicateur": dict.fromkeys(
        ("debut", "fin", "ventilation", "valeur", "source", "commentaire", "statut", "auteur", "pour", "enregistre_le"),
        Niveau.PARTENAIRES,
    ),
}
"""Who reads each field of the models of the room. What is not here is for the team."""
