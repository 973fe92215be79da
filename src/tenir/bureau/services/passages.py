"""Saying that one has read what is new."""

from datetime import datetime

from tenir.bureau.models import DernierPassage
from tenir.core import horloge
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces


def note_read(*, by: Acces, espace: EspaceDeContrat, jusqu_a: datetime | None = None) -> None:
    """Note that someone has read what is new in a contract, until a moment: that of the page she read, now by default.

    A page older than the last one she read changes nothing. Her own reading: no trace of it.
    """
    moment = min(jusqu_a or horloge.now(), horloge.now())
    known = DernierPassage.objects.filter(espace=espace, personne=by.personne)
    _, new = known.get_or_create(espace=espace, personne=by.personne, defaults={"vu_jusqu_a": moment})
    if not new:
        known.filter(vu_jusqu_a__lt=moment).update(vu_jusqu_a=moment)
