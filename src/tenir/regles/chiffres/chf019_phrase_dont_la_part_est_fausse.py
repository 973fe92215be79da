import re
from collections.abc import Iterator
from decimal import Decimal

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.chiffres.chf014_part_que_ses_nombres_contredisent import part_que_ses_nombres_contredisent
from tenir.regles.chiffres.commun import COMPARES, EVOLUTION, decimal
from tenir.regles.chiffres.phrases import (
    COUNT,
    NEARLY,
    SHARE,
    WRITTEN,
    is_year,
    last_count,
    not_told,
    sentence_before,
    value,
)
from tenir.regles.passages import Passage, passages
from tenir.regles.registre import Lit, regle

ABOUT_IT = r"(?:environ|près de|plus de|moins de)\s"
YEAR = r"\b(?:19|20)\d{2}\b(?!\s\d)"
AMONG = rf"(?:[^.;!?\d%()]|\d{{1,2}}(?:\s?-\s?\d{{1,2}})?\sans|{YEAR}){{0,60}}?"
"""The words between a number and its share: an age or a year may be among them, no other number."""
AFTER = (
    rf"{AMONG}(?:\(\s?(?:soit\s)?(?P<peu>{ABOUT_IT})?{SHARE}\s?\)"
    rf"|,?\ssoit\s(?P<guere>{ABOUT_IT})?{SHARE.replace('part', 'autre')}"
    r"(?=\s?(?:[.,;()]|$|[A-ZÉÈÀ]|du total|de l’ensemble|d(?:e son|e sa|e ses|e leurs?|e ce|e cette|e ces"
    r"|u) (?:\w+ )?\w+[.,;]"
    r"|d[’']entre )))"
)
OF = re.compile(
    rf"(?P<a>{WRITTEN})[^.;!?\d%]{{0,40}}?\s(?:sur|parmi)\s(?:les\s|un total de\s)?(?P<tout>{WRITTEN}){AFTER}"
)
PART = re.compile(rf"\bdont\s[^.;!?\d%()]{{0,40}}?(?P<a>{WRITTEN}){AFTER}")
AMONG_THEM = re.compile(
    rf"\b(?:[Ss]ur|[Pp]armi)\s(?:les\s)?(?P<tout>{WRITTEN})(?:[^.;!?\d%,]|{YEAR}){{0,90}},\s(?P<a>{WRITTEN}){AFTER}"
)
THEY = re.compile(rf"\.\s(?:Parmi (?:eux|elles|ceux-ci|celles-ci)|Sur ce (?:nombre|total)),\s(?P<a>{WRITTEN}){AFTER}")
"""« 310 demandeurs d’emploi, dont 164 femmes. Parmi eux, 71 sont jeunes, soit 23 %. »"""
SIDES = re.compile(
    rf"(?P<femmes>{WRITTEN})\sfemmes et (?P<hommes>{WRITTEN})\shommes[^.%\d]{{0,40}}\.\s[LU]es (?P<qui>femmes|hommes)\s"
    rf"(?:en\s)?(?:forment|représentent|sont|constituent|comptent pour|font)\s{SHARE}"
)
BEFORE = re.compile(
    rf"{SHARE}(?P<autre>)(?P<peu>)(?P<guere>)\sd[^.;!?\d%()]{{0,60}}\((?:soit\s)?(?P<a>{WRITTEN})\s[^.;!?\d%()]{{0,30}}?sur\s(?:les\s)?"
    rf"(?P<tout>{WRITTEN})"
)
"""« 45 % des demandeurs d’emploi (61 sur 240) »."""
OF_THEM = re.compile(rf"\b(?:en|y|dont)\s[^.;!?\d%()]{{0,40}}?(?P<a>{WRITTEN}){AFTER}")
"""« 620 élèves. Le dispositif en suit 93, soit 15 %. »: the whole is one of the numbers of the paragraph."""
TOLERANCE, ABOUT = Decimal(1), Decimal(3)
"""In points: what rounding explains, and what « environ » does."""


