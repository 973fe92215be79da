"""What a kind asks, counts and feeds, in French sentences: for its page, and for whoever is about to write under it."""

from tenir.fichier.mots import plain
from tenir.natures.enums import Cumulation, Periode, Ventilation
from tenir.natures.modeles import Alimentation, Mesure, NatureEntiere

RYTHMES = {
    Periode.MOIS: "par mois",
    Periode.TRIMESTRE: "par trimestre",
    Periode.SEMESTRE: "par semestre",
    Periode.ANNEE: "par an",
}
ENSEMBLE = {
    Cumulation.SOMME: "s’ajoutent d’une entrée à l’autre",
    Cumulation.MAX: "ne s’ajoutent pas : au moins la plus grande, au plus la somme",
    Cumulation.DERNIER: "la dernière valeur connue de chaque organisme et de chaque lieu",
    Cumulation.JAMAIS: "se lisent une par une",
}
"""How several values of a measure make one."""
MARGES = {Ventilation.SEXE: "par sexe", Ventilation.AGE: "par âge", Ventilation.QUARTIER: "selon le quartier"}


def asks(nature: NatureEntiere) -> str:
    """What a kind asks, in one sentence.

    « Séance ; une seule réponse obligatoire : combien de personnes sont venues ; nourrit l’indicateur I07. »
    """
    return " ; ".join(filter(None, (_form(nature), _needed(nature), _fed(nature)))) + "."


def formula(fed: Alimentation, nature: NatureEntiere) -> str:
    """How the entries of a kind make a figure: « nombre de cafés-logement », « total de « Personnes formées » »."""
    mesure = nature.mesure(fed.mesure) if fed.mesure else None
    if mesure is None:
        return f"nombre {_de(nature.pluriel)}"
    part = mesure.modalites.get(fed.modalite or "")
    named = f"« {mesure.libelle} »{f' ({part})' if part else ''}"
    what = {"somme": "total de", "dernier": "dernière valeur connue de", "max": "plus grande valeur de"}[fed.calcul]
    return f"{what} {named}"


def together(mesure: Mesure) -> str:
    """How several of its values make one."""
    return ENSEMBLE[mesure.united]


def split(mesure: Mesure) -> str:
    """What is asked beside its total, or in its place: « par sexe, selon le quartier », « bail, charges »."""
    return ", ".join([*(MARGES[one] for one in mesure.parts), *mesure.choix.values()])


def _form(nature: NatureEntiere) -> str:
    rhythm = f" {RYTHMES[nature.periode]}" if nature.periode else ""
    return f"{nature.forme.capitalize()}{rhythm}"


def _needed(nature: NatureEntiere) -> str:
    mesure = nature.needed
    if mesure is None:
        return "" if nature.generique else "aucune réponse obligatoire"
    asked = mesure.asked.removesuffix("?").rstrip()
    return f"une seule réponse obligatoire : {asked[:1].lower()}{asked[1:]}"


def _fed(nature: NatureEntiere) -> str:
    codes = list(dict.fromkeys(one.indicateur for one in nature.alimente))
    if not codes:
        return ""
    return f"nourrit l’indicateur {codes[0]}" if len(codes) == 1 else f"nourrit les indicateurs {_and(codes)}"


def _and(codes: list[str]) -> str:
    return f"{', '.join(codes[:-1])} et {codes[-1]}"


def _de(words: str) -> str:
    return f"d’{words}" if plain(words)[:1] in "aeiouyh" else f"de {words}"
