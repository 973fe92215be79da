"""The words that lower rooms say of what their pages are about: a contract, which they do not know.

Given at start-up (`Piece(words=MOTS)`), read by `core.emplacements.word` and by the tag `{% mot %}`.
"""

CONTRAT = "contrat"
"""What a space is of."""

MOTS = {
    "description": "Ce que promet un contrat de ville, par qui, et ce qu’il en advient.",
    "à qui demander": "Demandez à l’équipe du contrat",
    "pages": "Pages du contrat",
    "parties": "Parties du contrat",
    "recherche": "Rechercher dans le contrat",
    "fictif": "Contrat fictif : la commune, les organismes et les chiffres sont inventés pour la démonstration.",
    "fictif, en bref": "Contrat fictif : tout est inventé.",
    "mes lieux": "Mes contrats",
    "mes autres lieux": "Mes autres contrats",
    "vérifier": "Vérifier un projet de contrat",
}
