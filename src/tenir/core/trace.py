"""Leaving a trace, erasing a person's values from it, and proving that it is whole.

The chain: `empreinte` of an entry = SHA-256 of the digest before it, its public columns, and the salted digest of its
values. `docs/adr/0013-trace.md` says why, `0039-oubli.md` why the field is one of the values.
"""

import hashlib
import json
import logging
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet

from tenir.core import horloge
from tenir.core.models import ChaineDeTrace, EntreeDeTrace

log = logging.getLogger(__name__)
ERASURE = "effacement"
BATCH = 2_000
EACH = 50
"""Every how many entries of a chain its end is written outside the database, beside each night."""
FORME = 2
"""How entries are digested now; those of before (1) hold the name of their field in the open, for good."""


@dataclass(frozen=True, slots=True)
class Fait:
    """What changed: an object, one of its fields in French, before and after. Text only."""

    genre: str
    objet: str
    champ: str = ""
    avant: str = ""
    apres: str = ""


@dataclass(frozen=True, slots=True)
class Auteur:
    """Who makes a change: a person by number, for a body, or a command of the administrator."""

    acteur: int | None = None
    pour: str = ""
    commande: str = ""


@dataclass(frozen=True, slots=True)
class Tete:
    """The end of a chain at a moment, as written outside the database."""

    chaine: str
    rang: int
    empreinte: str


@dataclass(frozen=True, slots=True)
class Rupture:
    """Where a chain breaks, in French."""

    chaine: str
    rang: int
    raison: str

    def __str__(self) -> str:
        return f"{self.chaine}, entrée {self.rang} : {self.raison}"


