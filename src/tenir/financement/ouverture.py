"""Opening the ledger with what the contract prints: one line for each of its funding lines, empty ones included."""

from tenir.contrat.models import LigneDeCredits
from tenir.contrat.ouverture import Sorte
from tenir.fichier.enums import NatureDeCredits
from tenir.financement.enums import Registre
from tenir.financement.models import LigneDeFinancement


def _take(ligne: LigneDeFinancement, imprimee: LigneDeCredits) -> None:
    """What a line takes of the one printed: its ledger, its orientation, its funder."""
    common = imprimee.nature == NatureDeCredits.DROIT_COMMUN
    ligne.registre = Registre.DROIT_COMMUN if common else Registre.SPECIFIQUE
    ligne.orientation_id, ligne.financeur_id = imprimee.orientation_id, imprimee.organisation_id
    ligne.financeur_imprime = "" if imprimee.organisation_id else imprimee.financeur


SORTE = Sorte(LigneDeFinancement, "imprimee", "suivie_depuis", lambda of: LigneDeCredits.objects.of(of), prend=_take)
