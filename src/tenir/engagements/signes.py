"""How the state of a promise is drawn: one square, one promise."""

from datetime import date

from tenir.core.carres import Motif, Signe
from tenir.ecran.mots import UNDECLARED
from tenir.engagements.enums import EtatDEngagement
from tenir.engagements.models import SuiviDEngagement

TENU = Signe(Motif.COCHE, "tenu", "tenus")
TENU_EN_PARTIE = Signe(Motif.COCHE_CREUSE, "tenu en partie", "tenus en partie")
EN_COURS = Signe(Motif.RAYE, "en cours")
NON_COMMENCE = Signe(Motif.CONTOUR, "non commencé", "non commencés")
EN_RETARD = Signe(Motif.MOITIE, "en retard")
NON_TENU = Signe(Motif.CROIX, "non tenu", "non tenus")
SANS_OBJET = Signe(Motif.CROIX_GRISE, "sans objet")
RIEN = Signe(Motif.VIDE, f"dont {UNDECLARED}", seul=UNDECLARED)

DE_L_ETAT: dict[str, Signe] = {
    EtatDEngagement.TENU: TENU,
    EtatDEngagement.TENU_EN_PARTIE: TENU_EN_PARTIE,
    EtatDEngagement.EN_COURS: EN_COURS,
    EtatDEngagement.NON_COMMENCE: NON_COMMENCE,
    EtatDEngagement.NON_TENU: NON_TENU,
    EtatDEngagement.SANS_OBJET: SANS_OBJET,
    "": RIEN,
}
"""The square of each declared state."""

ORDRE = (TENU, TENU_EN_PARTIE, EN_COURS, NON_COMMENCE, EN_RETARD, NON_TENU, SANS_OBJET, RIEN)
"""The order in which a legend and a bar tell them."""


def sign_of(suivi: SuiviDEngagement, on: date) -> Signe:
    """The square of a promise on a day: late before what is declared, for it is what one looks for."""
    return EN_RETARD if suivi.is_late(on) else DE_L_ETAT[suivi.etat]
