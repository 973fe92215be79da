"""Saying which bodies refer people to an action."""

from collections.abc import Collection, Iterable

from django.db import transaction

from tenir.acteurs.models import Organisation
from tenir.core.alphabet import alphabetical
from tenir.core.marques import Lu, refuse_unread
from tenir.core.trace import Fait
from tenir.ecran.annulation.gestes import geste
from tenir.fiches.models import FicheAction
from tenir.fiches.services.fiche import GENRE, about, locked
from tenir.habilitations.rights import Acces, require

PRESCRIPTEURS = "prescripteurs"


def shown(fiche: FicheAction) -> Lu:
    """Those that a page shows."""
    return {PRESCRIPTEURS: _names(fiche.prescripteurs.order_by(alphabetical("nom")))}


@transaction.atomic
def set_prescribers(
    *, by: Acces, fiche: FicheAction, organisations: Collection[Organisation], lu: Lu | None = None
) -> None:
    """Say which bodies refer people to an action, instead of those that did.

    Raises:
        Refus: she may not.
        Perime: they are no more those that were read.
    """
    require(by, "fiche.update", fiche.espace, fiche)
    found = locked(fiche)
    before, after = shown(found), {PRESCRIPTEURS: _names(sorted(organisations, key=str))}
    refuse_unread(lu, before, after)
    if set(found.prescripteurs.all()) == set(organisations):
        return
    with geste(by, about(found), "prescripteurs dits") as g:
        g.keep(found, PRESCRIPTEURS)
        found.prescripteurs.set(organisations)
        g.tell([Fait(GENRE, found.code, PRESCRIPTEURS, before[PRESCRIPTEURS], shown(found)[PRESCRIPTEURS])])


def _names(bodies: Iterable[Organisation]) -> str:
    return ", ".join(str(body) for body in bodies)
