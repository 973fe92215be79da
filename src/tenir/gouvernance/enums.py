"""The words of bodies, meetings and decisions."""

from django.db import models

from tenir.core.composants import Ton


class Qualite(models.TextChoices):
    """What a seat gives. A guest and a deputy do not count for the quorum: the body of the deputy does, once."""

    PRESIDENCE = "presidence", "préside ou anime"
    MEMBRE = "membre", "membre"
    SUPPLEANT = "suppleant", "suppléant"
    INVITE = "invite", "invité"


COUNTED = (Qualite.PRESIDENCE, Qualite.MEMBRE)
"""The seats that the quorum counts."""


class College(models.TextChoices):
    """The college of a seat, where a body has colleges."""

    HABITANTS = "habitants", "collège des habitants"
    ACTEURS = "acteurs", "collège des acteurs locaux"


class GenreDeRegle(models.TextChoices):
    """What a rule is about."""

    FREQUENCE = "frequence", "fréquence"
    ORDRE = "ordre", "ordre"
    PREAVIS = "preavis", "préavis"
    QUORUM = "quorum", "quorum"
    PRESENCE = "presence", "présence d’un organisme"
    PARITE = "parite", "parité"
    COLLEGES = "colleges", "collèges"


NUMBERED = {
    GenreDeRegle.FREQUENCE: "réunions par an",
    GenreDeRegle.PREAVIS: "jours",
    GenreDeRegle.QUORUM: "% des organismes",
}
"""The kinds of rules that hold a number, and its unit."""
MAY_BE_NUMBERED = (GenreDeRegle.PARITE,)
"""The kinds whose number may be left out: a parity that gives no share admits one more of a sex than of the other."""
READ_FROM_THE_CONTRACT = (GenreDeRegle.FREQUENCE, GenreDeRegle.ORDRE)
"""The kinds that the signed contract says in rows of its own: the team never writes them in its name."""


class NatureDeSource(models.TextChoices):
    """What a rule rests on."""

    LOI = "loi", "loi"
    CONTRAT = "contrat", "contrat signé"
    REGLEMENT = "reglement", "règlement adopté"
    TENIR = "tenir", "choix de l’équipe"


class EtatDeReunion(models.TextChoices):
    """Where a meeting stands."""

    PREVUE = "prevue", "prévue"
    CONVOQUEE = "convoquee", "convoquée"
    TENUE = "tenue", "tenue"
    ANNULEE = "annulee", "annulée"


TO_COME = (EtatDeReunion.PREVUE, EtatDeReunion.CONVOQUEE)
TON_DE_LA_REUNION = {
    EtatDeReunion.PREVUE: Ton.NEUTRE,
    EtatDeReunion.CONVOQUEE: Ton.ATTENTION,
    EtatDeReunion.TENUE: Ton.FAIT,
    EtatDeReunion.ANNULEE: Ton.MUET,
}


class Reponse(models.TextChoices):
    """What a body answers to a convocation, and what is noted of it at the door."""

    PRESENT = "present", "présent"
    REPRESENTE = "represente", "représenté"
    EXCUSE = "excuse", "excusé"
    ABSENT = "absent", "absent"


ANSWERS = (Reponse.PRESENT, Reponse.REPRESENTE, Reponse.EXCUSE)
"""What one answers beforehand: nobody announces that she will be missing without a word."""
THERE = (Reponse.PRESENT, Reponse.REPRESENTE)
"""What counts for the quorum."""


class AvisDePoint(models.TextChoices):
    """The opinion that a meeting gives on an item."""

    FAVORABLE = "favorable", "favorable"
    RESERVES = "reserves", "favorable avec réserves"
    DEFAVORABLE = "defavorable", "défavorable"


class Possible(models.TextChoices):
    """Whether a body can come on a day."""

    OUI = "oui", "oui"
    AU_BESOIN = "au-besoin", "s’il le faut"
    NON = "non", "non"


class SuiteDeCorrection(models.TextChoices):
    """What becomes of a correction of the minutes."""

    EN_ATTENTE = "en-attente", "à examiner"
    REPRISE = "reprise", "reprise dans le compte rendu"
    ECARTEE = "ecartee", "non reprise"


class EtatDeDecision(models.TextChoices):
    """Where a decision stands."""

    A_EXECUTER = "a-executer", "à exécuter"
    EXECUTEE = "executee", "exécutée"
    ABANDONNEE = "abandonnee", "abandonnée"


class EtatDeProposition(models.TextChoices):
    """Where a proposal stands."""

    EN_ATTENTE = "en-attente", "en attente"
    SUIVIE = "suivie", "suivie d’une décision"
    ECARTEE = "ecartee", "écartée"


TON_DE_LA_DECISION = {
    EtatDeDecision.A_EXECUTER: Ton.ATTENTION,
    EtatDeDecision.EXECUTEE: Ton.FAIT,
    EtatDeDecision.ABANDONNEE: Ton.MUET,
}
TON_DE_LA_PROPOSITION = {
    EtatDeProposition.EN_ATTENTE: Ton.ATTENTION,
    EtatDeProposition.SUIVIE: Ton.FAIT,
    EtatDeProposition.ECARTEE: Ton.MUET,
}
