"""Services, grids, attendance and scenarios in the states that tests need."""

from datetime import date
from decimal import Decimal
from typing import Any

from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.tarifs.lignes import Ligne
from tenir.tarifs.models import GrilleTarifaire, ServiceTarife
from tenir.tarifs.services.frequentation import Compte, say_attendance
from tenir.tarifs.services.grilles import write_grid
from tenir.tarifs.services.scenarios import open_scenario
from tenir.tarifs.services.tarifs import create_service
from tests.personnes import body

DEBUT = date(2023, 9, 1)
GRILLE = (("Commune", 0, "1.00"), ("Commune", 400, "2.00"), ("Commune", 800, "4.00"), ("Hors commune", 0, "6.00"))
COMPTES = (1000, 600, 400, 100)


def lignes(*rows: tuple[Any, ...]) -> list[Ligne]:
    """Rows of a grid: category, quotient, price, and what is supposed."""
    return [Ligne(one[0], one[1], Decimal(one[2]), *one[3:]) for one in rows]


def service(by: Acces, espace: EspaceDeContrat, libelle: str = "La cantine", **given: Any) -> ServiceTarife:
    """A service that « ccas » runs, whose price is for a meal."""
    usual = {"libelle": libelle, "organisme": body("ccas"), "unite": "repas"}
    return create_service(by=by, espace=espace, values=usual | given)


def grille(by: Acces, of: ServiceTarife, *rows: tuple[Any, ...], le: date = DEBUT) -> GrilleTarifaire:
    """A grid of four tranches, since September 2023."""
    return write_grid(by=by, service=of, applicable_le=le, lignes=lignes(*(rows or GRILLE)))


def comptee(by: Acces, of: GrilleTarifaire, annee: int = 2025, comptes: tuple[int | None, ...] = COMPTES) -> None:
    """The attendance of a year, tranche by tranche."""
    tranches = of.tranches.all()
    said = {one.pk: Compte(count, None, "régie") for one, count in zip(tranches, comptes, strict=True)}
    say_attendance(by=by, grille=of, annee=annee, comptes=said)


def tenu(by: Acces, espace: EspaceDeContrat, **given: Any) -> tuple[ServiceTarife, GrilleTarifaire]:
    """A service with its grid and the attendance of 2025."""
    made = service(by, espace, **given)
    grid = grille(by, made)
    comptee(by, grid)
    return made, grid


def scenario(by: Acces, of: ServiceTarife, *rows: tuple[Any, ...], **given: Any) -> GrilleTarifaire:
    """A scenario on 2025, as the grid unless said."""
    values = {"titre": "Moins cher", "annee": 2025, "repartition": "proportionnelle", **given}
    return open_scenario(by=by, service=of, lignes=lignes(*(rows or GRILLE)), values=values)
