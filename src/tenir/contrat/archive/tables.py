"""The tables that hang on a contract, found by walking the models: a new room's join the archive by themselves."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.apps import apps
from django.db.models import Field, FileField, ForeignKey, Model, QuerySet
from django.db.models.fields.files import FieldFile

from tenir.ecran.models import VueNommee
from tenir.habilitations.models import EspaceDeContrat

BATCH = 2_000
OF_PERSONS = frozenset({"Personne", "Referent", "Habilitation"})
"""The tables of persons: they leave only when contacts are asked for."""
NEVER = frozenset(
    {
        *("Invitation", "EntreeDeRecherche", "ImportDeFiches", "ImportDEntrees", "DernierPassage"),
        "Abonnement",
        *("Geste", "LigneDeGeste", "VueParDefaut", "TitreDAgenda"),
    }
)
"""What never leaves: secrets of invitations; the index of the search, made again from the rest; what waits, or is
kept for some minutes; what is one person's alone; what the titles of calendars were said to be."""
SHARED = {"VueNommee": {"niveau": VueNommee.Pour.TOUS}}
"""Tables of which some rows are one person's alone: those that leave."""
ELSEWHERE = {"VersionDuContrat": {"canonique"}, "DocumentSigne": {"texte"}}
"""Columns that are files of the archive; the raw document names persons and never leaves."""
SECRETS = {
    "Candidature": {"nom", "contact"},
    "DossierDeDemande": {"courriel"},
    "Preconisation": {"courriel"},
    "DocumentDepose": {"texte", "lu"},
}
"""Columns that never leave: the address of whoever sent something without an account; a raw document, which names
persons."""
ALEA = "alea"
"""What a link is made of, in whatever table: it never leaves."""
NATURAL = ("code", "identifiant", "slug", "numero")
"""What designates a row for someone who reads: the first of these that its table has, else its number."""


@dataclass(frozen=True)
class Colonne:
    """One column of a table, as the archive writes it."""

    field: "Field[Any, Any]"

    @property
    def nom(self) -> str:
        """Its name in the files."""
        return self.field.name

    @cached_property
    def lookup(self) -> str:
        """What to ask the database: for a link, what designates the row it leads to."""
        target = self.field.related_model if isinstance(self.field, ForeignKey) else None
        if not isinstance(target, type):
            return self.field.attname
        known = {field.name for field in target._meta.concrete_fields}
        natural = next((name for name in NATURAL if name in known), "")
        return f"{self.field.name}__{natural}" if natural else self.field.attname

    @cached_property
    def labels(self) -> dict[Any, str]:
        """The words of its values, when they are a choice."""
        return {value: str(label) for value, label in self.field.flatchoices}

    def description(self) -> list[str]:
        """Its line of the dictionary: name, what it says, kind of value, whether it may be empty."""
        link = self.field.related_model._meta.verbose_name if isinstance(self.field, ForeignKey) else ""
        kind = (
            f"renvoie à : {link} ({self.lookup.rpartition('__')[2]})" if link else KINDS.get(_kind(self.field), "texte")
        )
        choices = ", ".join(self.labels.values())
        empty = "oui" if self.field.null or self.field.blank else "non"
        return [self.nom, str(self.field.verbose_name), kind, empty, choices]


KINDS = {
    "AutoField": "nombre", "BigAutoField": "nombre", "IntegerField": "nombre", "PositiveIntegerField": "nombre",
    "PositiveSmallIntegerField": "nombre", "SmallIntegerField": "nombre", "BigIntegerField": "nombre",
    "DecimalField": "nombre décimal", "FloatField": "nombre décimal", "BooleanField": "oui ou non",
    "DateField": "jour (AAAA-MM-JJ)", "DateTimeField": "moment (ISO 8601, UTC)", "JSONField": "JSON",
    "FileField": "chemin dans fichiers/",
}  # fmt: skip


def _kind(field: "Field[Any, Any]") -> str:
    return field.get_internal_type()


