"""Asking someone by e-mail to sign in, with a role waiting for her."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from tenir.acteurs.models import Organisation, Personne
from tenir.habilitations.models.espace import EspaceDeContrat
from tenir.habilitations.models.habilitation import role_constraints
from tenir.habilitations.roles import CHOICES


class Invitation(models.Model):
    """A role offered to an address, until it expires. Of its secret only the SHA-256 is kept, in `jeton`."""

    espace = models.ForeignKey(
        EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="invitations", null=True, blank=True
    )
    role = models.CharField("rôle", max_length=20, choices=CHOICES)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="organisme", related_name="+", null=True, blank=True
    )
    email = models.EmailField("adresse électronique")
    jeton = models.CharField("empreinte du jeton", max_length=64, unique=True, editable=False)
    envoyee_le = models.DateTimeField("envoyée le", default=timezone.now, editable=False)
    expire_le = models.DateTimeField("expire le")
    revoquee_le = models.DateTimeField("révoquée le", null=True, blank=True)
    acceptee_le = models.DateTimeField("acceptée le", null=True, blank=True)
    invitee_par = models.ForeignKey(
        Personne, models.PROTECT, verbose_name="invitée par", related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = "invitation"
        ordering = ["-envoyee_le", "-pk"]
        constraints = [
            *role_constraints("invitation"),
            models.CheckConstraint(
                name="invitation_token_is_a_digest",
                condition=Q(jeton__regex=r"^[0-9a-f]{64}$"),
                violation_error_message="Le jeton d’une invitation se garde en empreinte seulement.",
            ),
            models.CheckConstraint(
                name="invitation_expires_after_it_is_sent",
                condition=Q(expire_le__gt=F("envoyee_le")),
                violation_error_message="L’invitation expire avant d’être envoyée.",
            ),
            models.CheckConstraint(
                name="invitation_is_accepted_or_revoked",
                condition=Q(acceptee_le__isnull=True) | Q(revoquee_le__isnull=True),
                violation_error_message="Une invitation acceptée ne se révoque plus : mettez fin à l’habilitation.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email}, {self.get_role_display()}"
