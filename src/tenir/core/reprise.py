"""Beginning again when heads are lost: one act, with its reason, that the trace tells. Never in silence."""

from datetime import datetime
from pathlib import Path

from django.db import transaction

from tenir.core import horloge, releves
from tenir.core.models import ChaineDeTrace
from tenir.core.trace import Auteur, Fait, record

GENRE = "relevés de la trace"
"""How the trace names this act."""


class RepriseRefusee(Exception):
    """Nothing begins again; the message is the French sentence to show."""


def start_again(chaine: str, motif: str, *, commande: str) -> list[str]:
    """Tell in a chain that heads are lost, set aside what is left of them, and take the first anew; return the losses.

    Raises:
        RepriseRefusee: nothing is lost, or no reason is given.
    """
    try:
        lost = list(releves.losses())
    except releves.RelevesIllisibles as error:
        lost = [str(error)]
    if not lost:
        raise RepriseRefusee("Aucun relevé n’est perdu : il n’y a pas à repartir.")
    if not motif.strip():
        raise RepriseRefusee("Dites pourquoi les relevés sont perdus : --motif.")
    with transaction.atomic():
        _forget(chaine, motif.strip(), commande)
    for path in filter(None, (releves.main_file(), releves.second_file())):
        set_aside(path, horloge.now())
    releves.keep_now()
    return lost


def set_aside(path: Path, on: datetime) -> None:
    """Keep a file beside its place, named after the moment."""
    if path.exists():
        path.rename(path.with_name(f"{path.name}.avant-{on:%Y%m%d-%H%M%S-%f}"))


def _forget(chaine: str, motif: str, commande: str) -> None:
    registre = releves.locked()
    fact = Fait(GENRE, "registre", "relevés comptés", str(registre.nombre), "0")
    record(chaine, Auteur(commande=commande), [fact], motif=motif)
    registre.nombre = registre.copies = registre.envoyes = 0
    registre.derniere, registre.reparti_le = "", horloge.now()
    registre.depuis = dict(ChaineDeTrace.objects.values_list("nom", "longueur"))
    registre.save()
