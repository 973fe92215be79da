import re
from collections.abc import Iterator

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.passages import Passage, passages
from tenir.regles.registre import Lit, regle

BLANK = re.compile(
    r"\b(?:de|à|les|sur|soit|environ|pour|par|des|aux|dont|le|au) (?:\.{3,4}|…)(?=\s(?:[a-zà-ÿ]{3,}|€|%))"
    r"|\.{5,}…?|…{2,}|_{2,}|\[(?!nom masqué)\s*(?:\.{3}|…|\s|[^\]]{0,60}\bà (?:compléter|préciser|définir"
    r"|renseigner|remplir)\b[^\]]{0,60}"
    r"|(?:nom|date|montant|lieu|numéro|n°|adresse|commune|ville|titre|logo|insérer|ajouter"
    r"|signature)\b[^\]]{0,40})\s*\]"
    r"|\bX{2,}\b(?![eè]|\s+siècle)"
    r"|(?P<date>\b(?:Fait|Signé|FAIT) (?:à|À|au|aux|en) [^.;]{1,120}?,? le)(?=\s*[.:]?\s*$|\s+[A-ZÀ-Ý])"
    r"|\(\s*(?:à (?:préciser|définir)|[^()]{0,40}\bà (?:compléter|renseigner|remplir)\b[^()]{0,40}|\?+)\s*\)"
    r"|(?:…|\.{3})\s*/\s*(?:…|\.{3})|\ble(?:\s{2,}|\s+(?:…|\.{3,})\s*)20\d{2}\b|\?{2,}|\b(?:n°|€|euros) ?\?"
    r"|\bJJ/MM/AAAA\b|\b(?:XX|xx)/(?:XX|xx)/|\b(?:à|À) (?:compléter|renseigner|remplir)(?=\s*$)|\blorem ipsum\b"
)
SIGNS = (
    "…",
    "...",
    "__",
    "[",
    "XX",
    "xx",
    "Fait ",
    "Signé ",
    "FAIT ",
    "(",
    "?",
    "JJ",
    "compléter",
    "remplir",
    "enseigner",
    "orem",
)
"""What a blank has, one or another.

A cheap test before the pattern."""
LEADER = re.compile(r"\s*[A-ZÀ-Ý][^.…°]{2,40}\s(?:\.{4,}|…{2,})\s[A-ZÀ-Ýa-zà-ÿ\d][^.…]*[^.…]{3}")
SEVERAL = 3
"""How many lines of « label ....... value » make a form whose dots lead to its answers."""
PAGE = re.compile(r"[\s.…]*\d{1,3}(?![\d°])(?=\s*$|\s+[A-ZÀ-Ý\dIVX])")
CONTEXT = 30


@regle("STR006", gravite=Gravite.BLOQUANTE, depuis="0.1", lit=Lit.MOTS)
def champ_laisse_en_blanc(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Un champ est resté en blanc.

    ## Ce que la règle vérifie

    Le document n’a ni suite de points ou de tirets à remplir, ni « à compléter » entre crochets, entre parenthèses ou
    seul, ni « XX » ou « ??? » à la place d’un mot, ni « Fait à … , le » sans date. Les points d’un sommaire, ou qui
    mènent d’une étiquette à sa réponse, n’en sont pas.

    ## Pourquoi

    Un numéro de décret ou une date qui manque, et le texte signé ne dit plus sur quoi il repose.

    ## Exemple fautif

    Vu la délibération n°............ du conseil municipal.

    ## Corrigé

    Vu la délibération n° 2024-12 du 4 mars 2024 du conseil municipal.

    ## Source

    Forme des actes : un acte signé est daté et cite ses textes.
    """
    leading = {number for number, line in enumerate(document.lignes, 1) if LEADER.match(line)}
    for passage in passages(contrat, document, BLANK, *SIGNS):
        if len(leading) >= SEVERAL and passage.source[0].debut in leading:
            continue
        if _leads_to_a_page(passage.paragraphe.texte, passage.trouve):
            continue
        before = passage.paragraphe.texte[max(passage.trouve.start() - CONTEXT, 0) : passage.trouve.start()]
        said = passage.trouve["date"] or before.partition(" ")[2].strip() or passage.trouve[0]
        yield Anomalie(
            passage.objet,
            f"Un champ est à remplir{_blank(passage)}, après « {said} ».",
            "Remplissez-le avant la signature.",
            source=passage.source,
        )


def _blank(passage: Passage) -> str:
    """The blank as it is printed, shortened; none after « Fait à …, le », where nothing is."""
    printed = " ".join(passage.trouve[0].split())
    return "" if passage.trouve["date"] else f", « {printed if len(printed) <= CONTEXT else printed[:5] + '…'} »"


def _leads_to_a_page(text: str, found: re.Match[str]) -> bool:
    """Whether dots lead to a page number, as in a table of contents: nothing is to be filled in."""
    return set(found[0]) <= set(".…") and PAGE.match(text, found.end()) is not None
