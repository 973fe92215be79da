"""The labels of an author's own that come back from one action to the next, told by what stands after them.

« Barre : la commune », « Barre : France Travail »… is who carries, whatever the word; amounts beside names are who
pays, values with an arrow between them are what is measured. A label that the lexicon knows is not guessed.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from tenir.lecteur.cibles import cible_de
from tenir.lecteur.lexique import cle, lexique
from tenir.lecteur.lignes import Texte
from tenir.lecteur.organismes import reconnaitre

_INTITULE = re.compile(
    r"(?:^|\s[–—|•]\s|\s)(?P<label>[A-ZÀ-Ý][^\W\d_]+(?:\s[^\W\d_]+){0,3}?)\s*:\s+(?P<reste>[^:]+?)(?=\s[–—|•]\s|$)"
)
_MONTANT = re.compile(r"[^\W\d_][^\d]*\d[\d\s\u202f\u00a0.,]*\s?(?:k?€|euros?\b)")
_DATE = re.compile(r"^(?:(?:à partir de|dès|en|fin|début|d[’']ici(?: à)?)\s+)?(?:\w+\s+)?20\d\d")
_FLECHE = re.compile(r"\d[^→]*(?:→|->|⇒)\s*[<>]?\d")
ASSEZ = 4  # times that a label must come back
LARGE = 600  # characters of a line that holds labels
GRANDS = ("pilotes", "crédits", "indicateurs", "calendrier")


def intitules_devines(texte: Texte, lieux: tuple[str, ...]) -> dict[str, str]:
    """The rubric of each label that the lexicon does not know and whose contents are all of one kind."""
    said: dict[str, list[str]] = defaultdict(list)
    for label, reste in _labels(texte):
        said[label].append(reste)
    known = {lexique().rubrique(label) for label in said if len(said[label]) >= ASSEZ}
    found: dict[str, str] = {}
    for label, contents in said.items():
        told = lexique().rubrique(label)
        if len(contents) < ASSEZ or told not in (None, "données"):
            continue
        kind = _kind(contents, lieux)
        if kind and (told is None or kind == "indicateurs") and kind not in known:
            found[label] = kind
    return found


def _labels(texte: Texte) -> Iterator[tuple[str, str]]:
    for numero, ligne in texte.lignes.items():
        if ligne.tableau is None and ":" in ligne.texte and len(ligne.texte) <= LARGE and not texte.vide(numero):
            for found in _INTITULE.finditer(ligne.texte.strip()):
                yield found["label"], found["reste"].strip()


def _kind(contents: Sequence[str], lieux: tuple[str, ...]) -> str | None:
    """What most of the contents of a label are."""
    tests: Mapping[str, Callable[[str], bool]] = {
        "indicateurs": lambda said: bool(_FLECHE.search(said) or cible_de(said)),
        "crédits": lambda said: bool(_MONTANT.search(said)),
        "calendrier": lambda said: bool(_DATE.match(said)),
        "pilotes": lambda said: est_un_corps(said, lieux),
    }
    kept = [said for said in contents if not lexique().rien(said) and any(map(str.isalnum, said))]
    for kind, test in tests.items():
        if len(kept) >= ASSEZ and sum(map(test, kept)) * 5 >= len(kept) * 3:
            return kind
    return None


def est_un_corps(said: str, lieux: tuple[str, ...]) -> bool:
    """Whether words are the name of a body: known, an institution, or called so by their first word."""
    bare = re.sub(r"^(?:l[’']|la |les? )", "", said, flags=re.IGNORECASE).split(",")[0].strip(" .")
    first = cle(bare).split()[:1]
    known = reconnaitre(bare, lieux) is not None or cle(bare) in lexique().listes["institutions"]
    called = ("noms_de_corps", "institutions")
    return known or (bool(first) and any(first[0] in lexique().listes[k] for k in called) and len(bare.split()) <= 8)
