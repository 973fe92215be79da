"""The list of rooms, highest first; those of one line never import one another. The one place to add a room.

`config/settings.py` reads it to install the rooms, `scripts/couches.py` to hold them to it (`lint-imports`).
"""

SALLES = (
    ("cli",),  # over config: it checks the table of settings
    ("config",),
    ("abonnements",),
    ("public", "bureau", "demonstration"),
    (
        "appels",
        "marches",
        "evaluation",
        "tarifs",
    ),  # over the money: a vote writes in its ledger; over the préconisations
    # that walks make; over all that an évaluation freezes; over the meetings that choose a tariff
    ("commentaires", "conseil", "preconisations", "financement"),
    ("points", "gouvernance", "controles", "reservations", "droits", "enquetes"),
    ("activite",),
    ("fiches", "engagements", "indicateurs", "atelier"),
    ("equipe",),
    ("contrat",),
    ("ecran",),
    ("habilitations",),
    ("acteurs",),
    ("territoire",),
    ("core",),
    ("salles", "regles"),
    ("lecteur", "natures"),
    ("fichier",),
)

SANS_DJANGO = ("fichier", "lecteur", "natures", "regles")
"""The pure rooms: plain Python, no database."""

HORS_DU_SITE = frozenset({"cli", "config", "salles", *SANS_DJANGO})
"""What is no application of Django."""

APPLICATIONS = [f"tenir.{room}" for layer in reversed(SALLES) for room in layer if room not in HORS_DU_SITE]
"""The rooms that Django installs, the lowest first."""
