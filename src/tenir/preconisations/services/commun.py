"""What the services of the room share: what a gesture is told of, one held as it stands."""

from tenir.core.requetes import still
from tenir.ecran.annulation.gestes import Chose
from tenir.preconisations.models import Preconisation

PRECONISATION = "préconisation"
"""The kind of the facts of the room in the trace."""
RIGHT, ANSWER, REOPEN = "preconisation.update", "preconisation.answer", "preconisation.reopen"


def about(preconisation: Preconisation, right: str = RIGHT) -> Chose:
    """A préconisation as what is done to it is told, and undone."""
    titre = f"Préconisation {preconisation.code}"
    return Chose(preconisation, PRECONISATION, preconisation.code, titre, right, preconisation.espace)


def locked(preconisation: Preconisation) -> Preconisation:
    """One as it stands now, held until the end of the transaction."""
    rows = Preconisation.objects.select_for_update(of=("self",))
    return still(rows.select_related("espace", "organisme"), preconisation)
