"""The agenda of a meeting: adding an item, noting what is said of it, taking it off; what comes back by itself."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from tenir.core.marques import Lu, refuse_unread
from tenir.core.requetes import still
from tenir.core.trace import Fait
from tenir.core.typographie import cut, date_fr
from tenir.ecran.annulation.gestes import geste
from tenir.gouvernance.champs import POINT
from tenir.gouvernance.enums import EtatDeReunion
from tenir.gouvernance.models import Decision, PointDOrdreDuJour, Proposition, Reunion
from tenir.gouvernance.services.commun import REUNION, about_reunion, add, rewrite, same_contract
from tenir.habilitations.rights import Acces, require

RIGHT = "reunion.update"
TITLE = 300


@transaction.atomic
def add_point(
    *,
    by: Acces,
    reunion: Reunion,
    titre: str,
    proposition: Proposition | None = None,
    reprend: Decision | None = None,
    compte_rendu: Reunion | None = None,
) -> PointDOrdreDuJour:
    """Add an item at the end of an agenda.

    Raises:
        Refus: she may not.
        ValidationError: the meeting is called off, no title, a proposal of another contract.
    """
    require(by, RIGHT, reunion.espace)
    _refuse_called_off(reunion)
    same_contract(reunion.espace_id, proposition=proposition, reprend=reprend, compte_rendu=compte_rendu)
    last = reunion.points.aggregate(last=Max("rang"))["last"] or 0
    about = {"proposition": proposition, "reprend": reprend, "compte_rendu": compte_rendu}
    made = PointDOrdreDuJour(reunion=reunion, rang=last + 1, titre=_titled(titre), **about)
    add(by, about_reunion(reunion), made, "point ajouté à l’ordre du jour", made.titre)
    return made


def _titled(words: str) -> str:
    """The title of an item; of a proposal or a decision longer than a title, its first words, and a sign that it goes
    on: the item leads to the whole."""
    said = words.strip()
    return said if len(said) <= TITLE else cut(said, TITLE - 1)


@transaction.atomic
def update_point(*, by: Acces, point: PointDOrdreDuJour, version: int, changes: Mapping[str, Any]) -> PointDOrdreDuJour:
    """Write an item: its title, its rank, what is noted of it. Two who note on one item: the second sees both.

    Raises:
        Refus: she may not.
        Conflit: someone changed it since that version.
        ValidationError: no title.
    """
    require(by, RIGHT, point.reunion.espace)
    found = _locked(point)
    rewrite(by, about_reunion(found.reunion), found, version, changes, POINT)
    return found


@transaction.atomic
def remove_point(*, by: Acces, point: PointDOrdreDuJour, lu: Lu | None = None) -> None:
    """Take an item off an agenda; the trace keeps what was noted.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: a decision was taken on it.
    """
    require(by, RIGHT, point.reunion.espace)
    found = _locked(point)
    refuse_unread(lu, shown_point(found))
    if found.decisions.exists():
        raise ValidationError("Une décision a été prise sur ce point : il reste à l’ordre du jour.")
    chose = about_reunion(found.reunion)
    with geste(by, chose, "point retiré de l’ordre du jour") as g:
        g.keep(found)
        said = " ".join([f"{found.titre} : {found.notes}" if found.notes else found.titre, *found.dit])
        found.delete()
        g.tell([Fait(REUNION, chose.code, "point retiré de l’ordre du jour", said, "retiré")])


def shown_point(point: PointDOrdreDuJour) -> Lu:
    """What a page shows of an item."""
    return {"point": point.intitule, "notes": point.notes, "avis et vote": " ".join(point.dit)}


def waiting_decisions(reunion: Reunion) -> list[Decision]:
    """What its body decided, that should be carried out by the day of a meeting, is not, and is not on its agenda."""
    rows = Decision.objects.of(reunion.espace).late(reunion.jour).filter(reunion__instance=reunion.instance_id)
    return list(rows.exclude(reprises__reunion=reunion).exclude(reunion=reunion).order_by("pour_le", "pk"))


def waiting_minutes(reunion: Reunion) -> list[Reunion]:
    """The meetings of its body, held before it, whose minutes were circulated and not approved, nor on its agenda."""
    rows = Reunion.objects.of(reunion.espace).held().filter(instance=reunion.instance_id, jour__lt=reunion.jour)
    unapproved = rows.filter(diffuse_le__isnull=False, approuve_en=None)
    return list(unapproved.exclude(approbations__reunion=reunion).order_by("jour", "pk"))


def title_of(decision: Decision) -> str:
    """The title of an item that comes back to a decision, without its words."""
    due = f" (attendue pour le {date_fr(decision.pour_le)})" if decision.pour_le else ""
    return f"Où en est la décision {decision.code}{due}"


@transaction.atomic
def bring_back(*, by: Acces, reunion: Reunion) -> int:
    """Write on an agenda what comes to it by itself: minutes to approve, decisions to carry out; return how many."""
    minutes, late = waiting_minutes(reunion), waiting_decisions(reunion)
    for before in minutes:
        titre = f"Approuver le compte rendu du {date_fr(before.jour)}"
        add_point(by=by, reunion=reunion, titre=titre, compte_rendu=before)
    for decision in late:
        add_point(by=by, reunion=reunion, titre=title_of(decision), reprend=decision)
    return len(minutes) + len(late)


def _locked(point: PointDOrdreDuJour) -> PointDOrdreDuJour:
    rows = PointDOrdreDuJour.objects.select_for_update(of=("self",))
    return still(rows.select_related("reunion__espace", "reunion__instance__instance"), point)


def _refuse_called_off(reunion: Reunion) -> None:
    if reunion.etat == EtatDeReunion.ANNULEE:
        raise ValidationError("Cette réunion est annulée.")
