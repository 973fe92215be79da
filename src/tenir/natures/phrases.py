"""What a kind asks, counts and feeds, in French sentences: for its page, and for whoever is about to write under it."""

from collections.abc import Callable

from tenir.fichier.mots import plain, uncapital
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


PRECONISATIONS = {
    "recues": "nombre de préconisations du conseil citoyen reçues",
    "repondues": "nombre de celles reçues alors, qui ont leur réponse à ce jour",
    "suivies": "nombre de celles reçues alors, suivies en tout ou en partie à ce jour",
    "a-temps": "part des préconisations du conseil citoyen répondues à la date promise",
}
"""What « preconisations » counts."""
MEMBRES = {
    "membres": "nombre de membres du conseil citoyen en mandat à la fin de la période",
    "habitants": "nombre de membres du collège des habitants du conseil citoyen en mandat à la fin de la période",
}
"""What « conseil » counts."""


def asks(nature: NatureEntiere) -> str:
    """What a kind asks, in one sentence.

    « Séance ; une seule réponse obligatoire : combien de personnes sont venues ; nourrit l’indicateur I07. »
    """
    return " ; ".join(filter(None, (_form(nature), _states(nature), _needed(nature), _fed(nature)))) + "."


def formula(fed: Alimentation, nature: NatureEntiere) -> str:
    """How the entries of a kind make a figure: « nombre de cafés-logement », « total de « Personnes formées » »."""
    return _COUNTED[fed.calcul](fed, nature) + (" dans le quartier" if fed.quartier else "")


def _count(fed: Alimentation, nature: NatureEntiere) -> str:
    etat = nature.etat(fed.etat) if fed.etat else None
    return f"nombre {_de(nature.pluriel)}" + (f" passés à « {etat.libelle} »" if etat else "")


def _things(fed: Alimentation, nature: NatureEntiere) -> str:
    etat = nature.etat(fed.etat) if fed.etat else None
    return f"nombre {_de(nature.pluriel)} " + (f"à l’état « {etat.libelle} »" if etat else "qui continuent")


def _different(fed: Alimentation, nature: NatureEntiere) -> str:
    return f"nombre {_de(str(fed.de))} différents, pour les {nature.pluriel}"


def _share(fed: Alimentation, nature: NatureEntiere) -> str:
    whole = _named(fed.sur.mesure, fed.sur.modalite, nature) if fed.sur else ""
    return f"part de {_named(fed.mesure, fed.modalite, nature)} dans {whole}"


def _measured(fed: Alimentation, nature: NatureEntiere) -> str:
    what = {"somme": "total de", "dernier": "dernière valeur connue de", "max": "plus grande valeur de"}[fed.calcul]
    return f"{what} {_named(fed.mesure, fed.modalite, nature)}"


def _named(code: str | None, modalite: str | None, nature: NatureEntiere) -> str:
    mesure = nature.mesure(code) if code else None
    if mesure is None:
        return f"« {code} »"
    part = mesure.modalites.get(modalite or "")
    return f"« {mesure.libelle} »{f' ({part})' if part else ''}"


_COUNTED: dict[str, Callable[[Alimentation, NatureEntiere], str]] = {
    "compte": _count,
    "objets": _things,
    "distincts": _different,
    "part": _share,
    "actions": lambda fed, nature: "nombre d’actions du contrat en cours ou réalisées",
    "preconisations": lambda fed, nature: PRECONISATIONS[str(fed.de)],
    "conseil": lambda fed, nature: MEMBRES[str(fed.de)],
    "somme": _measured,
    "dernier": _measured,
    "max": _measured,
}


def together(mesure: Mesure) -> str:
    """How several of its values make one."""
    return ENSEMBLE[mesure.united]


def split(mesure: Mesure) -> str:
    """What is asked beside its total, or in its place: « par sexe, selon le quartier », « bail, charges »."""
    return ", ".join([*(MARGES[one] for one in mesure.parts), *mesure.choix.values()])


def _form(nature: NatureEntiere) -> str:
    if nature.lasts:
        return "Registre" + (f", à confirmer une fois {RYTHMES[nature.periode]}" if nature.periode else "")
    rhythm = f" {RYTHMES[nature.periode]}" if nature.periode else ""
    return f"{nature.forme[:1].upper()}{nature.forme[1:]}{rhythm}"


def _states(nature: NatureEntiere) -> str:
    return f"états : {', '.join(one.libelle.lower() for one in nature.etats)}" if nature.etats else ""


def _needed(nature: NatureEntiere) -> str:
    mesure = nature.needed
    if mesure is None:
        return "" if nature.generique or nature.lasts else "aucune réponse obligatoire"
    asked = mesure.asked.removesuffix("?").rstrip()
    return f"une seule réponse obligatoire : {uncapital(asked)}"


def _fed(nature: NatureEntiere) -> str:
    codes = list(dict.fromkeys(one.indicateur for one in nature.alimente))
    if not codes:
        return ""
    return f"nourrit l’indicateur {codes[0]}" if len(codes) == 1 else f"nourrit les indicateurs {_and(codes)}"


def _and(codes: list[str]) -> str:
    return f"{', '.join(codes[:-1])} et {codes[-1]}"


def _de(words: str) -> str:
    return f"d’{words}" if plain(words)[:1] in "aeiouyh" else f"de {words}"
