"""Attendance from a spreadsheet: each row kept, with what it changes, or explained; an empty count erases nothing."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.core.tableur.colonnes import Grille, Rang
from tenir.core.typographie import accord, pluriel, typo
from tenir.ecran.annulation.gestes import ensemble
from tenir.ecran.importation import ApercuPerime, tried
from tenir.habilitations.rights import Acces, require
from tenir.tarifs.feuille import ANNEE, SOURCE, TRANCHE, UNITES, USAGERS, Refusee, read_count, read_year, same
from tenir.tarifs.lecture import of_year
from tenir.tarifs.lignes import names_of
from tenir.tarifs.models import Frequentation, GrilleTarifaire, ServiceTarife
from tenir.tarifs.services.commun import COUNT
from tenir.tarifs.services.frequentation import Compte, say_attendance, told_count


@dataclass(frozen=True, slots=True)
class LigneLue:
    """A row of the table and what becomes of it: what stood, what it says, or why it is left out."""

    rang: int
    annee: str
    tranche: str
    avant: str = ""
    apres: str = ""
    raison: str = ""

    @property
    def change(self) -> bool:
        """Whether it writes something."""
        return not self.raison and self.avant != self.apres


@dataclass
class _Lecture:
    """What reading a table needs: the grids of the service, what is said already, the rows seen."""

    by: Acces
    service: ServiceTarife
    grilles: list[GrilleTarifaire] = field(init=False)
    said: dict[tuple[int, int], Frequentation] = field(init=False)
    seen: dict[tuple[int, int], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.grilles = list(GrilleTarifaire.objects.of(self.service).decided())
        self.said = said_of(self.service)


def said_of(service: ServiceTarife) -> dict[tuple[int, int], Frequentation]:
    """What is said of a service, by tranche and year."""
    return {(one.tranche_id, one.annee): one for one in Frequentation.objects.of(service)}


def preview(grille: Grille, *, by: Acces, service: ServiceTarife, nom: str = "") -> list[LigneLue]:
    """What an import would do, row by row; nothing is kept."""
    return tried(lambda: _written(grille, by, service, nom))


@transaction.atomic
def import_attendance(
    grille: Grille, *, by: Acces, service: ServiceTarife, empreinte: str, nom: str = ""
) -> list[LigneLue]:
    """Write every row that can be, as it was shown; one gesture.

    Raises:
        Refus: she may not.
        ApercuPerime: it would not do what was shown, of which `empreinte` is the digest. Nothing is written.
    """
    if digest(preview(grille, by=by, service=service, nom=nom)) != empreinte:
        raise ApercuPerime
    return _written(grille, by, service, nom)


def digest(lines: list[LigneLue]) -> str:
    """A digest of what a page shows of an import."""
    said = [[one.rang, one.annee, one.tranche, one.avant, one.apres, one.raison] for one in lines]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def _written(grille: Grille, by: Acces, service: ServiceTarife, nom: str) -> list[LigneLue]:
    require(by, COUNT, service.espace, service)
    lecture = _Lecture(by, service)
    of = f"Tableur « {nom} »" if nom else "Lignes collées"
    with ensemble(by, service.espace, lambda _: _phrase(of, len(lecture.seen))):
        return list(_each(grille, lecture))


def _phrase(of: str, count: int) -> str:
    return typo(f"{of} : {pluriel(count, 'ligne', genre='f', lettres=True)} {accord(count, 'lue')}.")


def _each(grille: Grille, lecture: _Lecture) -> Iterator[LigneLue]:
    for row in grille.rangs:
        year, name = row.cellules.get(ANNEE, ""), row.cellules.get(TRANCHE, "")
        try:
            with transaction.atomic():
                yield _line(row, lecture)
        except Refusee as refused:
            why = typo(f"{grille.place(row.rang, refused.cle)} : {refused.raison}")
            yield LigneLue(row.rang, year, name, raison=why)
        except ValidationError as error:
            yield LigneLue(row.rang, year, name, raison=typo(f"ligne {row.rang} : {' '.join(error.messages)}"))


def _line(row: Rang, lecture: _Lecture) -> LigneLue:
    """What a row says, written.

    Raises:
        Refusee: a cell that is not taken.
        ValidationError: what the service refuses.
    """
    cells = row.cellules
    annee = read_year(cells.get(ANNEE, ""))
    applied = of_year(lecture.grilles, annee)
    if not applied:
        raise Refusee(ANNEE, f"aucune grille ne s’appliquait en {annee}.")
    grille, pk, name = _tranche(applied, cells.get(TRANCHE, ""))
    _refuse_twice(lecture.seen, (pk, annee), row.rang)
    compte = _count(cells)
    held = lecture.said.get((pk, annee))
    before = told_count(held.unites, held.usagers, held.source) if held else ""
    if compte.unites is None:
        return LigneLue(row.rang, str(annee), name, before, before)
    say_attendance(by=lecture.by, grille=grille, annee=annee, comptes={pk: compte})
    after = told_count(compte.unites, compte.usagers, compte.source)
    return LigneLue(row.rang, str(annee), name, before, after)


def _tranche(applied: list[GrilleTarifaire], said: str) -> tuple[GrilleTarifaire, int, str]:
    """The tranche that a cell names, among the grids that applied in a year, the last first."""
    every = [(grille, pk, name) for grille in applied for pk, name in names_of(grille.tranches.all()).items()]
    for found in every:
        if said and same(found[2]) == same(said):
            return found
    known = ", ".join(f"« {name} »" for _, _, name in every)
    raise Refusee(TRANCHE, f"« {said} » n’est pas une tranche de la grille de cette année : {known}.")


def _refuse_twice(seen: dict[tuple[int, int], int], cle: tuple[int, int], rang: int) -> None:
    first = seen.setdefault(cle, rang)
    if first != rang:
        raise Refusee(TRANCHE, f"la ligne {first} dit déjà cette tranche pour cette année.")


def _count(cells: Mapping[str, str]) -> Compte:
    units, users = (read_count(one, cells.get(one, "")) for one in (UNITES, USAGERS))
    source = cells.get(SOURCE, "").strip()
    if units is None and users is not None:
        raise Refusee(UNITES, "le nombre d’unités manque.")
    if units is not None and not source:
        raise Refusee(SOURCE, "dites d’où vient ce nombre.")
    if len(source) > 200:
        raise Refusee(SOURCE, "deux cents signes au plus.")
    return Compte(units, users, source)
