"""The words that fields of the contract file choose from."""

from enum import StrEnum


class Forme(StrEnum):
    """How the document prints an objective or a promise."""

    PUCE = "puce"
    PROSE = "prose"


class StatutDeDonnee(StrEnum):
    """How far a figure may be relied upon (`design.md`, « What holds everywhere », 1)."""

    OBSERVEE = "observée"
    CALCULEE = "calculée"
    DECLAREE = "déclarée"
    ESTIMEE = "estimée"
    CONTESTEE = "contestée"
    SECRETE = "secrète"  # noqa: S105 - statistical secrecy, no password
    MANQUANTE = "manquante"


class NatureDeCredits(StrEnum):
    """Ordinary-law money, or money of the politique de la ville."""

    DROIT_COMMUN = "droit commun"
    SPECIFIQUE = "spécifique"


class NatureDePartie(StrEnum):
    """What a named part of the document is made of."""

    TITRE = "titre"
    PREAMBULE = "préambule"
    ARTICLES = "articles"
    SIGNATURE = "signature"
    DIAGNOSTIC = "diagnostic"
    EVALUATION = "évaluation"
    STRATEGIE = "stratégie"
    GOUVERNANCE = "gouvernance"
    PRESENTATION = "présentation"
    DONNEES = "données"
    CONSTAT = "constat"
    ENJEUX = "enjeux"
    OBJECTIFS = "objectifs"
    ACTIONS = "actions"
    PILOTES = "pilotes"
    SERVICES = "services associés"
    CREDITS = "crédits"
    INDICATEURS = "indicateurs"
    FOLIO = "folio"
    AUTRE = "autre"


class Contenu(StrEnum):
    """What a contract usually holds, and a reading may have missed (`contenus.non_lus`)."""

    ACTIONS = "actions"
    CREDITS = "crédits"
    SIGNATAIRES = "signataires"
    ENGAGEMENTS = "engagements"
    INSTANCES = "instances"
    INDICATEURS = "indicateurs"
    DONNEES = "données"
    QUARTIERS = "quartiers"
