"""What the components of pages show: small frozen values, all text, no query behind them.

A view may hand these, or any object with the same attributes. Optional attributes are empty, never missing,
so that a component can ask for them. Used by the templates of `core/components/`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tenir.core.gestes import UnGeste


class Ton(StrEnum):
    """The tone of a stamp. `MUET` (dashed) means that nobody said anything."""

    NEUTRE = "neutre"
    FAIT = "fait"
    ATTENTION = "attention"
    RETARD = "retard"
    MUET = "muet"


class Temps(StrEnum):
    """Where a year of the frieze stands."""

    PASSEE = "passee"
    COURANTE = "courante"
    A_VENIR = "a-venir"


@dataclass(frozen=True, slots=True)
class Tampon:
    """A state, in one or a few words."""

    word: str
    tone: Ton = Ton.NEUTRE


@dataclass(frozen=True, slots=True)
class Lien:
    """A place of the site. Without `url`, plain text; `current`: the page we are on."""

    text: str
    url: str = ""
    code: str = ""
    note: str = ""
    current: bool = False
    stamp: Tampon | None = None


@dataclass(frozen=True, slots=True)
class Annee:
    """One year of the frieze, with what happens in it: a note, and others under it."""

    year: int
    note: str = ""
    time: Temps = Temps.A_VENIR
    notes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Chiffre:
    """One figure of a page, already written for the reader (« 1 415 »)."""

    label: str
    value: str
    note: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class MotsSignes:
    """Words of the document and their place. Without `text`, the document is not attached.

    `lines` and `page` are written for the reader: « 1838 », « 12 à 14 ».
    """

    text: str = ""
    lines: str = ""
    page: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Appel:
    """Someone to call: her name, her body, her function; `telephone` and `courriel`, empty when nobody gave them."""

    nom: str
    organisme: str
    fonction: str = ""
    telephone: str = ""
    courriel: str = ""

    @property
    def tel(self) -> str:
        """The number as a telephone dials it."""
        return "".join(one for one in self.telephone if one.isdecimal() or one == "+")


@dataclass(frozen=True, slots=True)
class Item:
    """One promise of a list. `children`: the sub-actions, shown under it; `appels`: whom to call about it;
    `gestes`: what one may do of it there."""

    code: str
    title: str
    url: str = ""
    note: str = ""
    stamp: Tampon | None = None
    words: MotsSignes | None = None
    children: Sequence["Item"] = ()
    appels: Sequence[Appel] = ()
    gestes: "Sequence[UnGeste]" = ()


@dataclass(frozen=True, slots=True)
class Renseignement:
    """One line of a provenance: « Source », « Période », « Statut ». Without `value`: « Non fourni »."""

    label: str
    value: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Morceau:
    """A piece of an excerpt; `found`: these are the words that were searched."""

    text: str
    found: bool = False


@dataclass(frozen=True, slots=True)
class Resultat:
    """One thing found by a search. `signed`: the excerpt is words of the document."""

    title: str
    url: str
    code: str = ""
    note: str = ""
    excerpt: Sequence[Morceau] = ()
    signed: bool = False
    stamp: Tampon | None = None


@dataclass(frozen=True, slots=True)
class LigneDuDocument:
    """One line of the normalised text. `page` is given on the first line of a page; `cited`: highlighted."""

    number: int
    text: str
    page: str = ""
    cited: bool = False


@dataclass(frozen=True, slots=True)
class Carte:
    """A heading with its letter, and the links under it. `rank` (1 to 8) chooses the colour."""

    letter: str
    title: str
    rank: int
    url: str = ""
    note: str = ""
    links: Sequence[Lien] = ()


VUES_SUR_UNE_LIGNE = 2
"""How many views a phone shows beside one another."""


@dataclass(frozen=True, slots=True)
class Tete:
    """The head of a page: who is signed in, nobody for a visitor, and where she may go from here.

    `barre`: the entries of one contract, those of the rooms or the parts of its public site; `vues`: the pages of the
    entry she is in; `compte`: the groups of her menu; `jumelle`: the same thing on the other side, public or working.
    """

    nom: str = ""
    barre: Sequence[Lien] = ()
    nom_de_la_barre: str = ""
    vues: Sequence[Lien] = ()
    compte: Sequence[Sequence[Lien]] = ()
    jumelle: Lien | None = None

    @property
    def vues_pliees(self) -> bool:
        """Whether a phone folds the views under the name of the one that is open: two stand on one line."""
        return len(self.vues) > VUES_SUR_UNE_LIGNE

    @property
    def vue_ouverte(self) -> str:
        """The name of the view she is in."""
        return next((one.text for one in self.vues if one.current), "")
