"""The kinds that a contract made or changed, and the words under which its entries were given."""

import hashlib
import json
from functools import cached_property
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from tenir.core import horloge
from tenir.habilitations.models import EspaceDeContrat, of_contract

if TYPE_CHECKING:
    from tenir.natures.modeles import NatureEntiere


class Nature(models.Model):
    """A kind that a contract made, or a shipped one that it changed: its file, as `tenir nature valider` reads it.

    Withdrawn (`retiree`), nothing more is written under it; what was stays. Its code never serves for another.
    """

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="natures")
    code = models.SlugField("code", max_length=40)
    texte = models.TextField("fichier", max_length=20_000)
    retiree = models.BooleanField("retirée", default=False)
    version = models.PositiveIntegerField("version", default=1)

    class Meta:
        verbose_name = "nature"
        ordering = ["espace", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["espace", "code"],
                name="nature_code_serves_once",
                violation_error_message="Une nature porte déjà ce code dans ce contrat.",
                violation_error_code="code",
            ),
            models.CheckConstraint(
                name="nature_has_a_file",
                condition=~Q(texte=""),
                violation_error_message="Une nature dit ce qu’elle compte : son fichier est vide.",
                violation_error_code="texte",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class VersionDeNatureQuerySet(models.QuerySet["VersionDeNature"]):
    """Kinds as entries were given under them."""

    def of(self, espace: EspaceDeContrat) -> Self:
        """Those of one contract."""
        return of_contract(self, espace)


class VersionDeNature(models.Model):
    """A kind as it stood when entries were given: its words, its measures, whole. Never changed, never deleted."""

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="+")
    code = models.SlugField("nature", max_length=40)
    numero = models.PositiveIntegerField("numéro")
    libelle = models.CharField("libellé", max_length=80)
    definition = models.JSONField("définition")
    empreinte = models.CharField("empreinte", max_length=64)
    le = models.DateTimeField("fixée le", default=horloge.now, editable=False)

    objects = VersionDeNatureQuerySet.as_manager()

    class Meta:
        verbose_name = "version de nature"
        ordering = ["espace", "code", "numero"]
        constraints = [
            models.UniqueConstraint(
                fields=["espace", "code", "numero"],
                name="version_de_nature_is_numbered_once",
                violation_error_message="Cette version de la nature existe déjà.",
            ),
            models.UniqueConstraint(
                fields=["espace", "code", "empreinte"],
                name="version_de_nature_says_one_thing_once",
                violation_error_message="La nature disait déjà cela.",
            ),
        ]

    def __str__(self) -> str:
        return self.libelle

    @cached_property
    def nature(self) -> "NatureEntiere":
        """The kind, whole."""
        from tenir.natures.modeles import NatureEntiere  # with pydantic, slow to start, for who asks for no kind

        return NatureEntiere.model_validate(self.definition)


def definition_of(nature: "NatureEntiere") -> tuple[dict[str, object], str]:
    """A kind as it is kept, and the digest that tells whether it says something new."""
    kept = nature.model_dump(mode="json")
    said = json.dumps(kept, ensure_ascii=False, sort_keys=True)
    return kept, hashlib.sha256(said.encode()).hexdigest()
