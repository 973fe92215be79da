"""« Bien commencer »: what a new team has left to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tenir.bureau.demarrage import steps
from tenir.core.typographie import accord, pluriel, typo
from tenir.ecran.navigation import context
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs


@needs("point.update")
def demarrage(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """The steps, done or not, each leading to where it is done."""
    found = steps(espace)
    given = context(acces, espace, "demarrage", etapes=found, chapeau=typo(lede(sum(not one.faite for one in found))))
    return render(request, "bureau/demarrage.html", given)


def lede(left: int) -> str:
    """How many steps are left."""
    if not left:
        return "Tout est en place."
    told = pluriel(left, "étape", genre="f", lettres=True)
    return f"{told[:1].upper()}{told[1:]} {accord(left, 'reste', 'restent')} à faire ; le site coche ce qu’il constate."
