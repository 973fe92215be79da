"""The spans of a document that name a person: found before anything is shown.

Two forms only, so that no street nor building is hidden: a first name and a surname in capitals near a signature or
after « Madame » or « Monsieur », and an initial with a surname in parentheses.
"""

import re

from tenir.fichier.source import Plage
from tenir.lecteur.document import DocumentLu

_MAJ, _MIN = "A-ZÀÂÄÇÉÈÊËÎÏÔÖÙÛÜ", "a-zàâäçéèêëîïôöùûüÿ"
_NOM = rf"[{_MAJ}][{_MIN}]+(?:-[{_MAJ}][{_MIN}]+)?\s+[{_MAJ}]{{2,}}(?:[ '’-][{_MAJ}]{{2,}})*"
_CIVIL = re.compile(rf"\b(?:Madame|Monsieur|Mme|M\.)\s+(?P<nom>{_NOM})")
_SEUL = re.compile(rf"^\s*(?P<nom>{_NOM})\s*$")
_INITIALE = re.compile(rf"\((?P<nom>[{_MAJ}]\.\s*[{_MAJ}][\w’'-]+)\)")
_FAIT = re.compile(r"\bFait à\b")
PORTEE = 60


def noms_masques(document: DocumentLu) -> tuple[Plage, ...]:
    """The spans that name a person, in the order of the text."""
    signature = 0
    found: list[Plage] = []
    for ligne in document.lignes:
        if _FAIT.search(ligne.texte):
            signature = ligne.numero
        patterns = [_CIVIL, _INITIALE, *([_SEUL] if 0 < signature >= ligne.numero - PORTEE else [])]
        spans = {match.span("nom") for pattern in patterns for match in pattern.finditer(ligne.texte)}
        found += [Plage(ligne.numero, ligne.numero, start + 1, end) for start, end in sorted(spans)]
    return tuple(found)
