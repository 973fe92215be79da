"""What the services of the room share: what a gesture is told of, the next number, one held as it stands."""

from django.db.models import Max

from tenir.core.requetes import still
from tenir.ecran.annulation.gestes import Chose
from tenir.habilitations.models import EspaceDeContrat
from tenir.preconisations.models import Preconisation

PRECONISATION = "préconisation"
"""The kind of the facts of the room in the trace."""
RIGHT, ANSWER = "preconisation.update", "preconisation.answer"


def about(preconisation: Preconisation, right: str = RIGHT) -> Chose:
    """A préconisation as what is done to it is told, and undone."""
    titre = f"Préconisation {preconisation.code}"
    return Chose(preconisation, PRECONISATION, preconisation.code, titre, right, preconisation.espace)


def next_number(espace: EspaceDeContrat) -> int:
    """The next number of a contract, which this transaction holds: two who send at once have two."""
    EspaceDeContrat.objects.select_for_update().get(pk=espace.pk)
    last: int | None = Preconisation.objects.filter(espace=espace).aggregate(last=Max("numero"))["last"]
    return (last or 0) + 1


def locked(preconisation: Preconisation) -> Preconisation:
    """One as it stands now, held until the end of the transaction."""
    rows = Preconisation.objects.select_for_update(of=("self",))
    return still(rows.select_related("espace", "organisme"), preconisation)
