"""Signatories, what they promise, what they recall, what they refer to."""

from typing import Self

from django.db import models

from tenir.acteurs.models import Organisation
from tenir.contrat.models.element import ElementSigne, ElementSigneQuerySet
from tenir.contrat.models.strategie import Orientation
from tenir.fichier import enums


class Signataire(ElementSigne):
    """A body that signs."""

    genre = "signataire"
    nom = models.TextField("nom imprimé")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="organisation", related_name="signatures"
    )

    class Meta(ElementSigne.Meta):
        verbose_name = "signataire"


class EngagementQuerySet(ElementSigneQuerySet["Engagement"]):
    """Promises."""

    def comptes(self) -> Self:
        """The promises, without the headings that only group them."""
        return self.filter(regroupement=False)


class Engagement(ElementSigne):
    """What a signatory promises."""

    genre = "engagement"
    signataire = models.ForeignKey(Signataire, models.PROTECT, verbose_name="signataire", related_name="engagements")
    parent = models.ForeignKey("self", models.PROTECT, verbose_name="parent", related_name="enfants", null=True)
    niveau = models.PositiveSmallIntegerField("niveau")
    titre = models.TextField("titre abrégé")
    forme = models.CharField("forme", max_length=10, choices=[(f.value, f.value) for f in enums.Forme])
    regroupement = models.BooleanField("intitulé de regroupement", default=False)
    orientations = models.ManyToManyField(Orientation, verbose_name="orientations servies", related_name="engagements")

    objects = EngagementQuerySet.as_manager()  # type: ignore[misc]  # stubs see the inherited manager as a class variable

    class Meta(ElementSigne.Meta):
        verbose_name = "engagement"
        constraints = [
            *ElementSigne.Meta.constraints,
            models.CheckConstraint(
                name="engagement_has_three_levels_at_most",
                condition=models.Q(niveau__gte=1, niveau__lte=3),
                violation_error_message="Un engagement a trois niveaux au plus.",
            ),
        ]


class Rappel(ElementSigne):
    """A past achievement that a signatory recalls."""

    genre = "rappel"
    signataire = models.ForeignKey(Signataire, models.PROTECT, verbose_name="signataire", related_name="rappels")
    titre = models.TextField("titre abrégé")

    class Meta(ElementSigne.Meta):
        verbose_name = "rappel"


class DocumentCadre(ElementSigne):
    """A frame document that a signatory refers to."""

    genre = "document cadre"
    signataire = models.ForeignKey(
        Signataire, models.PROTECT, verbose_name="signataire", related_name="documents_cadres"
    )
    titre = models.TextField("nom imprimé")
    periode = models.TextField("années couvertes", blank=True)

    class Meta(ElementSigne.Meta):
        verbose_name = "document cadre"
