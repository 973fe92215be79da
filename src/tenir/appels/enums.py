"""The words of calls for projects: where one stands, how it is drawn."""

from django.db import models

from tenir.core.composants import Ton


class EtatDAppelAProjets(models.TextChoices):
    """What the team decided of a call; the days say the rest."""

    BROUILLON = "brouillon", "brouillon"
    PUBLIE = "publie", "publié"
    CLOS = "clos", "clos"


class Moment(models.TextChoices):
    """Where a call stands on a day, for whoever reads it."""

    BROUILLON = "brouillon", "brouillon"
    A_VENIR = "a-venir", "à venir"
    OUVERT = "ouvert", "ouvert"
    CLOS = "clos", "clos"


TON_DU_MOMENT = {
    Moment.BROUILLON: Ton.ATTENTION,
    Moment.A_VENIR: Ton.NEUTRE,
    Moment.OUVERT: Ton.FAIT,
    Moment.CLOS: Ton.MUET,
}


class EtatDeDossier(models.TextChoices):
    """Where a dossier stands, for whoever fills it."""

    BROUILLON = "brouillon", "en cours"
    DEPOSE = "depose", "déposé"
    RETIRE = "retire", "retiré"


TON_DU_DOSSIER = {
    EtatDeDossier.BROUILLON: Ton.ATTENTION,
    EtatDeDossier.DEPOSE: Ton.FAIT,
    EtatDeDossier.RETIRE: Ton.MUET,
}


class Recevabilite(models.TextChoices):
    """Whether what is asked of a funder may be examined."""

    RECEVABLE = "recevable", "recevable"
    IRRECEVABLE = "irrecevable", "irrecevable"


class AvisSurDossier(models.TextChoices):
    """What whoever reads a dossier thinks of it."""

    FAVORABLE = "favorable", "avis favorable"
    RESERVE = "reserve", "avis réservé"
    DEFAVORABLE = "defavorable", "avis défavorable"


class Suite(models.TextChoices):
    """What a funder decided."""

    ACCORDE = "accorde", "accordé"
    REFUSE = "refuse", "refusé"


TON_DE_LA_SUITE = {"": Ton.ATTENTION, Suite.ACCORDE: Ton.FAIT, Suite.REFUSE: Ton.RETARD}


class EtatDeReport(models.TextChoices):
    """What becomes of other days asked for an action."""

    A_LIRE = "a-lire", "à lire"
    ACCEPTE = "accepte", "accepté"
    REFUSE = "refuse", "refusé"


TON_DU_REPORT = {EtatDeReport.A_LIRE: Ton.ATTENTION, EtatDeReport.ACCEPTE: Ton.FAIT, EtatDeReport.REFUSE: Ton.RETARD}


class EtatDeCompteRendu(models.TextChoices):
    """Where the report of an action stands."""

    BROUILLON = "brouillon", "en cours"
    REMIS = "remis", "remis"
    LU = "lu", "lu"


class Rendu(models.IntegerChoices):
    """Where a dossier that was granted something stands with its report, the most pressing first."""

    EN_RETARD = 1, "en retard"
    A_REMETTRE = 2, "à remettre"
    ATTENDU = 3, "attendu"
    REMIS = 4, "remis"
    LU = 5, "lu"


TON_DU_RENDU = {
    Rendu.EN_RETARD: Ton.RETARD,
    Rendu.A_REMETTRE: Ton.ATTENTION,
    Rendu.ATTENDU: Ton.MUET,
    Rendu.REMIS: Ton.NEUTRE,
    Rendu.LU: Ton.FAIT,
}


TON_DU_COMPTE_RENDU = {
    EtatDeCompteRendu.BROUILLON: Ton.ATTENTION,
    EtatDeCompteRendu.REMIS: Ton.NEUTRE,
    EtatDeCompteRendu.LU: Ton.FAIT,
}
