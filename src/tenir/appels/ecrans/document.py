"""A dossier as a file, PDF or Word: for the team, and for whoever holds its link."""

from django.http import HttpRequest, HttpResponse

from tenir.appels.document import document_of
from tenir.appels.ecrans.dossiers import dossier_or_404
from tenir.appels.services.commun import DOSSIERS_READ
from tenir.core.documents import document_response
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs


@needs(DOSSIERS_READ)
def fichier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, format: str) -> HttpResponse:
    """A dossier whole, as a document."""
    found = dossier_or_404(espace, numero)
    return document_response(document_of(found), name=f"{espace.slug}-dossier-{found.code}", format=format)
