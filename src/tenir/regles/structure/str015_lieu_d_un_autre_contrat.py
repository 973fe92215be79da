import re
from collections.abc import Iterator

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import (
    ActionPrevue,
    ContratDeVille,
    Engagement,
    Objectif,
    Quartier,
    Territoire,
)
from tenir.fichier.mots import comparable
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.passages import Passage, passages
from tenir.regles.phrases import phrase_a
from tenir.regles.registre import Lit, regle
from tenir.regles.titres import niveaux, tetes

NAME = (
    r"(?P<nom>[A-ZÀ-Ý][\w’-]*(?:(?: |-|’)(?:(?:de|du|des|la|le|les|sur|en|et|aux?|à|l|d)(?: |-|’))*[A-ZÀ-Ý][\w’-]*)*)"
)
LINK = r"(?:(?:de|du|des|d[’'])\s?(?:la\s|l[’']|les\s)?)?"
QUARTER = re.compile(
    rf"\b(?:[Qq]uartiers? prioritaires?(?: de la politique de la ville)?|QPV)\s+{LINK}(?:«\s*)?(?!Q[NP]\d){NAME}"
)
LINKED = r"(?:(?:de|du|des|d[’'])\s?(?:la\s|l[’']|les\s)?(?:«\s*)?|«\s*)"
ESTATE = re.compile(
    rf"(?<!\bde )\b(?:[Qq]uartier|[Cc]ité)\s+{LINKED}(?!Q[NP]\d|[MmAa](?:étiers|rts)\b|Sciences|Emploi|Numérique){NAME}"
)
"""« La maison de quartier des Lilas » and « la Cité des métiers » are no quarters."""
TOLD = re.compile(
    r"\b(?:voisin\w*|exemple|comme (?:à|au|celui|celle|dans)|inspir\w+|autres?|ancien\w*|limitrophes?|jumel\w+|Insee"
    r")\b|\d\s?%"
)
BESIDE = re.compile(r"\b(?:rues?|place|avenue|gare|équipement|boulevard|maison|centre)\b[^.;]{0,30}$")
"""What is named after a place around, and is not one that acts."""
NAMED_AFTER = re.compile(
    rf"\b(?:[Cc]onseils? (?:citoyens?|de quartier|d[’']habitants)|[Rr]égie(?: de quartiers?)?|[Tt]ables? de quartier"
    rf"|[Hh]abitante?s|[Ll]ocataires|[Rr]iverain(?:e?s)?|[Jj]eunes|[Ff]amilles|[Éé]coliers)\s+"
    rf"(?:d(?:e\sla|u|es)\s|de\sl[’']){NAME}"
)
"""A body or people said to be of a quarter."""
LED = re.compile(r"\s(?:de|du|des|d[’'])\s?|«")
SERVED = re.compile(
    rf"\b(?:[Cc]ollège|[Éé]cole|[Gg]roupe scolaire|[Mm]édiathèque|[Cc]entre social|[Mm]aison des jeunes|[Pp]iscine)\s"
    rf"(?:de\s|d[’'])(?!la\s|l[’']){NAME}"
)
"""What a town has, named after it: « le collège de Vaucreuse »; « le collège des Lilas » has a name of its own."""
TOWN = re.compile(rf"\b(?:[Cc]ommune|[Vv]ille|[Mm]airie|[Mm]aire|[Hh]abitants)\s+(?:de\s|d[’']){NAME}")
OURS = re.compile(r"^(?:[Cc]ommune|[Mm]airie)\b")
"""« Le marché de la ville de X » may be around; « la commune de X », among the actions, is where they are done."""
GENERIC = re.compile(
    r"(?:Q[NP]\d|QPV|CCAS|CAF|[A-Z]{2,6}\b|Région|Département|Agglomération|Ville|Commune|Métropole|État|Bourg|Centre"
    r"|Gironde|France)"
)
PROMISES = re.compile(r"^(?:O\d+-(?:A|B)|S\d+)")
BINDING = (ActionPrevue, Objectif, Engagement)
COMMON = frozenset(
    {"quartier", "saint", "sainte", "prioritaire", "qpv", "contrat", "ville", "commune", "france", "etat"}
)


