"""The file of organisations as pydantic models."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from tenir.fichier.objet import Objet, Texte


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