@regle("CHF019", gravite=Gravite.A_CORRIGER, depuis="0.2", lit=Lit.MOTS)
def phrase_dont_la_part_est_fausse(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Dans une phrase, un nombre et sa part se contredisent.

    ## Ce que la règle vérifie

    Dans « 61 sur 240, soit 25 % » ou « 240 demandeurs, dont 61 jeunes (25 %) », la part est le nombre rapporté à son
    ensemble, à un point près, à trois après « environ ». Quand l’ensemble est dit plus haut dans le paragraphe
    (« elle en suit 61, soit 25 % »), l’un de ses nombres convient. Ce que la règle CHF014 dit déjà n’est pas répété.

    ## Pourquoi

    Le lecteur peut refaire la division. S’il ne tombe pas juste, il ne croira plus le reste.

    ## Exemple fautif

    61 logements vacants sur 240, soit 35 %.

    ## Corrigé

    61 logements vacants sur 240, soit 25 %.

    ## Source

    Arithmétique.
    """
    known = list(part_que_ses_nombres_contredisent(contrat))
    found: list[Anomalie] = []
    for motif in (OF, AMONG_THEM, BEFORE):
        for passage in passages(contrat, document, motif, "%"):
            found += not_told(_told(passage, passage.trouve["tout"]), found)
    for passage in passages(contrat, document, PART, "%"):
        before = sentence_before(passage.paragraphe.texte, passage.trouve.start())
        whole = last_count(before)
        if whole and not re.search(r"\d", re.sub(YEAR, "", before[whole.end() :])):
            found += _told(passage, whole[0])
    for passage in passages(contrat, document, THEY, "%"):
        told = sentence_before(passage.paragraphe.texte, passage.trouve.start())
        whole = last_count(re.split(r"\b(?:dont|soit)\b|:", told)[0])
        found += not_told(_told(passage, whole[0]) if whole else (), found)
    for passage in passages(contrat, document, SIDES, "%"):
        found += not_told(_sides(passage), found)
    for passage in passages(contrat, document, OF_THEM, "%"):
        found += not_told(_of_them(passage), found)
    yield from not_told(found, known)


def _of_them(passage: Passage) -> Iterator[Anomalie]:
    """A share of which no number said before in the paragraph is the whole."""
    found, text = passage.trouve, passage.paragraphe.texte
    if EVOLUTION.search(found[0]) or COMPARES.search(found[0]):
        return
    before = [one for one in COUNT.finditer(text[: found.start("a")]) if not is_year(text, one)]
    wholes = [one[0] for one in before if value(one[0]) > value(found["a"])]
    if wholes and all(any(True for _ in _told(passage, whole)) for whole in wholes):
        yield from _told(passage, wholes[-1])


def _sides(passage: Passage) -> Iterator[Anomalie]:
    """« 967 femmes et 893 hommes. Les femmes forment 52 % de la population. »"""
    found = passage.trouve
    total = value(found["femmes"]) + value(found["hommes"])
    real = value(found[found["qui"]]) / total * 100 if total else total
    if total and abs(real - value(found["part"])) > TOLERANCE:
        said = f"{found[found['qui']]} {found['qui']} sur {total} font {decimal(real)} %, et non {found['part']} %."
        yield Anomalie(passage.objet, said, "Vérifiez les trois nombres dans leur source.", source=passage.source)


def _told(passage: Passage, whole: str) -> Iterator[Anomalie]:
    found = passage.trouve
    share = found["part"] or found["autre"]
    about = ABOUT if found["peu"] or found["guere"] or NEARLY.search(found.string[: found.start("a")]) else TOLERANCE
    if value(whole) and value(found["a"]) <= value(whole):
        real = value(found["a"]) / value(whole) * 100
        if abs(real - value(share)) > about:
            said = f"{found['a']} sur {whole} font {decimal(real)} %, et non {share} %."
            yield Anomalie(passage.objet, said, "Vérifiez les trois nombres dans leur source.", source=passage.source)
