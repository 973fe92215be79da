"""Which bodies speak for which: the services of a body, from the organisations file."""

from collections.abc import Collection

from tenir.fichier.organisations import registry


def with_ancestors(identifiant: str) -> list[str]:
    """An organisation and the bodies it is a service of, itself first."""
    chain: list[str] = []
    current: str | None = identifiant
    while current and current not in chain:
        chain.append(current)
        organisation = registry().get(current)
        current = organisation.membre_de if organisation else None
    return chain


def with_services(identifiant: str, apart: Collection[str] = ()) -> set[str]:
    """An organisation and its services; those of `apart` speak for themselves, and so do their own services."""
    return {identifiant} | {one for one in registry() if _speaks_for(one, identifiant, apart)}


def _speaks_for(service: str, identifiant: str, apart: Collection[str]) -> bool:
    chain = with_ancestors(service)
    if identifiant not in chain:
        return False
    return not any(one in apart for one in chain[: chain.index(identifiant)])
