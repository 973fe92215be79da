"""A workbook of entries between its deposit and its receipt; how a table of some headings is read."""

from django.db import models
from django.db.models import Q

from tenir.acteurs.models import Organisation, Personne
from tenir.core import horloge
from tenir.ecran.models import Temoin
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.niveaux import Niveau

KNOWN = "Ces titres de colonnes ont déjà leur profil."


class ImportDEntrees(Temoin):
    """The cells of a table as they came, until someone writes or leaves what it tells; then its receipt.

    `organisme`: the body of whoever brought it, none for the team. `contenu`: the table, emptied once it is applied.
    `plan`: what each column holds, as someone said. `bilan`: what was kept, and why each other row was not.
    """

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="+")
    par = models.ForeignKey(Personne, models.PROTECT, verbose_name="déposé par", related_name="+")
    organisme = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="organisme", related_name="+", null=True, blank=True
    )
    nom = models.CharField("nom du fichier", max_length=200, blank=True)
    contenu = models.JSONField("contenu")
    plan = models.JSONField("ce que dit chaque colonne", default=dict)
    depose_le = models.DateTimeField("déposé le", default=horloge.now, editable=False)
    applique_le = models.DateTimeField("inscrit le", null=True, blank=True)
    bilan = models.JSONField("bilan", default=dict)

    class Meta:
        verbose_name = "import d’entrées"
        ordering = ["-depose_le", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="import_of_entries_undone_once_applied",
                condition=Q(annule_le=None, annule_par=None)
                | Q(annule_le__isnull=False, annule_par__isnull=False, applique_le__isnull=False),
                violation_error_message="Un tableur annulé l’est par quelqu’un, après avoir été inscrit.",
            )
        ]

    def __str__(self) -> str:
        return self.nom or f"tableur n° {self.pk}"


class ProfilDeTableur(models.Model):
    """How a table of some headings is read, as someone said once: the next one of the same headings is read so.

    `organisme`: the body whose tables they are, none for those of the team. `cle`: a digest of the headings, whatever
    their order. `plan`: what each heading holds.
    """

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="+")
    organisme = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="organisme", related_name="+", null=True, blank=True
    )
    cle = models.CharField("empreinte des titres", max_length=64)
    titres = models.TextField("titres de colonnes", max_length=5_000)
    plan = models.JSONField("ce que dit chaque colonne")
    servi_le = models.DateTimeField("servi le", default=horloge.now, editable=False)

    class Meta:
        verbose_name = "profil de tableur"
        ordering = ["espace", "-servi_le", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["espace", "organisme", "cle"],
                name="profil_is_one_for_headings_of_a_body",
                violation_error_message=KNOWN,
            ),
            models.UniqueConstraint(
                fields=["espace", "cle"],
                condition=Q(organisme=None),
                name="profil_is_one_for_headings_of_the_team",
                violation_error_message=KNOWN,
            ),
        ]

    def __str__(self) -> str:
        return self.titres

    @property
    def niveau(self) -> int:
        """Who reads it: it says nothing that someone did."""
        return Niveau.PARTENAIRES
