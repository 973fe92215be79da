"""The families of rules."""

FAMILLES = {
    "STR": "structure",
    "CHF": "chiffres",
    "IND": "indicateurs",
    "FIN": "credits",
    "GOV": "gouvernance",
    "ENG": "engagements",
    "RED": "redaction",
    "DRT": "droit",
}
"""Each family of rules by the start of its codes, and the folder of its files."""
TITRES_DES_FAMILLES = {
    "STR": "Structure",
    "CHF": "Chiffres",
    "IND": "Indicateurs",
    "FIN": "Crédits",
    "GOV": "Gouvernance",
    "ENG": "Engagements",
    "RED": "Rédaction",
    "DRT": "Droit et vie privée",
}
"""The name of each family, as it is shown."""
