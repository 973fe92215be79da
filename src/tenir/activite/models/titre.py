"""What the title of an event was said to be, once: the next file asks nothing for it."""

from django.db import models

from tenir.acteurs.models import Organisation
from tenir.core import horloge
from tenir.habilitations.models import EspaceDeContrat


class TitreDAgenda(models.Model):
    """A title of the calendar of a body, and the kind of its sessions; no kind: they are left.

    `empreinte` is a digest of the title, never the title: those that are left name people more often than not.
    """

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="+")
    organisme = models.ForeignKey(Organisation, models.CASCADE, verbose_name="organisme", related_name="+")
    empreinte = models.CharField("empreinte du titre", max_length=64)
    nature = models.SlugField("nature", max_length=40, blank=True, db_index=False)
    dit_le = models.DateTimeField("dit le", default=horloge.now)

    class Meta:
        verbose_name = "titre d’agenda"
        ordering = ["espace", "organisme", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["espace", "organisme", "empreinte"],
                name="titre_d_agenda_is_said_once",
                violation_error_message="Ce titre est déjà rattaché.",
            )
        ]

    def __str__(self) -> str:
        return self.nature or "laissé"
