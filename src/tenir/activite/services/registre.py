"""Holding the register of a contract while writing in it."""

from tenir.activite.models import RegistreDActivite
from tenir.habilitations.models import EspaceDeContrat


def hold(espace: EspaceDeContrat) -> RegistreDActivite:
    """The register of a contract, held until the end of the transaction: nobody else writes in it meanwhile."""
    RegistreDActivite.objects.get_or_create(espace=espace)
    return RegistreDActivite.objects.select_for_update().get(espace=espace)


def next_number(registre: RegistreDActivite) -> int:
    """A number that no entry of this contract ever had, even one undone since."""
    return next_numbers(registre, 1)[0]


def next_numbers(registre: RegistreDActivite, count: int) -> range:
    """As many such numbers, in order; one query."""
    first = registre.dernier + 1
    registre.dernier += count
    registre.save(update_fields=["dernier"])
    return range(first, registre.dernier + 1)
