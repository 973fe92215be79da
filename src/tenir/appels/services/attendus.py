"""Which reports are due, and until when."""

from datetime import date

from tenir.appels.enums import EtatDeDossier, Suite
from tenir.appels.models import CompteRenduFinancier, DossierDeDemande


def report_of(dossier: DossierDeDemande) -> CompteRenduFinancier:
    """The report of a dossier, as it stands, or a new one that is not kept yet."""
    found = CompteRenduFinancier.objects.select_related("dossier__espace", "dossier__appel").filter(dossier=dossier)
    return found.first() or CompteRenduFinancier(dossier=dossier)


def is_granted(dossier: DossierDeDemande) -> bool:
    """Whether a funder granted it something: then a report is due."""
    return dossier.etat == EtatDeDossier.DEPOSE and dossier.parts.filter(suite=Suite.ACCORDE).exists()


def due_on(dossier: DossierDeDemande) -> date:
    """The last day for its report: six months after the end of the year of its call, or of its action."""
    year = max(dossier.appel.annee, dossier.fin.year if dossier.fin else 0)
    return date(year + 1, 6, 30)
