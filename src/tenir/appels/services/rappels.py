"""Reports that are due: whoever owes one is reminded once its action is over, a month before the last day, late."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import transaction

from tenir.appels.enums import EtatDeDossier, Suite
from tenir.appels.models import DossierDeDemande
from tenir.appels.models.comptes_rendus import HANDED_IN
from tenir.appels.services.attendus import due_on
from tenir.appels.services.messages import remind_report
from tenir.core import horloge
from tenir.core.typographie import pluriel
from tenir.habilitations.models import EspaceDeContrat

MONTH = timedelta(days=30)


def owed_in(espace: EspaceDeContrat, on: date) -> Iterator[tuple[DossierDeDemande, date]]:
    """The dossiers of a contract whose action is over and whose report is not handed in, each with its last day."""
    rows = DossierDeDemande.objects.of(espace).filter(etat=EtatDeDossier.DEPOSE, fin__lt=on, parts__suite=Suite.ACCORDE)
    for one in rows.exclude(compte_rendu__etat__in=HANDED_IN).distinct().order_by("fin", "numero"):
        yield one, due_on(one)


def stage_of(due: date, on: date) -> str:
    """Which reminder a day calls for."""
    if due < on:
        return "retard"
    return "bientot" if due - on <= MONTH else "fini"


def remind(now: datetime) -> str:
    """The task of the morning that reminds of reports; each stage once."""
    done = sum(_remind(one) for one in EspaceDeContrat.objects.filter(dossiers__parts__suite=Suite.ACCORDE).distinct())
    return f"{pluriel(done, 'compte rendu attendu', 'comptes rendus attendus')}."


@transaction.atomic
def _remind(espace: EspaceDeContrat) -> int:
    today, count = horloge.today(espace), 0
    for one, due in owed_in(espace, today):
        count += 1
        if one.courriel:
            remind_report(one, stage_of(due, today))
    return count
