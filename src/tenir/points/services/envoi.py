"""Opening a point d'étape, waiving what stops it, sending it, closing it, revoking a link."""

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone

from tenir.core import courriels, horloge
from tenir.core.marques import Lu, refuse_unread
from tenir.core.models import Courriel
from tenir.core.requetes import still
from tenir.core.trace import Fait, record
from tenir.core.typographie import pluriel
from tenir.ecran.champs import told_of, words_of
from tenir.engagements.models import SuiviDEngagement
from tenir.fiches.models import FicheAction
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, require
from tenir.habilitations.services import trace_of
from tenir.points.demande import NombreDemande
from tenir.points.models import Destinataire, Dispense, PointDEtape, Question
from tenir.points.services.destinataires import Plan, Sollicitation, Sujet, plan_of

GENRE = "point d’étape"
"""The kind of these facts in the trace; their object is the number of the point d'étape."""
VALIDITE = timedelta(days=21)
"""How long a link answers."""
INVITATION, RAPPEL, RECU, RETOUR = "point-etape", "point-etape-rappel", "point-etape-recu", "point-etape-retour"
RENDU = "point-etape-rendu"
TO_PEOPLE = (INVITATION, RAPPEL, RECU, RENDU)
"""The kinds whose target is someone asked; that of a question asked back is the question."""
MORNING = time(9)
WRITTEN = (
    "titre",
    "mot",
    "actions",
    "engagements",
    "indicateurs",
    "nombres",
    "reponse_avant",
    "rappel_1_le",
    "rappel_2_le",
)


class PointRefuse(Exception):
    """The point d'étape may not be changed, sent or closed; the message is the French sentence to show."""


@transaction.atomic
def save_point(
    *,
    by: Acces,
    espace: EspaceDeContrat,
    given: Mapping[str, Any],
    point: PointDEtape | None = None,
    lu: Lu | None = None,
) -> PointDEtape:
    """Open a point d'étape, or change one that has not left.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        PointRefuse: it has left already, or awaits answers for a day gone by.
        ValidationError: about nothing, or reminders out of order.
    """
    require(by, "point.update", espace)
    found = _draft(point) if point else PointDEtape(espace=espace, cree_par=by.personne)
    if point:
        written = {name: given[name] for name in WRITTEN if name in given}
        refuse_unread(lu, shown(found), told_of(PointDEtape, written))
    for name in WRITTEN:
        if name in given:
            setattr(found, name, given[name])
    if found.reponse_avant and found.reponse_avant <= horloge.today(found.espace):
        raise PointRefuse("La réponse est attendue pour un jour à venir.")
    if found.reponse_avant and found.reponse_avant > horloge.today(found.espace) + VALIDITE:
        raise PointRefuse("Un lien vaut vingt et un jours : attendez la réponse avant.")
    new = found.pk is None
    found.full_clean()
    found.save()
    _trace(by, found, Fait(GENRE, str(found.pk), "point d’étape", "" if new else found.titre, found.titre))
    return found


def shown(point: PointDEtape) -> Lu:
    """What the page of a draft shows of what it says."""
    return words_of(point, WRITTEN)


def shown_plan(point: PointDEtape, plan: Plan) -> Lu:
    """What the preview of a draft shows: what it says, and each person it would ask, by her number, about what."""
    asked = {
        f"personne n° {one.personne.pk}": ", ".join(sujet.code for sujet in one.sujets) for one in plan.sollicitations
    }
    return {**shown(point), **asked}


def standing(point: PointDEtape) -> Lu:
    """Where a point d'étape stands, and how many answers it has."""
    answered = Question.objects.filter(destinataire__point=point, repondu_le__isnull=False).count()
    return {"point d’étape": point.etat, "réponses": str(answered)}


@transaction.atomic
def waive(*, by: Acces, point: PointDEtape, cles: Mapping[str, str], motif: str) -> int:
    """Waive what stops a point d'étape, for this time; `cles` gives the sentence of each. Return how many were.

    Raises:
        Refus: she may not.
        PointRefuse: it has left already, or nothing says why.
    """
    require(by, "point.update", point.espace)
    found = _draft(point)
    if not motif.strip():
        raise PointRefuse("Dites pourquoi vous passez outre.")
    new = [Dispense(point=found, cle=cle, motif=motif.strip()) for cle in cles.keys() - _waived(found)]
    Dispense.objects.bulk_create(new)
    facts = [Fait(GENRE, str(found.pk), "dispense", cles[one.cle], "dispensé") for one in new]
    record(trace_of(found.espace), by.auteur(found.espace), facts, motif=motif.strip())
    return len(new)


