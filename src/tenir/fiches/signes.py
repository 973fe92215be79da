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

DU_MOT = {str(Statut(value).label): signe for value, signe in DU_STATUT.items() if value} | {
    EN_RETARD.mot: EN_RETARD,
    UNDECLARED: RIEN,
}
"""The square of what a stamp says, so that a picture never says other than the words beside it."""

ORDRE = (REALISEE, EN_COURS, EN_RETARD, EN_PREPARATION, A_LANCER, SUSPENDUE, ABANDONNEE, RIEN)
"""The order in which a legend and a bar tell them."""


def sign_of(statut: str, *, late: bool = False) -> Signe:
    """The square of an action, for whoever may know that it is late."""
    return EN_RETARD if late else DU_STATUT[statut]


def sign_of_word(word: str) -> Signe:
    """The square of what a stamp says, late before all else; a plain one, with its word, for what has no drawing."""
    said = f"{word[:1].lower()}{word[1:]}"
    if said.endswith(f", {EN_RETARD.mot}"):
        return EN_RETARD
    return DU_MOT.get(said) or Signe(Motif.CONTOUR, said)
