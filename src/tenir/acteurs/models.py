"""People and bodies: who may sign in, who is known by name, and the organisations of the organisations file."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower

from tenir.core.alphabet import alphabetical
from tenir.fichier.mots import name_key


class UtilisateurManager(BaseUserManager["Utilisateur"]):
    """Makes accounts known by their e-mail address."""

    def create_user(self, email: str, password: str | None = None) -> "Utilisateur":
        """Create an account; without a password it signs in by a code sent to its address (issue C)."""
        user = self.model(email=self.normalize_email(email))
        user.set_password(password)
        user.full_clean()
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "Utilisateur":
        """Find an account by its address, whatever the case it is typed in."""
        return self.get(email__iexact=username)

    def create_superuser(self, email: str, password: str | None = None) -> "Utilisateur":
        """Create an administrator of the platform."""
        user = self.create_user(email, password)
        user.is_superuser = True
        user.save(update_fields=["is_superuser"])
        return user


class Utilisateur(AbstractBaseUser, PermissionsMixin):
    """An account that may sign in, known by its e-mail address alone."""

    email = models.EmailField("adresse électronique", unique=True)
    is_active = models.BooleanField("actif", default=True)

    USERNAME_FIELD = "email"
    objects = UtilisateurManager()

    class Meta:
        verbose_name = "utilisateur"
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="utilisateur_email_unique_whatever_the_case",
                violation_error_message="Un compte existe déjà avec cette adresse électronique.",
            )
        ]

    def __str__(self) -> str:
        return self.email

    def clean(self) -> None:
        """Keep the address in lower case: sign-in looks it up so."""
        super().clean()
        self.email = self.email.lower()


class Personne(models.Model):
    """Someone who may never sign in. The trace knows her by her number alone: names live here and nowhere else.

    She is a name in a body; an address is not a person, two may share one. `nom_compare` is how her name compares
    (`fichier.mots.name_key`), the same on every database. Erased, the row stays and says nothing any more, so that her
    number in the trace still stands for one person.
    """

    nom = models.CharField("nom", max_length=150, blank=True)
    email = models.EmailField("adresse électronique", blank=True)
    telephone = models.CharField("téléphone", max_length=40, blank=True)
    nom_compare = models.CharField("nom comparé", max_length=450, blank=True, editable=False, db_index=True)
    utilisateur = models.OneToOneField(
        Utilisateur, models.SET_NULL, verbose_name="compte", related_name="personne", null=True, blank=True
    )
    effacee_le = models.DateTimeField("effacée le", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "personne"
        ordering = [alphabetical("nom"), "pk"]
        constraints = [
            models.CheckConstraint(
                name="personne_has_a_name_until_erased",
                condition=~models.Q(nom="") | models.Q(effacee_le__isnull=False),
                violation_error_message="Donnez le nom de la personne.",
                violation_error_code="nom",
            ),
            models.CheckConstraint(
                name="personne_erased_holds_nothing",
                condition=models.Q(effacee_le__isnull=True)
                | models.Q(nom="", nom_compare="", email="", telephone="", utilisateur__isnull=True),
                violation_error_message="Une personne effacée ne garde ni nom, ni adresse, ni téléphone, ni compte.",
            ),
        ]

    def __str__(self) -> str:
        return self.nom or f"personne n° {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep how the name compares in step with the name."""
        self.nom_compare = name_key(self.nom)
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "nom_compare"}
        super().save(*args, **kwargs)


class Organisation(models.Model):
    """A body that signs, pilots, funds or is cited: the row of one entry of the organisations file."""

    identifiant = models.SlugField("identifiant", unique=True)
    nom = models.CharField("nom", max_length=200)
    sigle = models.CharField("sigle", max_length=40, blank=True)
    nature = models.CharField("nature", max_length=40)
    siret = models.CharField("SIRET", max_length=14, blank=True)

    class Meta:
        verbose_name = "organisation"
        ordering = [alphabetical("nom"), "pk"]
        constraints = [
            models.CheckConstraint(
                name="organisation_siret_has_14_digits",
                condition=models.Q(siret="") | models.Q(siret__regex=r"^\d{14}$"),
                violation_error_message="Un SIRET compte quatorze chiffres.",
            )
        ]

    def __str__(self) -> str:
        return self.nom
