"""What the rules found in a contract the last time they ran, and what is admitted."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from tenir.contrat.adresses import address
from tenir.habilitations.models import EspaceDeContrat, of_contract
from tenir.regles.anomalie import Gravite

GRAVITES = [(one.value, one.value) for one in Gravite]


class Controle(models.Model):
    """The last time a contract went through the rules, and which rules those were."""

    espace = models.OneToOneField(EspaceDeContrat, models.CASCADE, verbose_name="espace", related_name="controle")
    le = models.DateTimeField("contrôlé le")
    empreinte = models.CharField("empreinte des règles", max_length=64)
    non_verifiees = models.TextField("règles non vérifiées, sans le document", blank=True)
    non_lus = models.TextField("ce qui n’a pas été lu, donc pas vérifié", blank=True)

    class Meta:
        verbose_name = "contrôle"
        verbose_name_plural = "contrôles"

    def __str__(self) -> str:
        return f"contrôle de {self.espace}"


class AnomalieReleveeQuerySet(models.QuerySet["AnomalieRelevee"]):
    """Anomalies by where they are, and by whether they are admitted."""

    def of(self, espace: EspaceDeContrat) -> Self:
        """Those of a contract, the gravest first, in the order of the contract."""
        return of_contract(self, espace).order_by("rang")

    def standing(self, on: date) -> Self:
        """Those that no dérogation admits on a day."""
        return self.filter(~_admitted(on))

    def admitted(self, on: date) -> Self:
        """Those that a dérogation admits on a day."""
        return self.filter(_admitted(on))

    def at(self, code: str) -> Self:
        """Those on an item, or on what it holds."""
        return self.filter(Q(code=code) | Q(code__startswith=f"{code}-"))


class AnomalieRelevee(models.Model):
    """An anomaly that a rule finds in the contract in force. Replaced whole each time the rules run."""

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="espace", related_name="anomalies")
    rang = models.PositiveIntegerField("rang")
    regle = models.CharField("règle", max_length=6)
    gravite = models.CharField("gravité", max_length=12, choices=GRAVITES)
    code = models.CharField("élément", max_length=40, blank=True)
    phrase = models.TextField("anomalie")
    remede = models.TextField("que faire")
    lignes = models.TextField("lignes du document", blank=True)
    plages = models.TextField("plages du document", blank=True)
    ou = models.TextField("où", blank=True)

    objects = AnomalieReleveeQuerySet.as_manager()

    class Meta:
        verbose_name = "anomalie relevée"
        verbose_name_plural = "anomalies relevées"
        ordering = ["espace", "rang"]
        constraints = [
            models.UniqueConstraint(
                fields=["espace", "rang"],
                name="anomalie_has_its_rank",
                violation_error_message="Deux anomalies ont le même rang.",
            )
        ]
        indexes = [models.Index(fields=["espace", "code"], name="anomalie_of_an_item")]

    def __str__(self) -> str:
        return f"{self.regle} {self.code}".strip()

    @property
    def url(self) -> str:
        """The page of the item it is on; empty for the whole contract."""
        return address(self.espace.slug, self.code) if self.code else ""


class DerogationQuerySet(models.QuerySet["Derogation"]):
    """Dérogations by whether they still hold."""

    def of(self, espace: EspaceDeContrat) -> Self:
        """Those of a contract, with whether they admit anything."""
        used = AnomalieRelevee.objects.filter(espace=OuterRef("espace"), regle=OuterRef("regle"), code=OuterRef("code"))
        return of_contract(self, espace).annotate(sert=Exists(used))


class Derogation(models.Model):
    """An anomaly of a contract that is admitted: why, by whom, until when. No part of what was signed."""

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="espace", related_name="derogations")
    regle = models.CharField("règle", max_length=6)
    code = models.CharField("élément", max_length=40, blank=True)
    motif = models.TextField("pourquoi")
    auteur = models.CharField("décidée par", max_length=200)
    fin = models.DateField("jusqu’au")

    sert: bool
    """Whether it admits an anomaly that is there; read with `of`."""

    objects = DerogationQuerySet.as_manager()

    class Meta:
        verbose_name = "dérogation"
        verbose_name_plural = "dérogations"
        ordering = ["espace", "regle", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["espace", "regle", "code"],
                name="derogation_is_the_only_one",
                violation_error_message="Cette anomalie est déjà admise.",
            ),
            models.CheckConstraint(
                name="derogation_says_why",
                condition=~Q(motif=""),
                violation_error_message="Dites pourquoi l’anomalie est admise.",
            ),
            models.CheckConstraint(
                name="derogation_says_who",
                condition=~Q(auteur=""),
                violation_error_message="Dites qui l’a décidé.",
            ),
        ]

    def __str__(self) -> str:
        return f"dérogation à {self.regle} {self.code}".strip()


def _admitted(on: date) -> Exists:
    return Exists(
        Derogation.objects.filter(
            espace=OuterRef("espace"), regle=OuterRef("regle"), code=OuterRef("code"), fin__gte=on
        )
    )
