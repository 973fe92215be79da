"""Erasing how to reach candidates, once it serves no more: every night, and when a person is erased."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from tenir.conseil.enums import Issue
from tenir.conseil.models import Candidature, Mandat
from tenir.conseil.services.commun import CONSEIL
from tenir.conseil.seuils import NON_RETENUES, SANS_TIRAGE
from tenir.core import horloge
from tenir.core.seuils import in_force
from tenir.core.trace import Auteur, Fait, record
from tenir.core.typographie import pluriel
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.services import trace_of


def erase_due(now: datetime) -> str:
    """Erase the names and contacts that serve no more, in every contract; idempotent."""
    waiting = Candidature.objects.reachable().order_by().values("espace")
    count = 0
    for espace in EspaceDeContrat.objects.filter(pk__in=waiting).order_by("pk"):
        today = horloge.day_of(now, espace)
        rows = list(due(espace, today).order_by("numero"))
        erase(espace, rows, today)
        count += len(rows)
    return f"Coordonnées effacées : {pluriel(count, 'candidature', genre='f')}."


def due(espace: EspaceDeContrat, today: date) -> QuerySet[Candidature]:
    """Those whose contact serves no more on a day: mandate over, call over, not drawn, withdrawn, call never drawn."""
    held = Exists(Mandat.objects.filter(candidature=OuterRef("pk"), au__gt=today))
    had = Exists(Mandat.objects.filter(candidature=OuterRef("pk"), au__lte=today))
    drawn_before = today - timedelta(days=in_force(NON_RETENUES, today))
    closed_before = today - timedelta(days=in_force(SANS_TIRAGE, today))
    over = (
        Q(had)
        | Q(appel__mandats_jusqu_au__lte=today)
        | Q(issue=Issue.NON_RETENUE, appel__tire_le__lte=drawn_before)
        | Q(retiree_le__lt=today)
        | Q(appel__tire_le=None, appel__ferme_le__lte=closed_before)
    )
    return Candidature.objects.filter(espace=espace).reachable().filter(over).exclude(held)


@transaction.atomic
def erase(espace: EspaceDeContrat, rows: list[Candidature], today: date) -> None:
    """Erase the name and the contact of some candidates; what the draw is replayed with stays."""
    numbers = [one.pk for one in rows]
    Candidature.objects.filter(pk__in=numbers).update(nom="", contact="", efface_le=today)
    if rows:
        facts = [Fait(CONSEIL, one.code, "coordonnées", "", "effacées") for one in rows]
        record(trace_of(espace), Auteur(commande="effacement des coordonnées"), facts)
