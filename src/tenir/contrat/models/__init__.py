"""The signed contract: its versions, and their projection in typed tables."""

from tenir.contrat.models.actions import ActionPrevue
from tenir.contrat.models.cadre import Article, Enseignement, Lieu
from tenir.contrat.models.credits import Dispositif, LigneDeCredits
from tenir.contrat.models.element import ElementSigne
from tenir.contrat.models.gouvernance import InstanceDeGouvernance, RegleDOrdre
from tenir.contrat.models.indicateurs import Indicateur
from tenir.contrat.models.organismes import OrganismeCite
from tenir.contrat.models.recherche import EntreeDeRecherche
from tenir.contrat.models.signataires import DocumentCadre, Engagement, Rappel, Signataire
from tenir.contrat.models.strategie import Axe, Donnee, Objectif, Orientation, Partie
from tenir.contrat.models.versions import Chargement, CodeRetire, DocumentSigne, VersionDuContrat

__all__ = [
    "ActionPrevue",
    "Article",
    "Axe",
    "Chargement",
    "CodeRetire",
    "Dispositif",
    "DocumentCadre",
    "DocumentSigne",
    "Donnee",
    "ElementSigne",
    "Engagement",
    "Enseignement",
    "EntreeDeRecherche",
    "Indicateur",
    "InstanceDeGouvernance",
    "Lieu",
    "LigneDeCredits",
    "Objectif",
    "OrganismeCite",
    "Orientation",
    "Partie",
    "Rappel",
    "RegleDOrdre",
    "Signataire",
    "VersionDuContrat",
]
