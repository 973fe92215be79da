"""What the screens of the room share: finding a service and its grids, the rows of a grid as pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.shortcuts import get_object_or_404

from tenir.core.noms import designe
from tenir.core.typographie import NBSP, nombre, typo
from tenir.ecran.edition import Sujet
from tenir.ecran.histoire import history_of
from tenir.ecran.navigation import address
from tenir.financement.montants import told
from tenir.habilitations.models import EspaceDeContrat
from tenir.tarifs.calcul import effort
from tenir.tarifs.lignes import Borne, bounds
from tenir.tarifs.models import GrilleTarifaire, ServiceTarife
from tenir.tarifs.services.commun import SCENARIO, TARIF

TARIFS = "tarifs"
"""The page of the navigation."""
BOTH = ["GET", "HEAD", "POST"]


@dataclass(frozen=True, slots=True)
class Rangee:
    """A tranche as a page shows it: for whom, its price, what it weighs."""

    qui: str
    prix: str
    effort: str


def service_or_404(espace: EspaceDeContrat, numero: int) -> ServiceTarife:
    """A service of this contract; any other does not exist."""
    return get_object_or_404(ServiceTarife.objects.of(espace), numero=numero)


def grid_or_404(service: ServiceTarife, numero: int) -> GrilleTarifaire:
    """A grid of a service that was retained; a scenario does not exist."""
    return get_object_or_404(GrilleTarifaire.objects.of(service).decided(), numero=numero)


def scenario_or_404(service: ServiceTarife, numero: int) -> GrilleTarifaire:
    """A scenario of a service, retained since or not; a grid that was none does not exist."""
    rows = GrilleTarifaire.objects.of(service).exclude(titre="").select_related("point__reunion__espace")
    return get_object_or_404(rows, numero=numero)


def about(service: ServiceTarife) -> Sujet:
    """A service as its small pages show it."""
    espace = service.espace
    return Sujet(
        espace,
        service.code,
        service.libelle,
        address("tarif", espace, service.numero),
        TARIFS,
        lambda _: history_of(espace, TARIF, service.code),
    )


def about_scenario(grille: GrilleTarifaire) -> Sujet:
    """A scenario as its small pages show it."""
    service = grille.service
    return Sujet(
        service.espace,
        "",
        typo(f"{service.libelle} : {grille.titre}"),
        address("scenario-tarifaire", service.espace, service.numero, grille.numero),
        TARIFS,
        lambda _: history_of(service.espace, SCENARIO, grille.code),
    )


def rows_of(grille: GrilleTarifaire) -> list[Rangee]:
    """The tranches of a grid as a page shows them."""
    return [
        Rangee(str(borne), told(one.prix), told_effort(one.prix, borne)) for one, borne in bounds(grille.tranches.all())
    ]


def told_effort(prix: Decimal, borne: Borne) -> str:
    """What a price takes of the quotient of those who pay it, from the highest of their tranche to the lowest."""
    if borne.seule:
        return "sans quotient"
    most, least = effort(prix, borne.de), effort(prix, borne.a or 0)
    if most is None:
        return typo(f"{_rate(least)} et plus") if least is not None else ""
    return typo(f"au plus {_rate(most)}") if least is None else typo(f"de {_rate(least)} à {_rate(most)}")


def _rate(value: Decimal) -> str:
    return f"{nombre(value.normalize())}{NBSP}%"


def lede_of(service: ServiceTarife) -> str:
    """« Géré par la Ville ; le prix est pour le repas. »"""
    return typo(f"Géré par {designe(service.organisme)} ; le prix est pour {service.get_unite_display()}.")


def price_range(grille: GrilleTarifaire | None) -> str:
    """« de 0,80 € à 4,20 € », « 3,00 € »; nothing where no grid applies."""
    prices: Iterable[Decimal] = [one.prix for one in grille.tranches.all()] if grille else []
    found = sorted(set(prices))
    if not found:
        return ""
    return told(found[0]) if len(found) == 1 else typo(f"de {told(found[0])} à {told(found[-1])}")
