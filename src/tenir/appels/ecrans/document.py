"""A dossier as a file, PDF or Word: for the team, and for whoever holds its link."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tenir.appels.document import document_of
from tenir.appels.ecrans.dossier import Porte, opened
from tenir.appels.ecrans.dossiers import dossier_or_404
from tenir.appels.models import DossierDeDemande
from tenir.appels.services.commun import DOSSIERS_READ
from tenir.appels.services.instruction import told_outside
from tenir.core.documents import document_response
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs


@needs(DOSSIERS_READ)
def fichier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, format: str) -> HttpResponse:
    """A dossier whole, as a document."""
    found = dossier_or_404(espace, numero)
    return document_response(document_of(found), name=f"{espace.slug}-dossier-{found.code}", format=format)


def _file(request: HttpRequest, found: DossierDeDemande, porte: Porte, format: str) -> HttpResponse:
    """What whoever fills a dossier takes of it: of the instruction, what is decided alone."""
    return document_response(document_of(found, told_outside), name=f"dossier-{found.code}", format=format)


par_lien = login_not_required(require_safe(opened(_file)))
