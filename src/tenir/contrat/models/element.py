"""What every signed item has in the database."""

from typing import Any, ClassVar, Generic, Self, TypeVar

from django.db import models

from tenir.fichier.source import Plage, parse_source
from tenir.habilitations.models import EspaceDeContrat, of_contract

M = TypeVar("M", bound="ElementSigne")


class ElementSigneQuerySet(models.QuerySet[M], Generic[M]):
    """The items of contracts."""

    def of(self, espace: EspaceDeContrat) -> Self:
        """The items in force of one contract, in the order of the file."""
        return of_contract(self, espace).filter(retire=False)


class ElementSigne(models.Model):
    """A signed item: a stable code in one contract, never deleted, withdrawn when a version no longer holds it.

    `source` is written as in the contract file; `mots` are the signed words, names of persons masked, empty while no
    document is attached.
    """

    genre: ClassVar[str] = ""

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="espace", related_name="+")
    code = models.CharField("code", max_length=40)
    ordre = models.PositiveIntegerField("ordre")
    source = models.TextField("lignes du document", blank=True)
    mots = models.TextField("mots signés", blank=True)
    note = models.TextField("note", blank=True)
    retire = models.BooleanField("retiré", default=False)

    objects = ElementSigneQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering: ClassVar[list[str]] = ["espace", "ordre"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["espace", "code"],
                name="%(class)s_code_is_unique_in_its_contract",
                violation_error_message="Ce code sert déjà dans ce contrat.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.nom_court}"

    @property
    def nom_court(self) -> str:
        """The short name shown beside the code."""
        return str(getattr(self, "titre", "") or getattr(self, "libelle", "") or getattr(self, "nom", ""))

    @property
    def plages(self) -> tuple[Plage, ...]:
        """The ranges of the document that carry the item."""
        return parse_source(self.source) if self.source else ()


def contract_of(rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """The contract of rows that are all of one, as a subquery of one value: the database then seeks that one alone."""
    return rows.order_by().values("espace")[:1]


def index_of_the_few(column: str, name: str) -> models.Index:
    """The index of a link that may be null, without the rows where it is.

    With them, SQLite answers « no parent » by all the rows without a parent, of every contract.
    """
    return models.Index(fields=[column], name=name, condition=models.Q(**{f"{column}__isnull": False}))
