"""People and bodies: who may sign in, who is known by name, and the organisations of the organisations file."""

from datetime import date
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower

from tenir.acteurs.identifiants import RNA, RNA_FAUX
from tenir.core.alphabet import alphabetical
from tenir.fichier.mots import comparable, name_key


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


class Devenir(models.TextChoices):
    """What became of a body that is no more."""

    SUCCESSION = "succession", "un autre organisme lui succède"
    FUSION = "fusion", "il fusionne dans un autre organisme"
    DISSOLUTION = "dissolution", "il disparaît sans suite"


class Organisation(models.Model):
    """A body that signs, pilots, funds or is cited; shared by every contract of the installation.

    Those of the organisations file are its first rows; `version` is 0 as long as no team wrote them, and only then does
    a load follow the file. `parent`: the body it is a branch or a service of; it gives no right. From the day `fin`, it
    is no more, and `suite` takes up what it did.
    """

    identifiant = models.SlugField("identifiant", unique=True, max_length=80)
    nom = models.CharField("nom", max_length=200)
    sigle = models.CharField("sigle", max_length=40, blank=True)
    nature = models.CharField("nature", max_length=40)
    siret = models.CharField("SIRET", max_length=14, blank=True)
    rna = models.CharField("numéro RNA", max_length=10, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name="organisme de rattachement", related_name="antennes", null=True, blank=True
    )
    fin = models.DateField("n’existe plus depuis le", null=True, blank=True)
    devenir = models.CharField("ce qu’il devient", max_length=12, choices=Devenir, blank=True)
    suite = models.ForeignKey(
        "self", models.PROTECT, verbose_name="prend la suite", related_name="precedents", null=True, blank=True
    )
    version = models.PositiveIntegerField("version", default=0, editable=False)

    class Meta:
        verbose_name = "organisation"
        ordering = [alphabetical("nom"), "pk"]
        constraints = [
            models.CheckConstraint(
                name="organisation_siret_has_14_digits",
                condition=models.Q(siret="") | models.Q(siret__regex=r"^\d{14}$"),
                violation_error_message="Un SIRET compte quatorze chiffres.",
                violation_error_code="siret",
            ),
            models.UniqueConstraint(
                fields=["siret"],
                condition=~models.Q(siret=""),
                name="organisation_siret_is_one_body",
                violation_error_message="Un autre organisme porte déjà ce SIRET : retenez-le plutôt.",
                violation_error_code="siret",
            ),
            models.CheckConstraint(
                name="organisation_rna_is_w_and_nine_signs",
                condition=models.Q(rna="") | models.Q(rna__regex=RNA),
                violation_error_message=RNA_FAUX,
                violation_error_code="rna",
            ),
            models.UniqueConstraint(
                fields=["rna"],
                condition=~models.Q(rna=""),
                name="organisation_rna_is_one_body",
                violation_error_message="Un autre organisme porte déjà ce numéro RNA : retenez-le plutôt.",
                violation_error_code="rna",
            ),
            models.CheckConstraint(
                name="organisation_is_not_its_own_branch",
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("pk")),
                violation_error_message="Un organisme n’est pas rattaché à lui-même.",
                violation_error_code="parent",
            ),
            models.CheckConstraint(
                name="organisation_is_not_its_own_successor",
                condition=models.Q(suite__isnull=True) | ~models.Q(suite=models.F("pk")),
                violation_error_message="Un organisme ne prend pas sa propre suite.",
                violation_error_code="suite",
            ),
            models.CheckConstraint(
                name="organisation_ends_a_day_and_in_a_way",
                condition=models.Q(fin__isnull=True, devenir="", suite__isnull=True)
                | models.Q(fin__isnull=False, devenir="dissolution", suite__isnull=True)
                | models.Q(fin__isnull=False, devenir__in=["succession", "fusion"], suite__isnull=False),
                violation_error_message="Une fin a son jour, et l’organisme qui prend la suite s’il y en a un.",
                violation_error_code="suite",
            ),
        ]

    def __str__(self) -> str:
        return self.nom

    def ended(self, on: date) -> bool:
        """Whether it is no more that day."""
        return self.fin is not None and self.fin <= on

    def name_on(self, on: date) -> str:
        """The name it bore that day; one query."""
        borne = self.noms_anterieurs.filter(jusqu_au__gt=on).order_by("jusqu_au").first()
        return borne.nom if borne else self.nom


class NomAnterieur(models.Model):
    """A name that a body bore until a day (excluded), from the end of the one before."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="organisation", related_name="noms_anterieurs"
    )
    nom = models.CharField("nom", max_length=200)
    sigle = models.CharField("sigle", max_length=40, blank=True)
    jusqu_au = models.DateField("porté jusqu’au")

    class Meta:
        verbose_name = "nom antérieur"
        ordering = ["organisation", "-jusqu_au"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "jusqu_au"],
                name="nom_anterieur_ends_a_day_once",
                violation_error_message="L’organisme a déjà changé de nom ce jour-là.",
                violation_error_code="depuis",
            ),
            models.CheckConstraint(
                name="nom_anterieur_is_a_name",
                condition=~models.Q(nom=""),
                violation_error_message="Donnez le nom de l’organisme.",
                violation_error_code="nom",
            ),
        ]

    def __str__(self) -> str:
        return self.nom


class Graphie(models.Model):
    """A usual spelling of a body, added by a team. `cle`: how it compares (`fichier.mots.comparable`)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, verbose_name="organisation", related_name="graphies")
    texte = models.CharField("graphie", max_length=200)
    cle = models.CharField("graphie comparée", max_length=450, editable=False)

    class Meta:
        verbose_name = "graphie"
        ordering = [alphabetical("texte"), "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "cle"],
                name="graphie_is_of_a_body_once",
                violation_error_message="Cette graphie est déjà connue pour cet organisme.",
                violation_error_code="texte",
            ),
            models.CheckConstraint(
                name="graphie_holds_a_word",
                condition=~models.Q(cle=""),
                violation_error_message="Une graphie contient au moins une lettre ou un chiffre.",
                violation_error_code="texte",
            ),
        ]

    def __str__(self) -> str:
        return self.texte

    def clean(self) -> None:
        """Keep how it compares in step with the text: the constraints read it."""
        self.cle = comparable(self.texte)
