"""The words of the council of residents."""

from django.db import models

from tenir.core.composants import Ton


class CollegeDuConseil(models.TextChoices):
    """The two colleges that the law sets (loi 2014-173, art. 7)."""

    HABITANTS = "habitants", "habitants"
    ACTEURS = "acteurs", "associations et acteurs locaux"


class Sexe(models.TextChoices):
    """What the parity of the draw counts: the candidate says it."""

    FEMME = "F", "femme"
    HOMME = "H", "homme"


class TrancheDAge(models.TextChoices):
    """Bands of ages: never a birthday."""

    JEUNE = "16-25", "16 à 25 ans"
    ADULTE = "26-45", "26 à 45 ans"
    MUR = "46-64", "46 à 64 ans"
    AINE = "65", "65 ans ou plus"


class Issue(models.TextChoices):
    """What the draw made of a candidate."""

    MEMBRE = "membre", "membre"
    SUPPLEANT = "suppleant", "suppléant"
    NON_RETENUE = "non-retenue", "non retenue"


class EtatDAppel(models.TextChoices):
    """Where a call stands; read from its days, never typed."""

    A_VENIR = "a-venir", "à venir"
    OUVERT = "ouvert", "ouvert"
    CLOS = "clos", "clos"
    FIGE = "fige", "liste figée"
    TIRE = "tire", "tirage fait"


TON_DE_L_APPEL = {
    EtatDAppel.A_VENIR: Ton.NEUTRE,
    EtatDAppel.OUVERT: Ton.ATTENTION,
    EtatDAppel.CLOS: Ton.ATTENTION,
    EtatDAppel.FIGE: Ton.ATTENTION,
    EtatDAppel.TIRE: Ton.FAIT,
}


class GenreDePiece(models.TextChoices):
    """What a file of the council is."""

    DOSSIER = "dossier", "dossier de réunion"
    COMPTE_RENDU = "compte-rendu", "compte rendu du conseil"
    PRATIQUE = "pratique", "pratique d’un autre conseil"
    AUTRE = "autre", "autre document"


class GenreDeMoyen(models.TextChoices):
    """What a council is given to work with."""

    LOCAL = "local", "local"
    BUDGET = "budget", "budget"
    ANIMATION = "animation", "animation"
    FORMATION = "formation", "formation"
    AUTRE = "autre", "autre moyen"


class PresenceDuMembre(models.TextChoices):
    """What is seen of a member of the council at a meeting."""

    PRESENT = "present", "présent"
    EXCUSE = "excuse", "excusé"
    ABSENT = "absent", "absent"


class UniteDeDelai(models.TextChoices):
    """What a time limit counts."""

    JOURS = "jours", "jours"
    MOIS = "mois", "mois"


class Silence(models.TextChoices):
    """What silence is worth at the end of the time limit, as the rule of the request says."""

    FAVORABLE = "favorable", "vaut avis favorable"
    SANS_EFFET = "sans-effet", "ne vaut ni accord ni refus"
    DEFAVORABLE = "defavorable", "vaut avis défavorable"


class Sens(models.TextChoices):
    """What an opinion says."""

    FAVORABLE = "favorable", "favorable"
    RESERVES = "reserves", "favorable avec réserves"
    DEFAVORABLE = "defavorable", "défavorable"
    SANS_AVIS = "sans-avis", "ne se prononce pas"


class EtatDAvis(models.TextChoices):
    """Where an opinion stands; read from its days."""

    ATTENDU = "attendu", "attendu"
    RENDU = "rendu", "rendu"
    TARDIF = "tardif", "rendu hors délai"
    SILENCE = "silence", "silence"


TON_DE_L_AVIS = {
    EtatDAvis.ATTENDU: Ton.ATTENTION,
    EtatDAvis.RENDU: Ton.FAIT,
    EtatDAvis.TARDIF: Ton.RETARD,
    EtatDAvis.SILENCE: Ton.MUET,
}
