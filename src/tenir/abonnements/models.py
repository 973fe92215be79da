"""An address that follows a contract, or a part of it. It belongs to nobody known: no account, no name."""

import secrets

from django.db import models
from django.db.models import Q

from tenir.core import horloge
from tenir.habilitations.models import EspaceDeContrat


class Abonnement(models.Model):
    """An address, and what it follows: the code of an axis, an orientation, an action (`sur`; the whole contract when
    empty), in a quarter maybe. Nothing is sent but its confirmation until `confirme_le`.

    `connus`: digests of the facts that it was told, or that stood before it; `a_dire`: of those its next message tells.
    """

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="abonnements")
    adresse = models.EmailField("adresse électronique", max_length=254)
    sur = models.CharField("sur", max_length=20, blank=True)
    quartier = models.CharField("quartier", max_length=200, blank=True)
    alea = models.CharField("aléa du lien", max_length=43, unique=True, default=secrets.token_urlsafe, editable=False)
    demande_le = models.DateTimeField("demandé le", default=horloge.now)
    confirme_le = models.DateTimeField("confirmé le", null=True, blank=True)
    dit_le = models.DateField("dernier message le", null=True, blank=True)
    connus = models.JSONField("faits connus", default=list, blank=True)
    a_dire = models.JSONField("faits à dire", default=list, blank=True)

    class Meta:
        verbose_name = "abonnement"
        ordering = ["espace", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["espace", "adresse", "sur", "quartier"],
                name="abonnement_is_one",
                violation_error_message="Cette adresse suit déjà ceci.",
            ),
            models.CheckConstraint(
                name="abonnement_tells_once_confirmed",
                condition=Q(dit_le=None) | Q(confirme_le__isnull=False),
                violation_error_message="Rien ne s’envoie avant d’être confirmé.",
            ),
        ]

    def __str__(self) -> str:
        return f"abonnement n° {self.pk}"
