"""The spreadsheet of the ledger: taken away to be filled, brought back, each row shown before anything is written."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from tenir.core.composants import Lien
from tenir.core.exports import export_response
from tenir.core.listes import UNPROCESSABLE
from tenir.core.tableur import Tableau
from tenir.core.tableur.colonnes import Grille, read_rows
from tenir.core.typographie import typo
from tenir.ecran.importation import ApercuPerime, TableauForm, chosen_rows, told_written
from tenir.ecran.navigation import address, context
from tenir.ecran.travaux import page_of
from tenir.financement.ecrans.commun import LIGNES, funders_offered
from tenir.financement.ecrans.listes import lines_of
from tenir.financement.ecrans.travaux import ask_to_write_amounts
from tenir.financement.feuille import COLONNES, HEADINGS, REQUIRED, rows_of
from tenir.financement.models import LigneDeFinancement
from tenir.financement.services import commun
from tenir.financement.services.importation import CONFLICT, REFUSED, LigneLue, digest, import_amounts, preview
from tenir.financement.travaux import AT_ONCE
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs

SHOWN_AGAIN = typo(
    "Le registre a changé depuis que cette page a été affichée. Rien n’est enregistré : voici ce qu’il en est."
)


class ImportForm(TableauForm):
    """A table of amounts."""

    def table(self, tables: list[Tableau]) -> Grille:
        """The rows of a table of amounts."""
        return read_rows(tables, COLONNES, REQUIRED)


@needs(commun.UPDATE, theirs=True)
def feuille(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, format: str) -> HttpResponse:
    """The sheet to fill: the lines of a funder, or all those she may write.

    Raises:
        Http404: a funder of another contract.
    """
    funders = funders_offered(acces, espace)
    asked = request.GET.get("financeur", "")
    if asked and not (asked.isdecimal() and len(asked) < 10):
        raise Http404
    name = f"{espace.slug}-financements-a-remplir"
    rows = lines_of(espace).filter(financeur__in=funders.order_by().values("pk"))
    if asked:
        funder = get_object_or_404(funders, pk=asked)
        rows, name = rows.filter(financeur=funder), f"{name}-{funder.identifiant}"
    return export_response(rows_of(rows), name=name, format=format)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(commun.UPDATE, theirs=True)
def importer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Bring a table in: first what each row would do, then, confirmed, all of it at once."""
    form = ImportForm(request.POST or None, request.FILES or None)
    given: dict[str, Any] = {}
    if form.is_valid():
        if form.empreinte and request.POST.get("nombre", "").isdecimal() and int(request.POST["nombre"]) > AT_ONCE:
            asked = ask_to_write_amounts(acces, espace, form.nom, form.kept(form.empreinte), chosen_rows(request))
            return redirect(page_of(asked))
        if form.empreinte:
            try:
                return _brought_in(request, _recorded(request, form, acces, espace), espace)
            except ApercuPerime:
                given["avis"] = SHOWN_AGAIN
        given |= _shown(form, acces, espace)
    more = {"feuilles": _sheets(acces, espace), "colonnes": ", ".join(HEADINGS[:-1]), "retour": address(LIGNES, espace)}
    given = context(acces, espace, LIGNES, form=form, **more, **given)
    status = HTTPStatus.CONFLICT if given.get("avis") else UNPROCESSABLE if form.errors else 200
    return render(request, "financement/importer.html", given, status=status)


def _recorded(request: HttpRequest, form: ImportForm, acces: Acces, espace: EspaceDeContrat) -> list[LigneLue]:
    return import_amounts(
        form.grille, by=acces, espace=espace, empreinte=form.empreinte, nom=form.nom, choisies=chosen_rows(request)
    )


def _shown(form: ImportForm, acces: Acces, espace: EspaceDeContrat) -> dict[str, Any]:
    """What the page of a preview shows, and the table as it comes back to be recorded."""
    lines = preview(form.grille, by=acces, espace=espace, nom=form.nom)
    counts = {name: sum(one.sort == sort for one in lines) for name, sort in COUNTED.items()}
    return {
        "montre": True,
        "lignes": [one for one in lines if one.change or one.sort in (CONFLICT, REFUSED)],
        "lues": len(lines),
        "remarques": [typo(one) for one in form.grille.remarques],
        "texte": form.kept(digest(lines)),
        "inscrites": sum(one.change for one in lines),
        **counts,
    }


COUNTED = {"conflits": CONFLICT, "refusees": REFUSED}


def _sheets(acces: Acces, espace: EspaceDeContrat) -> list[Lien]:
    """The sheet of every line she may write, then that of each funder."""
    url = address("financements-a-remplir", espace, "xlsx")
    held = LigneDeFinancement.objects.filter(espace=espace).values("financeur")
    funders = funders_offered(acces, espace).filter(pk__in=held)
    return [Lien("Toutes les lignes", url), *(Lien(one.nom, f"{url}?financeur={one.pk}") for one in funders)]


def _brought_in(request: HttpRequest, lines: list[LigneLue], espace: EspaceDeContrat) -> HttpResponse:
    chosen = chosen_rows(request) & {one.rang for one in lines if one.sort == CONFLICT}
    wrote = sum(one.change for one in lines) + len(chosen)
    messages.success(request, told_written(wrote, "ligne", sum(one.sort == REFUSED for one in lines), "f"))
    return redirect(address(LIGNES, espace))
