"""Keeping what a gesture writes, in its own transaction: `with geste(by, about(fiche), "jalon ajouté") as g: …`.

Each service says the rows it is about to write (`g.keep`) and what the trace is told (`g.tell`). A gesture inside
another is a part of it: the outer one alone is undone.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from tenir.core import horloge
from tenir.core.trace import Fait, record
from tenir.core.typographie import typo
from tenir.ecran.annulation.valeurs import Valeurs, files_in, held, model_of, rows_of
from tenir.ecran.models import Geste, LigneDeGeste, Temoin
from tenir.ecran.seuils import undone_until
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.services import trace_of

Phrase = Callable[[int], str]
"""What a gesture on several things says, given how many it changed."""


@dataclass(frozen=True, slots=True)
class Chose:
    """What a gesture is about: its row, its kind and code in the trace, its title, the right that changes it.

    `espace`: where it is, when its row does not say; neither does: on the platform.
    """

    row: Any
    genre: str
    code: str
    titre: str
    droit: str
    espace: EspaceDeContrat | None = None


@dataclass(slots=True)
class _Gardee:
    """A row as it was when a gesture was about to write it."""

    row: Model
    chose: Chose
    numero: int | None
    avant: Valeurs | None
    liens: tuple[str, ...]


@dataclass(slots=True)
class _Registre:
    """What one gesture keeps until it is done."""

    by: Acces
    espace: EspaceDeContrat | None
    phrase: Phrase
    lot: bool
    definitif: str
    temoin: Temoin | None = None
    gardees: list[_Gardee] = field(default_factory=list)
    faits: list[Fait] = field(default_factory=list)
    vues: set[int] = field(default_factory=set)
    """The identities of the rows kept, which live as long as they are."""

    def holds(self, row: Model) -> bool:
        """Whether a row is kept already; one that is not made yet is only itself."""
        return id(row) in self.vues or (row.pk is not None and any(_is(one, row) for one in self.gardees))


_open: ContextVar[_Registre | None] = ContextVar("open", default=None)


@dataclass(frozen=True, slots=True)
class Ecriture:
    """The hand of a service inside a gesture."""

    registre: _Registre
    chose: Chose

    def keep(self, row: Model, *liens: str) -> None:
        """Keep a row as it stands, before it is made, changed or removed, or because what is written leans on it.

        A row that exists comes as just read, held by this transaction. `liens`: the many-to-many fields to change.
        """
        if self.registre.holds(row):
            return
        self.registre.vues.add(id(row))
        made = row._state.adding
        numero, avant = (None, None) if made else (row.pk, held(row, liens))
        self.registre.gardees.append(_Gardee(row, self.chose, numero, avant, liens))

    def tell(self, faits: Sequence[Fait], motif: str = "") -> None:
        """Leave the trace of what is written; undone, it will be told the other way round."""
        espace = self.registre.espace
        record(trace_of(espace), self.registre.by.auteur(espace), faits, motif=motif)
        self.registre.faits += faits


@contextmanager
def geste(by: Acces, chose: Chose, phrase: str) -> Iterator[Ecriture]:
    """A gesture on one thing; `phrase` says what was done to it, after its title.

    Raises:
        transaction.TransactionManagementError: called outside a transaction.
    """
    said = typo(f"{chose.titre} : {phrase}.")
    espace = chose.espace or getattr(chose.row, "espace", None)
    with _registre(_Registre(by, espace, lambda _: said, lot=False, definitif="")) as registre:
        yield Ecriture(registre, chose)


@contextmanager
def ensemble(
    by: Acces, espace: EspaceDeContrat, phrase: Phrase, *, definitif: str = "", temoin: Temoin | None = None
) -> Iterator[None]:
    """A gesture on several things, each by a gesture of its own; `definitif`: why it cannot be undone; `temoin`: the
    row that will say that it was.

    Raises:
        transaction.TransactionManagementError: called outside a transaction.
    """
    with _registre(_Registre(by, espace, phrase, lot=True, definitif=definitif, temoin=temoin)):
        yield


@contextmanager
def _registre(mine: _Registre) -> Iterator[_Registre]:
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("A gesture is kept in the transaction of what it writes.")
    if outer := _open.get():
        yield outer
        return
    token = _open.set(mine)
    try:
        yield mine
    finally:
        _open.reset(token)
    _write(mine)


def _write(registre: _Registre) -> None:
    """Keep the gesture, unless it changed nothing or is made in the past, where nobody could undo it."""
    now = horloge.now()
    until = undone_until(now)
    lines = _lines(registre)
    changed = {(line.genre, line.objet) for line in lines if line.change}
    if registre.definitif or until <= timezone.now():
        _let_files_go(lines)
    if changed and until > timezone.now():
        _save(registre, [line for line in lines if (line.genre, line.objet) in changed], len(changed), now, until)


def _save(registre: _Registre, lines: list[LigneDeGeste], count: int, now: datetime, until: datetime) -> None:
    kept = Geste.objects.create(
        espace=registre.espace,
        par=registre.by.personne,
        le=now,
        expire_le=until,
        phrase=typo(registre.phrase(count)),
        lot=registre.lot,
        definitif=registre.definitif,
        temoin=registre.temoin._meta.label if registre.temoin else "",
        numero_du_temoin=registre.temoin.pk if registre.temoin else None,
        faits=[[one.genre, one.objet, one.champ, one.avant, one.apres] for one in registre.faits],
    )
    for line in lines:
        line.geste = kept
    LigneDeGeste.objects.bulk_create(lines)


def _lines(registre: _Registre) -> list[LigneDeGeste]:
    """Every row kept, with what became of it: one query a model. A row made and refused since is none."""
    found: dict[str, dict[int, Model]] = {}
    for label in {one.row._meta.label for one in registre.gardees}:
        numeros = [_number(one) for one in registre.gardees if one.row._meta.label == label]
        found[label] = rows_of(label, [numero for numero in numeros if numero is not None])
    lines = [_line(one, found[one.row._meta.label].get(_number(one) or 0)) for one in registre.gardees]
    return [line for line in lines if line.avant is not None or line.apres is not None]


def _line(one: _Gardee, row: Model | None) -> LigneDeGeste:
    chose = one.chose
    return LigneDeGeste(
        genre=chose.genre,
        objet=chose.code,
        titre=chose.titre,
        droit=chose.droit,
        chose=chose.row._meta.label,
        numero_de_chose=chose.row.pk,
        modele=one.row._meta.label,
        numero=_number(one) or 0,
        avant=one.avant,
        apres=held(row, one.liens) if row else None,
    )


def _number(one: _Gardee) -> int | None:
    return one.numero or one.row.pk


def _is(one: _Gardee, row: Model) -> bool:
    return type(one.row) is type(row) and row.pk is not None and _number(one) == row.pk


def _let_files_go(lines: list[LigneDeGeste]) -> None:
    """Delete at once the files of rows that were removed for good."""
    for line in lines:
        if line.apres is None:
            for column, name in files_in(model_of(line.modele), line.avant or {}):
                transaction.on_commit(partial(column.storage.delete, name))
