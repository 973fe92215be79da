"""What becomes of a right that was pointed to."""

from django.db import models


class Suite(models.TextChoices):
    """How far a right went, each counted apart."""

    REPERE = "repere", "repéré"
    OUVERT = "ouvert", "ouvert"
    REFUSE = "refuse", "refusé"
    SANS_SUITE = "sans-suite", "sans suite"


ACCUEIL = "accueil"
"""Counted in place of a right: someone was received, and the questions were asked."""
