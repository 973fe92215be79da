"""Who reads the register. Labels and kinds are those of the model.

A kind says who reads its entries (`visible`), and each entry keeps it: a watch log is for the team alone.
"""

from tenir.habilitations.niveaux import JAMAIS, Levels, Niveau, SelonLaLigne

WRITTEN = (
    "debut",
    "fin",
    "minutes",
    "lieu",
    "autre_lieu",
    "quartier",
    "organisme",
    "titre",
    "note",
    "statut",
)
"""The fields of an entry that someone writes, in the order in which they are told."""

_SELON = SelonLaLigne("niveau")

LECTURE: dict[str, Levels] = {
    "Nature": dict.fromkeys(("code", "texte", "retiree", "version"), Niveau.EQUIPE),
    "VersionDeNature": dict.fromkeys(("code", "numero", "libelle", "definition", "le"), Niveau.PARTENAIRES),
    "Entree": {
        **dict.fromkeys(
            (*WRITTEN, "numero", "mots", "serie", "forme", "version", "confiance", "source", "auteur", "inscrite_le"),
            _SELON,
        ),
        "note": Niveau.EQUIPE,
    },
    "LienDeCarnet": {"alea": JAMAIS, "expire_le": Niveau.PARTENAIRES},
    "Serie": dict.fromkeys(
        (
            *("numero", "nature", "libelle", "titre", "organisme", "lieu", "autre_lieu", "jours", "semaines", "rang"),
            *("debut", "fin", "du", "au", "sauf_feries", "zone", "version"),
        ),
        _SELON,
    ),
    "FluxDAgenda": {"alea": JAMAIS},
    "ImportDEntrees": dict.fromkeys(
        ("nom", "par", "organisme", "depose_le", "applique_le", "annule_le", "annule_par", "annule_sauf"),
        Niveau.PARTENAIRES,
    ),
    "ProfilDeTableur": dict.fromkeys(("organisme", "titres", "servi_le"), Niveau.PARTENAIRES),
    "TitreDAgenda": {"empreinte": JAMAIS},
    "Valeur": dict.fromkeys(("mesure", "modalite", "valeur"), _SELON),
    "Cumul": dict.fromkeys(("nature", "mois", "mesure", "modalite", "nombre", "somme", "maximum"), _SELON),
}
"""Who reads each field of the models of the room. What is not here is for the team."""
