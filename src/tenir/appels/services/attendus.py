"""Which reports are due, and until when."""

from datetime import date
from typing import Any

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from tenir.appels.enums import EtatDeCompteRendu, EtatDeDossier, Rendu, Suite
from tenir.appels.models import CompteRenduFinancier, DossierDeDemande, PartDemandee


def report_of(dossier: DossierDeDemande) -> CompteRenduFinancier:
    """The report of a dossier, as it stands, or a new one that is not kept yet."""
    found = CompteRenduFinancier.objects.select_related("dossier__espace", "dossier__appel").filter(dossier=dossier)
    return found.first() or CompteRenduFinancier(dossier=dossier)


def is_granted(dossier: DossierDeDemande) -> bool:
    """Whether a funder granted it something: then a report is due."""
    return dossier.etat == EtatDeDossier.DEPOSE and dossier.parts.filter(suite=Suite.ACCORDE).exists()


def overdue(on: date) -> Q:
    """The dossiers whose last day (`due_on`) is past, as the database reads it."""
    closed = on.year if (on.month, on.day) > (6, 30) else on.year - 1
    return Q(appel__annee__lt=closed) & (Q(fin=None) | Q(fin__year__lt=closed))


def with_rendu(rows: QuerySet[DossierDeDemande], on: date) -> QuerySet[Any]:
    """Dossiers with where each stands with its report that day (`Rendu`); nothing where none is due."""
    granted = PartDemandee.objects.filter(dossier=OuterRef("pk"), suite=Suite.ACCORDE)
    state = Case(
        When(~Q(etat=EtatDeDossier.DEPOSE) | ~Exists(granted), then=Value(None)),
        When(compte_rendu__etat=EtatDeCompteRendu.LU, then=Value(Rendu.LU.value)),
        When(compte_rendu__etat=EtatDeCompteRendu.REMIS, then=Value(Rendu.REMIS.value)),
        When(overdue(on), then=Value(Rendu.EN_RETARD.value)),
        When(fin__lt=on, then=Value(Rendu.A_REMETTRE.value)),
        default=Value(Rendu.ATTENDU.value),
        output_field=IntegerField(),
    )
    return rows.annotate(rendu=state)


def due_on(dossier: DossierDeDemande) -> date:
    """The last day for its report: six months after the end of the year of its call, or of its action."""
    year = max(dossier.appel.annee, dossier.fin.year if dossier.fin else 0)
    return date(year + 1, 6, 30)
