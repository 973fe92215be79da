"""The quarters of a contract that words name: in a title, beside a label, in a column, above a list."""

from collections.abc import Sequence

from tenir.fichier.modeles import Quartier
from tenir.fichier.mots import ARTICLES
from tenir.lecteur.lexique import cle

_AUTOUR = frozenset(
    {"le", "la", "les", "de", "du", "des", "d", "l", "quartier", "qpv", "pour", "projet", "secteur", "et", "a", "au"}
)
AUTRES_MOTS = 2  # around the names, in a heading that is one of quarters


def nommes(quartiers: Sequence[Quartier], mots: str) -> tuple[str, ...]:
    """The quarters that words name, whole; one whose name another's holds is not named by it."""
    said = f" {cle(mots)} "
    found = []
    for quartier in sorted(quartiers, key=lambda q: -len(nu(q.nom))):
        name = f" {nu(quartier.nom)} "
        if len(name) > 2 and name in said and _printed_as_a_name(quartier.nom, mots):
            said = said.replace(name, " | ")
            found.append(quartier.nom)
    return tuple(q.nom for q in quartiers if q.nom in found)


def _printed_as_a_name(nom: str, mots: str) -> bool:
    """Whether words print a name with its capital: « les métiers du port » does not name « Le Port »."""
    words = nom.split()
    first = (words[1] if len(words) > 1 and cle(words[0]) in ARTICLES else words[0])[:LETTRES]
    return first[:1].islower() or first in mots or first.upper() in mots


LETTRES = 3


def nu(nom: str) -> str:
    """The name of a quarter made comparable, without its article."""
    first, _, rest = cle(nom).partition(" ")
    return rest if first in ARTICLES and rest else cle(nom)


def seulement(titre: str, noms: Sequence[str]) -> bool:
    """Whether a title says little but the names of quarters (« Quartier Les Docks (Port-Alleu) »)."""
    left = cle(titre)
    for nom in noms:
        left = left.replace(nu(nom), " ")
    return len([word for word in left.split() if word not in _AUTOUR]) <= AUTRES_MOTS


def abrege(quartiers: Sequence[Quartier], tete: str) -> str:
    """The one quarter that the head of a column names: its name, its initials, its first letters; "" for none."""
    named = nommes(quartiers, tete)
    if len(named) == 1:
        return named[0]
    said = cle(tete).replace(" ", "")
    if not tete.isupper() or not 2 <= len(said) <= SIGLE:
        return ""
    found = [q.nom for q in quartiers if said in ("".join(w[0] for w in _words(q.nom)), nu(q.nom)[: len(said)])]
    return found[0] if len(found) == 1 else ""


SIGLE = 4  # letters of a shortened name


def _words(nom: str) -> list[str]:
    return nu(nom).replace("-", " ").split()
