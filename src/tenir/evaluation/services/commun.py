"""What the services of the room share: what a gesture is told of, rows held as they stand, writing behind a version."""

from collections.abc import Collection, Mapping
from typing import Any, TypeVar

from django.db.models import Model

from tenir.core.requetes import still
from tenir.core.trace import Fait
from tenir.ecran.annulation.gestes import Chose, geste
from tenir.ecran.champs import nouns
from tenir.ecran.versions import changed_fields, facts_of, refuse_older
from tenir.evaluation.models import Appreciation, Evaluation
from tenir.habilitations.rights import Acces

EVALUATION, APPRECIATION = "évaluation", "appréciation"
"""The kinds of the facts of the room in the trace."""
RIGHT, PUBLISH = "evaluation.update", "evaluation.publish"
Row = TypeVar("Row", bound=Model)


def about(evaluation: Evaluation, right: str = RIGHT) -> Chose:
    """An évaluation as what is done to it is told, and undone."""
    titre = f"Évaluation {evaluation.code}"
    return Chose(evaluation, EVALUATION, evaluation.code, titre, right, evaluation.espace)


def about_judgement(one: Appreciation) -> Chose:
    """What is judged of an orientation as what is done to it is told, and undone."""
    titre = f"Évaluation {one.evaluation.code}, orientation {one.orientation.code}"
    return Chose(one.evaluation, APPRECIATION, one.code, titre, RIGHT, one.evaluation.espace)


def locked(evaluation: Evaluation) -> Evaluation:
    """One as it stands now, held until the end of the transaction."""
    rows = Evaluation.objects.select_for_update(of=("self",))
    return still(rows.select_related("espace", "conduite_par"), evaluation)


def locked_row(row: Row) -> Row:
    """A row of an évaluation as it stands now, held until the end of the transaction."""
    rows = type(row)._default_manager.select_for_update(of=("self",))
    return still(rows.select_related("evaluation__espace", "evaluation__conduite_par"), row)


def add(by: Acces, chose: Chose, row: Model, phrase: str, fait: Fait) -> None:
    """Keep a new row of an évaluation, once it holds together."""
    row.full_clean()
    with geste(by, chose, phrase) as g:
        g.keep(row)
        row.save()
        g.tell([fait])


def remove(by: Acces, chose: Chose, row: Model, phrase: str, fait: Fait) -> None:
    """Remove a row of an évaluation; it can be put back for a while."""
    with geste(by, chose, phrase) as g:
        g.keep(row)
        row.delete()
        g.tell([fait])


def rewrite(
    by: Acces,
    chose: Chose,
    row: Any,
    version: int,
    changes: Mapping[str, Any],
    written: Collection[str],
    named: str = "",
) -> dict[str, Any]:
    """Write fields of a row that holds a version; return what was really changed. `named`: of which thing, in words.

    Raises:
        Conflit: someone changed it since that version.
        ValidationError: a value that it cannot hold.
    """
    changed = changed_fields(row, changes, written)
    refuse_older(row, version, changed)
    if not changed:
        return changed
    facts = facts_of(chose.genre, chose.code, row, changed)
    told = [Fait(one.genre, one.objet, f"{one.champ}{named}", one.avant, one.apres) for one in facts]
    with geste(by, chose, f"mise à jour ({nouns(changed, type(row))})") as g:
        g.keep(row)
        for name, value in changed.items():
            setattr(row, name, value)
        row.version += 1
        row.full_clean()
        row.save()
        g.tell(told)
    return changed
