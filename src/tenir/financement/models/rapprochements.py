"""A file of subsidies that was put beside the ledger: the rows of it that may be about the contract, for a time."""

from typing import Self

from django.db import models

from tenir.acteurs.models import Personne
from tenir.core import horloge
from tenir.habilitations.models import EspaceDeContrat, of_contract


class RapprochementDeSubventionsQuerySet(models.QuerySet["RapprochementDeSubventions"]):
    """The files that were compared."""

    def of(self, espace: EspaceDeContrat) -> Self:
        """Those of one contract, the latest first."""
        return of_contract(self, espace).select_related("espace", "lu_par").order_by("-numero")


class RapprochementDeSubventions(models.Model):
    """A file, and the rows of it that may be about the contract (`subventions.Tri`); the ledger is read each time.

    `lues`: how many rows it had. Kept thirty days: rows of a file may name someone.
    """

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="rapprochements")
    numero = models.PositiveIntegerField("numéro")
    nom = models.CharField("nom du fichier", max_length=100)
    lues = models.PositiveIntegerField("lignes lues")
    contenu = models.JSONField("lignes gardées")
    lu_par = models.ForeignKey(Personne, models.PROTECT, verbose_name="lu par", related_name="+")
    lu_le = models.DateTimeField("lu le", default=horloge.now, editable=False)

    objects = RapprochementDeSubventionsQuerySet.as_manager()

    class Meta:
        verbose_name = "rapprochement de subventions"
        verbose_name_plural = "rapprochements de subventions"
        ordering = ["espace", "-numero"]
        constraints = [
            models.UniqueConstraint(
                fields=["espace", "numero"],
                name="rapprochement_has_a_number_of_its_own",
                violation_error_message="Ce numéro de rapprochement est déjà donné.",
            ),
        ]

    def __str__(self) -> str:
        return self.nom

    @property
    def code(self) -> str:
        """Its code on pages and in the trace."""
        return f"RS{self.numero}"
