"""The spreadsheet of attendance: taken away to be filled, brought back, each row shown before anything is written."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tenir.core.composants import Lien
from tenir.core.exports import export_response
from tenir.core.listes import UNPROCESSABLE
from tenir.core.tableur import Tableau, TableauIllisible
from tenir.core.tableur.colonnes import Grille, read_rows
from tenir.core.typographie import typo
from tenir.ecran.importation import ApercuPerime, TableauForm, told_written
from tenir.ecran.navigation import address, context
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, require
from tenir.habilitations.vues import needs
from tenir.tarifs.ecrans.commun import BOTH, TARIFS, service_or_404
from tenir.tarifs.ecrans.formulaire_de_grille import years_offered
from tenir.tarifs.feuille import COLONNES, REQUIRED, rows_of
from tenir.tarifs.lecture import today_of
from tenir.tarifs.models import GrilleTarifaire, ServiceTarife
from tenir.tarifs.services.commun import COUNT
from tenir.tarifs.services.importation import LigneLue, digest, import_attendance, preview, said_of

AT_ONCE = 300
"""How many rows are brought in at once: thirty tranches over ten years."""
SHOWN_AGAIN = typo(
    "La fréquentation a changé depuis que cette page a été affichée. Rien n’est enregistré : voici ce qu’il en est."
)


class ImportForm(TableauForm):
    """A table of attendance."""

    def table(self, tables: list[Tableau]) -> Grille:
        """The rows of a table of attendance.

        Raises:
            TableauIllisible: it lacks a column, or has too many rows.
        """
        found = read_rows(tables, COLONNES, REQUIRED)
        if len(found.rangs) > AT_ONCE:
            raise TableauIllisible(f"{AT_ONCE} lignes au plus à la fois : partagez ce tableau.")
        return found


@needs(COUNT, theirs=True)
def feuille(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, format: str) -> HttpResponse:
    """The sheet to fill: the last years, tranche by tranche, with what is said."""
    service = service_or_404(espace, numero)
    require(acces, COUNT, espace, service)
    grids = list(GrilleTarifaire.objects.of(service).decided())
    rows = rows_of(grids, years_offered(today_of(service)), said_of(service))
    return export_response(rows, name=f"{espace.slug}-frequentation-{service.code}", format=format)


@require_http_methods(BOTH)
@needs(COUNT, theirs=True)
def importer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Bring a table in: first what each row would do, then, confirmed, all of it at once."""
    service = service_or_404(espace, numero)
    require(acces, COUNT, espace, service)
    form = ImportForm(request.POST or None, request.FILES or None)
    given: dict[str, Any] = {}
    if form.is_valid():
        if form.empreinte:
            try:
                return _brought_in(request, _recorded(form, acces, service), service)
            except ApercuPerime:
                given["avis"] = SHOWN_AGAIN
        given |= _shown(form, acces, service)
    sheet = Lien("Le classeur à remplir", address("frequentation-a-remplir", espace, numero, "xlsx"))
    more = {"service": service, "feuille": sheet, "retour": address("tarif", espace, numero)}
    given = context(acces, espace, TARIFS, form=form, **more, **given)
    status = HTTPStatus.CONFLICT if given.get("avis") else UNPROCESSABLE if form.errors else 200
    return render(request, "tarifs/importer.html", given, status=status)


def _recorded(form: ImportForm, acces: Acces, service: ServiceTarife) -> list[LigneLue]:
    return import_attendance(form.grille, by=acces, service=service, empreinte=form.empreinte, nom=form.nom)


def _shown(form: ImportForm, acces: Acces, service: ServiceTarife) -> dict[str, Any]:
    """What the page of a preview shows, and the table as it comes back to be recorded."""
    lines = preview(form.grille, by=acces, service=service, nom=form.nom)
    return {
        "montre": True,
        "lignes": [one for one in lines if one.change or one.raison],
        "lues": len(lines),
        "remarques": [typo(one) for one in form.grille.remarques],
        "texte": form.kept(digest(lines)),
        "inscrites": sum(one.change for one in lines),
        "refusees": sum(bool(one.raison) for one in lines),
    }


def _brought_in(request: HttpRequest, lines: list[LigneLue], service: ServiceTarife) -> HttpResponse:
    wrote, refused = sum(one.change for one in lines), sum(bool(one.raison) for one in lines)
    messages.success(request, told_written(wrote, "ligne", refused, genre="f"))
    return redirect(address("tarif", service.espace, service.numero))
