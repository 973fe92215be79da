"""An agenda built from what waits: each room offers its things, each that is ticked becomes an item linked to it."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.core import horloge
from tenir.core.piece import pieces
from tenir.core.typographie import typo
from tenir.gouvernance.echeancier import calendar_of
from tenir.gouvernance.models import Decision, Proposition, Reunion
from tenir.gouvernance.regles import corpus_of
from tenir.gouvernance.services.points import add_point, title_of
from tenir.gouvernance.services.reunions import locked
from tenir.gouvernance.services.suites import put_on_agenda
from tenir.habilitations.rights import Acces, require

RIGHT = "reunion.update"


@dataclass(frozen=True, slots=True)
class Offre:
    """Something that waits: its key, the heading it stands under, its title, how it becomes an item."""

    cle: str
    groupe: str
    titre: str
    inscrire: Callable[[Acces, Reunion], object]


def plain(cle: str, groupe: str, titre: str) -> Offre:
    """An offer that becomes an item of its title, and is linked to nothing."""
    return Offre(cle, groupe, typo(titre), lambda by, reunion: add_point(by=by, reunion=reunion, titre=titre))


def offers_for(reunion: Reunion) -> list[Offre]:
    """What waits in every room and is not on this agenda yet, in the order of the ranks."""
    on = horloge.today(reunion.espace)
    brought = {rank: bring for piece in pieces() for rank, bring in piece.a_inscrire.items()}
    held = {typo(titre) for titre in reunion.points.values_list("titre", flat=True)}
    return [one for rank in sorted(brought) for one in brought[rank](reunion, on) if one.titre not in held]


@transaction.atomic
def inscribe(*, by: Acces, reunion: Reunion, cles: Collection[str]) -> int:
    """Write on an agenda what was ticked; what is there already, or waits no more, is passed over. Return how many.

    Raises:
        Refus: she may not.
        ValidationError: the meeting is over.
    """
    require(by, RIGHT, reunion.espace)
    found = locked(reunion)
    if not found.is_to_come:
        raise ValidationError("Cette réunion est tenue, ou annulée : son ordre du jour ne se construit plus.")
    chosen = [one for one in offers_for(found) if one.cle in cles]
    for one in chosen:
        one.inscrire(by, found)
    return len(chosen)


def decisions(reunion: Reunion, on: date) -> Iterator[Offre]:
    """The decisions of any body to be carried out, with their day."""
    rows = Decision.objects.of(reunion.espace).waiting().exclude(reprises__reunion=reunion).exclude(reunion=reunion)
    for one in rows.order_by("pour_le", "numero"):
        yield Offre(
            f"decision/{one.pk}",
            "Décisions à exécuter",
            typo(f"{title_of(one)} : {one.texte}"),
            lambda by, of, one=one: add_point(by=by, reunion=of, titre=title_of(one), reprend=one),  # type: ignore[misc]
        )


def propositions(reunion: Reunion, on: date) -> Iterator[Offre]:
    """The proposals that led to nothing yet."""
    rows = Proposition.objects.of(reunion.espace).waiting().exclude(points__reunion=reunion)
    for one in rows.order_by("numero"):
        yield Offre(
            f"proposition/{one.pk}",
            "Propositions à examiner",
            typo(f"Proposition {one.code} : {one.texte} ({one.reunion.instance.nom})"),
            lambda by, of, one=one: put_on_agenda(by=by, proposition=one, reunion=of),  # type: ignore[misc]
        )


def obligations(reunion: Reunion, on: date) -> Iterator[Offre]:
    """The meetings that a rule asks for this year, and that nobody planned."""
    corpus = corpus_of(reunion.espace, on, listed=False)
    meetings = Reunion.objects.of(reunion.espace).filter(jour__year=on.year)
    for line in calendar_of(corpus, meetings, on):
        for one in line.annees:
            if one.is_pressing:
                titre = f"{one.instance.nom} : {one.phrase}"
                yield plain(f"obligation/{one.instance.pk}", "Obligations de réunion", titre)
