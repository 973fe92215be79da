"""Where the texts of tariffs that may name someone are read and changed; the room keeps no person."""

from tenir.core.piece import Answer
from tenir.ecran.navigation import address
from tenir.tarifs.models import Frequentation, GrilleTarifaire, ServiceTarife, Tranche


def _of_service(row: ServiceTarife) -> str:
    return address("tarif", row.espace, row.numero)


def _of_grille(row: GrilleTarifaire) -> str:
    return _of_service(row.service)


def _of_tranche(row: Tranche) -> str:
    return _of_grille(row.grille)


def _of_frequentation(row: Frequentation) -> str:
    return _of_tranche(row.tranche)


WHERE: dict[str, Answer] = {
    ServiceTarife._meta.label: _of_service,
    GrilleTarifaire._meta.label: _of_grille,
    Tranche._meta.label: _of_tranche,
    Frequentation._meta.label: _of_frequentation,
}
