"""Planned actions."""

from typing import Self

from django.db import models

from tenir.contrat.models.element import ElementSigne, ElementSigneQuerySet, index_of_the_few
from tenir.contrat.models.strategie import Orientation


class ActionPrevueQuerySet(ElementSigneQuerySet["ActionPrevue"]):
    """Planned actions, sub-actions apart."""

    def principales(self) -> Self:
        """The actions that are no part of another."""
        return self.filter(parent=None)


class ActionPrevue(ElementSigne):
    """A planned action as signed; a sub-action hangs on its `parent`."""

    genre = "action prévue"
    orientation = models.ForeignKey(Orientation, models.PROTECT, verbose_name="orientation", related_name="actions")
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name="action", related_name="sous_actions", null=True, db_index=False
    )
    titre = models.TextField("titre abrégé")
    sous_theme = models.TextField("sous-thème", blank=True)
    horizon = models.TextField("horizon", blank=True)
    quartiers = models.TextField("quartiers", blank=True)
    imprimee_sous = models.TextField("imprimée sous", blank=True)

    objects = ActionPrevueQuerySet.as_manager()  # type: ignore[misc]  # stubs see the inherited manager as a class variable

    class Meta(ElementSigne.Meta):
        verbose_name = "action prévue"
        indexes = [index_of_the_few("parent", "action_prevue_parent")]
