"""The spreadsheet: taken away, brought back, shown, applied; then its receipt, and the list of what was brought."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from tenir.core import horloge
from tenir.core.exports import XLSX
from tenir.core.listes import UNPROCESSABLE, Colonne, Liste, Place, respond
from tenir.core.tableur import OCTETS, TableauIllisible, is_long
from tenir.core.typographie import accord, date_fr, pluriel, typo
from tenir.ecran.annulation.barre import with_undo
from tenir.ecran.conflit import CONFLICT
from tenir.ecran.histoire import named, numbers_in
from tenir.ecran.navigation import address, context
from tenir.ecran.travaux import page_of
from tenir.fiches.classeur.comparaison import ACTUEL, FICHIER, Cellule, Comparaison, LigneComparee
from tenir.fiches.classeur.ecrire import write_workbook
from tenir.fiches.classeur.modele import contract_name, file_name
from tenir.fiches.ecrans.tableau.lecture import ask_to_read
from tenir.fiches.ecrans.tableau.tableau import Tableau
from tenir.fiches.models import ImportDeFiches
from tenir.fiches.services.imports import APerime, ChoixManquants, DejaApplique, abandon, apply_import, deposit, preview
from tenir.habilitations.listes import contract_column
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.traces import names_of
from tenir.habilitations.vues import needs

SHOWN_AGAIN = "Le contrat a changé depuis que cette page a été affichée. Rien n’est appliqué : voici ce qu’il en est."
TO_CHOOSE = "Choisissez pour chaque conflit : ce qui est en place, ou ce que dit le fichier. Rien n’est appliqué."


class DepotForm(forms.Form):
    """A workbook that comes back."""

    fichier = forms.FileField(
        label="Classeur rempli",
        help_text=typo("Le classeur pris ici (.xlsx ou .ods), ou sa feuille « Fiches » en CSV. 2 Mo au plus."),
    )


class ApplicationForm(forms.Form):
    """Why a workbook is applied."""

    motif = forms.CharField(
        label="Pourquoi ces changements",
        required=False,
        max_length=300,
        help_text=typo("La trace le dit, après le nom du fichier : revue de projet, comité technique…"),
    )


def _name(row: ImportDeFiches) -> str:
    """Its name leads to its preview, or to its receipt."""
    return format_html('<a href="{}">{}</a>', address("fiches-import", row.espace, row.pk), row)


def _deposited(row: ImportDeFiches) -> str:
    """The day it came."""
    return date_fr(horloge.day_of(row.depose_le))


def _applied(row: ImportDeFiches) -> str:
    """The day it was applied, or that it waits, or that it was undone."""
    if row.annule_le:
        return f"annulé le {date_fr(horloge.day_of(row.annule_le))}"
    return date_fr(horloge.day_of(row.applique_le)) if row.applique_le else "en attente"


def _undone(row: ImportDeFiches) -> str:
    """Who undid it, when, and what was left; nothing when nobody did."""
    if row.annule_le is None:
        return ""
    moment = f"{date_fr(horloge.day_of(row.annule_le))} à {horloge.clock(row.annule_le)}"
    count = row.annule_sauf
    left = (
        f", sauf {pluriel(count, 'fiche', genre='f', lettres=True)} {accord(count, 'changée')} depuis" if count else ""
    )
    return typo(f"Annulé par {row.annule_par} le {moment}{left}. Ce qui suit n’est plus que la mémoire de ce classeur.")


IMPORTS = Liste(
    "Classeurs déposés",
    (
        contract_column(lambda row: contract_name(row.espace)),
        Colonne(
            "depose_le",
            "Déposé le",
            _deposited,
            order_by=("depose_le",),
            place=Place.LIGNE,
            mot="déposé le",
        ),
        Colonne("nom", "Fichier", str, _name, order_by=("nom",), place=Place.TITRE),
        Colonne("par", "Par", lambda row: str(row.par), order_by=("par__nom",), place=Place.LIGNE),
        Colonne("applique_le", "Appliqué le", _applied, order_by=("applique_le",), place=Place.LIGNE),
    ),
    noun="classeur",
    genre="m",
    empty="Aucun classeur n’a été déposé.",
    sort="-depose_le",
)
"""The workbooks that were brought back."""


class FiltreDesImports(django_filters.FilterSet):
    """Applied, undone, or waiting."""

    etat = django_filters.ChoiceFilter(
        label="État",
        method="in_state",
        choices=[("applique", "Appliqué"), ("annule", "Annulé"), ("attente", "En attente")],
        empty_label="Tous",
    )

    class Meta:
        model = ImportDeFiches
        fields: tuple[str, ...] = ()

    def in_state(self, rows: Any, name: str, value: str) -> Any:
        """Those applied, undone since, or those that wait."""
        if value == "attente":
            return rows.filter(applique_le=None)
        return rows.filter(applique_le__isnull=False, annule_le__isnull=value == "applique")


@needs("fiche.bulk")
def classeur(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """The workbook of the view that the address asks for; of the whole contract without filters."""
    tableau = Tableau(acces, espace, request.GET)
    fiches = [line.fiche for line in tableau.lignes]
    response = HttpResponse(write_workbook(by=acces, espace=espace, fiches=fiches), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{file_name(espace)}.xlsx"'
    return response


@require_http_methods(["GET", "POST"])
@needs("fiche.bulk")
def deposer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Bring a workbook back: it is read and kept, nothing changes."""
    form = DepotForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["fichier"]
        nom, content = given.name, given.read(OCTETS + 1)
        try:
            if is_long(content):
                return redirect(page_of(ask_to_read(acces, espace, nom, content)))
            depose = deposit(by=acces, espace=espace, nom=nom, fichier=content)
            return redirect(address("fiches-import", espace, depose.pk))
        except TableauIllisible as error:
            form.add_error("fichier", typo(str(error)))
    status = UNPROCESSABLE if form.is_bound and form.errors else 200
    given = context(acces, espace, "fiches", form=form, **_links(espace))
    return render(request, "fiches/tableau/deposer.html", given, status=status)