def record(chaine: str, auteur: Auteur, faits: Sequence[Fait], *, motif: str = "") -> None:
    """Add one entry per fact to a chain, in the transaction of the change itself.

    Raises:
        transaction.TransactionManagementError: called outside a transaction.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("A trace is left in the transaction of the change it tells.")
    if not faits:
        return
    head = _locked(chaine)
    now = horloge.now()
    entries = []
    for fait in faits:
        entry = _entry(head, auteur, fait, motif, now)
        head.longueur, head.tete = entry.rang, entry.empreinte
        entries.append(entry)
    EntreeDeTrace.objects.bulk_create(entries, batch_size=BATCH)
    head.save(update_fields=["longueur", "tete"])
    if head.longueur // EACH > (head.longueur - len(entries)) // EACH:
        transaction.on_commit(lambda: _keep_head(chaine))


@transaction.atomic
def erase(chaine: str, rangs: Iterable[int], auteur: Auteur, *, motif: str, fields_of: Iterable[int] = ()) -> int:
    """Clear the values of entries, which is itself an entry; return how many were cleared. The chain stays whole.

    `fields_of`: those that lose the name of their field too, where their form allows it; they lose, or lost, the rest.
    """
    found = _erasable(chaine, rangs).filter(efface=False)
    named = _erasable(chaine, fields_of).filter(forme__gte=FORME).exclude(champ="")
    cleared = sorted({*found.values_list("rang", flat=True), *named.values_list("rang", flat=True)})
    named.update(champ="")
    found.update(avant="", apres="", motif="", sel="", efface=True)
    record(chaine, auteur, [Fait(ERASURE, f"entrée {rang}") for rang in cleared], motif=motif)
    return len(cleared)


def _keep_head(chaine: str) -> None:
    """Write the end of a chain outside the database: one of `EACH` entries is reached. Nobody’s work waits for it."""
    from tenir.core.releves import CopieImpossible, keep_now  # it reads the chains

    try:
        keep_now([chaine])
    except (CopieImpossible, OSError, UnicodeDecodeError, DatabaseError) as error:
        log.error("La fin de la chaîne %s n’est pas relevée partout : %s", chaine, error)


def _erasable(chaine: str, rangs: Iterable[int]) -> "QuerySet[EntreeDeTrace]":
    """Among entries, those that may lose what they hold: an erasure may not."""
    return EntreeDeTrace.objects.filter(chaine__nom=chaine, rang__in=list(rangs)).exclude(genre=ERASURE)


def heads() -> list[Tete]:
    """The end of every chain now, to be written outside the database."""
    rows = ChaineDeTrace.objects.filter(longueur__gt=0)
    return [Tete(row.nom, row.longueur, row.tete) for row in rows]


def breaks(kept: Iterable[Tete] = ()) -> Iterator[Rupture]:
    """Yield every break of every chain, and every kept head that its chain does not hold any more."""
    expected: dict[str, list[Tete]] = {}
    for tete in kept:
        expected.setdefault(tete.chaine, []).append(tete)
    for chaine in ChaineDeTrace.objects.all():
        yield from _breaks_of(chaine, expected.pop(chaine.nom, []))
    for nom in expected:
        yield Rupture(nom, 0, "la chaîne entière a disparu.")


def _locked(nom: str) -> ChaineDeTrace:
    locked = ChaineDeTrace.objects.select_for_update().filter(nom=nom)
    if found := locked.first():
        return found
    ChaineDeTrace.objects.get_or_create(nom=nom)
    return locked.get()


def _entry(head: ChaineDeTrace, auteur: Auteur, fait: Fait, motif: str, now: datetime) -> EntreeDeTrace:
    entry = EntreeDeTrace(
        chaine=head,
        rang=head.longueur + 1,
        le=now,
        acteur=auteur.acteur,
        commande=auteur.commande,
        pour=auteur.pour,
        genre=fait.genre,
        objet=fait.objet,
        champ=fait.champ,
        avant=fait.avant,
        apres=fait.apres,
        motif=motif,
        forme=FORME,
        sel=secrets.token_hex(16),
        precedente=head.tete,
    )
    entry.empreinte_des_valeurs = _values_digest(entry)
    entry.empreinte = _digest_of(entry)
    return entry


def _values_digest(entry: EntreeDeTrace) -> str:
    told: list[object] = [entry.sel, entry.avant, entry.apres, entry.motif]
    return _sha256([*told, entry.champ] if entry.forme >= FORME else told)


def _digest_of(entry: EntreeDeTrace) -> str:
    return _sha256(
        [
            entry.precedente,
            entry.rang,
            entry.le.astimezone(UTC).isoformat(),
            entry.acteur,
            entry.commande,
            entry.pour,
            entry.genre,
            entry.objet,
            *((entry.forme,) if entry.forme >= FORME else (entry.champ,)),
            entry.empreinte_des_valeurs,
        ]
    )


def _sha256(parts: list[object]) -> str:
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def _breaks_of(chaine: ChaineDeTrace, kept: list[Tete]) -> Iterator[Rupture]:
    """Read one chain from its first entry to its last, and compare its end with what was kept of it."""
    rank, digest = 0, ""
    waiting = {tete.rang: tete for tete in kept}
    erased: set[int] = set()
    told: set[str] = set()
    for entry in EntreeDeTrace.objects.filter(chaine=chaine).order_by("rang").iterator(BATCH):
        yield from _breaks_at(chaine.nom, entry, rank, digest)
        rank, digest = entry.rang, entry.empreinte
        if entry.efface:
            erased.add(rank)
        if entry.genre == ERASURE:
            told.add(entry.objet)
        if (tete := waiting.pop(rank, None)) and tete.empreinte != digest:
            yield Rupture(chaine.nom, rank, "cette entrée n’est pas celle qui avait été relevée.")
    if (rank, digest) != (chaine.longueur, chaine.tete):
        yield Rupture(chaine.nom, rank, f"la fin manque : {chaine.longueur} entrées attendues.")
    for lost in sorted(waiting):
        yield Rupture(chaine.nom, lost, "une fin relevée auparavant a été coupée.")
    for rang in sorted(erased):
        if f"entrée {rang}" not in told:
            yield Rupture(chaine.nom, rang, "ses valeurs sont effacées sans que la trace le dise.")


def _breaks_at(nom: str, entry: EntreeDeTrace, rank: int, digest: str) -> Iterator[Rupture]:
    if entry.rang != rank + 1:
        yield Rupture(nom, rank + 1, "une entrée a été retirée.")
    elif entry.precedente != digest:
        yield Rupture(nom, entry.rang, "elle ne suit pas celle d’avant.")
    if not entry.efface and entry.empreinte_des_valeurs != _values_digest(entry):
        yield Rupture(nom, entry.rang, "ses valeurs ont été changées.")
    if entry.empreinte != _digest_of(entry):
        yield Rupture(nom, entry.rang, "son contenu a été changé.")
