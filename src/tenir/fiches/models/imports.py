"""A spreadsheet of fiches that came back, between its preview and its application."""

from django.db import models
from django.db.models import Q

from tenir.acteurs.models import Personne
from tenir.core import horloge
from tenir.ecran.models import Temoin
from tenir.habilitations.models import EspaceDeContrat


class ImportDeFiches(Temoin):
    """The cells of a spreadsheet as they came, until someone applies or leaves them. Nothing changes before that.

    `contenu` holds what was read; `bilan`, once applied, what was kept and what was explained. Undone within ten
    minutes, it says so.
    """

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="+")
    par = models.ForeignKey(Personne, models.PROTECT, verbose_name="déposé par", related_name="+")
    nom = models.CharField("nom du fichier", max_length=200, blank=True)
    contenu = models.JSONField("contenu")
    depose_le = models.DateTimeField("déposé le", default=horloge.now, editable=False)
    applique_le = models.DateTimeField("appliqué le", null=True, blank=True)
    bilan = models.JSONField("bilan", default=dict)

    class Meta:
        verbose_name = "import de fiches"
        ordering = ["-depose_le", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="import_undone_once_applied",
                condition=Q(annule_le=None, annule_par=None)
                | Q(annule_le__isnull=False, annule_par__isnull=False, applique_le__isnull=False),
                violation_error_message="Un classeur annulé l’est par quelqu’un, après avoir été appliqué.",
            )
        ]

    def __str__(self) -> str:
        return self.nom or f"import n° {self.pk}"