@dataclass(frozen=True)
class TableDuContrat:
    """A model, and the rows of it that belong to one contract."""

    model: type[Model]
    rows: "QuerySet[Any]"

    @property
    def nom(self) -> str:
        """Its name in the archive."""
        return self.model.__name__

    @property
    def titre(self) -> str:
        """What it holds, in French."""
        owner = self.model._meta.auto_created
        if isinstance(owner, type) and issubclass(owner, Model):
            field = next(f for f in owner._meta.many_to_many if f.remote_field.through is self.model)
            return f"{owner._meta.verbose_name} : {field.verbose_name}"
        return str(self.model._meta.verbose_name)

    @cached_property
    def colonnes(self) -> list[Colonne]:
        """Its columns, without those that are files of the archive, nor secrets."""
        left = ELSEWHERE.get(self.nom, set()) | SECRETS.get(self.nom, set())
        return [Colonne(field) for field in self.model._meta.concrete_fields if field.name not in left | {ALEA}]

    def lignes(self) -> Iterator[list[Any]]:
        """Its rows, a few in memory at a time."""
        columns = self.colonnes
        wanted = self.rows.order_by("pk").values_list(*(column.lookup for column in columns))
        for row in wanted.iterator(BATCH):
            yield [column.labels.get(v, v) if _plain(v) else v for column, v in zip(columns, row, strict=True)]

    def fichiers(self) -> Iterator[FieldFile]:
        """The files that its rows keep and that are still there."""
        for column in self.colonnes:
            if isinstance(column.field, FileField):
                kept = self.rows.exclude(**{column.nom: ""}).order_by("pk").only(column.nom)
                for row in kept.iterator(BATCH):
                    file: FieldFile = getattr(row, column.nom)
                    if file.name and file.storage.exists(file.name):
                        yield file


def _plain(value: Any) -> bool:
    return not isinstance(value, dict | list)


def tables_of(espace: EspaceDeContrat, *, with_contacts: bool) -> list[TableDuContrat]:
    """Every table with rows of a contract, by name, the bodies and places that they name included."""
    paths = _paths()
    left = NEVER if with_contacts else NEVER | OF_PERSONS
    found = [
        TableDuContrat(model, model._base_manager.filter(**{path: espace.pk}, **SHARED.get(model.__name__, {})))
        for model, path in paths.items()
        if model.__name__ not in left and not _links_persons(model, with_contacts)
    ]
    shared = [*_pointed_at(found, "Organisation"), *(_pointed_at(found, "Personne") if with_contacts else [])]
    return sorted([*found, *shared, *_pointed_at(found, "Territoire")], key=lambda table: table.nom)


def _links_persons(model: type[Model], with_contacts: bool) -> bool:
    """Whether a table only links persons to something: it leaves with them alone."""
    if with_contacts or not model._meta.auto_created:
        return False
    return any(f.related_model.__name__ in OF_PERSONS for f in model._meta.concrete_fields if isinstance(f, ForeignKey))


def _paths() -> dict[type[Model], str]:
    """For each model of the house that hangs on a contract, the way from a row to its contract."""
    paths: dict[type[Model], str] = {EspaceDeContrat: "pk"}
    models = [m for m in apps.get_models(include_auto_created=True) if m.__module__.startswith("tenir.")]
    grown = True
    while grown:
        new = {model: path for model in models if model not in paths and (path := _path(model, paths))}
        grown = bool(new)
        paths |= new
    return paths


def _path(model: type[Model], paths: dict[type[Model], str]) -> str:
    """The way to the contract through one link, the shortest first; empty when there is none yet."""
    ways = [
        field.name if target is EspaceDeContrat else f"{field.name}__{paths[target]}"
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and (target := field.related_model) in paths
    ]
    return min(ways, key=lambda way: way.count("__"), default="")


def _pointed_at(tables: list[TableDuContrat], name: str) -> list[TableDuContrat]:
    """The rows of a shared table that the tables of the contract lead to."""
    links = [
        (table, field)
        for table in tables
        for field in table.model._meta.concrete_fields
        if isinstance(field, ForeignKey)
        and isinstance(field.related_model, type)
        and field.related_model.__name__ == name
    ]
    if not links:
        return []
    numbers = {pk for table, field in links for pk in table.rows.values_list(field.attname, flat=True).distinct()}
    model = links[0][1].related_model
    return [TableDuContrat(model, model._base_manager.filter(pk__in=numbers - {None}))]