@transaction.atomic
def unwaive(*, by: Acces, point: PointDEtape, cle: str) -> None:
    """Take a waiver back.

    Raises:
        Refus: she may not.
        PointRefuse: the point d'étape has left already.
    """
    require(by, "point.update", point.espace)
    found = _draft(point)
    if found.dispenses.filter(cle=cle).delete()[0]:
        _trace(by, found, Fait(GENRE, str(found.pk), "dispense", cle, "retirée"))


@transaction.atomic
def send_point(*, by: Acces, point: PointDEtape, lu: Lu | None = None) -> Plan:
    """Send a point d'étape: recipients are computed again now, each with her questions and her one link.

    Raises:
        Refus: she may not.
        Perime: what it says, or those it would ask, are no more what was read.
        PointRefuse: it has left already, its day is gone by, something stops it, or nobody is to be asked.
    """
    require(by, "point.update", point.espace)
    found, now = _draft(point), horloge.now()
    plan = plan_of(found, horloge.today(found.espace))
    refuse_unread(lu, shown_plan(found, plan))
    _refuse(found, plan)
    found.envoye_le = now
    found.save(update_fields=["envoye_le"])
    for sollicitation in plan.sollicitations:
        _ask(found, sollicitation, now)
    people = pluriel(len(plan.sollicitations), "personne", genre="f")
    _trace(by, found, Fait(GENRE, str(found.pk), "envoi", "", people))
    return plan


@transaction.atomic
def close_point(*, by: Acces, point: PointDEtape, lu: Lu | None = None) -> None:
    """Close a point d'étape: links still read, answer nothing any more; reminders stop.

    Raises:
        Refus: she may not.
        Perime: it stands no more where the page said.
        PointRefuse: it has not left, or is closed already.
    """
    require(by, "point.update", point.espace)
    found = _locked(point)
    refuse_unread(lu, standing(found))
    if found.etat != "en cours":
        raise PointRefuse("Seul un point d’étape en cours se clôt.")
    found.clos_le = horloge.now()
    found.save(update_fields=["clos_le"])
    asked = [str(pk) for pk in found.destinataires.values_list("pk", flat=True)]
    courriels.cancel(Courriel.objects.filter(genre__in=(INVITATION, RAPPEL, RENDU), cible__in=asked))
    _trace(by, found, Fait(GENRE, str(found.pk), "état", "en cours", "clos"))


def queue_of(destinataire: Destinataire) -> "QuerySet[Courriel]":
    """Every message to someone asked."""
    back = written(destinataire.questions.all())
    mine = Q(genre__in=TO_PEOPLE, cible=str(destinataire.pk)) | Q(genre=RETOUR, cible__in=back)
    return Courriel.objects.filter(mine)


