"""A body told by what kind it is and where: « Mission Locale », « C.A.F. de la Gironde », « Mairie de Coutras ».

Pure text. A name is a form (« mission locale ») and, most often, a place (« du Libournais »); an acronym is the
initials of a form. Two names mean one body when their forms are one and their places do not part them.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from tenir.fichier.mots import ARTICLES, plain, singular, words

SYNONYMES = {
    "commune": ("mairie", "ville", "commune", "municipalite", "hotel ville"),
    "departement": ("conseil departemental", "conseil general", "departement", "dpt", "dept"),
    "region": ("conseil regional", "region"),
    "intercommunalite": ("communaute agglomeration", "agglomeration", "agglo", "communaute commune", "metropole",
                         "communaute urbaine"),
    "sousprefecture": ("sous prefecture", "sous prefet", "sous prefete"),
    "prefecture": ("prefecture", "prefet", "prefete"),
}  # fmt: skip
"""Names that French law or use gives to one kind of body, in comparable words, the longest first."""
LIAISON = frozenset({"sur", "les", "lez"})
"""Small words inside the name of a place."""
QUALITE = frozenset({"association", "asso", "societe", "sa", "sarl"})
"""What one may add before the name of a body, or leave out."""
_DOTTED = re.compile(r"\b(?:[a-z]\.\s?){2,}(?:[a-z]\b)?")
_SPACED = re.compile(r"\b(?:[a-z] ){2,}[a-z]\b(?!['’])")
_NUMBERED = re.compile(r"\bcd[ -]?(\d{2,3})\b")


@dataclass(frozen=True, slots=True)
class Nom:
    """A name, as the words of its form and those of its place."""

    forme: frozenset[str]
    lieu: frozenset[str]
    sigle: str = ""
    """The acronym that may stand beside it: « CAF – Caisse d’allocations familiales »."""


def tokens(name: str) -> list[str]:
    """The comparable words of a name: acronyms without their points, one word for each kind of body."""
    text = plain(name)
    text = _DOTTED.sub(lambda found: re.sub(r"[. ]", "", found[0]) + " ", text)
    text = _SPACED.sub(lambda found: found[0].replace(" ", ""), text)
    text = " ".join(one for one in words(_NUMBERED.sub(r"departement \1", text)) if one not in ARTICLES | LIAISON)
    for kind, names in SYNONYMES.items():
        for one in names:
            text = re.sub(rf"\b{one}\b", kind, text)
    return text.split()


def places_in(names: Iterable[str]) -> set[str]:
    """The words of the places that names of bodies hold: capitalised past the first word, in several of them, and
    nowhere a common noun."""
    seen: dict[str, set[str]] = {}
    written: Counter[str] = Counter()
    for name in names:
        first, *rest = re.sub(r"^(?:[Ll]es?|[Ll]a|[LlDd][’'])\s*", "", name).split() or [""]
        for word in (one for part in rest for one in re.findall(r"\w+", part)):
            for said in words(word):
                written[said] += 1 if word[0].isupper() else -2
                seen.setdefault(said, set()).add(plain(first))
    return {word for word, firsts in seen.items() if len(firsts) > 1 and written[word] > 0} - ARTICLES - {*SYNONYMES}


def parted(name: str, places: Collection[str]) -> Nom:
    """The form of a name, then its place: the words at its end that are those of places."""
    said = tokens(name)
    cut = len(said)
    while cut > 1 and said[cut - 1] in places:
        cut -= 1
    return Nom(frozenset(said[:cut]), frozenset(said[cut:]), initials(name, places))


def initials(name: str, places: Collection[str]) -> str:
    """The acronym of the form of a name, as a comparable word: « Caisse d’allocations familiales » is « caf »."""
    said = [word for word in words(name) if word not in ARTICLES | LIAISON]
    while len(said) > 1 and said[-1] in places:
        said.pop()
    made = "".join(word[0] for word in said)
    return singular(made) if len(made) > 1 else ""


def shared(asked: Collection[str], known: Nom, places: Collection[str]) -> int | None:
    """How many words of place a name shares with a known one when both may be one body; None when they may not."""
    said = set(asked)
    if not known.forme or not known.forme <= said:
        return None
    rest = said - known.forme - QUALITE - {known.sigle}
    if not rest <= set(places) | known.lieu:
        return None
    if rest and known.lieu and not rest & known.lieu:
        return None
    return len(rest & known.lieu)
