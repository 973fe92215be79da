"""The gestures that someone may still undo, as pages show them: what was done, and how long it may be undone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.utils.html import format_html
from django.utils.safestring import SafeString

from tenir.core import horloge
from tenir.core.typographie import pluriel, typo
from tenir.ecran.models import Geste, LigneDeGeste
from tenir.ecran.navigation import address
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces

SHOWN = 2
"""How many gestures a page shows; the others are on their own page."""


@dataclass(frozen=True, slots=True)
class Annulable:
    """A gesture that may still be undone: its sentence, its page, when and by whom, how long it may be.

    `lot`: its page shows first what would be undone.
    """

    phrase: str
    url: str
    quand: str
    qui: str
    reste: str
    lot: bool


def undoable(
    acces: Acces, espace: EspaceDeContrat | None, *, genre: str = "", code: str = "", most: int = SHOWN
) -> list[Annulable]:
    """Her last gestures in a contract, or on one thing of it, that may still be undone; one query."""
    rows = Geste.objects.undoable(horloge.now()).filter(espace=espace, par=acces.personne)
    if genre:
        rows = rows.filter(pk__in=LigneDeGeste.objects.filter(genre=genre, objet=code).values("geste"))
    return shown(rows.select_related("espace", "par")[:most])


def shown(gestes: Iterable[Geste]) -> list[Annulable]:
    """Gestures as pages show them."""
    return [
        Annulable(one.phrase, url_of(one), horloge.clock(one.le), str(one.par), typo(left(one)), one.lot)
        for one in gestes
    ]


def url_of(geste: Geste) -> str:
    """The page of a gesture."""
    return address("geste", geste.espace, geste.pk)


def left(geste: Geste) -> str:
    """« encore 9 minutes »."""
    minutes = -((horloge.now() - geste.expire_le) // timedelta(minutes=1))
    return f"encore {pluriel(max(minutes, 1), 'minute', genre='f')}"


def with_undo(
    acces: Acces, espace: EspaceDeContrat | None, said: str, back: str, *, genre: str = "", code: str = ""
) -> SafeString:
    """What is said of the gesture she has just made, on one thing maybe, and the way to undo it, then back."""
    last = undoable(acces, espace, genre=genre, code=code, most=1)
    if not last:
        return format_html("{}", typo(said))
    url = f"{last[0].url}?{urlencode({'retour': back})}"
    return format_html('{} <a href="{}">Annuler, {}</a>', typo(said), url, last[0].reste)
