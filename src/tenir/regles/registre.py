"""The register of rules: each declares itself once, with its code, its gravity and its page."""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import cache
from typing import TypeVar

import tenir.regles
from tenir.fichier.document import DocumentNormalise
from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.familles import FAMILLES

SECTIONS = ("Ce que la règle vérifie", "Pourquoi", "Exemple fautif", "Corrigé", "Source")
"""What the page of a rule says, in this order."""
SHAPE = re.compile(r"^([A-Z]{3})\d{3}$")

Verifier = Callable[..., Iterable[Anomalie]]
Declared = TypeVar("Declared", bound=Verifier)


class Lit(Enum):
    """What a rule is given: the contract file, its document too (needed, or where it is), or what others found."""

    FICHIER = auto()
    MOTS = auto()
    FICHIER_ET_MOTS = auto()
    ANOMALIES = auto()


class RegleMalDeclaree(Exception):
    """A rule that may not be registered: its code, its file or its page is not what it should be."""


class RegleInconnue(Exception):
    """No such rule; the message is the French sentence to show."""


@dataclass(frozen=True, slots=True)
class Regle:
    """A rule: what it checks, in a title and a page, how grave it is, since which version of Tenir.

    `de` are the kinds it concludes from: where nothing was read of one of them, it may conclude nothing; `periode`: it
    concludes from the years of the contract, that a document may not say.
    """

    code: str
    titre: str
    page: str
    gravite: Gravite
    depuis: str
    lit: Lit
    verifier: Verifier
    de: tuple[Contenu, ...] = ()
    periode: bool = False

    @property
    def famille(self) -> str:
        """The family it belongs to."""
        return FAMILLES[self.code[:3]]

    @property
    def sections(self) -> list[tuple[str, list[str]]]:
        """Its page: each title, with its paragraphs."""
        parts = [part.split("\n\n") for part in f"\n{self.page}".split("\n## ")[1:]]
        return [(titre.strip(), [" ".join(text.split()) for text in texts if text.strip()]) for titre, *texts in parts]

    def anomalies(self, contrat: ContratDeVille, document: DocumentNormalise | None = None) -> Iterator[Anomalie]:
        """What it finds in a contract, in the order of the contract; nothing when it lacks the signed words.

        No rule looks into a line out of all measure: this is the one door by which they are given a document.
        """
        if self.lit is Lit.MOTS and document is not None:
            yield from self.signed(self.verifier(contrat, document.mesure))
        elif self.lit is Lit.FICHIER_ET_MOTS:
            yield from self.signed(self.verifier(contrat, document.mesure if document else None))
        elif self.lit is Lit.FICHIER:
            yield from self.signed(self.verifier(contrat))

    def signed(self, found: Iterable[Anomalie]) -> Iterator[Anomalie]:
        """The same anomalies, with the code and the gravity of the rule."""
        for one in found:
            yield replace(one, regle=self.code, gravite=self.gravite)


_declared: dict[str, Regle] = {}


def regle(
    code: str,
    *,
    gravite: Gravite,
    depuis: str,
    lit: Lit = Lit.FICHIER,
    de: tuple[Contenu, ...] = (),
    periode: bool = False,
) -> Callable[[Declared], Declared]:
    """Declare a rule, the kinds of content it concludes from, whether it concludes from the years of the contract.

    Raises:
        RegleMalDeclaree: a code that is none or serves already, a file under another name, a page without a section.
    """

    def declare(verifier: Declared) -> Declared:
        _refuse(code, verifier)
        titre, _, page = inspect.cleandoc(verifier.__doc__ or "").partition("\n")
        _declared[code] = Regle(code, titre.rstrip("."), page.strip(), gravite, depuis, lit, verifier, de, periode)
        return verifier

    return declare


@cache
def regles() -> tuple[Regle, ...]:
    """Every rule, by code; its file is read the first time."""
    for module in pkgutil.walk_packages(tenir.regles.__path__, "tenir.regles."):
        importlib.import_module(module.name)
    return tuple(_declared[code] for code in sorted(_declared))


def regle_de(code: str) -> Regle:
    """One rule.

    Raises:
        RegleInconnue: no such rule.
    """
    found = next((one for one in regles() if one.code == code.upper()), None)
    if found is None:
        raise RegleInconnue(f"Aucune règle n’a le code {code}. « tenir regle » les montre toutes.")
    return found


def choisies(codes: Iterable[str] = (), familles: Iterable[str] = ()) -> tuple[Regle, ...]:
    """The rules asked for by code or by family, all of them when nothing is asked.

    Raises:
        RegleInconnue: no rule has that code, or no family that name.
    """
    asked, families = {regle_de(code).code for code in codes}, {one.upper() for one in familles}
    if unknown := sorted(families - set(FAMILLES)):
        raise RegleInconnue(f"Aucune famille ne s’appelle {unknown[0]} : {', '.join(FAMILLES)}.")
    return tuple(one for one in regles() if not (asked or families) or one.code in asked or one.code[:3] in families)


def _refuse(code: str, verifier: Verifier) -> None:
    shape = SHAPE.match(code)
    if shape is None or shape[1] not in FAMILLES:
        raise RegleMalDeclaree(f"{code} n’est pas un code de règle.")
    if code in _declared:
        raise RegleMalDeclaree(f"{code} sert déjà.")
    name = getattr(verifier, "__name__", "")
    expected = f".{FAMILLES[shape[1]]}.{code.lower()}_{name}"
    if not verifier.__module__.endswith(expected):
        raise RegleMalDeclaree(f"{code} : le fichier attendu est {expected[1:].replace('.', '/')}.py.")
    titles = re.findall(r"^\s*## (.+)$", verifier.__doc__ or "", flags=re.M)
    if tuple(titles) != SECTIONS:
        raise RegleMalDeclaree(f"{code} : sa page a les sections {', '.join(SECTIONS)}, dans cet ordre.")
