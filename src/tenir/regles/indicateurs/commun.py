"""What the rules on indicators share."""

import re

from tenir.fichier.modeles import ContratDeVille, Indicateur, Orientation
from tenir.fichier.mots import comparable, plain, ungendered
from tenir.regles.indicateurs.releves import measure, releves
from tenir.regles.rapprochement import roots

AIM = re.compile(
    r"(?!(?:nombre|titre|chiffre|part|delai|cahier|offre|membre|centre|lettre|ordre|mesure|heure)\b)"
    r"[a-z]+(?:er|ir|oir|re) (?:(?:de |d')?\d|de (?:moitie|moins|plus|maniere|facon)|le |la |les |l'|un |une |des |au "
    r"|aux |a |chaque |tou(?:s|te|tes) |leurs? |ses |nos |cette |ce |plus |mieux |davantage )"
)
"""An infinitive and what it governs, in a label without accents: a noun in « -er » or « -re » has its « de »."""
GENERIC = frozenset(
    {"personn", "partici", "benefic", "habitan", "usager", "public", "jeune", "jeunes", "enfant", "famille", "menage"}
    | {"seance", "reunion", "atelier", "visite", "inscrit", "accueil", "suivi", "suivie", "realise", "organis", "tenue"}
    | {"frequen", "satisfa", "assidui", "moyenne", "moyen", "delai", "duree", "montant", "volume", "total", "annuel"}
    | {
        "metre",
        "carre",
        "surface",
        "partena",
        "evenem",
        "dossier",
        "demande",
        "accompa",
        "orienta",
        "sortie",
        "positiv",
        "mise",
        "oeuvre",
    }
)
"""Roots that any sheet may use: they do not tell one indicator from another."""


def is_aim(indicateur: Indicateur) -> bool:
    """Whether a label begins with an infinitive: it says an aim or an action, not a measure."""
    return AIM.match(plain(indicateur.libelle).replace("’", "'")) is not None


def says_target(indicateur: Indicateur) -> bool:
    """Whether an indicator says the value to reach, in its field or in its label."""
    values = releves(indicateur)
    return bool(indicateur.cible) or len(values) > 1 or any(one.role != "départ" for one in values)


def told_apart(indicateur: Indicateur) -> frozenset[str]:
    """The roots of a label that tell it from any other."""
    return roots(measure(indicateur.libelle)) - GENERIC


def covered(contrat: ContratDeVille, indicateur: Indicateur) -> frozenset[str]:
    """The orientations that an indicator covers: those the file gives, else those that the heading above it names."""
    heading = f" {comparable(' '.join(filter(None, (indicateur.groupe, indicateur.sous_groupe))))} "
    named = {one.code for one in contrat.orientations if f" {comparable(one.titre_imprime)} " in heading}
    return frozenset(indicateur.orientations) or frozenset(named)


def sheet(orientation: Orientation, indicateur: Indicateur) -> str:
    """The code of the action in whose sheet an indicator is printed: the last one above it; empty where none is."""
    if not indicateur.source:
        return ""
    line = indicateur.source[0].debut
    above = [one for one in orientation.actions if one.source and one.source[0].debut <= line]
    return max(above, key=lambda one: one.source[0].debut).code if above else ""


def in_sheets(contrat: ContratDeVille) -> dict[str, dict[str, str]]:
    """For each orientation printed as sheets, the action in whose sheet each indicator stands.

    A list of indicators after the last action is no sheet: sheets have indicators between actions.
    """
    placed = {one.code: _placed(contrat, one) for one in contrat.orientations}
    return {code: here for code, here in placed.items() if len(set(here.values())) > 1}


def _placed(contrat: ContratDeVille, orientation: Orientation) -> dict[str, str]:
    here = [one for one in contrat.indicateurs if orientation.code in one.orientations]
    return {one.code: action for one in here if (action := sheet(orientation, one))}


def sheets_of(contrat: ContratDeVille) -> dict[str, str]:
    """The action in whose sheet each indicator stands, whatever its orientation."""
    return {code: action for here in in_sheets(contrat).values() for code, action in here.items()}


def content_words(libelle: str) -> frozenset[str]:
    """The words of a label without its values and its link words."""
    return frozenset(ungendered(measure(libelle)).split()) - LINKS


LINKS = frozenset(
    {
        "le",
        "la",
        "les",
        "l",
        "un",
        "une",
        "des",
        "de",
        "du",
        "d",
        "au",
        "aux",
        "et",
        "ou",
        "a",
        "en",
        "par",
        "pour",
        "sur",
    }
    | {
        "dans",
        "avec",
        "leur",
        "son",
        "sa",
        "ses",
        "ce",
        "cette",
        "qui",
        "s",
        "se",
        "ayant",
        "ete",
        "est",
        "sont",
        "enfin",
    }
    | {"chaque", "an", "annee", "ont", "sera", "seront", "auront", "etre", "avoir"}
)
"""The words of a label that only join the others."""
