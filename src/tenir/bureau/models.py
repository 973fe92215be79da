"""What someone has already read, and how she wants to be told what is new: one summary for all her contracts."""

import secrets

from django.db import models
from django.db.models import Q

from tenir.acteurs.models import Personne
from tenir.core.noms import de_personne
from tenir.habilitations.models import EspaceDeContrat


class Resume(models.Model):
    """The summary that someone receives, and its rhythm. `alea` makes, with the secret of the site, the link that
    changes it without signing in."""

    class Rythme(models.TextChoices):
        MENSUEL = "mensuel", "chaque mois"
        HEBDOMADAIRE = "hebdomadaire", "chaque semaine"
        JAMAIS = "jamais", "jamais"

    personne = models.OneToOneField(Personne, models.CASCADE, verbose_name="personne", related_name="resume")
    rythme = models.CharField("rythme", max_length=12, choices=Rythme, default=Rythme.MENSUEL)
    alea = models.CharField("aléa du lien", max_length=43, unique=True, default=secrets.token_urlsafe, editable=False)

    class Meta:
        verbose_name = "résumé"
        ordering = ["personne"]
        constraints = [
            models.CheckConstraint(
                name="resume_rhythm_is_known",
                condition=Q(rythme__in=["mensuel", "hebdomadaire", "jamais"]),
                violation_error_message="Choisissez chaque semaine, chaque mois ou jamais.",
            )
        ]

    def __str__(self) -> str:
        return f"résumé {de_personne(self.personne)}, {self.get_rythme_display()}"


class DernierPassage(models.Model):
    """Until when someone has read what is new in a contract: she says so herself."""

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="+")
    personne = models.ForeignKey(Personne, models.CASCADE, verbose_name="personne", related_name="+")
    vu_jusqu_a = models.DateTimeField("vu jusqu’à")

    class Meta:
        verbose_name = "dernier passage"
        ordering = ["espace", "personne"]
        constraints = [
            models.UniqueConstraint(
                fields=["espace", "personne"],
                name="dernier_passage_is_one",
                violation_error_message="Ce passage est déjà noté.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.personne}, {self.vu_jusqu_a:%d/%m/%Y}"
