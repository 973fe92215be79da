"""Giving every signatory the statement of its promises, in one gesture: planned, sent, stopped, received."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q, QuerySet

from tenir.contrat.models import Signataire
from tenir.core import courriels, horloge, jetons
from tenir.core.marques import Lu, refuse_unread
from tenir.core.models import Courriel
from tenir.core.trace import Auteur, Fait, record
from tenir.core.typographie import pluriel
from tenir.ecran.seuils import undone_until
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.numeros import hold
from tenir.habilitations.rights import Acces, require
from tenir.habilitations.services import trace_of
from tenir.points.models import EnvoiDesEtats, EtatRemis
from tenir.points.models.etat import VALIDITE
from tenir.points.services.destinataires import Blocage, Carnet, Sollicitation

GENRE = "état des engagements"
"""The kind of these facts in the trace; their object is the day of the gesture, or the code of the signatory."""
ETAT = "etat-des-engagements"
"""The kind of the message; its target is what is given."""
SALT = "tenir.points.etat"
NO_BODY = "aucun organisme reconnu dans ce signataire"


class EnvoiRefuse(Exception):
    """Statements may not be sent, stopped, or sent again; the message is the French sentence to show."""


@dataclass(frozen=True, slots=True)
class Remise:
    """What one signatory would be given: to whom, or why to nobody."""

    signataire: Signataire
    promesses: int
    a: Sollicitation | None
    raison: str = ""


def plan_of_statements(espace: EspaceDeContrat, on: date) -> list[Remise]:
    """Each signatory that promised something, and whom its statement would reach; three queries."""
    book = Carnet(espace, on)
    standing = Q(engagements__retire=False, engagements__suivi__isnull=False)
    counted = Signataire.objects.of(espace).select_related("organisation").order_by("ordre")
    rows = counted.annotate(promesses=Count("engagements", filter=standing, distinct=True))
    return [_planned(book, one, one.promesses) for one in rows if one.promesses]


def _planned(book: Carnet, signataire: Signataire, promesses: int) -> Remise:
    if signataire.organisation is None:
        return Remise(signataire, promesses, None, NO_BODY)
    found = book.answers_for(signataire.organisation)
    if isinstance(found, Blocage):
        why = found.phrase.partition(" : ")[2] or found.phrase
        return Remise(signataire, promesses, None, why.rstrip("."))
    return Remise(signataire, promesses, found)


def shown(plan: Sequence[Remise]) -> Lu:
    """What the preview shows: to whom each statement would go."""
    return {one.signataire.code: f"personne n° {one.a.personne.pk}" if one.a else one.raison for one in plan}


def sent_today(espace: EspaceDeContrat) -> EnvoiDesEtats | None:
    """The gesture of today, when there is one."""
    return EnvoiDesEtats.objects.filter(espace=espace, le=horloge.today(espace), arrete_le=None).first()


@transaction.atomic
def send_statements(*, by: Acces, espace: EspaceDeContrat, mot: str = "", lu: Lu | None = None) -> EnvoiDesEtats:
    """Give each signatory its statement; the messages leave in some minutes, and may be stopped until then.

    Raises:
        Refus: she may not.
        Perime: those whom it would reach are no more those that were read.
        EnvoiRefuse: it was done today already, or would reach nobody.
    """
    require(by, "point.update", espace)
    hold(espace)
    if sent_today(espace):
        raise EnvoiRefuse("Les états sont déjà envoyés aujourd’hui : rien n’est envoyé deux fois.")
    plan = plan_of_statements(espace, horloge.today(espace))
    refuse_unread(lu, shown(plan))
    if not any(one.a for one in plan):
        raise EnvoiRefuse("Aucun signataire n’a de contact avec une adresse : rien n’est parti.")
    envoi = _opened(by, espace, mot)
    remises = [_given(envoi, one) for one in plan]
    for remise in EtatRemis.objects.bulk_create(remises):
        if remise.personne_id:
            _enqueue(remise, envoi.part_le)
    given = sum(one.a is not None for one in plan)
    _trace(by.auteur(espace), espace, Fait(GENRE, str(envoi.le), "envoi", "", f"{pluriel(given, 'signataire')}"))
    return envoi


def _opened(by: Acces, espace: EspaceDeContrat, mot: str) -> EnvoiDesEtats:
    now = horloge.now()
    envoi = EnvoiDesEtats(espace=espace, le=horloge.today(espace), mot=mot.strip(), cree_par=by.personne)
    envoi.cree_le, envoi.part_le = now, undone_until(now)
    envoi.full_clean()
    envoi.save()
    return envoi


def _given(envoi: EnvoiDesEtats, one: Remise) -> EtatRemis:
    return EtatRemis(
        envoi=envoi,
        signataire=one.signataire,
        organisation=one.signataire.organisation,
        personne=one.a.personne if one.a else None,
        raison=one.raison,
        expire_le=envoi.part_le + VALIDITE,
    )


def _enqueue(remise: EtatRemis, when: datetime) -> None:
    courriels.enqueue(cle=f"{ETAT}/{remise.pk}/{remise.personne_id}", genre=ETAT, cible=str(remise.pk), pas_avant=when)


def messages_of(envoi: EnvoiDesEtats) -> "QuerySet[Courriel]":
    """Every message of a gesture."""
    numbers = [str(pk) for pk in envoi.remises.values_list("pk", flat=True)]
    return Courriel.objects.filter(genre=ETAT, cible__in=numbers)


def may_stop(envoi: EnvoiDesEtats) -> bool:
    """Whether nothing has left yet."""
    return envoi.arrete_le is None and not messages_of(envoi).exclude(etat=Courriel.Etat.A_ENVOYER).exists()


@transaction.atomic
def stop_statements(*, by: Acces, envoi: EnvoiDesEtats) -> None:
    """Call the whole gesture off, as long as nothing has left; the links open nothing.

    Raises:
        Refus: she may not.
        EnvoiRefuse: it was stopped already, or a message has left.
    """
    require(by, "point.update", envoi.espace)
    found = EnvoiDesEtats.objects.select_for_update(of=("self",)).select_related("espace").get(pk=envoi.pk)
    if found.arrete_le:
        raise EnvoiRefuse("Cet envoi est déjà arrêté.")
    waiting = messages_of(found)
    total = waiting.count()
    if courriels.cancel(waiting) < total:
        raise EnvoiRefuse("Des messages sont déjà partis : l’envoi ne s’arrête plus.")
    found.arrete_le = horloge.now()
    found.save(update_fields=["arrete_le"])
    _trace(by.auteur(found.espace), found.espace, Fait(GENRE, str(found.le), "envoi", "demandé", "arrêté"))


@transaction.atomic
def send_one_again(*, by: Acces, remise: EtatRemis) -> None:
    """Send a statement that did not reach, to whom the signatory’s contact is now.

    Raises:
        Refus: she may not.
        EnvoiRefuse: it was stopped, it is on its way or has left, or nobody can be written to.
    """
    require(by, "point.update", remise.envoi.espace)
    found = _locked(remise)
    espace = found.envoi.espace
    if found.envoi.arrete_le:
        raise EnvoiRefuse("Cet envoi est arrêté.")
    body = found.signataire.organisation
    whom = Carnet(espace, horloge.today(espace)).answers_for(body) if body else Blocage("", NO_BODY)
    if isinstance(whom, Blocage):
        raise EnvoiRefuse(whom.phrase)
    last = courriels.of(ETAT, str(found.pk)).last()
    if last and found.personne_id == whom.personne.pk:
        if not courriels.send_again(last, horloge.now()):
            raise EnvoiRefuse("Ce message est parti, ou va partir.")
    elif last and last.etat not in courriels.DECIDED:
        raise EnvoiRefuse("Ce message est parti, ou va partir.")
    else:
        _hand_to(found, whom)
    fact = Fait(GENRE, found.signataire.code, "renvoi", "", f"personne n° {whom.personne.pk}")
    _trace(by.auteur(espace), espace, fact)


def _hand_to(remise: EtatRemis, whom: Sollicitation) -> None:
    """Someone else has it from now on: her link is a new one, the former opens nothing."""
    fresh = EtatRemis(envoi=remise.envoi, signataire=remise.signataire)
    remise.personne, remise.raison, remise.alea = whom.personne, "", fresh.alea
    remise.revoque_le, remise.accuse_le, remise.expire_le = None, None, horloge.now() + VALIDITE
    remise.full_clean()
    remise.save()
    _enqueue(remise, horloge.now())


@transaction.atomic
def acknowledge(remise: EtatRemis) -> None:
    """She says that she has the statement; said twice, the first counts.

    Raises:
        ValidationError: her link opens nothing any more.
    """
    found = _locked(remise)
    if why := why_shut(found):
        raise ValidationError(why)
    if found.accuse_le is None and found.personne_id:
        found.accuse_le = horloge.now()
        found.save(update_fields=["accuse_le"])
        body = found.organisation.nom if found.organisation else ""
        fact = Fait(GENRE, found.signataire.code, "état reçu", "", "bien reçu")
        _trace(Auteur(found.personne_id, body), found.envoi.espace, fact)


def _locked(remise: EtatRemis) -> EtatRemis:
    rows = EtatRemis.objects.select_for_update(of=("self",))
    return rows.select_related("envoi__espace", "signataire__organisation", "organisation").get(pk=remise.pk)


def why_shut(remise: EtatRemis) -> str:
    """Why a link opens nothing, as a French sentence; empty when it opens."""
    if remise.envoi.arrete_le or remise.revoque_le or remise.personne_id is None:
        return "Ce lien n’ouvre plus rien."
    return "Ce lien a expiré." if remise.expire_le <= horloge.now() else ""


def token_of(remise: EtatRemis) -> str:
    """The secret part of the address of a statement."""
    return jetons.make(SALT, remise.pk, _told(remise))


def find(jeton: str) -> EtatRemis | None:
    """The statement that a secret opens, whatever became of the link."""
    rows = EtatRemis.objects.select_related("envoi__espace", "signataire__organisation", "personne", "organisation")
    return jetons.find(jeton, SALT, rows, _told)


def open_links(now: datetime) -> int:
    """How many links open a statement."""
    given = EtatRemis.objects.filter(envoi__arrete_le=None, personne__isnull=False, revoque_le=None)
    return given.filter(expire_le__gt=now).count()


def _told(remise: EtatRemis) -> str:
    return f"{remise.envoi_id}/{remise.alea}"


def _trace(auteur: Auteur, espace: EspaceDeContrat, fact: Fait) -> None:
    record(trace_of(espace), auteur, [fact])
