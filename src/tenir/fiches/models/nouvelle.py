"""What is told of an action."""

from django.db import models
from django.db.models import Q

from tenir.acteurs.models import Organisation, Personne
from tenir.core import horloge


class Nouvelle(models.Model):
    """News of an action, on a day, by someone for a body. Never changed: another one corrects it."""

    fiche = models.ForeignKey("FicheAction", models.CASCADE, verbose_name="fiche action", related_name="nouvelles")
    le = models.DateField("le")
    texte = models.TextField("nouvelle", max_length=2000)
    auteur = models.ForeignKey(Personne, models.PROTECT, verbose_name="donnée par", related_name="+", null=True)
    pour = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="pour l’organisme", related_name="+", null=True, blank=True
    )
    enregistree_le = models.DateTimeField("enregistrée le", default=horloge.now, editable=False)

    class Meta:
        verbose_name = "nouvelle"
        ordering = ["-le", "-pk"]
        indexes = [models.Index(fields=["fiche", "-le"], name="nouvelle_of_a_fiche")]
        constraints = [
            models.CheckConstraint(
                name="nouvelle_says_something",
                condition=~Q(texte=""),
                violation_error_message="Écrivez la nouvelle.",
            )
        ]

    def __str__(self) -> str:
        return f"nouvelle du {self.le:%d/%m/%Y}"
