"""How the state of an action is drawn: one square, one action."""

from tenir.core.carres import Motif, Signe
from tenir.ecran.mots import UNDECLARED
from tenir.fiches.enums import Statut

REALISEE = Signe(Motif.COCHE, "réalisée", "réalisées")
EN_COURS = Signe(Motif.RAYE, "en cours")
EN_PREPARATION = Signe(Motif.POINTS, "en préparation")
A_LANCER = Signe(Motif.CONTOUR, "à lancer")
EN_RETARD = Signe(Motif.MOITIE, "en retard")
SUSPENDUE = Signe(Motif.BARRES, "suspendue", "suspendues")
ABANDONNEE = Signe(Motif.CROIX_GRISE, "abandonnée", "abandonnées")
RIEN = Signe(Motif.VIDE, f"dont {UNDECLARED}", seul=UNDECLARED)

DU_STATUT: dict[str, Signe] = {
    Statut.REALISEE: REALISEE,
    Statut.EN_COURS: EN_COURS,
    Statut.EN_PREPARATION: EN_PREPARATION,
    Statut.A_LANCER: A_LANCER,
    Statut.SUSPENDUE: SUSPENDUE,
    Statut.ABANDONNEE: ABANDONNEE,
    "": RIEN,
}
"""The square of each declared status."""

ORDRE = (REALISEE, EN_COURS, EN_RETARD, EN_PREPARATION, A_LANCER, SUSPENDUE, ABANDONNEE, RIEN)
"""The order in which a legend and a bar tell them."""


def sign_of(statut: str, *, late: bool = False) -> Signe:
    """The square of an action, for whoever may know that it is late."""
    return EN_RETARD if late else DU_STATUT[statut]
