"""Planting: every closed field of every row of a contract holds a value found nowhere else, with its level.

Nothing is listed by hand: models come from Django's registry, by chains of foreign keys to the contract; levels, from
what each room says (`habilitations.niveaux.level_of`).
"""

import hashlib
import random
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field
from datetime import time
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, get_type_hints

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, models, transaction
from django.db.models import Model

from tenir.acteurs.models import Organisation, Personne
from tenir.contrat.archive.tables import _paths
from tenir.core.piece import by_name
from tenir.core.trace import Auteur, Fait, record
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.niveaux import JAMAIS, Niveau, SelonLaLigne, level_of
from tenir.habilitations.services import trace_of
from tenir.salles import APPLICATIONS
from tests.codes import CODES
from tests.ecriture_des_marques import word, writer_of
from tests.faits import genres_of

ONLY_WITH = {
    ("Question", "valeur"): "indicateur_id",
    ("Question", "du"): "mots_id",
    ("Question", "au"): "mots_id",
}
"""What means something beside another column alone."""

FEW, TRIES, MORE = 2, 120, 4
PRINTED = {2810}
"""Numbers whose marks would be found where nobody planted them: the page of components shows 22 810 euros."""

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Marque:
    """A value planted: where, who reads it, the row it is in, and the kinds of facts that open it to everyone."""

    lieu: str
    niveau: int
    row: Model
    genres: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return f"{self.lieu} n° {self.row.pk} (niveau {self.niveau})"


@dataclass
class Semis:
    """What was planted, by the words under which it shows; and what could not be."""

    espace: EspaceDeContrat
    marques: dict[str, Marque] = field(default_factory=dict)
    secrets: dict[str, Marque] = field(default_factory=dict)
    """What no page shows: found as it is, never written over."""
    plantees: set[tuple[str, str]] = field(default_factory=set)
    """The fields planted in some row: model, field."""
    suivant: int = 0
    jours: int = 0

    def number(self) -> int:
        """A number never given before, and that no page prints of itself."""
        self.suivant += 1 + (self.suivant + 1 in PRINTED)
        return self.suivant

    def number_for(self, column: Any) -> int:
        """The same for a field; days, fewer than words before 2100, are counted apart."""
        if not isinstance(column, models.DateField):
            return self.number()
        self.jours += 1
        return self.jours

    def note(self, row: Model, name: str, forms: tuple[str, ...], niveau: int | None = None) -> None:
        """Remember the words under which a value of a row shows."""
        kind = type(row).__name__
        level = level_of(row, name) if niveau is None else niveau
        mark = Marque(f"{kind}.{name}", level, row, genres_of(kind, name))
        self.plantees.add((kind, name))
        self.marques |= dict.fromkeys(forms, mark)


@cache
def models_of_a_contract() -> dict[type[Model], str]:
    """Every model that hangs on a contract, by chains of foreign keys, the nearest first; the way to the contract."""
    paths = {model: path for model, path in _paths().items() if not model._meta.auto_created}
    return dict(sorted(paths.items(), key=lambda one: (one[1].count("__"), one[0].__name__)))


def closed_fields(row: Model) -> Iterator[Any]:
    """The fields of a row that someone may not read, and that can be marked."""
    for column in row._meta.concrete_fields:
        if writer_of(column) and Niveau.PUBLIC < _level(row, column.name) < JAMAIS:
            yield column


def _level(row: Model, name: str) -> int:
    """Who reads a field of a row; the team, while the row above it, which says it, is not chosen."""
    try:
        return level_of(row, name)
    except ObjectDoesNotExist:
        return Niveau.EQUIPE


def sow(espace: EspaceDeContrat, *, spared: set[int]) -> Semis:
    """Plant a contract whole. `spared`: the persons who walk the site, whose own rows stay as they are."""
    semis, rows = Semis(espace), {EspaceDeContrat: [espace]}
    for model, path in models_of_a_contract().items():
        if model is EspaceDeContrat:
            continue
        rows[model] = [*_kept(model, path, espace, spared), *_made(semis, model, rows)]
        for row in rows[model]:
            _keep_secrets(semis, row)
            _mark(semis, row, whole=False)
            _name_persons(semis, row, spared)
            _trace(semis, row)
    return semis


