"""The organisations of a contrat de ville: names, spellings, kinds, SIRET. Plain data beside this module.

One YAML file per territory. A spelling is recognised among the bodies of France and of the territories asked for, so
that « la Préfecture » or « la Ville » may mean another body in another contract.
"""

from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from tenir.fichier.mots import comparable

if TYPE_CHECKING:
    from tenir.fichier.organisations.modeles import FichierDesOrganisations, Organisation

FRANCE = "France"
ADDED = "ajout-"
"""How the identifier of a body that a team added to its site begins; no file of organisations gives one that does."""


@cache
def files() -> "tuple[FichierDesOrganisations, ...]":
    """Read every organisations file shipped with Tenir."""
    import yaml  # with the models, a quarter of the start of a command that asks for no organisation

    from tenir.fichier.organisations.modeles import FichierDesOrganisations

    found = sorted(
        (entry for entry in resources.files(__name__).iterdir() if entry.name.endswith(".yaml")),
        key=lambda entry: entry.name,
    )
    return tuple(
        FichierDesOrganisations.model_validate(yaml.load(entry.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))
        for entry in found
    )


@cache
def registry() -> "dict[str, Organisation]":
    """Every organisation by its id."""
    return {organisation.id: organisation for file in files() for organisation in file.organisations}


@cache
def _spellings(territoires: frozenset[str]) -> "dict[str, Organisation]":
    known: dict[str, Organisation] = {}  # a territory’s spelling wins over France’s
    for file in sorted(files(), key=lambda file: file.territoire != FRANCE):
        if file.territoire in territoires:
            for organisation in file.organisations:
                known.update({comparable(nom): organisation for nom in organisation.noms})
    return known


def recognise(nom: str, territoires: Iterable[str] = ()) -> "Organisation | None":
    """Tell which organisation a printed name means among France's and those of the territories, or None."""
    return _spellings(frozenset({FRANCE, *territoires})).get(comparable(nom)) if comparable(nom) else None


def may_be(identifiant: str) -> bool:
    """Whether an identifier may be that of a body: of these files, or added on a site, which alone knows it."""
    return identifiant in registry() or identifiant.startswith(ADDED)
