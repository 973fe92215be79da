"""The years that a document gives to its own contract: those of another document, or supposed ones, prove nothing."""

import re

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille, Periode
from tenir.regles.memoire import lu_une_fois
from tenir.regles.phrases import phrases
from tenir.regles.textes import sans_accents


@lu_une_fois
def periode_dite(contrat: ContratDeVille, document: DocumentNormalise) -> Periode | None:
    """The years of the contract: those that were read, when the document prints them of it; else those of its term.

    None when it says neither: a rule on dates then says nothing.
    """
    return contrat.identite.periode if periode_imprimee(contrat, document) else _of_the_term(document)


def periode_imprimee(contrat: ContratDeVille, document: DocumentNormalise) -> bool:
    """Whether the document prints together, of the contract, the years that were read."""
    return _prints(document, contrat.identite.periode.debut, contrat.identite.periode.fin)


@lu_une_fois
def _prints(document: DocumentNormalise, debut: int, fin: int) -> bool:
    day = r"(?:\d{1,2}(?:er)?\s)?(?:[a-zéû]{3,9}\s)?"
    printed = re.compile(rf"\b{debut}\s?(?:[-–—/]|à|au|jusqu[’']au)\s?{day}{fin}\b")
    found = [one for one in printed.finditer(document.texte) if not _of_another(document.texte, one)]
    return len(found) > 1 or any(_of_the_contract(document.texte, one) for one in found)


def _of_the_contract(text: str, found: re.Match[str]) -> bool:
    """Whether two years are printed on the cover, or on a line that speaks of the contract: an action has years too."""
    start = text.rfind("\n", 0, found.start()) + 1
    line = text[start : text.find("\n", found.end())]
    return text.count("\n", 0, start) < COVER or _CONTRACT.search(line) is not None


def _of_another(text: str, found: re.Match[str]) -> bool:
    """Whether the words right before two years name a plan, not this contract: « le plan de mobilité 2022-2031 »."""
    start = max(text.rfind("\n", 0, found.start()) + 1, found.start() - NEAR)
    named = _ANOTHER.findall(text[start : found.start()])
    return bool(named) and not _OURS.match(named[-1])


COVER = 40
"""How many lines a cover and its contents have, at most."""
NEAR = 110
"""How many characters part the name of a plan from its years, at most."""
_CONTRACT = re.compile(r"\b(?:contrats?|convention|période|durée|conclue?|engagements?|programmation)\b", re.IGNORECASE)
_ANOTHER = re.compile(
    r"\b((?:plan|programme|projet|schéma|pacte|charte|feuille de route|stratégie|label|contrats?|convention"
    r"|agenda|PLH|PDU|CLS|CTG)\b(?:\s\w+)?)[^,;.:()]*",
    re.IGNORECASE,
)
_OURS = re.compile(
    r"(?:contrats?$|contrats? de|convention$|convention (?:cadre|de)|programme (?:d|prévisionnel|financier)"
    r"|projet (?:de|d)$|plan (?:de|d)$)",
    re.IGNORECASE,
)
"""What the contract is called, and its own plans (« plan de financement »)."""
_TERM = re.compile(
    r"\b(?:prend\w* effet|entre\w* en vigueur|est conclue?|est etablie?|s[’']applique|court|couvre|vaut)\b[^.;]{0,60}?"
    r"\b(?P<debut>20\d\d)\b[^.;]{0,80}?\b(?P<fin>20\d\d)\b"
)
_OURSELVES = re.compile(r"\b(?:contrat|convention|il|elle)\b")
_BEFORE = re.compile(
    r"\bprecedent|\bancien|\bavenant|\bpro(?:rog|long)|\bplan\b|\bprogramme\b|\bterritoriale?\b|\blocal"
)


@lu_une_fois
def _of_the_term(document: DocumentNormalise) -> Periode | None:
    """The years of the sentence that says from when to when the contract holds."""
    for phrase in phrases(document):
        said = sans_accents(phrase.texte)
        found = _TERM.search(said)
        if found and _OURSELVES.search(said[: found.end()]) and not _BEFORE.search(said):
            debut, fin = int(found["debut"]), int(found["fin"])
            return Periode(debut=debut, fin=fin) if debut < fin else None
    return None
