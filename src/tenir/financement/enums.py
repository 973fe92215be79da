"""The words of money: the two ledgers, the states of a line, how each is drawn."""

from django.db import models

from tenir.core.composants import Ton


class Registre(models.TextChoices):
    """The two ledgers, whose amounts are never added up."""

    SPECIFIQUE = "specifique", "crédits spécifiques"
    DROIT_COMMUN = "droit-commun", "droit commun"


class EtatDeFinancement(models.TextChoices):
    """Where the money of a line stands: the states of specific credits, then the levels of proof of droit commun."""

    ANNONCE = "annonce", "annoncé"
    DEMANDE = "demande", "demandé"
    PROPOSE = "propose", "proposé"
    VOTE = "vote", "voté"
    REFUSE = "refuse", "refusé"
    CONVENTIONNE = "conventionne", "conventionné"
    VERSE = "verse", "versé"
    ANNULE = "annule", "annulé"
    VALORISE = "valorise", "valorisé"
    PROUVE = "prouve", "prouvé"
    NON_FOURNI = "non-fourni", "non fourni"


_Etat = EtatDeFinancement

ETATS: dict[str, tuple[EtatDeFinancement, ...]] = {
    Registre.SPECIFIQUE: (
        _Etat.ANNONCE,
        _Etat.DEMANDE,
        _Etat.PROPOSE,
        _Etat.VOTE,
        _Etat.REFUSE,
        _Etat.CONVENTIONNE,
        _Etat.VERSE,
        _Etat.ANNULE,
    ),
    Registre.DROIT_COMMUN: (_Etat.ANNONCE, _Etat.VALORISE, _Etat.PROUVE, _Etat.NON_FOURNI),
}
"""The states that a line of each ledger may have."""

ENDED = (_Etat.REFUSE, _Etat.ANNULE)
"""The states that bring nothing any more, and say why."""
WITHOUT_AMOUNT = (*ENDED, _Etat.NON_FOURNI)
"""The states that say no amount: the former ones are in the history."""
DECIDED = (_Etat.VOTE, _Etat.CONVENTIONNE)
"""The states by which a funder has committed itself."""

TON_DE_L_ETAT = {
    _Etat.ANNONCE: Ton.MUET,
    _Etat.DEMANDE: Ton.NEUTRE,
    _Etat.PROPOSE: Ton.NEUTRE,
    _Etat.VOTE: Ton.ATTENTION,
    _Etat.REFUSE: Ton.RETARD,
    _Etat.CONVENTIONNE: Ton.ATTENTION,
    _Etat.VERSE: Ton.FAIT,
    _Etat.ANNULE: Ton.RETARD,
    _Etat.VALORISE: Ton.NEUTRE,
    _Etat.PROUVE: Ton.FAIT,
    _Etat.NON_FOURNI: Ton.RETARD,
}


class EtatDeReponse(models.TextChoices):
    """What became of what a funder answered by its link."""

    A_LIRE = "a-lire", "à lire"
    RETENUE = "retenue", "inscrite"
    ECARTEE = "ecartee", "écartée"


class NatureDAide(models.TextChoices):
    """What a subsidy is made of."""

    NUMERAIRE = "numeraire", "aide en numéraire"
    EN_NATURE = "en-nature", "aide en nature"
    LES_DEUX = "les-deux", "aide en numéraire et en nature"
