"""The page of the fiches of a contract."""

from functools import partial

from django.http import HttpRequest, HttpResponse

from tenir.core.listes import respond
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs
from tenir.tableau_de_bord.fiches.liste import Fiches, FiltreDesFiches, rows
from tenir.tableau_de_bord.navigation import address, context


@needs("fiche.read")
def fiches(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, format: str = "") -> HttpResponse:
    """The fiches of a contract, or their export."""
    return respond(
        request,
        "tableau_de_bord/fiches/liste.html",
        liste=Fiches,
        filtre=partial(FiltreDesFiches, espace=espace),
        rows=rows(espace),
        export_name=f"{espace.slug}-fiches",
        format=format,
        context=context(
            acces,
            espace,
            "fiches",
            csv=address("fiches-export", espace, "csv"),
            xlsx=address("fiches-export", espace, "xlsx"),
        ),
    )
