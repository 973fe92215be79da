"""Bodies as the document names them."""

from django.db import models
from django.db.models import Q

from tenir.acteurs.models import Organisation
from tenir.contrat.models.actions import ActionPrevue
from tenir.contrat.models.gouvernance import InstanceDeGouvernance
from tenir.contrat.models.strategie import Orientation
from tenir.habilitations.models import EspaceDeContrat


class OrganismeCite(models.Model):
    """A body named by an orientation, an action or a body of governance; without `organisation` it is to designate.

    `espace` repeats that of what names it: a body that 450 contracts name is sought in one of them.
    """

    class Role(models.TextChoices):
        PILOTE = "pilote", "pilote"
        SERVICE = "service", "service associé"
        PARTENAIRE = "partenaire", "partenaire"
        PRESIDENCE = "presidence", "préside ou anime"
        MEMBRE = "membre", "membre"

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="espace", related_name="+")
    role = models.CharField("rôle", max_length=12, choices=Role)
    rang = models.PositiveSmallIntegerField("rang")
    nom = models.TextField("nom imprimé")
    fonction = models.TextField("fonction", blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="organisation", related_name="citations", null=True
    )
    orientation = models.ForeignKey(
        Orientation, models.CASCADE, verbose_name="orientation", related_name="organismes", null=True
    )
    action = models.ForeignKey(
        ActionPrevue, models.CASCADE, verbose_name="action prévue", related_name="organismes", null=True
    )
    instance = models.ForeignKey(
        InstanceDeGouvernance, models.CASCADE, verbose_name="instance", related_name="organismes", null=True
    )

    class Meta:
        verbose_name = "organisme cité"
        ordering = ["role", "rang"]
        constraints = [
            models.CheckConstraint(
                name="organisme_cite_hangs_on_one_thing",
                condition=(
                    Q(orientation__isnull=False, action=None, instance=None)
                    | Q(orientation=None, action__isnull=False, instance=None)
                    | Q(orientation=None, action=None, instance__isnull=False)
                ),
                violation_error_message="Un organisme est cité par une orientation, une action ou une instance.",
            )
        ]

    def __str__(self) -> str:
        return self.nom
