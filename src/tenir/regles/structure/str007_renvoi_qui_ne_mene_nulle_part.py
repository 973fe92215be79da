import re
from collections.abc import Iterator
from itertools import pairwise

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.fichier.mots import comparable
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.lettres import romain
from tenir.regles.passages import Passage, passages
from tenir.regles.registre import Lit, regle
from tenir.regles.titres import ACTIONS, tetes

CITED = re.compile(r"\b(?:[Cc]f\.?|[Vv]oir)\s+(?:la |l’|l'|en )?(?P<quoi>(?:[Ff]iche|[Aa]nnexe)\b[^),.;:\n]{0,60})")
ANNEX = re.compile(r"(?<!^)\b[Aa]nnexe\s+(?:n\s?[°º]\s*)?(?P<numero>\d{1,2}|[IVX]{1,4}|[A-H])\b(?!\s*[:–—]|[’'])")
ARTICLE = re.compile(
    r"(?<!^)\b(?:[Aa]rticle|[Aa]rt\.)\s+(?:n\s?[°º]\s*)?(?P<numero>\d{1,2}|premier|1er)\b(?!\s*[:–—-]|[.\d]\d)"
)
LAW = re.compile(
    r"\b(?:loi|code|décret|ordonnance|arrêté|règlement|directive|traité|constitution|circulaire|convention|pacte|charte|RGPD"
    r"|statuts|CGCT|délibération|protocole)\b",
    re.IGNORECASE,
)
CHAPTER = re.compile(
    r"\b(?P<quoi>(?:[Cc]hapitre|[Pp]artie|[Ss]ection|[Rr]ubrique|[Aa]nnexe|[Vv]olet)\s+(?:intitulée?\s+|[IVX\d]{1,4},?\s+)?"
    r"«\s*(?P<titre>[^«»]{4,90}?)\s*»)"
)
LEVEL = re.compile(
    r"(?<!^)(?:\b(?:l[ae]|cette|cet|à|de|voir|cf\.)\s|\b[dlDL][’'])(?P<nom>[Aa]ctions?|[Ff]iches?(?: actions?"
    r"|-actions?)?|[Mm]esures?|[Aa]xe|[Pp]ilier"
    r"|[Oo]rientation|[Ee]njeu|[Dd]éfi|[Tt]hème|[Aa]mbition|[Vv]olet|[Pp]riorité|[Pp]rojet)\s(?:n\s?[°º]\s*)?"
    r"(?P<numero>\d{1,2}(?:\.\d{1,2})?|[A-H]\.?\d{1,2})(?![\d.]*\d|\s?(?:%|€))\b"
)
"""« en lien avec l’action 2.4 »: a sheet or a level of this contract, by its number."""
OTHER_PLAN = re.compile(
    r"\b(?:plan|programme|schéma|pacte|ancien|précédent|projet régional|CRTE|PLH|PLU|PTRTE|stratégie|dispositif|FSE"
    r"|FEDER)\b"
)
MOST = 3
"""How many of a kind are numbered, at least, before one that is cited is missed."""
OF_ANOTHER = re.compile(
    r"\s*(?:d[eu]s?|d’une?)\s+(?:la |l’)?(?!présent|contrat|document)\w+"
    r"|\s*(?:annexée?|jointe?) au(?! (?:présent )?contrat)"
)
QUOTES = re.compile(r"[«»]\s?")
NUMBERED = re.compile(r"^\W*(?P<numero>\d{1,2}|[IVX]{1,4}|[A-H])\s*[.):–—-]\s*\S")


