"""What a document prints after a label, whatever was read of it: « Pilote : la commune », a cell after « Coût »."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tenir.fichier.document import DocumentNormalise, is_bullet
from tenir.fichier.mots import comparable
from tenir.fichier.source import Plage
from tenir.regles.memoire import lu_une_fois
from tenir.regles.titres import tetes

_GENRES = {
    "pilote": r"(?:pilote|porteur|chef file|maitre ouvrage|maitrise ouvrage"
    r"|structure (?:porteuse|responsable)|service responsable|responsable)s?"
    r"(?: (?:action|projet|fiche))?(?: pressenti)?|portage|pilotage"
    r"|(?:pilote|porte|conduite?|menee?) par|qui(?: (?:pilote|porte|conduit|mene))?",
    "financement": r"(?:cout|budget|financement|financeur)s?(?: previsionnel| total)?"
    r"(?: (?:plan )?financement)?|qui paie|combien|pour combien|montant"
    r"|plan (?:de )?financement|depenses?(?: previsionnelle| prevue| totale)?|enveloppe|cofinancement|prix|ressources?",
    "calendrier": r"calendrier(?: previsionnel)?|echeancier|echeance|date|periode|delai|duree|quand",
    "visee": r"(?:objectif|but|finalite|enjeu|ambition|constat)s?(?: vise| poursuivi)?|ce que nous (?:vison|voulon)s?"
    r"|(?:resultat|effet)s? attendu",
    "contenu": r"contenu|description|descriptif|en quoi|quoi il s agit|modalite|mise oeuvre|ce que nous feron",
    "mesure": r"indicateur|indicateur (?:suivi|resultat|realisation)|cible|mesure resultat|on saura|valeur(?: visee)?",
    "autre": r"partenaire|appui|associe|avec|avec qui|concour|orientation|axe|quartier|territoire|suivi|intitule|action"
    "|service associe|structure associe|public vise|public|beneficiaire|contexte|moyen"
    r"|evaluation|numero|n",
}
_ENTIER = {genre: re.compile(rf"^(?:{pattern})$") for genre, pattern in _GENRES.items()}
_EN_LIGNE = re.compile(r"(?P<label>[A-ZÀ-Ý][^\W\d_]*(?:[ ’'-][^\W\d_]+){0,4})\s*:\s*(?P<valeur>\S.*)?$")
_SUITE = re.compile(r"\s[–—-]\s(?=[A-ZÀ-Ý][^:–—]{2,30} :)|(?<=\.)\s(?=[A-ZÀ-Ý][^:.;–—]{2,30}\s:)")
_LABEL, _FOLDED = 40, 4


@dataclass(frozen=True, slots=True)
class Champ:
    """A label and what it is followed by: its kind (« pilote », « visee »…), its words, its first and last lines."""

    genre: str
    label: str
    valeur: str
    ligne: int
    fin: int

    @property
    def source(self) -> tuple[Plage, ...]:
        """Its lines."""
        return (Plage(self.ligne, self.fin),)


@dataclass(frozen=True, slots=True)
class Fiche:
    """What a heading of an action holds: its title and the fields below it, up to the next heading."""

    titre: str
    ligne: int
    champs: tuple[Champ, ...]

    @property
    def tout(self) -> str:
        """The words of all its fields."""
        return " ".join(one.valeur for one in self.champs)

    def de(self, genre: str) -> str:
        """The words of its fields of a kind."""
        return " ".join(one.valeur for one in self.champs if one.genre == genre)


@lu_une_fois
def champs(document: DocumentNormalise) -> tuple[Champ, ...]:
    """Every labelled field of a document, in order: on one line, or a label alone above its value."""
    return tuple(_champs(document))


def _champs(document: DocumentNormalise) -> Iterator[Champ]:
    lines = document.lignes
    heads = {one.ligne for one in tetes(document)}
    for number, line in enumerate(lines, 1):
        for part in _SUITE.split(line.strip()):
            found = _EN_LIGNE.match(part.strip(" –—-•*\t"))
            label = found["label"] if found else line.strip()
            genre = _genre(label) if len(label) <= _LABEL else ""
            if not genre or (found is None and part != line.strip()):
                continue
            if found and part != line.strip():
                valeur, fin = (found["valeur"] or "").rstrip(" ."), number
            else:
                valeur, fin = _valeur(lines, heads, number, (found["valeur"] or "") if found else "")
            if valeur:
                genre = "calendrier" if genre == "contenu" and _WHEN.match(valeur) else genre
                yield Champ(genre, comparable(label), valeur, number, fin)


_WHEN = re.compile(
    r"^(?:(?:de|d[’']|du|à partir (?:de|d[’'])|dès|travaux (?:de|d[’']|en)|entre|en)\s?)?"
    r"(?:\d{1,2}(?:er)?\s)?(?:[a-zéû]{3,9}\s)?20\d\d\b"
    r".{0,80}$",
    re.IGNORECASE,
)
"""A value that is dates alone: « Mise en œuvre » then says when, not what."""


def _genre(label: str) -> str:
    said = comparable(label)
    return next((genre for genre, pattern in _ENTIER.items() if pattern.match(said)), "")


def _valeur(lines: tuple[str, ...], heads: set[int], number: int, first: str) -> tuple[str, int]:
    """The words of a field and its last line: what goes on below belongs to it, up to a blank, a label or a bullet."""
    words, last = [first] if first else [], number
    for below in range(number + 1, min(number + 6, len(lines)) + 1):
        line = lines[below - 1].strip()
        opens = not words and not line.endswith(":")
        said = " ".join(words)
        open_still = said.count("(") > said.count(")")
        listing = said.endswith((";", ",")) and len(words) < _FOLDED and line[:1].isupper() and not _genre(line)
        goes_on = (
            bool(words)
            and (open_still or (listing and "€" in said and "€" in line) or line[:1].islower() or line[:1].isdigit())
            and not is_bullet(line)
        )
        if not line or (below in heads and not open_still) or _genre(line) or not (opens or goes_on):
            break
        words.append(line)
        last = below
    return " ".join(words), last


@lu_une_fois
def fiches(document: DocumentNormalise) -> tuple[Fiche, ...]:
    """The numbered actions of a document that have fields."""
    every = [one for one in tetes(document) if not one.sommaire]
    found = []
    for rank, head in enumerate(every):
        if not _ACTION.match(head.nom):
            continue
        end = next((one.ligne for one in every[rank + 1 :] if _ACTION.match(one.nom)), len(document.lignes) + 1)
        held = tuple(one for one in champs(document) if head.ligne <= one.ligne < min(end, head.ligne + _LONGUE))
        titre = head.titre or next(
            (one.strip() for one in document.lignes[head.ligne : head.ligne + 2] if one.strip()), ""
        )
        if held and titre:
            found.append(Fiche(titre, head.ligne, held))
    return tuple(found)


_ACTION = re.compile(r"^(?:action|fiche action|fiche|fiche projet|projet|mesure|operation)$")
_LONGUE = 40
"""How many lines a sheet holds at most."""
