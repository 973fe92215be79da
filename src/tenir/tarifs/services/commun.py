"""What the services of the room share: what a gesture is told of, a service and a grid held as they stand."""

from tenir.core.requetes import still
from tenir.ecran.annulation.gestes import Chose
from tenir.tarifs.models import GrilleTarifaire, ServiceTarife

TARIF, SCENARIO = "tarif", "scénario de tarif"
"""The kinds of the facts of the room in the trace: of a service and its grids, whose code is that of the service; of a
scenario, whose code is its own."""
READ, RIGHT, COUNT = "tarif.read", "tarif.update", "frequentation.update"


def about(service: ServiceTarife, right: str = RIGHT) -> Chose:
    """A service as what is done to it is told, and undone."""
    return Chose(service, TARIF, service.code, f"Tarif {service.code}", right, service.espace)


def about_scenario(grille: GrilleTarifaire) -> Chose:
    """A scenario as what is done to it is told, and undone."""
    titre = f"Scénario « {grille.titre} »"
    return Chose(grille, SCENARIO, grille.code, titre, RIGHT, grille.service.espace)


def locked(service: ServiceTarife) -> ServiceTarife:
    """A service as it stands now, held until the end of the transaction: its grids are written one after the other."""
    rows = ServiceTarife.objects.select_for_update(of=("self",))
    return still(rows.select_related("espace", "organisme", "action"), service)


def locked_grid(grille: GrilleTarifaire) -> GrilleTarifaire:
    """A grid as it stands now, its service held until the end of the transaction."""
    service = locked(grille.service)
    rows = GrilleTarifaire.objects.select_for_update(of=("self",)).prefetch_related("tranches")
    found = still(rows, grille)
    found.service = service
    return found
