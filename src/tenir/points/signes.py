"""How an answer to a point d'étape is drawn: one square, one question asked of someone."""

from tenir.core.carres import Motif, Signe
from tenir.core.composants import Ton
from tenir.points.models import Question

ACCEPTEE = Signe(Motif.COCHE, "réponse lue", "réponses lues")
REPONDUE = Signe(Motif.RAYE, "réponse à lire", "réponses à lire")
RENVOYEE = Signe(Motif.BARRES, "question de l’équipe sans réponse", "questions de l’équipe sans réponse")
ECARTEE = Signe(Motif.CROIX_GRISE, "réponse écartée", "réponses écartées")
POSEE = Signe(Motif.VIDE, "sans réponse")

DE_L_ETAT: dict[str, Signe] = {
    Question.Etat.ACCEPTEE: ACCEPTEE,
    Question.Etat.REPONDUE: REPONDUE,
    Question.Etat.RENVOYEE: RENVOYEE,
    Question.Etat.ECARTEE: ECARTEE,
    Question.Etat.POSEE: POSEE,
}
"""The square of each state of a question."""

ORDRE = (ACCEPTEE, REPONDUE, RENVOYEE, ECARTEE, POSEE)
"""The order in which a legend and a bar tell them."""

TONS = {
    Question.Etat.POSEE: Ton.MUET,
    Question.Etat.REPONDUE: Ton.ATTENTION,
    Question.Etat.RENVOYEE: Ton.NEUTRE,
    Question.Etat.ACCEPTEE: Ton.FAIT,
    Question.Etat.ECARTEE: Ton.NEUTRE,
}
"""Its stamp."""