def written(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """The numbers of some rows, as the queue writes them."""
    found: QuerySet[Any] = rows.order_by().annotate(ecrit=Cast("pk", CharField())).values("ecrit")
    return found


def shown_link(destinataire: Destinataire) -> Lu:
    """What a page shows of the messages and of the link of someone asked."""
    states = [
        str(Courriel.Etat(etat).label) for etat in queue_of(destinataire).order_by("pk").values_list("etat", flat=True)
    ]
    return {"messages": ", ".join(states), "lien": "révoqué" if destinataire.revoque_le else "ouvert"}


@transaction.atomic
def decide_message(
    *, by: Acces, destinataire: Destinataire, geste: str, message: str = "", motif: str = "", lu: Lu | None = None
) -> bool:
    """Send a message again, hold it as sent or as come back; whether it could be. `message`: its number.

    Raises:
        Refus: she may not.
        Perime: the message or the link stands no more where the page said.
        PointRefuse: there is no message, or no such decision.
    """
    require(by, "point.update", destinataire.point.espace)
    found, now = Destinataire.objects.select_for_update(of=("self",)).get(pk=destinataire.pk), timezone.now()
    refuse_unread(lu, shown_link(found))
    rows = queue_of(found).order_by("pk")
    courriel = next((one for one in rows if message in (str(one.pk), "")), None)
    if courriel is None or geste not in ("renvoyer", "envoye", "revenu"):
        raise PointRefuse("Choisissez ce qu’il faut faire de ce message.")
    if geste == "revenu":
        return courriels.mark_returned(courriel, motif)
    return (courriels.send_again if geste == "renvoyer" else courriels.hold_as_sent)(courriel, now)


@transaction.atomic
def revoke_link(*, by: Acces, destinataire: Destinataire, lu: Lu | None = None) -> None:
    """Revoke the link of someone asked: it opens nothing any more.

    Raises:
        Refus: she may not.
        Perime: the message or the link stands no more where the page said.
        PointRefuse: it is revoked already.
    """
    point = destinataire.point
    require(by, "point.update", point.espace)
    found = Destinataire.objects.select_for_update(of=("self",)).get(pk=destinataire.pk)
    refuse_unread(lu, shown_link(found))
    if found.revoque_le:
        raise PointRefuse("Ce lien est déjà révoqué.")
    found.revoque_le = horloge.now()
    found.save(update_fields=["revoque_le"])
    _trace(by, point, Fait(GENRE, str(point.pk), f"lien de la personne n° {found.personne_id}", "ouvert", "révoqué"))


def ask_also(destinataire: Destinataire, now: datetime) -> None:
    """Ask for the messages of someone asked: the link now, a reminder on each day that is said and still to come."""
    courriels.enqueue(
        cle=f"{INVITATION}/{destinataire.pk}", genre=INVITATION, cible=str(destinataire.pk), pas_avant=now
    )
    point = destinataire.point
    for rank, day in enumerate((point.rappel_1_le, point.rappel_2_le), start=1):
        when = horloge.at(day, MORNING, point.espace) if day else None
        if when and when > now:
            cle = f"{RAPPEL}/{destinataire.pk}/{rank}"
            courriels.enqueue(cle=cle, genre=RAPPEL, cible=str(destinataire.pk), pas_avant=when)


def _ask(point: PointDEtape, sollicitation: Sollicitation, now: datetime) -> None:
    destinataire = Destinataire.objects.create(
        point=point,
        personne=sollicitation.personne,
        organisation=sollicitation.organisation,
        cree_le=now,
        expire_le=now + VALIDITE,
    )
    Question.objects.bulk_create(_questions(destinataire, sollicitation.sujets))
    ask_also(destinataire, now)


def _questions(destinataire: Destinataire, sujets: list[Sujet]) -> Iterator[Question]:
    for rank, sujet in enumerate(sujets, start=1):
        yield Question(destinataire=destinataire, ordre=rank, **_about(destinataire.point.espace, sujet))


def _about(espace: EspaceDeContrat, sujet: Sujet) -> dict[str, Any]:
    if isinstance(sujet, NombreDemande):
        return _number(espace, sujet)
    if isinstance(sujet, FicheAction):
        return {"fiche": sujet}
    return {"engagement" if isinstance(sujet, SuiviDEngagement) else "indicateur": sujet}


def _number(espace: EspaceDeContrat, demande: NombreDemande) -> dict[str, Any]:
    """A number that is asked, in the words of its kind as they are now."""
    from tenir.activite.catalogue import freeze  # the kinds are slow to start

    mots = freeze(espace, demande.nature)
    return {"mots": mots, "organisme": demande.organisme, "du": demande.du, "au": demande.au}


def _refuse(point: PointDEtape, plan: Plan) -> None:
    if point.reponse_avant <= horloge.today(point.espace):
        raise PointRefuse("Le jour de la réponse est passé : donnez-en un autre.")
    if plan.blocages:
        raise PointRefuse(f"{pluriel(len(plan.blocages), 'point')} à régler avant l’envoi, ou à dispenser.")
    if not plan.sollicitations:
        raise PointRefuse("Personne n’est à solliciter : rien n’est parti.")


def _locked(point: PointDEtape) -> PointDEtape:
    return still(PointDEtape.objects.select_for_update(of=("self",)).select_related("espace"), point)


def _draft(point: PointDEtape) -> PointDEtape:
    found = _locked(point)
    if found.envoye_le:
        raise PointRefuse("Ce point d’étape est déjà parti.")
    return found


def _waived(point: PointDEtape) -> set[str]:
    return set(point.dispenses.values_list("cle", flat=True))


def _trace(by: Acces, point: PointDEtape, fact: Fait) -> None:
    record(trace_of(point.espace), by.auteur(point.espace), [fact])