def _kept(model: type[Model], path: str, espace: EspaceDeContrat, spared: set[int]) -> list[Model]:
    """Some of the rows that are there: the first and the last, those of the walkers left out."""
    found = list(model._base_manager.filter(**{path: espace.pk}).order_by("pk"))
    theirs = [row for row in found if not spared & {getattr(row, column.attname) for column in _persons(model)}]
    return theirs if len(theirs) <= 2 * FEW else [*theirs[:FEW], *theirs[-FEW:]]


def _persons(model: type[Model]) -> list[Any]:
    return [column for column in model._meta.concrete_fields if column.related_model is Personne]


def _made(semis: Semis, model: type[Model], rows: dict[type[Model], list[Model]]) -> Iterator[Model]:
    """New rows around each row above, one for each level when each row says its own, until each field is in one."""
    if not any(True for levels in _levels(model) for _ in closed_fields(model(**levels))):
        return
    above = next(column for column in model._meta.concrete_fields if column.related_model in rows)
    for parent in rows[above.related_model]:
        for levels in _levels(model):
            yield from _rows(semis, model, rows, {above.name: parent, **levels})
    for levels in _levels(model)[-1:] * MORE:
        if left(semis, model):
            yield from _rows(semis, model, rows, {above.name: rows[above.related_model][0], **levels})


def _levels(model: type[Model]) -> list[Values]:
    """The levels that a new row may have; it has that of the row above it when it does not hold its own."""
    declared = by_name("levels").get(model.__name__, {})
    found = declared.values() if isinstance(declared, dict) else ()
    columns = {column.name for column in model._meta.concrete_fields}
    own = [one.champ for one in found if isinstance(one, SelonLaLigne) and one.champ in columns]
    return [{own[0]: level} for level in Niveau] if own else [{}]


def _rows(semis: Semis, model: type[Model], rows: dict[type[Model], list[Model]], fixed: Values) -> Iterator[Model]:
    """New rows with every field they can hold, one about each thing it may be about; none where none may be."""
    for about in _abouts(model, rows, fixed):
        given = {**fixed, **about}
        for column in model._meta.concrete_fields:
            if column.name not in given and (value := _needed(semis, column, rows)) is not None:
                given[column.name] = value
        if (made := _mark(semis, model(**given), whole=True)) is not None:
            yield made


def _needed(semis: Semis, column: Any, rows: dict[type[Model], list[Model]]) -> Any:
    """What a new row holds in a column that is no mark: a person, a body, a choice, a code, a secret."""
    known = CODES.get(column.model.__name__, {})
    if column.name in known:
        return known[column.name]
    if column.is_relation:
        return None if column.null and column.related_model in rows else _other(semis, column, rows)
    if column.primary_key or column.has_default() or (column.blank and column.flatchoices):
        return None
    if column.flatchoices:
        return column.flatchoices[-1][0]
    if column.name in _secrets_of(column.model):
        return hashlib.sha256(str(semis.number()).encode()).hexdigest()[: column.max_length]
    if isinstance(column, models.TimeField):
        return None if column.null else time(12)
    return semis.number() if writer_of(column) is None else None


def _secrets_of(model: type[Model]) -> set[str]:
    declared = by_name("levels").get(model.__name__, {})
    return {name for name, level in declared.items() if level == JAMAIS} if isinstance(declared, dict) else set()


def _abouts(model: type[Model], rows: dict[type[Model], list[Model]], fixed: Values) -> Iterator[Values]:
    """What a new row may be about, of what it may be about: nothing, or one thing of one kind."""
    yield {}
    for column in model._meta.concrete_fields:
        if column.null and column.name not in fixed and column.related_model is not model:
            yield from ({column.name: row} for row in rows.get(column.related_model, [])[:1])


def _other(semis: Semis, column: Any, rows: dict[type[Model], list[Model]]) -> Model | None:
    target = column.related_model
    if target is Personne:
        return Personne.objects.create(nom=word(semis.number()))
    if target is Organisation:
        number = semis.number()
        return Organisation.objects.create(identifiant=f"corps-{number}", nom=f"Corps {number}", nature="association")
    return None if column.null else next(iter(rows.get(target, [])), None) or _there(semis, target)


def _there(semis: Semis, target: type[Model]) -> Model | None:
    """A row of a model that is planted later, if the rooms made one."""
    path = models_of_a_contract().get(target)
    return target._base_manager.filter(**{path: semis.espace.pk}).order_by("pk").first() if path else None


