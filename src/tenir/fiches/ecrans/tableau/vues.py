"""The page of the fiches of a contract."""

from django.http import HttpRequest, HttpResponse

from tenir.core.listes import answer
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
    given = context(
        acces,
        espace,
        "fiches",
        lot=address("fiches-lot", espace) if tableau.lot else "",
        vue=request.GET.urlencode(),
        classeur=address("fiches-classeur", espace),
        deposer=address("fiches-deposer", espace),
        csv=address("fiches-export", espace, "csv"),
        xlsx=address("fiches-export", espace, "xlsx"),
    )
    return answer(
        request,
        "fiches/tableau/liste.html",
        tableau.vue,
        readable=tableau.lisible,
        export_name=file_name(espace),
        format=format,
        context=given,
    )
