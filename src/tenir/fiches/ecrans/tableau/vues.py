"""The page of the fiches of a contract."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tenir.core.exports import export_response
from tenir.core.listes import UNPROCESSABLE, unreadable
from tenir.ecran.navigation import address, context
from tenir.fiches.classeur.modele import file_name
from tenir.fiches.ecrans.tableau.tableau import Tableau
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs


@needs("fiche.read")
def fiches(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, format: str = "") -> HttpResponse:
    """The fiches of a contract, or their export: filtered, sorted, with the columns chosen."""
    tableau = Tableau(acces, espace, request.GET)
    if format and not tableau.lisible:
        return unreadable(request, tableau.filtres)
    if format:
        return export_response(tableau.vue.valeurs(), name=file_name(espace), format=format)
    given = context(
        acces,
        espace,
        "fiches",
        tableau=tableau,
        liste=tableau.vue,
        vue=request.GET.urlencode(),
        lot=address("fiches-lot", espace),
        classeur=address("fiches-classeur", espace),
        deposer=address("fiches-deposer", espace),
        csv=address("fiches-export", espace, "csv"),
        xlsx=address("fiches-export", espace, "xlsx"),
    )
    return render(request, "fiches/tableau/liste.html", given, status=200 if tableau.lisible else UNPROCESSABLE)
