"""The words of the life of an engagement."""

from django.db import models

from tenir.core.composants import Ton


class EtatDEngagement(models.TextChoices):
    """Where a promise stands, as someone declares it."""

    NON_COMMENCE = "non-commence", "non commencé"
    EN_COURS = "en-cours", "en cours"
    TENU = "tenu", "tenu"
    TENU_EN_PARTIE = "tenu-en-partie", "tenu en partie"
    NON_TENU = "non-tenu", "non tenu"
    SANS_OBJET = "sans-objet", "sans objet"


EXPLAINED = (EtatDEngagement.TENU_EN_PARTIE, EtatDEngagement.NON_TENU, EtatDEngagement.SANS_OBJET)
"""The states of a promise that say why."""

SETTLED = (EtatDEngagement.TENU, EtatDEngagement.NON_TENU, EtatDEngagement.SANS_OBJET)
"""Declared so, a promise is awaited no more."""

TON_DE_L_ETAT = {
    "": Ton.MUET,
    EtatDEngagement.NON_COMMENCE: Ton.NEUTRE,
    EtatDEngagement.EN_COURS: Ton.FAIT,
    EtatDEngagement.TENU: Ton.FAIT,
    EtatDEngagement.TENU_EN_PARTIE: Ton.ATTENTION,
    EtatDEngagement.NON_TENU: Ton.RETARD,
    EtatDEngagement.SANS_OBJET: Ton.NEUTRE,
}