@regle("STR015", gravite=Gravite.A_CORRIGER, depuis="0.1", lit=Lit.MOTS)
def lieu_d_un_autre_contrat(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Un quartier ou une commune n’est pas de ce contrat.

    ## Ce que la règle vérifie

    Un « quartier prioritaire de… » est l’un de ceux du contrat ; dans une action, un engagement ou ce qui dit la
    gouvernance, un « quartier » ou une « cité » que le document ne nomme qu’une fois le sont aussi ; une « commune
    de… », « ville de… » ou « mairie de… » qui agit ou promet n’est pas un nom que le document n’écrit nulle part
    ailleurs ; de même la ville dont un collège ou une école porte le nom. Sans les codes des quartiers, seul ce que le
    document ne nomme qu’une fois est dit.

    ## Pourquoi

    Le texte vient du contrat d’une autre ville : ce qu’il promet ne se fera pas ici.

    ## Exemple fautif

    Contrat du quartier Les Aulnes : « former douze habitants du quartier prioritaire de la Roseraie ».

    ## Corrigé

    « former douze habitants du quartier prioritaire des Aulnes »

    ## Source

    Loi 2014-173, article 5 : un contrat vaut pour ses quartiers, que le décret délimite.
    """
    whole = comparable(document.texte)
    known = _known(contrat, whole)
    for passage in passages(contrat, document, QUARTER, "uartier", "QPV"):
        cut = passage.trouve.start("nom") in passage.paragraphe.starts and not LED.search(passage.trouve[0])
        if not cut and not _words(passage.trouve["nom"]) & known and _strangers(whole, passage):
            yield _told(passage, "n’est pas un quartier prioritaire de ce contrat")
    start = _where_it_acts(document, niveaux(contrat, document))
    yield from _estates(contrat, document, whole, known, start)
    yield from _named_after(contrat, document, whole, known)
    yield from _towns(contrat, document, whole, known, start)


def _estates(
    contrat: ContratDeVille, document: DocumentNormalise, whole: str, known: set[str], start: int
) -> Iterator[Anomalie]:
    """Quarters of an action or of a promise that the document names once."""
    for passage in passages(contrat, document, ESTATE, "uartier", "ité"):
        before = passage.paragraphe.texte[: passage.trouve.start()]
        acts = (
            passage.source[0].debut >= start
            and not TOLD.search(_sentence(document, passage))
            and not BESIDE.search(before)
        )
        if start and acts and not _words(passage.trouve["nom"]) & known and not _said_elsewhere(whole, passage):
            yield _told(passage, "n’est nommé nulle part ailleurs dans ce contrat")


def _towns(
    contrat: ContratDeVille, document: DocumentNormalise, whole: str, known: set[str], start: int
) -> Iterator[Anomalie]:
    """Towns that act or promise, and that the document names once."""
    for passage in (*passages(contrat, document, TOWN), *passages(contrat, document, SERVED)):
        alone = not _words(passage.trouve["nom"]) & known and _said_once(whole, passage)
        binds = passage.objet and (isinstance(passage.objet, BINDING) or PROMISES.match(passage.objet.code))
        among = start and passage.source[0].debut >= start and OURS.search(passage.trouve[0])
        if alone and (binds or (among and not TOLD.search(_sentence(document, passage)))):
            yield _told(passage, "n’est nommée nulle part ailleurs dans ce contrat")


def _named_after(
    contrat: ContratDeVille, document: DocumentNormalise, whole: str, known: set[str]
) -> Iterator[Anomalie]:
    """Bodies and people said to be of a place that the document names nowhere else."""
    for passage in passages(contrat, document, NAMED_AFTER):
        strange = not _words(passage.trouve["nom"]) & known and not _said_elsewhere(whole, passage)
        if strange and not GENERIC.match(passage.trouve["nom"]) and not TOLD.search(_sentence(document, passage)):
            yield _told(passage, "n’est nommé nulle part ailleurs dans ce contrat")


def _where_it_acts(document: DocumentNormalise, levels: frozenset[str]) -> int:
    """The first line of the first level: what is above tells of the place, and may name all that is around."""
    return min((one.ligne for one in tetes(document) if one.nom in levels and not one.sommaire), default=0)


def _sentence(document: DocumentNormalise, passage: Passage) -> str:
    return phrase_a(document, passage.paragraphe, passage.trouve.start())


def _said_elsewhere(whole: str, passage: Passage) -> bool:
    """Whether one of the words of a name is printed more than once: the place is known here."""
    return any(len(re.findall(rf"\b{re.escape(word)}\b", whole)) > 1 for word in _words(passage.trouve["nom"]))


def _known(contrat: ContratDeVille, whole: str) -> set[str]:
    """The words of the names of its places; a commune named once, without its code, is not known to be one."""
    identite = contrat.identite
    epci = (identite.epci,) if identite.epci else ()
    places: tuple[Quartier | Territoire, ...] = (
        *identite.quartiers,
        *(one for one in identite.communes if one.insee or _count(whole, one.nom) > 1),
        *epci,
    )
    bodies = [one.nom for one in contrat.signataires]
    return {word for name in (*(one.nom for one in places), *bodies, identite.titre) for word in _words(name)}


def _words(name: str) -> set[str]:
    return {word for word in comparable(name).split() if len(word) > 2} - COMMON


def _said_once(whole: str, passage: Passage) -> bool:
    return _count(whole, passage.trouve["nom"]) < 2


def _strangers(whole: str, passage: Passage) -> bool:
    """Whether a quarter is named here alone; of « les Ormeaux et Bellefontaine », each is one, and a line ends both."""
    start, end = passage.trouve.span("nom")
    stop = min((one for one in passage.paragraphe.starts if start < one < end), default=end)
    names = re.split(r"\s(?:et|,)\s", passage.paragraphe.texte[start:stop])
    return all(_count(whole, re.sub(r"^(?:d(?:es?|u|e la)|l[ae]s?|l[’'])\s?", "", name)) < 2 for name in names)


def _count(whole: str, name: str) -> int:
    return len(re.findall(rf"\b{re.escape(comparable(name))}\b", whole))


def _told(passage: Passage, why: str) -> Anomalie:
    return Anomalie(
        passage.objet,
        f"« {passage.trouve[0].strip(' «')} » {why}.",
        "Vérifiez le nom : ce texte vient peut-être d’un autre contrat.",
        source=passage.source,
    )
