import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.fichier.mots import plain
from tenir.fichier.source import Plage
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.chiffres.chf015_classes_d_age_qui_ne_font_pas_cent import classes_d_age_qui_ne_font_pas_cent
from tenir.regles.chiffres.chf018_repartition_qui_ne_fait_pas_cent import ROUNDING, repartition_qui_ne_fait_pas_cent
from tenir.regles.chiffres.commun import decimal
from tenir.regles.chiffres.phrases import not_told, sentence_before, value
from tenir.regles.passages import Passage, passages, porteur
from tenir.regles.registre import Lit, regle
from tenir.regles.tableaux import Rangee, tableaux

SHARE = r"\d{1,3}(?:,\d+)?\s?%"
LIST = re.compile(rf"{SHARE}(?:[^.!?%]{{3,90}}?(?:[,;:(]\s(?:et\s)?|\set\s){SHARE}){{2,}}[^.;!?%]{{0,60}}")
SPREAD = re.compile(
    r"\b(?:se reparti(?:t|ssent)|repartie?s? ainsi|se compose|se decompose|se ventile|ventilee?s?|se partage)"
)
MIXED = re.compile(
    r"\bdont\b|\bcontre\b|\bau lieu\b|dans l[ea’' ]|a l.echelle|\ben (?:19|20)\d\d|parmi|chez les|hausse|baisse"
    r"|\bplus\b(?! d)"
)
"""What a list says, without accents, when its shares are not of one thing at one time."""
TENURES = (re.compile(r"social|hlm|bailleur"), re.compile(r"prive"), re.compile(r"propri"))
YOUNGEST, OLDEST = re.compile(r"moins de \d|\b0 ?(?:a|-)"), re.compile(r"(?:et|ou) plus|plus de \d|au-dela")
AGE = re.compile(r"\d{1,2} (?:ans|a \d{1,2})|\d{1,2}-\d{1,2}")


@regle("CHF023", gravite=Gravite.A_CORRIGER, depuis="0.2", lit=Lit.MOTS)
def phrase_dont_les_parts_ne_font_pas_cent(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Dans une phrase ou un tableau, les parts d’un ensemble ne font pas cent.

    ## Ce que la règle vérifie

    Trois parts ou plus que la phrase annonce comme une répartition (« se répartissent ainsi »), ou qui couvrent tout
    d’elles-mêmes, font cent à l’arrondi près : des classes d’âge, du plus jeune au plus vieux ; les locataires du
    parc social, ceux du privé et les propriétaires. De même les lignes d’âge d’un tableau, colonne par colonne. Une
    phrase qui compare des territoires ou des années, ou qui dit « dont », n’est pas lue ; ce que CHF015 et CHF018
    disent déjà n’est pas répété.

    ## Pourquoi

    Une des parts est fausse, ou il en manque une.

    ## Exemple fautif

    42 % des ménages louent un logement social, 33 % un logement privé et 15 % sont propriétaires.

    ## Corrigé

    42 % des ménages louent un logement social, 43 % un logement privé et 15 % sont propriétaires.

    ## Source

    Définition d’une répartition : chaque élément est dans une part et une seule.
    """
    known = [*classes_d_age_qui_ne_font_pas_cent(contrat), *repartition_qui_ne_fait_pas_cent(contrat, document)]
    yield from not_told([*_in_sentences(contrat, document), *_in_tables(contrat, document)], known)


def _in_sentences(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    for passage in passages(contrat, document, LIST, "%"):
        printed = re.findall(SHARE, passage.trouve[0])
        shares = [value(one.rstrip("% \u202f\u00a0")) for one in printed]
        if _covers(passage) and not _makes_a_hundred(shares):
            yield Anomalie(
                passage.objet,
                f"Les parts {', '.join(printed)} font {decimal(sum(shares, Decimal()))} %.",
                "Vérifiez chaque part dans sa source, et ajoutez celle qui manque.",
                source=passage.source,
            )


def _covers(passage: Passage) -> bool:
    """Whether the shares of a list cover everything: it is announced, or they do by themselves."""
    said = plain(passage.trouve[0]).replace("’", "'")
    if MIXED.search(said.replace(" plus de ", " ").replace("ou plus", "").replace("et plus", "")):
        return False
    pieces = re.split(r"\d{1,3}(?:,\d+)? ?%", said)[1:]
    before = plain(sentence_before(passage.paragraphe.texte, passage.trouve.start()))
    ages = all(AGE.search(one) for one in pieces) and bool(YOUNGEST.search(said) and OLDEST.search(said))
    return bool(SPREAD.search(before)) or ages or (len(pieces) < 5 and all(one.search(said) for one in TENURES))


def _makes_a_hundred(shares: Sequence[Decimal]) -> bool:
    return abs(sum(shares, Decimal()) - 100) <= ROUNDING * len(shares)


def _in_tables(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    for tableau in tableaux(document):
        rows = [row for row in tableau.rangees if AGE.search(plain(row.libelle)) and "%" in "".join(row.cases)]
        if len(rows) < 3 or not YOUNGEST.search(plain(rows[0].libelle)) or not OLDEST.search(plain(rows[-1].libelle)):
            continue
        for at in range(len(rows[0].cases)):
            shares = [row.valeurs[at] for row in rows]
            if all("%" in row.cases[at] for row in rows) and not _makes_a_hundred(shares):
                yield _column(contrat, rows, tableau.tetes[at] if tableau.tetes else "", shares)


def _column(contrat: ContratDeVille, rows: Sequence[Rangee], head: str, shares: Sequence[Decimal]) -> Anomalie:
    where = f" (« {head} »)" if head else ""
    return Anomalie(
        porteur(contrat, rows[0].source[0].debut),
        f"Les classes d’âge du tableau{where} font {decimal(sum(shares, Decimal()))} %.",
        "Vérifiez chaque part dans sa source, et ajoutez celle qui manque.",
        source=(Plage(rows[0].source[0].debut, rows[-1].source[-1].fin),),
    )
