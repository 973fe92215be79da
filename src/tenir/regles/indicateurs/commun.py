"""What the rules on indicators share."""

from tenir.fichier.modeles import Indicateur
from tenir.fichier.mots import words

INFINITIVES = ("er", "ir", "oir", "ire", "ure", "dre", "tre")
NOUNS = frozenset(
    {"nombre", "titre", "mesure", "ouverture", "lecture", "culture", "heure", "structure", "quartier", "dossier"}
    | {"chantier", "atelier", "loyer", "foyer", "metier", "cahier", "chiffre", "maire", "habitat", "couverture"}
    | {"avoir", "devoir", "membre", "centre", "registre", "semestre", "trimestre", "montre", "signature", "figure"}
    | {"fermeture", "rupture", "nature", "facture", "voiture", "agriculture", "procedure", "premier", "dernier"}
    | {"territoire", "commentaire", "salaire", "horaire", "mentor", "questionnaire", "partenaire", "itineraire"}
    | {"savoir", "pouvoir", "plaisir", "loisir", "desir", "avenir", "chambre", "lettre", "rencontre", "ordre", "cadre"}
)
"""Nouns that end as an infinitive does."""


def is_aim(indicateur: Indicateur) -> bool:
    """Whether a label begins with an infinitive: it says an aim or an action, not a measure."""
    first = (words(indicateur.libelle) or [""])[0]
    return first.endswith(INFINITIVES) and first not in NOUNS