@dataclass(frozen=True, slots=True)
class Essai:
    """One way of filling a row, which its constraints allow: the row, the fields marked, their numbers."""

    row: Model
    columns: list[Any]
    numbers: dict[Any, int]


def _mark(semis: Semis, row: Model, *, whole: bool) -> Model | None:
    """Write a mark in each closed field that the constraints let hold one; in those that are new first.

    A row that is there keeps empty the moments nobody gave, and the day it would go: a thing closed or revoked shows
    nothing. `whole`: a row to be made, every field filled; nothing when no way of filling it satisfies its constraints.
    """
    columns = _writable(row) if whole else _rewritten(row)
    best, most = None, -1
    for essai in _essais(row, columns, {column: semis.number_for(column) for column in columns}):
        new = _news(semis, row, essai.columns)
        if new > most and _holds(essai.row):
            best, most = essai, new
        if most == _news(semis, row, columns):
            break
    if best is None:
        return None
    _write(semis, row, best)
    return row


def _news(semis: Semis, row: Model, columns: list[Any]) -> int:
    """How many fields are marked for the first time."""
    return sum((type(row).__name__, column.name) not in semis.plantees for column in columns)


def _writable(row: Model) -> list[Any]:
    return [
        column
        for column in row._meta.concrete_fields
        if writer_of(column) and level_of(row, column.name) < JAMAIS and _means(row, column)
    ]


def _means(row: Model, column: Any) -> bool:
    """Whether a column means something of this row."""
    return getattr(row, ONLY_WITH.get((type(row).__name__, column.name), ""), True) is not None


def _rewritten(row: Model) -> list[Any]:
    """The closed fields of a row that is there which may take another value."""
    return [
        column
        for column in closed_fields(row)
        if getattr(row, column.attname) is not None or not _ends(column)
        if not isinstance(column, models.JSONField)
        if _means(row, column)
    ]


def _ends(column: Any) -> bool:
    """Whether a day given to a column would take its row away."""
    return isinstance(column, models.DateTimeField) or column.name.startswith(("retir", "efface"))


def _essais(row: Model, columns: list[Any], numbers: dict[Any, int]) -> Iterator[Essai]:
    """Ways of filling a row: all of it, then as much as chance gives; what must be filled always is."""
    drawn = random.Random(row._meta.label)  # noqa: S311 (the same choice each time)
    yield Essai(_filled(row, columns, numbers), columns, numbers)
    for rank in range(TRIES):
        share = drawn.random()
        kept = [column for column in columns if not (column.blank or column.null) or drawn.random() < share]
        shuffled = _shuffled(numbers, drawn) if rank % 2 else numbers
        yield Essai(_filled(row, kept, shuffled, drawn if rank % 3 else None), kept, shuffled)


def _shuffled(numbers: dict[Any, int], drawn: random.Random) -> dict[Any, int]:
    """The numbers given in another order; those of days stay with days."""
    found: dict[Any, int] = {}
    for of_days in (True, False):
        some = [column for column in numbers if isinstance(column, models.DateField) is of_days]
        given = [numbers[column] for column in some]
        drawn.shuffle(given)
        found |= dict(zip(some, given, strict=True))
    return {column: found[column] for column in numbers}


def _filled(row: Model, columns: list[Any], numbers: dict[Any, int], drawn: random.Random | None = None) -> Model:
    """The row so filled; its empty choices made by chance, when it is given."""
    found = copy(row)
    for column in columns:
        setattr(found, column.attname, _value(column, numbers[column]))
    for column in _choices_left(row) if drawn else []:
        setattr(found, column.attname, drawn.choice(column.flatchoices)[0])  # type: ignore[union-attr]
    return found


def _choices_left(row: Model) -> list[Any]:
    """The choices that a row leaves unmade."""
    return [one for one in row._meta.concrete_fields if one.flatchoices and one.blank and not getattr(row, one.attname)]


def _holds(row: Model) -> bool:
    """Whether its constraints allow a row as it is filled: the database is asked, and forgets.

    Django would ask for each constraint by a query of its own."""
    table, tried = type(row)._base_manager, copy(row)
    try:
        with transaction.atomic():
            if row._state.adding:
                table.bulk_create([tried])
            else:
                table.filter(pk=row.pk).update(**{one.attname: getattr(row, one.attname) for one in _own(row)})
            transaction.set_rollback(True)
    except IntegrityError:
        return False
    return True


