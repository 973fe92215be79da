"""Choosing the day of a meeting by a poll: each body answers by its link, the team chooses."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.acteurs.models import Organisation
from tenir.core import courriels, horloge, jetons
from tenir.core.marques import Lu, refuse_unread
from tenir.core.models import Courriel
from tenir.core.noms import de
from tenir.core.requetes import still
from tenir.core.trace import Auteur, Fait, record
from tenir.core.typographie import date_fr
from tenir.ecran.annulation.gestes import geste
from tenir.gouvernance.enums import Possible
from tenir.gouvernance.models import DateProposee, Disponibilite, InstanceSuivie, OrganismeSonde, Reunion, Sondage
from tenir.gouvernance.services.commun import SONDAGE, about_sondage
from tenir.gouvernance.services.liens import LienClos
from tenir.gouvernance.services.reunions import RIGHT, plan
from tenir.habilitations.joignables import contacts_of
from tenir.habilitations.rights import Acces, require
from tenir.habilitations.services import trace_of

SALT = "tenir.gouvernance.sondage"
MESSAGE = "sondage"
"""The kind of the message to a contact of a body; its `cible` is « sonde/person »."""
MOST = 6
"""How many days a poll proposes at most."""


@dataclass(frozen=True, slots=True)
class Creneau:
    """A day to propose."""

    jour: date
    debut: time | None = None
    fin: time | None = None


@transaction.atomic
def open_poll(
    *,
    by: Acces,
    instance: InstanceSuivie,
    objet: str,
    reponse_avant: date,
    dates: Sequence[Creneau],
    bodies: Iterable[Organisation],
) -> Sondage:
    """Ask some bodies which of some days they can come: a message leaves to each of their contacts.

    Raises:
        Refus: she may not.
        ValidationError: fewer than two days, a day gone by, nobody asked, an answer wanted after the first day.
    """
    require(by, RIGHT, instance.espace)
    asked = list(bodies)
    _refuse_hopeless(dates, asked, reponse_avant, horloge.today(instance.espace))
    made = Sondage(
        espace=instance.espace, instance=instance, objet=objet, reponse_avant=reponse_avant, cree_par=by.personne
    )
    made.full_clean()
    made.save()
    for one in dates:
        row = DateProposee(sondage=made, jour=one.jour, debut=one.debut, fin=one.fin)
        row.full_clean()
        row.save()
    sondes = OrganismeSonde.objects.bulk_create(OrganismeSonde(sondage=made, organisation=one) for one in asked)
    _tell(by.auteur(made.espace), made, "sondage", "", f"{len(dates)} dates, {len(asked)} organismes")
    for sonde in sondes:
        _send(sonde, "ouvert")
    return made


def _refuse_hopeless(dates: Sequence[Creneau], asked: list[Organisation], avant: date, today: date) -> None:
    if not 2 <= len(dates) <= MOST:
        raise ValidationError({"jour_1": f"Proposez de deux à {MOST} dates."})
    if min(one.jour for one in dates) <= today:
        raise ValidationError({"jour_1": "Proposez des jours à venir."})
    if not today <= avant < min(one.jour for one in dates):
        raise ValidationError({"reponse_avant": "Demandez la réponse d’ici la première date."})
    if not asked:
        raise ValidationError({"organismes": "Choisissez au moins un organisme."})


@transaction.atomic
def remind(*, by: Acces, sondage: Sondage, lu: Lu | None = None) -> int:
    """Write again to the bodies that have not answered, once a day at most. Return how many messages leave.

    Raises:
        Refus: she may not.
        Perime: the answers are no more those that were read.
        ValidationError: the poll is closed.
    """
    require(by, RIGHT, sondage.espace)
    found, today = _open(sondage), horloge.today(sondage.espace)
    refuse_unread(lu, shown(found))
    silent = [one for one in found.sondes.filter(repondu_le=None) if one.relance_le != today]
    left = sum(_send(one, str(today)) for one in silent)
    OrganismeSonde.objects.filter(pk__in=[one.pk for one in silent]).update(relance_le=today)
    if left:
        _tell(by.auteur(found.espace), found, "relance", "", ", ".join(str(one) for one in silent))
    return left


@transaction.atomic
def choose(*, by: Acces, sondage: Sondage, proposee: DateProposee, lieu: str = "", lu: Lu | None = None) -> Reunion:
    """Choose a day: the meeting is planned, the poll is closed, and its links say which day it is.

    Raises:
        Refus: she may not.
        Perime: the answers are no more those that were read.
        ValidationError: the poll is closed, or the day is past or of another poll.
    """
    require(by, RIGHT, sondage.espace)
    found = _open(sondage)
    refuse_unread(lu, shown(found))
    if proposee.sondage_id != found.pk or proposee.jour < horloge.today(found.espace):
        raise ValidationError({"date": "Choisissez l’une des dates proposées, à venir."})
    given = {"jour": proposee.jour, "debut": proposee.debut, "fin": proposee.fin, "objet": found.objet, "lieu": lieu}
    made = plan(by=by, instance=found.instance, given=given)
    found.reunion, found.clos_le = made, horloge.now()
    found.full_clean()
    found.save()
    _cancel_waiting(found)
    _tell(by.auteur(found.espace), found, "date choisie", "", str(proposee))
    return made


@transaction.atomic
def give_up(*, by: Acces, sondage: Sondage, motif: str, lu: Lu | None = None) -> None:
    """Close a poll without a day, saying why; its links say it too.

    Raises:
        Refus: she may not.
        Perime: the answers are no more those that were read.
        ValidationError: the poll is closed, or nobody says why.
    """
    require(by, RIGHT, sondage.espace)
    found = _open(sondage)
    refuse_unread(lu, shown(found))
    if not motif.strip():
        raise ValidationError({"motif": "Dites pourquoi."})
    with geste(by, about_sondage(found), "clos sans date") as g:
        g.keep(found)
        found.clos_le, found.motif = horloge.now(), motif.strip()
        found.full_clean()
        found.save()
        g.tell([Fait(SONDAGE, found.code, "état", "ouvert", f"clos sans date : {found.motif}")])
    _cancel_waiting(found)


@transaction.atomic
def say(*, sonde: OrganismeSonde, possibles: Mapping[int, str], lu: Lu | None = None) -> OrganismeSonde:
    """Keep when a body can come, by the number of each day; it may be said again, and the last counts.

    Raises:
        LienClos: the poll is closed.
        Perime: what stands is no more what was read.
        ValidationError: a day has no answer.
    """
    rows = OrganismeSonde.objects.select_for_update(of=("self",)).select_related(
        "sondage__espace", "sondage__instance__instance", "organisation"
    )
    found = still(rows, sonde)
    if sentence := why_closed(found.sondage):
        raise LienClos(sentence)
    refuse_unread(lu, shown_answer(found))
    days = list(found.sondage.dates.all())
    missing = [one for one in days if possibles.get(one.pk) not in Possible.values]
    if missing:
        raise ValidationError({f"date_{missing[0].pk}": "Répondez pour chaque date."})
    before = _in_one_line(found)
    for one in days:
        Disponibilite.objects.update_or_create(sonde=found, date=one, defaults={"possible": possibles[one.pk]})
    found.repondu_le = horloge.now()
    found.save(update_fields=["repondu_le"])
    author = Auteur(pour=found.organisation.nom, commande="lien de sondage")
    _tell(author, found.sondage, f"réponse {de(found.organisation)}", before, _in_one_line(found))
    return found


def why_closed(sondage: Sondage) -> str:
    """Why a link answers nothing any more, in a sentence; empty while it answers."""
    if sondage.clos_le is None:
        return ""
    if sondage.reunion:
        return f"La date est choisie : {date_fr(sondage.reunion.jour)}. Une convocation suit."
    return f"Ce sondage est clos : {sondage.motif}" if sondage.motif else "Ce sondage est clos."


def token_of(sonde: OrganismeSonde) -> str:
    """The secret part of the address: one purpose, one body, one poll."""
    return jetons.make(SALT, sonde.pk, _told(sonde))


def find(jeton: str) -> OrganismeSonde | None:
    """Whom a secret belongs to, whatever became of the link; one query, or none for what no link looks like."""
    rows = OrganismeSonde.objects.select_related(
        "sondage__espace", "sondage__instance__instance", "sondage__reunion", "organisation"
    )
    return jetons.find(jeton, SALT, rows, _told)


def open_links(_now: datetime) -> int:
    """How many links open a poll."""
    return OrganismeSonde.objects.filter(sondage__in=Sondage.objects.open()).count()


def shown(sondage: Sondage) -> Lu:
    """What the page of a poll shows of the answers."""
    rows = sondage.sondes.select_related("organisation").prefetch_related("disponibilites__date")
    said = {str(one): _in_one_line(one) for one in rows}
    return said | {"objet": sondage.objet, "état": why_closed(sondage) or "ouvert"}


def shown_answer(sonde: OrganismeSonde) -> Lu:
    """What the page of a link shows: on what, which days, by when, and the answer given."""
    poll = sonde.sondage
    days = " ; ".join(str(one) for one in poll.dates.all())
    asked = {"instance": poll.instance.nom, "objet": poll.objet, "dates": days}
    return {**asked, "réponse avant le": date_fr(poll.reponse_avant), "réponse": _in_one_line(sonde)}


def _in_one_line(sonde: OrganismeSonde) -> str:
    said = sorted(sonde.disponibilites.all(), key=lambda one: (one.date.jour, one.date_id))
    return ", ".join(f"{date_fr(one.date.jour)} : {one}" for one in said)


def _told(sonde: OrganismeSonde) -> str:
    return f"{sonde.sondage_id}/{sonde.alea}"


def _open(sondage: Sondage) -> Sondage:
    rows = Sondage.objects.select_for_update(of=("self",))
    found = still(rows.select_related("espace", "instance__instance", "instance__espace", "reunion"), sondage)
    if sentence := why_closed(found):
        raise ValidationError(sentence)
    return found


def _send(sonde: OrganismeSonde, occasion: str) -> int:
    espace = sonde.sondage.espace
    people = contacts_of(espace, [sonde.organisation]).get(sonde.organisation_id, [])
    for person in people:
        cible = f"{sonde.pk}/{person.pk}"
        courriels.enqueue(cle=f"{MESSAGE}/{cible}/{occasion}", genre=MESSAGE, cible=cible)
    return len(people)


def _cancel_waiting(sondage: Sondage) -> None:
    for number in sondage.sondes.values_list("pk", flat=True):  # those of other contracts are not read
        courriels.cancel(Courriel.objects.filter(genre=MESSAGE, cible__startswith=f"{number}/"))


def _tell(author: Auteur, sondage: Sondage, field: str, before: str, after: str) -> None:
    record(trace_of(sondage.espace), author, [Fait(SONDAGE, sondage.code, field, before, after)])
