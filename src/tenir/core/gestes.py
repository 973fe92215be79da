"""Gestures in a line: buttons that act on one thing without leaving the list it is read in.

They stand outside any form of their own: all send the one form of the page, `AGIR`, which carries the token, the key
and the way back (`{% include "core/includes/agir.html" %}`). Each says where it goes, and what was read of its thing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from tenir.core.cellules import second_line, together, written
from tenir.core.composants import Appel
from tenir.core.marques import MARQUE, Lu, seal

AGIR = "agir"
"""The identifier of the form that every gesture of a page sends."""
_MAIL = ' <a href="mailto:{}">écrire<span class="hors-ecran"> à {}, {}</span></a>'
_BUTTON = '<button class="geste-de-ligne" type="submit" form="{}" formaction="{}" name="{}" value="{}">{}{}</button>'


@dataclass(frozen=True, slots=True)
class Geste:
    """One gesture. `sur`: what it is about, for who does not see the line; `marque`: what was read (`read_as`)."""

    texte: str
    url: str
    sur: str = ""
    marque: str = ""

    @property
    def html(self) -> SafeString:
        """Its button."""
        return written(_BUTTON, AGIR, self.url, MARQUE, self.marque, self.texte, _about(self.sur))


@dataclass(frozen=True, slots=True)
class Renvoi:
    """A gesture that asks for a page of its own: a link."""

    texte: str
    url: str
    sur: str = ""

    @property
    def html(self) -> SafeString:
        """Its link."""
        return written('<a class="geste-de-ligne" href="{}">{}{}</a>', self.url, self.texte, _about(self.sur))


@dataclass(frozen=True, slots=True)
class Choix:
    """A gesture that is one of several, folded until it is asked."""

    texte: str
    parmi: Sequence[Geste]
    sur: str = ""

    @property
    def html(self) -> SafeString:
        """The fold, and each choice."""
        inside = together(one.html for one in self.parmi)
        return _fold(self.texte, self.sur, inside)


@dataclass(frozen=True, slots=True)
class Parmi:
    """A gesture that takes one of many: `options`, each its value and its words, sent as `champ`."""

    texte: str
    fait: Geste
    champ: str
    options: Sequence[tuple[str, str]]
    sur: str = ""

    @property
    def html(self) -> SafeString:
        """The fold, the list, and the button."""
        offered = together(written('<option value="{}">{}</option>', value, word) for value, word in self.options)
        chosen = written(
            '<select form="{}" name="{}" aria-label="{}">{}</select>',
            AGIR,
            self.champ,
            f"{self.texte} : {self.sur}",
            offered,
        )
        return _fold(self.texte, self.sur, together([chosen, self.fait.html]))


def cell_of(appels: Sequence[Appel], dit: str, gestes: Iterable["UnGeste"]) -> SafeString:
    """The cell of a list where one acts: whom to call, what was last done, what one may do."""
    return together([*[_call(one) for one in appels], second_line(dit), *[one.html for one in gestes]])


def _call(one: Appel) -> SafeString:
    phone = written(' <a href="tel:{}">{}</a>', one.tel, one.telephone) if one.telephone else ""
    mail = written(_MAIL, one.courriel, one.nom, one.courriel) if one.courriel else ""
    return written('<span class="appel">{}{}{}</span>', one.nom, phone, mail)


def read_as(lu: Lu) -> str:
    """What a line shows of its thing, as its gestures carry it back."""
    return seal(lu)


UnGeste = Geste | Renvoi | Choix | Parmi


def _about(sur: str) -> SafeString:
    return written('<span class="hors-ecran"> : {}</span>', sur) if sur else SafeString("")


def _fold(texte: str, sur: str, inside: SafeString | str) -> SafeString:
    return written('<details class="geste-de-ligne"><summary>{}{}</summary>{}</details>', texte, _about(sur), inside)
