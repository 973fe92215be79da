"""What the services of the room share: what a gesture is told of, writing fields behind a version, numbers."""

from tenir.core.requetes import still
from tenir.ecran.annulation.gestes import Chose
from tenir.financement.models import (
    BudgetDAction,
    DemandeAuFinanceur,
    Enveloppe,
    FicheDeDispositif,
    LigneDeFinancement,
    RapprochementDeSubventions,
    Scenario,
    VersionFigee,
)

LIGNE, BUDGET, ENVELOPPE = "ligne de financement", "budget", "enveloppe"
VERSION, DEMANDE, SCENARIO = "version figée", "demande au financeur", "scénario"
DISPOSITIF, RAPPROCHEMENT = "dispositif", "rapprochement"
"""The kinds of the facts of the room in the trace."""
UPDATE, DEFINE = "financement.update", "financement.define"


def about_line(ligne: LigneDeFinancement, right: str = UPDATE) -> Chose:
    """A line as what is done to it is told, and undone."""
    titre = f"{ligne.code}, {ligne.nom_du_financeur}"
    return Chose(ligne, LIGNE, ligne.code, titre, right, ligne.espace)


def about_budget(budget: BudgetDAction) -> Chose:
    """A budget as what is done to it is told, and undone."""
    return Chose(budget, BUDGET, budget.code, f"Budget {budget.code}", DEFINE, budget.espace)


def about_envelope(enveloppe: Enveloppe) -> Chose:
    """An envelope as what is done to it is told, and undone."""
    titre = f"Enveloppe {enveloppe.annee}, {enveloppe.financeur}"
    return Chose(enveloppe, ENVELOPPE, enveloppe.code, titre, DEFINE, enveloppe.espace)


def about_version(version: VersionFigee) -> Chose:
    """A frozen version as what is done to it is told."""
    return Chose(version, VERSION, version.code, f"Version figée {version.code}", DEFINE, version.espace)


def about_scenario(scenario: Scenario) -> Chose:
    """A scenario as what is done to it is told, and undone."""
    return Chose(scenario, SCENARIO, scenario.code, f"Scénario « {scenario.nom} »", DEFINE, scenario.espace)


def about_scheme(fiche: FicheDeDispositif) -> Chose:
    """What is known of a scheme, as what is done to it is told, and undone."""
    return Chose(fiche, DISPOSITIF, fiche.code, f"Dispositif « {fiche.nom} »", DEFINE, fiche.espace)


def about_comparison(found: RapprochementDeSubventions) -> Chose:
    """A file beside the ledger, as what is done to it is told."""
    return Chose(found, RAPPROCHEMENT, found.code, f"Fichier « {found.nom} »", DEFINE, found.espace)


def about_request(demande: DemandeAuFinanceur) -> Chose:
    """What is asked of a funder, as what is done to it is told."""
    return Chose(demande, DEMANDE, demande.code, str(demande), DEFINE, demande.espace)


def locked(ligne: LigneDeFinancement) -> LigneDeFinancement:
    """A line as it stands now, held until the end of the transaction."""
    rows = LigneDeFinancement.objects.select_for_update(of=("self",))
    return still(rows.select_related("espace", "orientation", "fiche__action", "financeur", "imprimee"), ligne)
