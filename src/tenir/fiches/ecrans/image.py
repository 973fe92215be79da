"""The actions of a contract as its partners read them: one square each, late before what is declared."""

from collections.abc import Iterable

from tenir.core.carres import Carre, Rang, Rangs, picture, ranked
from tenir.ecran.navigation import address
from tenir.fiches.ecrans.tableau.lignes import Ligne
from tenir.fiches.signes import ORDRE, sign_of
from tenir.habilitations.models import EspaceDeContrat

NO_ACTION = "Aucune action n’y est prévue."


def square(line: Ligne, espace: EspaceDeContrat) -> Carre:
    """The square of a fiche, which leads to it."""
    fiche = line.fiche
    late = bool(line.situation.retards)
    return Carre(sign_of(fiche.statut, late=late), str(fiche.action), address("fiche", espace, line.code))


def by_axis(lines: Iterable[Ligne], espace: EspaceDeContrat) -> Rangs:
    """A bar for each axis, its squares by state."""
    rows: dict[str, list[Carre]] = {}
    for line in lines:
        axe = line.fiche.action.orientation.axe
        rows.setdefault(f"{axe.code} {axe.titre}", []).append(square(line, espace))
    bars = [Rang(name, ranked(held, ORDRE), vide=NO_ACTION, ordre=ORDRE) for name, held in rows.items()]
    return picture(bars, ORDRE)


def by_orientation(lines: Iterable[Ligne], espace: EspaceDeContrat) -> Rangs:
    """A row for each orientation, its squares in the order of the contract; it leads to its fiches."""
    rows: dict[tuple[str, str], list[Carre]] = {}
    for line in lines:
        one = line.fiche.action.orientation
        rows.setdefault((one.code, one.titre), []).append(square(line, espace))
    table = address("fiches", espace)
    found = [
        Rang(titre, tuple(held), f"{table}?orientation={code}", code, NO_ACTION, ORDRE)
        for (code, titre), held in rows.items()
    ]
    return picture(found, ORDRE)
