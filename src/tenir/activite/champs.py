"""Who reads the register. Labels and kinds are those of the model.

A kind says who reads its entries (`visible`), and each entry keeps it: a watch log is for the team alone.

What a thing of a directory is (`annuaire`), and in which state, anyone reads: residents look there for whom to ask
(`Objet.lecture`). What is noted of it, and what it falls due on, stays with those who read its register.
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
    "etat",
    "titre",
    "note",
    "statut",
)
"""The fields of an entry that someone writes, in the order in which they are told."""

OF_ANOTHER = "Ce lieu est celui d’un autre contrat : choisissez-en un de celui-ci."

_SELON = SelonLaLigne("niveau")

LECTURE: dict[str, Levels] = {
    "Nature": dict.fromkeys(("code", "texte", "retiree", "version"), Niveau.EQUIPE),
    "VersionDeNature": dict.fromkeys(("code", "numero", "libelle", "definition", "le"), Niveau.PARTENAIRES),
    "Entree": {
        **dict.fromkeys(
            (
                *WRITTEN,
                "numero",
                "mots",
                "serie",
                "objet",
                "forme",
                "version",
                "confiance",
                "source",
                "auteur",
                "inscrite_le",
            ),
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
    "Objet": {
        **dict.fromkeys(("numero", "echeance", "version"), _SELON),
        **dict.fromkeys(
            ("nature", "mots", "libelle", "organisme", "lieu", "autre_lieu", "attributs", "etat"),
            SelonLaLigne("lecture"),
        ),
    },
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
