"""The contracts of someone, and the platform for those who run it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tenir.ecran.navigation import LIST, own_context
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import signed_in


@signed_in
def mes_contrats(request: HttpRequest, acces: Acces) -> HttpResponse:
    """The contracts someone holds a role in, and the platform for those who run it.

    Whoever holds a role in one contract alone goes straight to its desk, unless she asks for the list.
    """
    contracts = EspaceDeContrat.objects.all() if acces.administers() else acces.contracts()
    if LIST not in request.GET and not acces.administers() and len(contracts) == 1:
        return redirect("aujourdhui", contracts[0].slug)
    given = own_context(acces, contrats=[(espace, _roles(acces, espace)) for espace in contracts])
    return render(request, "bureau/contrats.html", given)


def _roles(acces: Acces, espace: EspaceDeContrat) -> str:
    return ", ".join(dict.fromkeys(held.get_role_display() for held in acces.on(espace)))
