"""How a contract sets up the rights that it points to, its local aids, and counts. Nothing about one person."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from tenir.acteurs.models import Organisation
from tenir.core.typographie import date_fr
from tenir.droits.enums import Suite
from tenir.droits.questions import told, unpacked
from tenir.habilitations.models import EspaceDeContrat, of_contract

if TYPE_CHECKING:
    from tenir.droits.modeles import Droit

CODE = 40


class ReglageDeDroit(models.Model):
    """What the team of a contract says of a right of the product: not offered here; read again in the law, one day."""

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="+")
    droit = models.CharField("droit", max_length=CODE, editable=False)
    ecarte = models.BooleanField("n’est pas proposé ici", default=False)
    relu_le = models.DateField("relu dans la loi le", null=True, blank=True)
    version = models.PositiveIntegerField("version", default=1)

    class Meta:
        verbose_name = "réglage de droit"
        ordering = ["espace", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["espace", "droit"],
                name="reglage_de_droit_is_of_one_right",
                violation_error_message="Ce droit est déjà réglé.",
            )
        ]

    def __str__(self) -> str:
        return self.droit

    @property
    def code(self) -> str:
        """How the trace names it."""
        return self.droit


class AideLocaleQuerySet(models.QuerySet["AideLocale"]):
    """Local aids as pages ask for them."""

    def of(self, espace: EspaceDeContrat) -> Self:
        """Those of a contract that were not taken off, by number."""
        return of_contract(self, espace).filter(retiree_le=None).order_by("numero").select_related("espace")


class AideLocale(models.Model):
    """An aid that exists here alone. `conditions`: one set of them, in one line (`modeles.packed`)."""

    IN_WORDS: ClassVar[dict[str, object]] = {
        "conditions": told,
        "retiree_le": lambda day: date_fr(day) if day else "",
    }

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="aides_locales")
    numero = models.PositiveIntegerField("numéro", editable=False)
    libelle = models.CharField("nom de l’aide", max_length=120)
    explication = models.CharField("ce qu’elle est", max_length=300)
    service = models.CharField("qui aide à la demander", max_length=120)
    conditions = models.CharField("d’après les réponses", max_length=600)
    jusqu_au = models.DateField("proposée jusqu’au", null=True, blank=True)
    retiree_le = models.DateField("retirée le", null=True, blank=True, editable=False)
    version = models.PositiveIntegerField("version", default=1)

    objects = AideLocaleQuerySet.as_manager()

    class Meta:
        verbose_name = "aide locale"
        ordering = ["espace", "numero"]
        constraints = [
            models.UniqueConstraint(
                fields=["espace", "numero"],
                name="aide_locale_is_numbered_once",
                violation_error_message="Ce numéro d’aide sert déjà.",
            ),
            *(
                models.CheckConstraint(
                    name=f"aide_locale_has_{name}",
                    condition=~Q(**{field: ""}),
                    violation_error_code=field,
                    violation_error_message=said,
                )
                for name, field, said in (
                    ("a_name", "libelle", "Dites comment l’aide se nomme."),
                    ("words", "explication", "Dites ce qu’est cette aide."),
                    ("a_service", "service", "Dites qui aide à la demander."),
                    ("a_condition", "conditions", "Cochez au moins une réponse."),
                )
            ),
        ]

    def __str__(self) -> str:
        return self.libelle

    @property
    def code(self) -> str:
        """How counts and the trace name it."""
        return f"local-{self.numero}"

    @property
    def droit(self) -> "Droit":
        """The same as a right that answers point to."""
        from tenir.droits.modeles import Droit  # slow to start

        return Droit(
            code=self.code,
            libelle=self.libelle.ljust(3, "."),
            explication=self.explication.ljust(3, "."),
            service=self.service.ljust(3, "."),
            si=[unpacked(self.conditions)],
        )


class CompteDeDroit(models.Model):
    """How many, one month, one body: received (`accueil`), pointed to a right, and what became of it.

    The answers are kept nowhere: a number goes up by one, and nothing tells which person it is.
    """

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="+")
    organisme = models.ForeignKey(Organisation, models.PROTECT, verbose_name="compté par", related_name="+")
    mois = models.DateField("mois")
    droit = models.CharField("droit", max_length=CODE, validators=[RegexValidator(r"^[a-z][a-z0-9-]+$")])
    suite = models.CharField("suite", max_length=12, choices=Suite)
    nombre = models.PositiveIntegerField("nombre", default=0)

    class Meta:
        verbose_name = "compte de droit"
        ordering = ["espace", "mois", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["espace", "organisme", "mois", "droit", "suite"],
                name="compte_de_droit_is_one_number",
                violation_error_message="Ce compte existe déjà.",
            ),
            models.CheckConstraint(
                name="compte_de_droit_is_of_a_month",
                condition=Q(mois__day=1),
                violation_error_code="mois",
                violation_error_message="Un compte est d’un mois entier.",
            ),
            models.CheckConstraint(
                name="compte_de_droit_suite_is_known",
                condition=Q(suite__in=Suite.values),
                violation_error_code="suite",
                violation_error_message="Cette suite n’existe pas.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.droit}, {self.mois:%m/%Y}"

    @property
    def code(self) -> str:
        """How the trace names it."""
        return f"{self.droit} {self.mois:%Y-%m}"
