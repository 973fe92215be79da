"""The spreadsheet of dossiers: taken away to be filled, brought back, each row shown before anything is written."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tenir.appels.ecrans.commun import BOTH
from tenir.appels.ecrans.sujets import PAGE
from tenir.appels.feuille import REQUIRED, columns_of, fields_of, rows_of
from tenir.appels.models import AppelAProjets, DossierDeDemande
from tenir.appels.services.commun import DOSSIERS_READ, FILL
from tenir.appels.services.importation import CONFLICT, REFUSED, DossierLu, digest, import_dossiers, preview
from tenir.core.composants import Lien
from tenir.core.exports import export_response
from tenir.core.listes import UNPROCESSABLE
from tenir.core.tableur import Tableau, TableauIllisible
from tenir.core.tableur.colonnes import Grille, read_rows
from tenir.core.typographie import typo
from tenir.ecran.importation import ApercuPerime, TableauForm, chosen_rows, told_written
from tenir.ecran.navigation import address, context
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs

AT_ONCE = 200
"""How many dossiers are brought in at once: more than a call of one contract receives."""
SHOWN_AGAIN = typo(
    "Des dossiers ont changé depuis que cette page a été affichée. Rien n’est enregistré : voici ce qu’il en est."
)


class ImportForm(TableauForm):
    """A table of dossiers."""

    def __init__(self, espace: EspaceDeContrat, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.espace = espace

    def table(self, tables: list[Tableau]) -> Grille:
        """The rows of a table of dossiers.

        Raises:
            TableauIllisible: it lacks a column, or has too many rows.
        """
        found = read_rows(tables, columns_of(fields_of(self.espace)), REQUIRED)
        if len(found.rangs) > AT_ONCE:
            raise TableauIllisible(f"{AT_ONCE} dossiers au plus à la fois : partagez ce tableau.")
        return found


@needs(DOSSIERS_READ)
def feuille(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, format: str) -> HttpResponse:
    """The sheet to fill: the dossiers of a contract, or those of one call (`?appel=2`).

    Raises:
        Http404: a call of another contract.
    """
    rows = DossierDeDemande.objects.of(espace).prefetch_related("budget", "parts").order_by("numero")
    name, asked = f"{espace.slug}-dossiers-a-remplir", request.GET.get("appel", "")
    if asked:
        if not (asked.isdecimal() and len(asked) < 9 and _calls(espace).filter(numero=asked).exists()):
            raise Http404
        rows, name = rows.filter(appel__numero=asked), f"{name}-AP{asked}"
    return export_response(rows_of(rows, fields_of(espace)), name=name, format=format)


@require_http_methods(BOTH)
@needs(FILL)
def importer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Bring a table in: first what each row would do, then, confirmed, all of it at once."""
    form = ImportForm(espace, request.POST or None, request.FILES or None)
    given: dict[str, Any] = {}
    if form.is_valid():
        if form.empreinte:
            try:
                return _brought_in(request, _recorded(request, form, acces, espace), espace)
            except ApercuPerime:
                given["avis"] = SHOWN_AGAIN
        given |= _shown(form, acces, espace)
    more = {"feuilles": _sheets(espace), "retour": address(PAGE, espace)}
    given = context(acces, espace, PAGE, form=form, **more, **given)
    status = HTTPStatus.CONFLICT if given.get("avis") else UNPROCESSABLE if form.errors else 200
    return render(request, "appels/importer.html", given, status=status)


def _recorded(request: HttpRequest, form: ImportForm, acces: Acces, espace: EspaceDeContrat) -> list[DossierLu]:
    return import_dossiers(
        form.grille, by=acces, espace=espace, empreinte=form.empreinte, nom=form.nom, choisis=chosen_rows(request)
    )


def _shown(form: ImportForm, acces: Acces, espace: EspaceDeContrat) -> dict[str, Any]:
    """What the page of a preview shows, and the table as it comes back to be recorded."""
    lines = preview(form.grille, by=acces, espace=espace, nom=form.nom)
    return {
        "montre": True,
        "lignes": [one for one in lines if one.change or one.sort in (CONFLICT, REFUSED)],
        "lues": len(lines),
        "remarques": [typo(one) for one in form.grille.remarques],
        "texte": form.kept(digest(lines)),
        "inscrits": sum(one.change for one in lines),
        "conflits": sum(one.sort == CONFLICT for one in lines),
        "refuses": sum(one.sort == REFUSED for one in lines),
    }


def _calls(espace: EspaceDeContrat) -> Any:
    return AppelAProjets.objects.of(espace).order_by("-numero")


def _sheets(espace: EspaceDeContrat) -> list[Lien]:
    """The sheet of every dossier, then that of each call."""
    url = address("dossiers-a-remplir", espace, "xlsx")
    return [Lien("Tous les dossiers", url), *(Lien(one.titre, f"{url}?appel={one.numero}") for one in _calls(espace))]


def _brought_in(request: HttpRequest, lines: list[DossierLu], espace: EspaceDeContrat) -> HttpResponse:
    chosen = chosen_rows(request) & {one.rang for one in lines if one.sort == CONFLICT}
    wrote = sum(one.change for one in lines) + len(chosen)
    refused = sum(one.sort == REFUSED for one in lines)
    messages.success(request, told_written(wrote, "dossier", refused))
    return redirect(address(PAGE, espace))