@regle("STR007", gravite=Gravite.A_CORRIGER, depuis="0.1", lit=Lit.MOTS)
def renvoi_qui_ne_mene_nulle_part(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Un renvoi ne mène nulle part.

    ## Ce que la règle vérifie

    Chaque « cf. » ou « voir » suivi d’une fiche ou d’une annexe mène à un titre du document : une ligne qui
    commence par le même nom. De même d’un chapitre, d’une partie ou d’une section dont le titre est cité entre
    guillemets. Une annexe citée par son numéro, un article du contrat, une action, un axe cités par le leur, sont
    dans le document. L’article d’une loi, d’un code ou d’une convention n’est pas cherché.

    ## Pourquoi

    L’évaluation ira chercher les chiffres de départ dans une pièce que personne n’a jointe.

    ## Exemple fautif

    DONNÉES (cf. fiche Logement) : et aucune fiche Logement n’est jointe.

    ## Corrigé

    DONNÉES : les chiffres, ou la fiche en annexe.

    ## Source

    Cohérence interne : ce que l’on cite se trouve.
    """
    told: set[tuple[int, str]] = set()
    heads = [comparable(line) for line in document.lignes]
    found = (
        *_by_name(contrat, document, heads),
        *_by_title(contrat, document),
        *_by_number(contrat, document),
        *_by_level(contrat, document),
    )
    for passage in found:
        said = passage.trouve.groupdict().get("quoi") or passage.trouve[0]
        key = (passage.source[0].debut, comparable(said))
        if key not in told:
            told.add(key)
            yield Anomalie(
                passage.objet,
                f"Le document renvoie à « {QUOTES.sub('', said).strip()} », qui n’y est pas.",
                "Joignez la pièce, ou reprenez ce qu’elle dit.",
                source=passage.source,
            )


def _by_name(contrat: ContratDeVille, document: DocumentNormalise, heads: list[str]) -> Iterator[Passage]:
    for passage in passages(contrat, document, CITED, "f.", "Cf", "cf", "oir"):
        name = comparable(passage.trouve["quoi"])
        if not any(head.startswith(name) for head in heads) and not ANNEX.search(f" {passage.trouve['quoi']}"):
            yield passage


def _by_title(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Passage]:
    """The chapters cited by a title that no line carries; those of another document are not sought."""
    lines = [comparable(line) for line in document.lignes]
    heads = [*lines, *(f"{a} {b}" for a, b in pairwise(lines))]
    for passage in passages(contrat, document, CHAPTER, "«"):
        titre = comparable(passage.trouve["titre"])
        own = passage.source[0].debut - 1
        around = {own, len(lines) + own - 1, len(lines) + own}
        carried = any(titre in head for rank, head in enumerate(heads) if rank not in around)
        if titre and not carried and not OF_ANOTHER.match(_after(passage)):
            yield passage


def _after(passage: Passage) -> str:
    return passage.paragraphe.texte[passage.trouve.end() :]


def _by_number(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Passage]:
    annexes = {one.numero for one in tetes(document) if one.nom == "annexe"} | _listed(document)
    for passage in passages(contrat, document, ANNEX, "nnexe"):
        if _number(passage) not in annexes and not LAW.search(_around(passage, 0, 40)):
            yield passage
    articles = {one.numero for one in tetes(document) if one.nom == "article"}
    for passage in passages(contrat, document, ARTICLE, "rticle", "rt."):
        if len(articles) > 1 and _number(passage) not in articles and not LAW.search(_around(passage, 60, 40)):
            yield passage


def _by_level(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Passage]:
    """The actions and the levels cited by a number that no heading nor cell has, where their others are numbered so."""
    numbers: dict[str, set[str]] = {}
    for one in tetes(document):
        numbers.setdefault("action" if one.nom in ACTIONS else one.nom, set()).add(one.numero.casefold())
    for passage in passages(contrat, document, LEVEL):
        noun = comparable(passage.trouve["nom"].replace("-", " "))
        known = numbers.get("action" if noun in ACTIONS else noun, set())
        cited = passage.trouve["numero"].casefold()
        alike = {one for one in known if _shape(one) == _shape(cited)}
        if len(alike) >= MOST and cited not in known and not OTHER_PLAN.search(_around(passage, 60, 40)):
            yield passage


def _shape(number: str) -> str:
    return re.sub(r"[a-z]", "a", re.sub(r"\d+", "1", number))


def _listed(document: DocumentNormalise) -> set[str]:
    """The numbers of the lines under a heading « Annexes »."""
    found: set[str] = set()
    under = False
    for line in document.lignes:
        words = comparable(line)
        under = words in ("annexe", "liste annexe") or (under and (not words or NUMBERED.match(line) is not None))
        if under and (match := NUMBERED.match(line)):
            found.add(str(romain(match["numero"]) or match["numero"]))
    return found


def _number(passage: Passage) -> str:
    printed = passage.trouve["numero"]
    return "1" if printed in ("premier", "1er") else str(romain(printed) or printed)


def _around(passage: Passage, before: int, after: int) -> str:
    """The sentence near a reference: what says that the article is that of a law."""
    text, (start, end) = passage.paragraphe.texte, passage.trouve.span()
    left = re.split(r"[.;](?=\s)", text[max(0, start - before) : start])[-1]
    return left + " " + re.split(r"[.,:)]|;(?=\s|$)", text[end : end + after])[0]
