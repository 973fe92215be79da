"""What the team does towards the bodies of a contract: reminding them."""

from django.db import models
from django.db.models import Q

from tenir.acteurs.models import Organisation, Personne
from tenir.contrat.models import ActionPrevue, Engagement
from tenir.core import horloge
from tenir.habilitations.models import EspaceDeContrat


class Relance(models.Model):
    """A message that asks a body where an action or a promise stands; one a day for each thing and body."""

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="relances")
    action = models.ForeignKey(
        ActionPrevue, models.CASCADE, verbose_name="action prévue", related_name="relances", null=True, blank=True
    )
    engagement = models.ForeignKey(
        Engagement, models.CASCADE, verbose_name="engagement", related_name="relances", null=True, blank=True
    )
    organisation = models.ForeignKey(Organisation, models.PROTECT, verbose_name="organisme", related_name="+")
    personne = models.ForeignKey(Personne, models.PROTECT, verbose_name="personne relancée", related_name="relances")
    par = models.ForeignKey(Personne, models.PROTECT, verbose_name="relancée par", related_name="+")
    le = models.DateField("le")
    cree_le = models.DateTimeField("demandée le", default=horloge.now, editable=False)

    class Meta:
        verbose_name = "relance"
        ordering = ["espace", "-cree_le", "-pk"]
        indexes = [models.Index(fields=["espace", "-le"], name="relance_of_a_contract")]
        constraints = [
            models.CheckConstraint(
                name="relance_is_about_one_thing",
                condition=Q(action__isnull=False, engagement=None) | Q(action=None, engagement__isnull=False),
                violation_error_message="Une relance porte sur une action ou sur un engagement.",
            ),
            *(
                models.UniqueConstraint(
                    fields=[thing, "organisation", "le"],
                    name=f"relance_of_an_{thing}_once_a_day",
                    violation_error_message="Cet organisme est déjà relancé aujourd’hui.",
                )
                for thing in ("action", "engagement")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, relancé le {self.le:%d/%m/%Y}"

    @property
    def objet(self) -> ActionPrevue | Engagement:
        """What it asks about."""
        found = self.action or self.engagement
        assert found is not None  # noqa: S101 (a constraint says so)
        return found
