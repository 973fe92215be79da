"""Lists: one way to show rows, filter by the address, sort, group, page and export. No domain word.

A `Liste` is declared once, of `Colonne`s; a `Vue` is what an address asks of it; `respond` gives the page or the file.
`docs/adr/0028-une-seule-liste.md` says why it is ours.
"""

from tenir.core.listes.colonne import Colonne, Place, Read, day_column, read, text_column
from tenir.core.listes.liste import Groupement, Liste
from tenir.core.listes.reponse import UNPROCESSABLE, answer, respond, unreadable
from tenir.core.listes.vue import Vue

__all__ = [
    "UNPROCESSABLE",
    "Colonne",
    "Groupement",
    "Liste",
    "Place",
    "Read",
    "Vue",
    "answer",
    "day_column",
    "read",
    "respond",
    "text_column",
    "unreadable",
]
