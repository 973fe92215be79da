import re
from collections.abc import Iterator

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.fichier.mots import plain
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.droit.textes_du_domaine import TEXTES, TexteOfficiel
from tenir.regles.passages import Passage, passages
from tenir.regles.registre import Lit, regle

MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
CITED = re.compile(
    r"\b(?P<nature>loi|décret|ordonnance)(?:\s+(?!n[°o])\w+){0,2}?\s+(?:n\s?[°ºo]\s*)?(?P<numero>\d{2,4}\s?[-–]\s?\d{1,4})"
    rf"(?:\s+du|,\s+du|\s+en date du)\s+(?P<jour>\d{{1,2}}(?:er)?)\s+(?P<mois>{MONTHS})\s+(?P<an>\d{{4}})",
    re.IGNORECASE,
)
NAMED = re.compile(
    rf"\b(?P<nature>loi|décret)\s+du\s+(?P<jour>\d{{1,2}}(?:er)?)\s+(?P<mois>{MONTHS})\s+(?P<an>\d{{4}})", re.IGNORECASE
)
AFTER = 140
"""How far after a citation the title of the text may stand, in characters."""


@regle("DRT004", gravite=Gravite.A_CORRIGER, depuis="0.1", lit=Lit.MOTS)
def texte_de_loi_mal_numerote(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Une loi ou un décret est cité sous un faux numéro ou une fausse date.

    ## Ce que la règle vérifie

    Le numéro d’une loi, d’une ordonnance ou d’un décret commence par l’année de sa date. Pour les textes du domaine,
    dont Tenir garde le numéro et la date (politique de la ville, logement, territoires), l’un et l’autre sont ceux du
    Journal officiel.

    ## Pourquoi

    Le contrat repose sur ce texte ; cité de travers, il ne repose sur rien.

    ## Exemple fautif

    Vu la loi n° 2003-991 du 7 août 2015.

    ## Corrigé

    Vu la loi n° 2015-991 du 7 août 2015.

    ## Source

    Journal officiel : chaque texte y porte un numéro formé de son année et de son rang. Légifrance pour chacun.
    """
    for passage in passages(contrat, document, CITED):
        if right := _wrong(passage):
            yield _told(passage, f"« {' '.join(passage.trouve[0].split())} »", right)
    for passage in passages(contrat, document, NAMED):
        known = _named_after(passage)
        if known and _day(passage) != plain(known.jour):
            yield _told(passage, f"« {passage.trouve[0]} » {known.titre}", _written(known))


def _wrong(passage: Passage) -> str:
    """What a citation should have been, or what is wrong in it; nothing when it is right, or unknown."""
    number = re.sub(r"\s?[-–]\s?", "-", passage.trouve["numero"])
    nature = plain(passage.trouve["nature"])
    of_day = [one for one in TEXTES if plain(one.nature) == nature and plain(one.jour) == _day(passage)]
    same = next((one for one in TEXTES if plain(one.nature) == nature and one.numero == number), None)
    if same and plain(same.jour) != _day(passage):
        return _written(same)
    year = number.split("-")[0]
    if year not in (passage.trouve["an"], passage.trouve["an"][2:]):
        return (
            _written(of_day[0])
            if len(of_day) == 1
            else f"un texte de {passage.trouve['an']} a un numéro de cette année"
        )
    meant = _named_after(passage) or next((one for one in of_day if _one_slip(one.numero, number)), None)
    return _written(meant) if meant and meant.numero != number else ""


def _one_slip(right: str, number: str) -> bool:
    """Whether two numbers differ by one figure, or by the order of their figures."""
    if right == number or len(right) != len(number):
        return False
    return sorted(right) == sorted(number) or sum(a != b for a, b in zip(right, number, strict=True)) == 1


def _named_after(passage: Passage) -> TexteOfficiel | None:
    """The text whose title follows a citation."""
    after = plain(passage.paragraphe.texte[passage.trouve.end() : passage.trouve.end() + AFTER]).replace("'", "’")
    first = re.split(r"\b(?:loi|decret|ordonnance)\b", after)[0]
    return next((one for one in TEXTES if any(plain(words) in first for words in one.mots)), None)


def _day(passage: Passage) -> str:
    return plain(f"{passage.trouve['jour']} {passage.trouve['mois']} {passage.trouve['an']}")


def _written(one: TexteOfficiel) -> str:
    return f"c’est {'la loi' if one.nature == 'loi' else f'le {one.nature}'} n° {one.numero} du {one.jour}"


def _told(passage: Passage, cited: str, right: str) -> Anomalie:
    return Anomalie(
        passage.objet, f"{cited} : {right}.", "Vérifiez le numéro et la date sur Légifrance.", source=passage.source
    )
