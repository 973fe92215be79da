"""A document read and put through the rules on figures, indicators and credits."""

from datetime import date

from tenir.fichier.document import DocumentNormalise
from tenir.lecteur.brouillon import lire
from tenir.lecteur.lecture import read_content
from tenir.regles.controle import Controle, controler

FAMILLES = ("CHF", "IND", "FIN")
JOUR = date(2026, 11, 27)


def controle(content: bytes) -> Controle:
    lecture = lire(read_content(content))
    document = DocumentNormalise(lecture.document.texte, lecture.contrat.spans_of_names)
    return controler(lecture.contrat, document, le=JOUR, familles=FAMILLES)
