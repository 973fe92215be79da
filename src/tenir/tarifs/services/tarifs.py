"""A service that is paid for: written down, changed, removed while nobody counts on it."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.core import horloge
from tenir.core.marques import Lu, refuse_unread
from tenir.core.trace import Fait
from tenir.ecran.annulation.gestes import geste
from tenir.ecran.champs import label, told_on, words_of
from tenir.gouvernance.services.commun import rewrite, same_contract
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.numeros import next_number
from tenir.habilitations.rights import Acces, require
from tenir.tarifs.champs import SERVICE
from tenir.tarifs.models import Frequentation, GrilleTarifaire, ServiceTarife
from tenir.tarifs.services.commun import RIGHT, TARIF, about, locked


@transaction.atomic
def create_service(*, by: Acces, espace: EspaceDeContrat, values: Mapping[str, Any]) -> ServiceTarife:
    """Write down a service.

    Raises:
        Refus: she may not.
        ValidationError: a field that it cannot hold, an action of another contract.
    """
    require(by, RIGHT, espace)
    made = ServiceTarife(espace=espace, inscrit_le=horloge.today(espace), **values)
    made.numero = next_number(ServiceTarife, espace)
    same_contract(espace.pk, action=made.action)
    made.full_clean()
    with geste(by, about(made), "service inscrit") as g:
        g.keep(made)
        made.save()
        said = {name: told_on(made, name, getattr(made, name)) for name in SERVICE}
        facts = [(label(name, ServiceTarife), value) for name, value in said.items() if value]
        g.tell([Fait(TARIF, made.code, name, "", value) for name, value in facts])
    return made


@transaction.atomic
def change_service(*, by: Acces, service: ServiceTarife, version: int, changes: Mapping[str, Any]) -> ServiceTarife:
    """Change a service.

    Raises:
        Refus: she may not.
        Conflit: someone changed it since that version.
        ValidationError: a field that it cannot hold, an action of another contract.
    """
    require(by, RIGHT, service.espace)
    same_contract(service.espace_id, action=changes.get("action"))
    found = locked(service)
    rewrite(by, about(found), found, version, changes, SERVICE)
    return found


@transaction.atomic
def remove_service(*, by: Acces, service: ServiceTarife, lu: Lu | None = None) -> None:
    """Remove a service of which no grid is written: a mistake.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: it has a grid, a scenario or an attendance.
    """
    require(by, RIGHT, service.espace)
    found = ServiceTarife.objects.select_for_update(of=("self",)).filter(pk=service.pk).first()
    if found is None:
        return
    refuse_unread(lu, shown(found))
    held = GrilleTarifaire.objects.filter(service=found).exists() or Frequentation.objects.of(found).exists()
    if held:
        raise ValidationError("Ce service a une grille : ses prix et leur histoire restent.")
    with geste(by, about(service), "service retiré") as g:
        g.keep(found)
        fact = Fait(TARIF, found.code, "service", found.libelle, "retiré")
        found.delete()
        g.tell([fact])


def shown(service: ServiceTarife) -> Lu:
    """What a page shows of a service."""
    return words_of(service, SERVICE)