@needs("fiche.bulk")
def imports(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, format: str = "") -> HttpResponse:
    """The workbooks that were brought back, or their export."""
    return respond(
        request,
        "fiches/tableau/imports.html",
        liste=IMPORTS,
        filtre=FiltreDesImports,
        rows=ImportDeFiches.objects.filter(espace=espace).defer("contenu", "bilan").select_related("espace", "par"),
        export_name=f"{file_name(espace)}-classeurs",
        format=format,
        context=context(
            acces,
            espace,
            "fiches",
            csv=address("fiches-imports-export", espace, "csv"),
            xlsx=address("fiches-imports-export", espace, "xlsx"),
            **_links(espace),
        ),
    )


@require_http_methods(["GET", "POST"])
@needs("fiche.bulk")
def importation(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """A workbook that came back: what it would change, then, applied, what it did."""
    rows = ImportDeFiches.objects.filter(espace=espace).select_related("espace", "par", "annule_par")
    depose = get_object_or_404(rows, pk=numero)
    if depose.applique_le:
        return _receipt(request, acces, depose)
    if "abandonner" in request.POST:
        return _abandon(request, acces, depose)
    return _apply(request, acces, depose) if request.method == "POST" else _preview(request, acces, depose)


def _abandon(request: HttpRequest, acces: Acces, depose: ImportDeFiches) -> HttpResponse:
    try:
        abandon(by=acces, depose=depose)
    except DejaApplique:
        messages.warning(request, "Ce classeur était déjà appliqué : son bilan reste.")
        return redirect(address("fiches-import", depose.espace, depose.pk))
    messages.success(request, "Le classeur est abandonné : rien n’a changé.")
    return redirect(address("fiches", depose.espace))


def _apply(request: HttpRequest, acces: Acces, depose: ImportDeFiches) -> HttpResponse:
    form = ApplicationForm(request.POST)
    if not form.is_valid():
        return _preview(request, acces, depose, form=form)
    choix = {
        name.removeprefix("choix|"): str(value) for name, value in request.POST.items() if name.startswith("choix|")
    }
    shown = request.POST.get("empreinte", "")
    try:
        apply_import(by=acces, depose=depose, empreinte=shown, choix=choix, motif=form.cleaned_data["motif"])
        receipt = address("fiches-import", depose.espace, depose.pk)
        messages.success(request, with_undo(acces, depose.espace, "Le classeur est appliqué.", receipt))
    except DejaApplique:
        messages.warning(request, "Ce classeur était déjà appliqué : il ne l’est pas deux fois.")
    except APerime:
        return _preview(request, acces, depose, form=form, avis=SHOWN_AGAIN)
    except ChoixManquants:
        return _preview(request, acces, depose, form=form, choix=choix, avis=TO_CHOOSE)
    return redirect(address("fiches-import", depose.espace, depose.pk))


def _preview(
    request: HttpRequest,
    acces: Acces,
    depose: ImportDeFiches,
    *,
    form: ApplicationForm | None = None,
    choix: dict[str, str] | None = None,
    avis: str = "",
) -> HttpResponse:
    found = preview(depose)
    changed, conflicts = list(found.changements()), list(found.conflits())
    names = _names(text for _, cell in (*changed, *conflicts) for text in (cell.actuel, cell.propose))
    given = context(
        acces,
        depose.espace,
        "fiches",
        depose=depose,
        form=form or ApplicationForm(),
        avis=typo(avis),
        chapeau=_lede(found),
        comptes=found.comptes(),
        changements=[_named([ligne.code, c.place, c.quoi, c.actuel, c.propose], names) for ligne, c in changed],
        conflits=[_conflict(ligne, cell, names, choix or {}) for ligne, cell in conflicts],
        refus=[[ligne.code, one.place, one.quoi, one.raison] for ligne, one in found.refus()],
        absentes=found.absentes,
        ignorees=found.ignorees,
        sans_origine=found.sans_origine,
        remarques=found.remarques,
        empreinte=found.empreinte(),
        **_links(depose.espace),
    )
    page = "fiches/tableau/import.html"
    refused = UNPROCESSABLE if avis or (form and form.errors) else 200
    return render(request, page, given, status=CONFLICT if avis == SHOWN_AGAIN else refused)


def _receipt(request: HttpRequest, acces: Acces, depose: ImportDeFiches) -> HttpResponse:
    bilan = depose.bilan
    names = _names(text for kind in ("changements", "conflits") for row in bilan[kind] for text in row)
    given = context(
        acces,
        depose.espace,
        "fiches",
        depose=depose,
        comptes=[dict(zip(("feuille", "lues", "gardees", "expliquees"), row, strict=True)) for row in bilan["comptes"]],
        changements=[_named(row, names) for row in bilan["changements"]],
        conflits=[[*_named(row[:-1], names), row[-1] == FICHIER] for row in bilan["conflits"]],
        refus=bilan["refus"],
        absentes=bilan["absentes"],
        ignorees=bilan["ignorees"],
        motif=bilan["motif"],
        annule=_undone(depose),
        **_links(depose.espace),
    )
    return render(request, "fiches/tableau/bilan.html", given)


def _lede(found: Comparaison) -> str:
    read = sum(one.lues for one in found.comptes())
    kept = sum(one.gardees for one in found.comptes())
    said = f"{pluriel(read, 'ligne', genre='f')} {accord(read, 'lue')} : {pluriel(kept, 'gardée', genre='f')}, "
    return typo(f"{said}{pluriel(read - kept, 'expliquée', genre='f')} ci-dessous. Rien n’est encore changé.")


def _conflict(ligne: LigneComparee, cell: Cellule, names: dict[int, str], choix: dict[str, str]) -> dict[str, Any]:
    now, proposed = _named([cell.actuel, cell.propose], names)
    options = [(ACTUEL, "Garder ce qui est en place", now), (FICHIER, "Prendre ce que dit le fichier", proposed)]
    return {
        "nom": f"choix|{cell.cle}",
        "code": ligne.code,
        "quoi": cell.quoi,
        "place": cell.place,
        "origine": cell.origine,
        "options": [(value, text, said, choix.get(cell.cle) == value) for value, text, said in options],
    }


def _names(texts: Iterable[str]) -> dict[int, str]:
    return names_of(numbers_in(texts))


def _named(texts: list[str], names: dict[int, str]) -> list[str]:
    """Texts in which a person is read by her name."""
    return [named(text, names) for text in texts]


def _links(espace: EspaceDeContrat) -> dict[str, str]:
    return {
        "liste": address("fiches", espace),
        "classeur": address("fiches-classeur", espace),
        "deposer": address("fiches-deposer", espace),
        "imports": address("fiches-imports", espace),
    }
