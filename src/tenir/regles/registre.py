"""The register of rules: each declares itself once, with its code, its gravity and its page."""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

import tenir.regles
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite

FAMILLES = {
    "STR": "structure",
    "CHF": "chiffres",
    "IND": "indicateurs",
    "FIN": "credits",
    "GOV": "gouvernance",
    "ENG": "engagements",
}
"""Each family of rules by the start of its codes, and the folder of its files."""
SECTIONS = ("Ce que la règle vérifie", "Pourquoi", "Exemple fautif", "Corrigé", "Source")
"""What the page of a rule says, in this order."""
SHAPE = re.compile(r"^([A-Z]{3})\d{3}$")

Verifier = Callable[[ContratDeVille], Iterable[Anomalie]]


class RegleMalDeclaree(Exception):
    """A rule that may not be registered: its code, its file or its page is not what it should be."""


class RegleInconnue(Exception):
    """No such rule; the message is the French sentence to show."""


@dataclass(frozen=True, slots=True)
class Regle:
    """A rule: what it checks, in a title and a page, how grave it is, since which version of Tenir."""

    code: str
    titre: str
    page: str
    gravite: Gravite
    depuis: str
    verifier: Verifier

    @property
    def famille(self) -> str:
        """The family it belongs to."""
        return FAMILLES[self.code[:3]]

    def anomalies(self, contrat: ContratDeVille) -> Iterator[Anomalie]:
        """What it finds in a contract, in the order of the contract."""
        for found in self.verifier(contrat):
            yield replace(found, regle=self.code, gravite=self.gravite)


_declared: dict[str, Regle] = {}


def regle(code: str, *, gravite: Gravite, depuis: str) -> Callable[[Verifier], Verifier]:
    """Declare a rule.

    Raises:
        RegleMalDeclaree: a code that is none or serves already, a file under another name, a page without a section.
    """

    def declare(verifier: Verifier) -> Verifier:
        _refuse(code, verifier)
        titre, _, page = inspect.cleandoc(verifier.__doc__ or "").partition("\n")
        _declared[code] = Regle(code, titre.rstrip("."), page.strip(), gravite, depuis, verifier)
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


def controler(contrat: ContratDeVille, *, codes: Iterable[str] = (), familles: Iterable[str] = ()) -> list[Anomalie]:
    """What the rules find in a contract, the gravest first; all of them, or those asked for.

    Raises:
        RegleInconnue: no rule has that code, or no family that name.
    """
    chosen = _chosen(list(codes), [one.upper() for one in familles])
    found = [anomalie for one in chosen for anomalie in one.anomalies(contrat)]
    return sorted(found, key=lambda one: list(Gravite).index(one.gravite))


def _chosen(codes: list[str], familles: list[str]) -> list[Regle]:
    asked = {regle_de(code).code for code in codes}
    if unknown := [one for one in familles if one not in FAMILLES]:
        raise RegleInconnue(f"Aucune famille ne s’appelle {unknown[0]} : {', '.join(FAMILLES)}.")
    return [one for one in regles() if not (codes or familles) or one.code in asked or one.code[:3] in familles]


def _refuse(code: str, verifier: Verifier) -> None:
    shape = SHAPE.match(code)
    if shape is None or shape[1] not in FAMILLES:
        raise RegleMalDeclaree(f"{code} n’est pas un code de règle.")
    if code in _declared:
        raise RegleMalDeclaree(f"{code} sert déjà.")
    expected = f".{FAMILLES[shape[1]]}.{code.lower()}_{verifier.__name__}"
    if not verifier.__module__.endswith(expected):
        raise RegleMalDeclaree(f"{code} : le fichier attendu est {expected[1:].replace('.', '/')}.py.")
    titles = re.findall(r"^\s*## (.+)$", verifier.__doc__ or "", flags=re.M)
    if tuple(titles) != SECTIONS:
        raise RegleMalDeclaree(f"{code} : sa page a les sections {', '.join(SECTIONS)}, dans cet ordre.")
