"""What the services of the room share: what a gesture is told of, a walk and a stop held as they stand."""

from tenir.core.requetes import still
from tenir.ecran.annulation.gestes import Chose
from tenir.marches.models import Arret, Marche

MARCHE = "marche"
"""The kind of the facts of the room in the trace."""
RIGHT, PUBLISH = "marche.update", "marche.publish"


def about(marche: Marche, right: str = RIGHT) -> Chose:
    """A walk as what is done to it is told, and undone."""
    return Chose(marche, MARCHE, marche.code, f"Marche {marche.code}", right, marche.espace)


def locked(marche: Marche) -> Marche:
    """One as it stands now, held until the end of the transaction."""
    rows = Marche.objects.select_for_update(of=("self",))
    return still(rows.select_related("espace", "conduite_par"), marche)


def locked_stop(arret: Arret) -> Arret:
    """A stop as it stands now, held until the end of the transaction."""
    rows = Arret.objects.select_for_update(of=("self",))
    return still(rows.select_related("marche__espace", "marche__conduite_par", "organisme"), arret)
