"""The bodies that sentences describe, whatever was read of them: « Le comité réunit… Il est présidé par… »."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.fichier.mots import comparable
from tenir.fichier.rythmes import dit_un_rythme
from tenir.fichier.source import Plage
from tenir.regles.memoire import lu_une_fois
from tenir.regles.phrases import Phrase, phrases
from tenir.regles.textes import sans_accents

_HEAD = r"(?:(?:inter)?comite|commission|cellule|cercle|groupe|conference|instance|bureau|table|assemblee|reseau|forum)"
_NAME = rf"(?P<nom>{_HEAD}(?:\s(?!(?:se|est|sont)\b|et\s(?:l[ea]s?\b|l[’']|se\b)|s[’'])[\w’'-]+){{0,5}}?)"
_ACTS = (
    r"(?:reunit|rassemble|regroupe|associe|se compose|se reunit|se tient|(?:est|sera) (?:co-?)?(?:preside|anime|compose"
    r"|pilote|convoque|installe)|suit|prepare|pilote|coordonne|assure|examine|decide|compte|veille|valide|arrete|instruit"
    r"|fixe|choisit|repartit|siege|a pour|oriente|programme)"
)
SUJET = re.compile(rf"^(?:[^.:;?]{{2,40}}[?:]\s+)?\W*(?:le |la |l[’'])?{_NAME},?\s(?:,[^,]{{3,60}},\s)?{_ACTS}\w*\b")
_TITLE = re.compile(rf"^\W*(?:\d[\d.]*\s*[.)–-]?\s*)?(?:le |la |les |l[’'])?{_NAME}\s*(?::|$)")
_MADE_OF = re.compile(
    r"\b(?:reunit|rassemble|regroupe|compose\w*|presid\w+|copresid\w+|siege\w*|convoqu\w+|membres?|anime\w* par|suit)\b"
)
_LED = re.compile(
    r"\b(?:co-?)?presid|\banim|\bpilot|\bconvoqu|\bdirig|\bconduite?s? par|\bsous l[’']egide|\bsecretariat|\bcoordonn"
    r"|\bla reunit\b|\ble reunit\b"
)
_INHABITANTS = re.compile(
    r"\bcitoyen|\bhabitant|\bquartier\b|\bparents?\b|\bjeunes?\b|\blocataires?\b|\bvoisins?\b|\bfemmes?\b|\benfants?\b"
)
BELOW = 8
"""How many sentences describe a body at most."""


_Dite = tuple[str, str, tuple[Plage, ...], bool]


@dataclass(frozen=True, slots=True)
class Recit:
    """A body, its name in comparable words and as printed, all that sentences say of it, and where it is described.

    `recite`: a sentence has it as its subject; else its name is a title, perhaps that of a row of a table.
    """

    nom: str
    imprime: str
    mots: str
    source: tuple[Plage, ...]
    recite: bool

    @property
    def rythme(self) -> bool:
        """Whether it says when it meets."""
        return dit_un_rythme(self.mots)

    @property
    def conduite(self) -> bool:
        """Whether it says who chairs or runs it."""
        return bool(_LED.search(self.mots))


@lu_une_fois
def recits(contrat: ContratDeVille, document: DocumentNormalise) -> tuple[Recit, ...]:
    """The bodies that someone must call together, with what every sentence about them says."""
    said: dict[str, list[_Dite]] = {}
    for one in _descriptions(document):
        said.setdefault(comparable(one[0]), []).append(one)
    kept = {key: found for key, found in said.items() if not _INHABITANTS.search(key)}
    return tuple(
        Recit(
            key,
            found[0][0],
            " ".join([*(words for _, words, *_ in found), *_named(document, key)]),
            found[0][2],
            any(recited for *_, recited in found),
        )
        for key, found in kept.items()
        if any(_MADE_OF.search(words) for _, words, *_ in found)
    )


def muets(contrat: ContratDeVille, document: DocumentNormalise, what: str) -> Iterator[Recit]:
    """The bodies of sentences that do not say what (« rythme », « conduite ») two others say of themselves."""
    every = [one for one in recits(contrat, document) if one.recite]
    known = [comparable(one.nom) for one in contrat.instances]
    saying = [one for one in every if getattr(one, what)]
    silent = [one for one in every if not getattr(one, what)]
    if len(saying) >= ENOUGH and len(silent) < len(saying):
        yield from (one for one in silent if not any(one.nom in name or name in one.nom for name in known))


ENOUGH = 2
"""How many bodies make a custom that the others are held to."""


def _descriptions(document: DocumentNormalise) -> Iterator[_Dite]:
    following = phrases(document)
    for rank, phrase in enumerate(following):
        words = sans_accents(phrase.texte)
        found, titled = SUJET.match(words), _TITLE.match(words)
        if match := found or titled:
            about = [words] if found or words[match.end() :].strip() else []
            below = list(_below(following[rank + 1 : rank + BELOW], phrase, titled is not None))
            yield phrase.texte[slice(*match.span("nom"))], " ".join([*about, *below]), phrase.plage(), found is not None


def _below(following: tuple[Phrase, ...], first: Phrase, titled: bool) -> Iterator[str]:
    """The sentences that go on about a body: those of its paragraph, or of the one under its name."""
    held = first.paragraphe
    for one in following:
        words = sans_accents(one.texte)
        if SUJET.match(words) or _TITLE.match(words) or (one.paragraphe is not held and not titled):
            return
        if one.paragraphe is not held:
            held, titled = one.paragraphe, False
        yield words


def _named(document: DocumentNormalise, key: str) -> Iterator[str]:
    """The other sentences that name it and say « se réunit », « présidé » or a rhythm."""
    head = key.split()[0]
    for one in phrases(document):
        words = sans_accents(one.texte)
        if not _MEETING.search(words):
            continue
        every = _EVERY.search(words)
        if key in comparable(words) or (every and every["tete"] == head):
            yield words


_EVERY = re.compile(
    r"^\W*(?:chaque|chacun(?:e)? de(?:s| ces)|l(?:e|a)s?|l[’']ensemble des|tous? les|toutes les|ces|les)\s"
    r"(?:(?:deux|trois|quatre|cinq|six|sept"
    rf"|huit|\d)\s)?(?P<tete>{_HEAD})s?\s(?:thematiques?\s|de travail\s|d[’']axe\s)?(?:se|sont|est|siege|ont)\b"
)
"""What says of all the bodies of one name: « ces trois groupes se réunissent… », « chaque commission se réunit… »."""
_MEETING = re.compile(r"\bse reuni|\breuni|\bpresid|\bseance|\banim")
