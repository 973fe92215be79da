import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.fichier.mots import ARTICLES, words
from tenir.fichier.source import Plage
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.indicateurs.releves import shown, vises
from tenir.regles.passages import porteur
from tenir.regles.registre import Lit, regle

YEAR = re.compile(r"\(?((?:19|20)\d{2})\)?")
SHARE = re.compile(r"\d{1,3}(?:,\d+)?\s?%")
COUNT = re.compile(
    r"(?<![\d,])\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|(?<![\d,])\d{1,3}(?![\d,])|(?<![\d,])\d{4}(?= [a-zà-ÿ]{4})"
)
ON_A_LINE = re.compile(r"^\W*+(?P<nom>[^:%\d][^:%]{5,90}?)(?:\s?:|\s{2,}+)\s*+(?P<reste>[^:\d]*+\d[^:]*)$")
EVERYONE = ARTICLES | frozenset(
    words("ménages habitants population personnes quartier quartiers global globale total totale ensemble moyen")
    + words("constaté constatée observé observée estimé estimée actuel actuelle dans pour parmi chez qpv foyers")
)
"""The words that a label takes or leaves and still measures the same thing."""
PRESENT = frozenset(
    words(
        "vivant vivent étant ayant résidant résident situé situés touchant percevant concerné concernés"
        " recensé recensés"
    )
    + words("déclaré déclarés inscrit inscrits inscrites comptant compte qui sont est fin début année ni ou")
)
"""What says of people that they are, live or are counted so: the label measures the same without it."""
SHARES = frozenset(words("taux part proportion indice pourcentage"))
OWN = 3
"""How many words of its own a label shares with another, at least, when no « taux » opens it."""
RACINE, FAMILLE = 7, 4
"""How many letters of a word say what it is about, and how many say its family."""
NEAR, YEARS = 40, 3
"""How many lines, and how many years, part two rows of one table."""


@dataclass(frozen=True, slots=True)
class Mesure:
    """A row that gives a share and its year: its label, its year, its shares, its lines."""

    nom: str
    annee: str
    parts: tuple[str, ...]
    source: Plage


@regle("CHF024", gravite=Gravite.A_AMELIORER, depuis="0.2", lit=Lit.MOTS)
def libelles_voisins_et_deux_annees(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Une mesure a deux libellés voisins, et deux années.

    ## Ce que la règle vérifie

    Dans un tableau ou une liste, deux lignes dont les libellés ne diffèrent que par l’ordre de leurs mots, ou par des
    mots qui ne choisissent pas (« du quartier », « vivant »), ne donnent pas deux valeurs différentes à trois ans
    près. Le même libellé sous deux années est une évolution : la règle le laisse. Deux indicateurs de même cible dont
    les libellés ne diffèrent que par un mot de la même famille (« tonnes », « tonnage ») sont dits aussi.

    ## Pourquoi

    Le lecteur croit à deux mesures. C’est souvent une ligne mise à jour, à côté de celle qu’elle remplace.

    ## Exemple fautif

    Taux de chômage, 2021, 24 % ; taux de chômage des habitants, 2020, 19 %.

    ## Corrigé

    Une seule ligne, ou deux libellés qui disent ce qui les distingue.

    ## Source

    Cohérence interne : une mesure a un nom.
    """
    for first, second in combinations(_mesures(document), 2):
        if second.source.debut - first.source.fin > NEAR or first.parts == second.parts:
            continue
        apart = abs(int(first.annee) - int(second.annee))
        if 0 < apart <= YEARS and _alike(first.nom, second.nom):
            yield Anomalie(
                porteur(contrat, second.source.debut),
                f"« {first.nom} » ({', '.join(first.parts)} en {first.annee}) et « {second.nom} » "
                f"({', '.join(second.parts)} en {second.annee}) semblent une seule mesure.",
                "Gardez la plus récente, ou dites ce qui les distingue.",
                source=(first.source, second.source),
            )
    for one, other in combinations(vises(contrat, document), 2):
        same = (one.cible.valeur, one.cible.annee) == (other.cible.valeur, other.cible.annee)
        if same and one.depart.annee != other.depart.annee and _of_one_family(one.libelle, other.libelle):
            yield Anomalie(
                porteur(contrat, other.source[0].debut),
                f"« {one.libelle} » et « {other.libelle} » ont la même cible, {shown(one.cible)}, et semblent une seule"
                " mesure.",
                "Gardez-en une, ou dites ce qui les distingue.",
                source=(*one.source, *other.source),
            )


def _of_one_family(first: str, second: str) -> bool:
    """Whether two labels differ by one word of each at most, of one family: « tonnes », « tonnage »."""
    one, two = ({word[:RACINE] for word in words(label)} for label in (first, second))
    own, theirs = one - two, two - one
    family = len(own) == len(theirs) == 1 and min(own)[:FAMILLE] == min(theirs)[:FAMILLE]
    return len((one & two) - EVERYONE) >= OWN and first != second and (family or not (own or theirs))


def _alike(first: str, second: str) -> bool:
    """Whether two labels differ, and only by words that choose nothing."""
    one, two = words(first), words(second)
    shared = frozenset(one) & frozenset(two) - EVERYONE - PRESENT
    differ = frozenset(one) ^ frozenset(two)
    if set(one[:1]) & SHARES or set(two[:1]) & SHARES:
        return one[:1] == two[:1] and bool(differ) and differ <= EVERYONE | PRESENT and len(shared) > 1
    return one != two and differ <= EVERYONE | PRESENT and len(shared) >= OWN


def _mesures(document: DocumentNormalise) -> list[Mesure]:
    lines = [line.strip() for line in document.lignes]
    return [one for at in range(len(lines)) if (one := _cells(lines, at) or _line(lines, at))]


def _cells(lines: list[str], at: int) -> Mesure | None:
    """A label on its line, its year and its shares in the cells below."""
    end = at + 1
    while end < len(lines) and (YEAR.fullmatch(lines[end]) or SHARE.fullmatch(lines[end])):
        end += 1
    years = [found[1] for cell in lines[at + 1 : end] if (found := YEAR.fullmatch(cell))]
    parts = tuple(cell for cell in lines[at + 1 : end] if SHARE.fullmatch(cell))
    label = re.fullmatch(r"[^\d%]{6,80}", lines[at])
    return Mesure(lines[at], years[0], parts, Plage(at + 1, end)) if label and len(years) == 1 and parts else None


def _line(lines: list[str], at: int) -> Mesure | None:
    """A label, its year and its shares on one line."""
    found = ON_A_LINE.match(lines[at])
    if found is None:
        return None
    years, bare = set(YEAR.findall(found["reste"])), YEAR.sub(" ", found["reste"])
    parts = tuple(SHARE.findall(bare)) or tuple(COUNT.findall(bare)[:1])
    label = found["nom"].strip()
    return Mesure(label, years.pop(), parts, Plage(at + 1, at + 1)) if len(years) == 1 and parts else None
