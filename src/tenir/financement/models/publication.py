"""What the law publishes of a subsidy, beside what the ledger says of it: who receives, since when, how it is paid."""

from decimal import Decimal
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from tenir.acteurs.identifiants import RNA, RNA_FAUX, SIRET_FAUX, siret_is_right
from tenir.financement.enums import NatureDAide
from tenir.financement.models.lignes import LigneDeFinancement
from tenir.habilitations.models import EspaceDeContrat


class SubventionAPublierQuerySet(models.QuerySet["SubventionAPublier"]):
    """What is known of the subsidies to publish."""

    def of(self, espace: EspaceDeContrat) -> Self:
        """Those of one contract, with their line."""
        rows = self.filter(ligne__espace=espace)
        return rows.select_related("ligne__espace", "ligne__orientation", "ligne__fiche__action", "ligne__financeur")


class SubventionAPublier(models.Model):
    """The fields of the SCDL schema that a line of the ledger does not hold; the funder, the amount are of the line.

    Each may be missing: what is missing is told, and only then keeps the row from leaving (`publication.lacks`).
    `part`: what the beneficiary receives of the subsidy, from 0.01 to 1.
    """

    ligne = models.OneToOneField(
        LigneDeFinancement, models.CASCADE, verbose_name="ligne de financement", related_name="publication"
    )
    beneficiaire = models.CharField("bénéficiaire", max_length=200)
    siret = models.CharField("SIRET du bénéficiaire", max_length=14, blank=True)
    rna = models.CharField("numéro RNA du bénéficiaire", max_length=10, blank=True)
    convention_le = models.DateField("date de la convention", null=True, blank=True)
    reference = models.CharField("référence de la décision", max_length=100, blank=True)
    objet = models.CharField("objet de la subvention", max_length=256, blank=True)
    nature = models.CharField("nature de l’aide", max_length=10, choices=NatureDAide, default=NatureDAide.NUMERAIRE)
    conditions = models.CharField("conditions de versement", max_length=256, blank=True)
    debut = models.DateField("versée le, ou à partir du", null=True, blank=True)
    fin = models.DateField("jusqu’au", null=True, blank=True)
    rae = models.CharField("numéro au répertoire des aides aux entreprises", max_length=5, blank=True)
    ue = models.BooleanField("aide notifiée à la Commission européenne", default=False)
    part = models.DecimalField("part reçue par le bénéficiaire", max_digits=5, decimal_places=4, default=Decimal(1))
    dispositif = models.CharField("dispositif d’aide", max_length=200, blank=True)
    version = models.PositiveIntegerField("version", default=1)

    objects = SubventionAPublierQuerySet.as_manager()

    class Meta:
        verbose_name = "subvention à publier"
        verbose_name_plural = "subventions à publier"
        ordering = ["ligne"]
        constraints = [
            models.CheckConstraint(
                name="publication_names_who_receives",
                condition=~Q(beneficiaire=""),
                violation_error_code="beneficiaire",
                violation_error_message="Dites qui reçoit la subvention.",
            ),
            models.CheckConstraint(
                name="publication_siret_has_14_digits",
                condition=Q(siret="") | Q(siret__regex=r"^\d{14}$"),
                violation_error_code="siret",
                violation_error_message="Un SIRET compte quatorze chiffres.",
            ),
            models.CheckConstraint(
                name="publication_rna_is_one",
                condition=Q(rna="") | Q(rna__regex=RNA),
                violation_error_code="rna",
                violation_error_message=RNA_FAUX,
            ),
            models.CheckConstraint(
                name="publication_ends_after_it_begins",
                condition=Q(fin=None) | Q(debut__isnull=False, fin__gte=F("debut")),
                violation_error_code="fin",
                violation_error_message="La période de versement finit après avoir commencé.",
            ),
            models.CheckConstraint(
                name="publication_part_is_of_one",
                condition=Q(part__gte=Decimal("0.01"), part__lte=1),
                violation_error_code="part",
                violation_error_message="La part va de 0,01 à 1 : 1 quand le bénéficiaire reçoit toute la subvention.",
            ),
            models.CheckConstraint(
                name="publication_nature_is_known",
                condition=Q(nature__in=NatureDAide.values),
                violation_error_code="nature",
                violation_error_message="Cette nature d’aide n’existe pas.",
            ),
        ]

    def __str__(self) -> str:
        return f"publication de la {self.ligne}"

    def clean(self) -> None:
        """Refuse a SIRET whose key is wrong.

        Raises:
            ValidationError: beside the field.
        """
        if self.siret and len(self.siret) == 14 and not siret_is_right(self.siret):
            raise ValidationError({"siret": SIRET_FAUX})

    @property
    def espace(self) -> EspaceDeContrat:
        """The contract of its line."""
        return self.ligne.espace
