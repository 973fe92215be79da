"""The file of a meeting: what is read before it, frozen as one PDF with its digest."""

from django.db import models
from django.db.models import Q

from tenir.acteurs.models import Personne
from tenir.core import horloge
from tenir.gouvernance.models.reunions import Reunion
from tenir.habilitations.models import EspaceDeContrat


class DossierDeReunion(models.Model):
    """A file as it was frozen: what it says (`core.documents`), its PDF, and the SHA-256 of that PDF.

    What is frozen again has the next number; the one before stays.
    """

    reunion = models.ForeignKey(Reunion, models.CASCADE, verbose_name="réunion", related_name="dossiers")
    numero = models.PositiveSmallIntegerField("numéro")
    contenu = models.JSONField("ce que dit le dossier")
    pdf = models.BinaryField("fichier PDF")
    sha256 = models.CharField("empreinte du fichier", max_length=64)
    fige_le = models.DateTimeField("figé le", default=horloge.now, editable=False)
    fige_par = models.ForeignKey(Personne, models.PROTECT, verbose_name="figé par", related_name="+")

    class Meta:
        verbose_name = "dossier de réunion"
        verbose_name_plural = "dossiers de réunion"
        ordering = ["reunion", "-numero"]
        constraints = [
            models.UniqueConstraint(
                fields=["reunion", "numero"],
                name="dossier_de_reunion_has_a_number_of_its_own",
                violation_error_message="Ce numéro de dossier est déjà donné.",
            ),
            models.CheckConstraint(
                name="dossier_de_reunion_has_its_digest",
                condition=~Q(sha256=""),
                violation_error_message="Un dossier figé a son empreinte.",
            ),
        ]

    def __str__(self) -> str:
        return f"dossier n° {self.numero}, {self.reunion}"

    @property
    def espace(self) -> EspaceDeContrat:
        """The contract."""
        return self.reunion.espace

    @property
    def code(self) -> str:
        """Its code in the trace: that of its meeting."""
        return str(self.reunion_id)
