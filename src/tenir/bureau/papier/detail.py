"""After page one: each action by axis, each signatory."""

from collections.abc import Iterator
from itertools import groupby

from tenir.bureau.papier.faits import Faits, carriers
from tenir.contrat.absences import unread
from tenir.core.documents import Partie, Tableau, picture_of
from tenir.core.typographie import date_fr, typo
from tenir.ecran.mots import UNDECLARED
from tenir.engagements.ecrans.image import by_signatory
from tenir.fiches.ecrans.tableau.lignes import Ligne
from tenir.fichier.enums import Contenu

COLUMNS, SHARES = ("Code", "Action", "Qui porte", "Où elle en est", "En retard depuis le"), (7, 16, 12, 10, 9)


def detail(found: Faits) -> Iterator[Partie]:
    """A part for each axis, then the promises of each signatory; the first opens a new sheet."""
    first = True
    for axe, held in groupby(found.actions, key=lambda line: line.fiche.action.orientation.axe):
        title = typo(f"Le détail : axe {axe.code}, {axe.titre}")
        lines = tuple(_row(found, line) for line in held)
        yield Partie(title, tableau=Tableau(title, COLUMNS, SHARES, lines), autre_feuille=first)
        first = False
    yield _signatories(found)


def _row(found: Faits, line: Ligne) -> tuple[str, ...]:
    fiche = line.fiche
    late = date_fr(found.since(line)) if line.situation.retards else "non"
    status = fiche.get_statut_display() or UNDECLARED
    since = f" depuis le {date_fr(fiche.statut_depuis)}" if fiche.statut_depuis else ""
    return (line.code, *(typo(cell) for cell in (fiche.action.titre, carriers(line), f"{status}{since}", late)))


def _signatories(found: Faits) -> Partie:
    image = picture_of(
        by_signatory(found.espace, found.le),
        resume="Où en sont les engagements, signataire par signataire",
        colonnes=("Signataire", "Un carré, un engagement", "En toutes lettres"),
    )
    silent = unread(found.espace, Contenu.ENGAGEMENTS) or "Le contrat n’écrit aucun engagement."
    return Partie("Le détail : les engagements de chaque signataire", image=image, vide=typo(silent))