def _own(row: Model) -> list[Any]:
    """The columns of a row but its key."""
    return [column for column in row._meta.concrete_fields if not column.primary_key]


def _value(column: Any, number: int) -> Any:
    """The mark of a field; a file is only kept once the row is."""
    if isinstance(column, models.FileField):
        return f"semis/{word(number)}.txt"
    write = writer_of(column)
    assert write is not None
    return write(column, number)[0]


def _write(semis: Semis, row: Model, essai: Essai) -> None:
    values: Values = {one.attname: getattr(essai.row, one.attname) for one in _choices_left(row)}
    for column in essai.columns:
        write = writer_of(column)
        assert write is not None
        values[column.attname], forms = write(column, essai.numbers[column])
        if level_of(row, column.name) > Niveau.PUBLIC:
            semis.note(row, column.name, forms)
    for name, value in values.items():
        setattr(row, name, value)
    if row._state.adding:
        row.save()
    elif values:
        type(row)._base_manager.filter(pk=row.pk).update(**values)


def _keep_secrets(semis: Semis, row: Model) -> None:
    for column in row._meta.concrete_fields:
        if level_of(row, column.name) == JAMAIS and (value := getattr(row, column.attname)):
            semis.secrets[str(value)] = Marque(f"{type(row).__name__}.{column.name}", JAMAIS, row)


def _name_persons(semis: Semis, row: Model, spared: set[int]) -> None:
    """Someone new wherever the row names a person: her name has the level of the field, her address is the team's."""
    for column in _persons(type(row)):
        if getattr(row, column.attname) in spared or column.unique or not _may_name(row, column):
            continue
        name, email, phone = (semis.number() for _ in range(3))
        someone = Personne.objects.create(nom=word(name), email=f"{word(email)}@exemple.test", telephone=word(phone))
        type(row)._base_manager.filter(pk=row.pk).update(**{column.name: someone})
        setattr(row, column.name, someone)
        semis.note(row, column.name, (word(name),))
        semis.note(row, f"{column.name}.coordonnees", (word(email), word(phone)), Niveau.EQUIPE)


def _may_name(row: Model, column: Any) -> bool:
    """Whether the row may name someone there: it does already, or its constraints let it."""
    if getattr(row, column.attname) or not column.null:
        return True
    tried = copy(row)
    setattr(tried, column.name, Personne(pk=0))
    return _holds(tried)


def _trace(semis: Semis, row: Model) -> None:
    """The trace of a thing whose room tells its history: a mark of each level it holds, under the noun of its field."""
    genre = _genres().get(type(row))
    if genre is None:
        return
    facts = []
    for column in row._meta.concrete_fields:
        if not column.is_relation and not column.primary_key and column.name not in ("version",):
            number = semis.number()
            facts.append(Fait(genre, row.code, str(column.verbose_name), "", word(number)))  # type: ignore[attr-defined]
            semis.note(row, f"{column.name} (trace)", (word(number),), max(1, level_of(row, column.name)))
    record(trace_of(semis.espace), Auteur(commande="tests"), facts)


@cache
def _genres() -> dict[type[Model], str]:
    """The kind, in the trace, of each thing whose room tells a history (`<room>/histoire.py`)."""
    found: dict[type[Model], str] = {}
    for room in APPLICATIONS:
        module = import_module(f"{room}.histoire") if find_spec(f"{room}.histoire") else None
        if hasattr(module, "history_of") and hasattr(module, "GENRE"):
            told_of = next(iter(get_type_hints(module.history_of).values()))
            found[told_of] = module.GENRE
    return found


def above(row: Model) -> Iterator[Model]:
    """A row, and all that it hangs on within its contract."""
    yield row
    known = models_of_a_contract()
    for column in row._meta.concrete_fields:
        if column.related_model in known and column.related_model is not EspaceDeContrat:
            parent = getattr(row, column.name)
            if parent is not None and parent != row:
                yield from above(parent)


def left(semis: Semis, model: type[Model]) -> list[str]:
    """The closed fields of a model that could hold a mark, and that no row holds."""
    columns = closed_fields(model(**_levels(model)[-1]))
    return [f"{model.__name__}.{one.name}" for one in columns if (model.__name__, one.name) not in semis.plantees]


def unmarked(semis: Semis) -> list[str]:
    """The same for every model that hangs on a contract."""
    return [name for model in models_of_a_contract() if model is not EspaceDeContrat for name in left(semis, model)]
