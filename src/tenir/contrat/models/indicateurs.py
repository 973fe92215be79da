"""Indicators as printed."""

from django.db import models

from tenir.contrat.models.element import ElementSigne, index_of_the_few
from tenir.contrat.models.strategie import Orientation


class Indicateur(ElementSigne):
    """An indicator as printed; a repeat points to its first."""

    genre = "indicateur"
    libelle = models.TextField("libellé")
    groupe = models.TextField("groupe", blank=True)
    sous_groupe = models.TextField("sous-groupe", blank=True)
    depart = models.TextField("valeur de départ", blank=True)
    cible = models.TextField("cible", blank=True)
    repete = models.ForeignKey(
        "self", models.PROTECT, verbose_name="répète", related_name="repetitions", null=True, db_index=False
    )
    orientations = models.ManyToManyField(
        Orientation, verbose_name="orientations couvertes", related_name="indicateurs"
    )

    class Meta(ElementSigne.Meta):
        verbose_name = "indicateur"
        indexes = [index_of_the_few("repete", "indicateur_repete")]
        constraints = [
            *ElementSigne.Meta.constraints,
            models.CheckConstraint(
                name="indicateur_repeats_another",
                condition=models.Q(repete=None) | ~models.Q(repete=models.F("pk")),
                violation_error_message="Un indicateur ne se répète pas lui-même.",
            ),
        ]
