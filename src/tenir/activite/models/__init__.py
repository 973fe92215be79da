"""The register of a contract: its kinds, entries, things that last, what they add up to, the tables that come in."""

from tenir.activite.models.carnet import Carnet, LienDeCarnet
from tenir.activite.models.cumul import Cumul
from tenir.activite.models.entree import Entree, EntreeQuerySet, RegistreDActivite, Valeur
from tenir.activite.models.flux import FluxDAgenda
from tenir.activite.models.importation import ImportDEntrees, ProfilDeTableur
from tenir.activite.models.nature import Nature, VersionDeNature
from tenir.activite.models.objet import Objet, ObjetQuerySet
from tenir.activite.models.serie import Serie
from tenir.activite.models.titre import TitreDAgenda

__all__ = [
    "Carnet",
    "Cumul",
    "Entree",
    "EntreeQuerySet",
    "FluxDAgenda",
    "ImportDEntrees",
    "LienDeCarnet",
    "Nature",
    "Objet",
    "ObjetQuerySet",
    "ProfilDeTableur",
    "RegistreDActivite",
    "Serie",
    "TitreDAgenda",
    "Valeur",
    "VersionDeNature",
]
