"""What the pages of feeds share: their addresses, what else a page shows of one."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from tenir.activite.models import FluxDAgenda
from tenir.activite.services.flux import RIGHT, token_of
from tenir.contrat.models import Lieu
from tenir.ecran.navigation import address
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, may

ONGLET = "flux"
LIEU, ORGANISME = "lieu", "organisme"


@dataclass(frozen=True, slots=True)
class Donnable:
    """A place or a body, as a page offers its feed: the page of its address when it has one, else a button."""

    nom: str
    champ: str
    valeur: str
    page: str
    donner: str


def offered(espace: EspaceDeContrat, nom: str, champ: str, valeur: str, flux: FluxDAgenda | None) -> Donnable:
    """The feed of something, given or to be given."""
    page = address("flux-adresse", espace, flux.pk) if flux else ""
    return Donnable(nom, champ, valeur, page, address("flux-donner", espace))


def feed_of_place(acces: Acces, espace: EspaceDeContrat, lieu: Lieu) -> Donnable | None:
    """What the page of a place shows of its feed to whoever may give its address; one query."""
    if not may(acces, RIGHT, espace):
        return None
    flux = FluxDAgenda.objects.of(espace).open().filter(lieu=lieu).first()
    return offered(espace, lieu.nom, LIEU, lieu.code, flux)


def flux_or_404(espace: EspaceDeContrat, numero: int) -> FluxDAgenda:
    """A feed of a contract."""
    rows = FluxDAgenda.objects.of(espace).select_related("lieu", "organisme", "fait_par")
    return get_object_or_404(rows, pk=numero)


def addresses_of(request: HttpRequest, flux: FluxDAgenda) -> tuple[str, str]:
    """The address of a feed, and the same as calendar programs open it (`webcal:`)."""
    whole = request.build_absolute_uri(reverse("agenda-flux-fichier", args=[token_of(flux)]))
    return whole, f"webcal:{whole.partition(':')[2]}"
