"""The organisations of a contrat de ville: names, spellings, kinds, SIRET. Plain data beside this module.

One YAML file per territory. A spelling is recognised among the bodies of France and of the territories asked for, so
that « la Préfecture » or « la Ville » may mean another body in another contract.
"""

from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Annotated

import yaml
from pydantic import Field, StringConstraints

from tenir.fichier.mots import comparable
from tenir.fichier.objet import Objet, Texte

FRANCE = "France"


class NatureDOrganisation(StrEnum):
    """What kind of body it is."""

    ETAT = "État"
    COLLECTIVITE = "collectivité"
    SERVICE = "service d’une collectivité"
    OPERATEUR = "opérateur public"
    PROTECTION_SOCIALE = "protection sociale"
    CONSULAIRE = "chambre consulaire"
    BAILLEUR = "bailleur social"
    ASSOCIATION = "association"
    HABITANTS = "conseil citoyen"
    FINANCEUR = "financeur"
    ENTREPRISE = "entreprise ou réseau d’entreprises"
    INSTANCE = "instance ou réseau"
    SANTE = "établissement ou réseau de santé"
    ENSEIGNEMENT = "enseignement"
    AUTRE = "autre"


class Organisation(Objet):
    """A body, with every spelling it is known under."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    nom: Texte
    sigle: Texte | None = None
    nature: NatureDOrganisation
    membre_de: Texte | None = Field(default=None, description="Organisation dont elle est un service.")
    siret: Annotated[str, StringConstraints(pattern=r"^\d{14}$")] | None = None
    graphies: tuple[Texte, ...] = Field(default=(), description="Autres noms sous lesquels on la trouve.")

    @property
    def noms(self) -> tuple[str, ...]:
        """Every spelling, the usual name first."""
        return (self.nom, *((self.sigle,) if self.sigle else ()), *self.graphies)


class FichierDesOrganisations(Objet):
    """One file: the bodies of one territory."""

    territoire: Texte
    organisations: tuple[Organisation, ...]


@cache
def files() -> tuple[FichierDesOrganisations, ...]:
    """Read every organisations file shipped with Tenir."""
    found = sorted(
        (entry for entry in resources.files(__name__).iterdir() if entry.name.endswith(".yaml")),
        key=lambda entry: entry.name,
    )
    return tuple(
        FichierDesOrganisations.model_validate(yaml.safe_load(entry.read_text(encoding="utf-8"))) for entry in found
    )


@cache
def registry() -> dict[str, Organisation]:
    """Every organisation by its id."""
    return {organisation.id: organisation for file in files() for organisation in file.organisations}


@cache
def _spellings(territoires: frozenset[str]) -> dict[str, Organisation]:
    known: dict[str, Organisation] = {}  # a territory’s spelling wins over France’s
    for file in sorted(files(), key=lambda file: file.territoire != FRANCE):
        if file.territoire in territoires:
            for organisation in file.organisations:
                known.update({comparable(nom): organisation for nom in organisation.noms})
    return known


def recognise(nom: str, territoires: Iterable[str] = ()) -> Organisation | None:
    """Tell which organisation a printed name means among France's and those of the territories, or None."""
    return _spellings(frozenset({FRANCE, *territoires})).get(comparable(nom)) if comparable(nom) else None
