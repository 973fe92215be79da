"""Which time zone a commune lives in, by its INSEE code: the names of the IANA database (tz, « zone1970.tab »)."""

PARIS = "Europe/Paris"
OVERSEAS = {
    "971": ("America/Guadeloupe", "Guadeloupe"),
    "972": ("America/Martinique", "Martinique"),
    "973": ("America/Cayenne", "Guyane"),
    "974": ("Indian/Reunion", "La Réunion"),
    "975": ("America/Miquelon", "Saint-Pierre-et-Miquelon"),
    "976": ("Indian/Mayotte", "Mayotte"),
    "977": ("America/St_Barthelemy", "Saint-Barthélemy"),
    "978": ("America/Marigot", "Saint-Martin"),
    "986": ("Pacific/Wallis", "Wallis-et-Futuna"),
    "987": ("Pacific/Tahiti", "Polynésie française, Tahiti et îles de la Société"),
    "988": ("Pacific/Noumea", "Nouvelle-Calédonie"),
}
"""By the first three digits of the code of a commune."""
FUSEAUX = {PARIS: "France hexagonale et Corse"} | dict(OVERSEAS.values())
FUSEAUX |= {"Pacific/Marquesas": "Polynésie française, îles Marquises"}
FUSEAUX |= {"Pacific/Gambier": "Polynésie française, îles Gambier"}
"""What a contract may choose, with its French name."""


def zone_of_communes(codes: list[str]) -> str:
    """The zone of a contract by its communes: that of the first one overseas, else that of Paris."""
    return next((OVERSEAS[code[:3]][0] for code in codes if code[:3] in OVERSEAS), PARIS)
