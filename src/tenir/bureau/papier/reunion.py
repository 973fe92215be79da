"""What the paper of a committee gives to the file of a meeting: what the facts ask, what is late and why."""

from collections.abc import Iterator
from datetime import date, timedelta

from tenir.core.documents import Partie, Tableau
from tenir.core.typographie import date_fr, typo
from tenir.gouvernance.models import Reunion
from tenir.gouvernance.services.ordre_du_jour import Offre, plain

HALF_A_YEAR = timedelta(days=182)
LATE = ("Action", "Qui porte", "Depuis le", "Dernière nouvelle")


def difficulties(reunion: Reunion, on: date) -> Iterator[Partie]:
    """What the facts ask of the meeting, then every late action with what was last said of it."""
    from tenir.bureau.papier.decisions import decisions  # with the models of the contract file
    from tenir.bureau.papier.faits import facts
    from tenir.bureau.papier.premiere import late_cells

    found = facts(reunion.espace, on, on - HALF_A_YEAR)
    asked = tuple(typo(f"– {one}") for one in decisions(found))
    yield Partie("Ce que les faits demandent", asked, vide="D’après ce qui est connu, rien n’attend une décision.")
    title = "Actions en difficulté"
    lines = tuple(tuple(typo(cell) for cell in late_cells(found, one)) for one in found.en_retard)
    table = Tableau(title, LATE, (15, 13, 9, 19), lines) if lines else None
    yield Partie(title, (), table, "Aucune action n’est en retard, là où une date est donnée.")


def late_actions(reunion: Reunion, on: date) -> Iterator[Offre]:
    """The late actions, those awaited for longest first."""
    from tenir.bureau.papier.faits import facts

    found = facts(reunion.espace, on, on - HALF_A_YEAR)
    for line in found.en_retard:
        titre = f"Action {line.code}, en retard depuis le {date_fr(found.since(line))} : {line.fiche.action.titre}"
        yield plain(f"fiche/{line.fiche.pk}", "Actions en difficulté", titre)
