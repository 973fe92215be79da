"""Undoing a gesture: only what still stands as it left it, under the same rights, with its own trace."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import groupby

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, ProtectedError

from tenir.core import horloge
from tenir.core.fichiers import forget_once_certain
from tenir.core.models import EntreeDeTrace
from tenir.core.piece import by_name
from tenir.core.trace import Fait, record
from tenir.core.typographie import typo
from tenir.ecran.annulation.valeurs import Valeurs, files_in, held, links_in, model_of, put_back, rebuilt, rows_of, same
from tenir.ecran.models import Geste, LigneDeGeste
from tenir.habilitations.rights import Acces, Refus, require
from tenir.habilitations.services import trace_of
from tenir.habilitations.traces import names_of

UNDONE = "geste annulé"
"""Why, in the trace of what is undone."""

Key = tuple[str, int]
"""A row: its model, its number."""


class Irrevocable(Exception):
    """It is not undone, or no longer; the message is the French sentence to show."""


class DejaAnnule(Exception):
    """It was undone already: nothing is to be done."""


class ChangeDepuis(Exception):
    """Something it wrote was written over since, or what would be undone is not what was shown. Nothing is undone."""

    def __init__(self, objets: "list[Objet]") -> None:
        super().__init__("Ce que ce geste a écrit a changé depuis.")
        self.objets = objets


@dataclass(frozen=True, slots=True)
class Objet:
    """One thing that a gesture changed, its rows in the order they were written; `depuis`: why it no longer stands."""

    genre: str
    code: str
    titre: str
    lignes: list[LigneDeGeste]
    depuis: str = ""

    @property
    def tient(self) -> bool:
        """Whether all that was written on it still stands."""
        return not self.depuis


def require_undo(by: Acces, geste: Geste) -> None:
    """Let her undo what she did; what another did, only those who may, and never what she did for herself alone.

    Raises:
        Refus: it is another's, and she may not.
    """
    if geste.par_id != by.personne.pk:
        require(by, "geste.undo", geste.espace)
        if Geste.objects.for_oneself().filter(pk=geste.pk).exists():
            raise Refus("Ce geste ne regarde que la personne qui l’a fait.")


def standing(geste: Geste, by: Acces, *, lock: bool = False) -> list[Objet]:
    """What a gesture changed, thing by thing, each saying whether it still stands; a few queries whatever it holds."""
    lignes = list(geste.lignes.order_by("pk"))
    now = _rows(lignes, lock=lock)
    later = _written_since(geste, lignes)
    objets = _objets(lignes)
    moved = [one for one in objets if not all(_stands(line, now, later) for line in one.lignes)]
    who = _who_since(geste, by, moved) if moved else {}
    return [_told(one, who) if one in moved else one for one in objets]


def mark_of(objets: Iterable[Objet]) -> str:
    """The mark of what a page shows: what would be undone, and what would not."""
    shown = "\n".join(f"{one.genre}/{one.code}/{one.tient}" for one in objets)
    return hashlib.sha256(shown.encode()).hexdigest()


@transaction.atomic
def undo(*, by: Acces, geste: Geste, shown: str = "") -> Geste:
    """Undo a gesture whole; one on several things, those that still stand, once `shown` (`mark_of`) says she saw which.

    Raises:
        Refus: it is another's, or she may no longer change what it changed.
        DejaAnnule: it was undone already.
        Irrevocable: its minutes are over, or it is of those that are never undone.
        ChangeDepuis: something it wrote was written over since; nothing is undone.
    """
    rows = Geste.objects.select_for_update(of=("self",)).select_related("espace", "par")
    found = rows.get(pk=geste.pk)
    require_undo(by, found)
    _refuse_late(found)
    with _followed(found):
        _undo(by, found, shown)
    return found


@contextmanager
def _followed(geste: Geste) -> Iterator[None]:
    """Let the rooms hold, then do again, what they make of the rows of a gesture (`Piece(undone=…)`)."""
    states: dict[str, list[Valeurs]] = {}
    for line in geste.lignes.order_by("pk"):
        states.setdefault(line.modele, []).extend(one for one in (line.avant, line.apres) if one)
    with ExitStack() as stack:
        for label, follow in by_name("undone").items():
            if label in states:
                stack.enter_context(follow(geste.espace, states[label]))
        yield


def _undo(by: Acces, found: Geste, shown: str) -> None:
    objets = standing(found, by, lock=True)
    going = [one for one in objets if one.tient]
    if not going or (mark_of(objets) != shown if found.lot else len(going) < len(objets)):
        raise ChangeDepuis(objets)
    _require_all(by, found, going)
    _put_back(going)
    _leave_trace(by, found, going)
    found.annule_le, found.annule_par = horloge.now(), by.personne
    found.save(update_fields=["annule_le", "annule_par"])
    _tell_witness(found, save=len(objets) - len(going))


def _refuse_late(geste: Geste) -> None:
    if geste.annule_le:
        raise DejaAnnule
    if geste.definitif:
        raise Irrevocable(geste.definitif)
    if geste.expire_le <= horloge.now():
        raise Irrevocable("Ce geste ne s’annule plus : son délai est passé. Corrigez plutôt ce qu’il a changé.")


def _objets(lignes: list[LigneDeGeste]) -> list[Objet]:
    def thing(line: LigneDeGeste) -> tuple[str, str]:
        return line.genre, line.objet

    ranked = sorted(lignes, key=lambda line: (thing(line), line.pk))
    return [Objet(*key, titre=(rows := list(group))[0].titre, lignes=rows) for key, group in groupby(ranked, thing)]


def _rows(lignes: list[LigneDeGeste], *, lock: bool) -> dict[Key, Model]:
    """The rows of a gesture as they stand, held in the order in which services hold them: the thing first."""
    found: dict[Key, Model] = {}
    for label in dict.fromkeys(line.modele for line in lignes):
        numeros = [line.numero for line in lignes if line.modele == label]
        found |= {(label, numero): row for numero, row in rows_of(label, numeros, lock=lock).items()}
    return found


def _written_since(geste: Geste, lignes: list[LigneDeGeste]) -> set[Key]:
    """The rows that a later gesture wrote or leaned on, and that was not undone."""
    keys = {(line.modele, line.numero) for line in lignes}
    later = LigneDeGeste.objects.filter(geste__gt=geste.pk, annulee=False, geste__espace=geste.espace_id)
    numeros = {numero for _, numero in keys}
    found = later.filter(modele__in={label for label, _ in keys}, numero__in=numeros).order_by("pk")
    return keys & set(found.values_list("modele", "numero"))


def _stands(line: LigneDeGeste, now: dict[Key, Model], later: set[Key]) -> bool:
    if (line.modele, line.numero) in later:
        return False
    row = now.get((line.modele, line.numero))
    current = held(row, links_in(type(row), line.apres or {})) if row else None
    return same(current, line.apres) and (line.apres is not None or _files_are_there(line))


def _files_are_there(line: LigneDeGeste) -> bool:
    return all(column.storage.exists(name) for column, name in files_in(model_of(line.modele), line.avant or {}))


def _who_since(geste: Geste, by: Acces, moved: list[Objet]) -> dict[tuple[str, str], str]:
    """Who wrote on things last since a gesture, and when, as the trace tells it; two queries."""
    entries = EntreeDeTrace.objects.filter(
        chaine__nom=trace_of(geste.espace), le__gt=geste.le, objet__in=[one.code for one in moved]
    )
    last = {(entry.genre, entry.objet): entry for entry in entries.order_by("rang")}
    names = names_of({entry.acteur for entry in last.values() if entry.acteur})
    told = {}
    for key, entry in last.items():
        who = "vous" if entry.acteur == by.personne.pk else names.get(entry.acteur or 0, "quelqu’un d’autre")
        told[key] = f"changé depuis par {who}, {horloge.clock(entry.le)}"
    return told


def _told(one: Objet, who: dict[tuple[str, str], str]) -> Objet:
    since = typo(who.get((one.genre, one.code), "changé depuis"))
    return Objet(one.genre, one.code, one.titre, one.lignes, since)


def _require_all(by: Acces, geste: Geste, going: list[Objet]) -> None:
    """The right on each thing, as when it was written."""
    wanted = {(line.droit, line.chose, line.numero_de_chose) for one in going for line in one.lignes}
    for label in {label for _, label, _ in wanted}:
        things = rows_of(label, {numero for _, of, numero in wanted if of == label})
        for droit, of, numero in wanted:
            if of == label:
                require(by, droit, geste.espace, things[numero])


def _put_back(going: list[Objet]) -> None:
    lignes = sorted((line for one in going for line in one.lignes), key=lambda line: line.pk, reverse=True)
    now = _rows(lignes, lock=True)
    try:
        for line in lignes:
            if line.change:
                _restore(line, now.get((line.modele, line.numero)))
    except (ValidationError, ProtectedError) as error:
        raise ChangeDepuis([_blocked(one, error) for one in going]) from error
    LigneDeGeste.objects.filter(pk__in=[line.pk for line in lignes]).update(annulee=True)


def _blocked(one: Objet, error: ValidationError | ProtectedError) -> Objet:
    why = " ".join(error.messages) if isinstance(error, ValidationError) else "Autre chose s’appuie dessus."
    return Objet(one.genre, one.code, one.titre, one.lignes, typo(why))


def _restore(line: LigneDeGeste, row: Model | None) -> None:
    if line.avant is None:
        assert row is not None  # noqa: S101 (it stands)
        for column, _ in files_in(type(row), line.apres or {}):
            forget_once_certain(getattr(row, column.name))
        row.delete()
    elif row is None:
        made = rebuilt(model_of(line.modele), line.avant)
        made.validate_unique()
        made.validate_constraints()
        made.save(force_insert=True)
    else:
        put_back(row, line.avant, line.apres or {})


def _tell_witness(geste: Geste, *, save: int) -> None:
    """Say it on the account that outlives the gesture. `save`: how many things were left, changed since."""
    if geste.temoin and geste.numero_du_temoin:
        told = {"annule_le": geste.annule_le, "annule_par": geste.annule_par, "annule_sauf": save}
        model_of(geste.temoin)._base_manager.filter(pk=geste.numero_du_temoin).update(**told)


def _leave_trace(by: Acces, geste: Geste, going: list[Objet]) -> None:
    """Tell the other way round what was told, of what is undone."""
    keys = {(one.genre, one.code) for one in going}
    told = [Fait(genre, objet, champ, apres, avant) for genre, objet, champ, avant, apres in reversed(geste.faits)]
    record(
        trace_of(geste.espace),
        by.auteur(geste.espace),
        [fait for fait in told if (fait.genre, fait.objet) in keys],
        motif=UNDONE,
    )
