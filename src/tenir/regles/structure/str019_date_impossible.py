import re
from calendar import monthrange
from collections.abc import Iterator

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.mois import MOIS
from tenir.regles.passages import porteur
from tenir.regles.phrases import phrases
from tenir.regles.registre import Lit, regle
from tenir.regles.textes import sans_accents

MONTH = "|".join(MOIS)
DAY = re.compile(rf"(?<![\d-])(?P<jour>\d{{1,2}})(?:er)?\s(?P<mois>{MONTH})(?:\s(?P<an>(?:19|20)\d\d))?\b")
FIGURES = re.compile(r"(?<![\d/.])(?P<jour>\d{1,2})[/.](?P<mois>\d{1,2})[/.](?P<an>(?:19|20)\d\d)(?![\d/])")
WHEN = r"(?:(?:le\s)?\d{{1,2}}(?:er)?\s)?(?:(?P<{a}mois>{m})\s)?(?P<{a}an>20\d\d)"
SPAN = re.compile(
    rf"\b(?:de|du|d[’']|entre|a partir d[eu]|periode(?:\s:)?|calendrier\s:)\s?{WHEN.format(a='d', m=MONTH)}"
    rf"\s(?:a|au|et|jusqu[’'](?:a|en|au))\s{WHEN.format(a='f', m=MONTH)}\b"
    r"|(?<![\d-])(?P<debut>20\d\d)\s?[-–]\s?(?P<fin>20\d\d)(?![\d-])"
)
LEAP = 2024
"""A year with a 29 February, where none is printed."""


@regle("STR019", gravite=Gravite.BLOQUANTE, depuis="0.2", lit=Lit.MOTS)
def date_impossible(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Une date n’existe pas, ou une période finit avant de commencer.

    ## Ce que la règle vérifie

    Chaque jour écrit dans le document existe (« 31 juin » n’existe pas, ni « 29 février 2025 »). Une période dont
    les deux bornes sont écrites ensemble (« de mars 2027 à décembre 2029 », « 2024-2030 ») finit après son début.

    ## Pourquoi

    Un acte daté d’un jour qui n’existe pas n’est pas daté ; une action qui finit avant de commencer n’a pas de
    calendrier.

    ## Exemple fautif

    Fait à Valclair, le 31 juin 2024. Calendrier : de mars 2029 à décembre 2027.

    ## Corrigé

    Fait à Valclair, le 30 juin 2024. Calendrier : de mars 2027 à décembre 2029.

    ## Source

    Calendrier civil.
    """
    for phrase in phrases(document):
        said = sans_accents(phrase.texte)
        for found in (*DAY.finditer(said), *FIGURES.finditer(said)) if any(map(str.isdigit, said)) else ():
            if not _exists(found):
                printed = phrase.texte[slice(*found.span())]
                source = phrase.plage(*found.span())
                yield Anomalie(
                    porteur(contrat, source[0].debut),
                    f"« {printed} » n’existe pas.",
                    "Écrivez le bon jour.",
                    source=source,
                )
        for found in SPAN.finditer(said) if "20" in said else ():
            if _ends_first(found):
                printed = phrase.texte[slice(*found.span())]
                source = phrase.plage(*found.span())
                yield Anomalie(
                    porteur(contrat, source[0].debut),
                    f"« {printed} » finit avant de commencer.",
                    "Vérifiez les deux dates : elles semblent interverties.",
                    source=source,
                )


def _exists(found: re.Match[str]) -> bool:
    month = MOIS.index(found["mois"]) + 1 if found["mois"] in MOIS else int(found["mois"])
    year = int(found["an"] or LEAP)
    return 1 <= month <= len(MOIS) and 1 <= int(found["jour"]) <= monthrange(year, month)[1]


def _ends_first(found: re.Match[str]) -> bool:
    if found["debut"]:
        return int(found["fin"]) < int(found["debut"])
    first, last = (
        (int(found[f"{end}an"]), MOIS.index(found[f"{end}mois"]) if found[f"{end}mois"] else None) for end in "df"
    )
    if first[0] != last[0] or first[1] is None or last[1] is None:
        return last[0] < first[0]
    return last[1] < first[1]
