"""A document read, then put through the rules."""

from collections.abc import Sequence
from datetime import date

from tenir.fichier.document import DocumentNormalise
from tenir.lecteur.brouillon import lire
from tenir.lecteur.lecture import read_content
from tenir.regles.controle import Controle, controler

FAMILLES = ("CHF", "IND", "FIN")
JOUR = date(2026, 11, 27)


def controle(content: bytes, *, familles: Sequence[str] = FAMILLES, codes: Sequence[str] = ()) -> Controle:
    """What the rules say of a document: those of some families (figures, indicators, credits), or some rules."""
    lecture = lire(read_content(content))
    document = DocumentNormalise(lecture.document.texte, lecture.contrat.spans_of_names)
    return controler(lecture.contrat, document, le=JOUR, familles=() if codes else familles, codes=codes)
