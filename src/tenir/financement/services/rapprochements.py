"""Putting a file of subsidies beside the ledger; then taking from it what may be published, as it was shown."""

import hashlib
import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.contrat.models import Orientation
from tenir.core import horloge
from tenir.core.contraintes import validate_constraints
from tenir.core.marques import Lu, refuse_unread
from tenir.core.nombres import NombreIllisible, parse_nombre
from tenir.core.tableur.cellules import CelluleRefusee
from tenir.core.tableur.jours import read_day
from tenir.core.trace import Fait
from tenir.core.typographie import accord, pluriel, typo
from tenir.ecran.annulation.gestes import ensemble, geste
from tenir.fiches.models import FicheAction
from tenir.fichier.mots import comparable
from tenir.financement.champs import PUBLICATION
from tenir.financement.enums import EtatDeFinancement, NatureDAide
from tenir.financement.models import LigneDeFinancement, RapprochementDeSubventions, SubventionAPublier
from tenir.financement.montants import exact, told
from tenir.financement.services.commun import DEFINE, RAPPROCHEMENT, about_comparison
from tenir.financement.services.importation import cell_of
from tenir.financement.services.lignes import Case, open_line
from tenir.financement.services.publication import NEW, describe_subsidy
from tenir.financement.subventions import Lecture, Subvention, Tri, paired, read
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.numeros import hold, next_number
from tenir.habilitations.rights import Acces, require

KEPT = timedelta(days=30)
"""How long the rows of a file are kept: they may name someone."""
OPENS, COMPLETES, SAME, LEFT = "ouvre une ligne", "dit ce qui est publié", "déjà là", "laissée"
WORD = re.compile(r"[A-Z0-9-]+")
"""What may be a code in the words of a row."""


class Laissee(Exception):
    """A row that is not taken up; the message is the end of a French sentence."""


@dataclass(frozen=True, slots=True)
class Reprise:
    """What becomes of a row of a file once it is taken up."""

    rang: int
    quoi: str
    sort: str
    dit: str = ""
    montant: Decimal | None = None

    @property
    def change(self) -> bool:
        """Whether it writes something."""
        return self.sort in (OPENS, COMPLETES)


@transaction.atomic
def keep_comparison(*, by: Acces, espace: EspaceDeContrat, nom: str, tri: Tri) -> RapprochementDeSubventions:
    """Keep the rows of a file that may be about a contract.

    Raises:
        Refus: she may not.
    """
    require(by, DEFINE, espace)
    made = RapprochementDeSubventions(
        espace=espace, numero=next_number(RapprochementDeSubventions, espace), nom=nom[-100:] or "lignes collées",
        lues=tri.lues, contenu=tri.to_json(), lu_par=by.personne,
    )  # fmt: skip
    made.full_clean()
    with geste(by, about_comparison(made), "fichier de subventions lu") as g:
        g.keep(made)
        made.save()
        said = f"{made.nom} : {pluriel(made.lues, 'ligne', genre='f')}"
        g.tell([Fait(RAPPROCHEMENT, made.code, "fichier lu", "", typo(said))])
    return made


def clean(now: datetime) -> str:
    """Erase the files that were compared long ago: a task of the night."""
    gone, _ = RapprochementDeSubventions.objects.filter(lu_le__lt=now - KEPT).delete()
    return f"Fichiers de subventions effacés : {gone}."


def plan(found: RapprochementDeSubventions) -> list[Reprise]:
    """What taking a file up would do, row by row; nothing is written."""
    return [one.reprise for one in _Prevision(found).all()]


def shown(rows: list[Reprise]) -> Lu:
    """What a page shows of it before it is done: how many rows, and their digest."""
    said = [[one.rang, one.quoi, one.sort, one.dit, told(one.montant)] for one in rows]
    told_rows = json.dumps(said, ensure_ascii=False)
    mark = hashlib.sha256(told_rows.encode()).hexdigest()[:12]
    return {"lignes": f"{sum(one.change for one in rows)} à inscrire sur {len(rows)}, empreinte {mark}"}


@transaction.atomic
def take_up(
    found: RapprochementDeSubventions, *, by: Acces, choisies: Collection[int] | None = None, lu: Lu | None = None
) -> list[Reprise]:
    """Write in the ledger what a file says and nothing contradicts, as it was shown; one gesture, all of it or nothing.

    `choisies`: the rows to take, every one unless it is said.

    Raises:
        Refus: she may not.
        Perime: it would not do what was shown.
        ValidationError: no row is chosen, or one cannot be written after all.
    """
    require(by, DEFINE, found.espace)
    hold(found.espace)
    planned = _Prevision(found).all()
    refuse_unread(lu, shown([one.reprise for one in planned]))
    taken = [one for one in planned if choisies is None or one.reprise.rang in choisies]
    if choisies is not None and not any(one.reprise.change for one in taken):
        raise ValidationError("Cochez au moins une ligne à reprendre.")
    with ensemble(by, found.espace, lambda count: _phrase(found, count)):
        for one in taken:
            if one.reprise.change:
                _write(one, by)
    return [one.reprise for one in taken]


def _write(one: "_Prevue", by: Acces) -> None:
    line = one.line
    if line is None:
        assert one.case is not None  # noqa: S101 (what opens a line has its cell)
        line = open_line(by=by, espace=one.espace, case=one.case, given=one.given)
    describe_subsidy(by=by, ligne=line, version=one.version, changes=one.changes)


def _phrase(found: RapprochementDeSubventions, count: int) -> str:
    said = f"{pluriel(count, 'subvention', genre='f', lettres=True)} {accord(count, 'reprise')}"
    return typo(f"Fichier « {found.nom} » : {said}.")


@dataclass(frozen=True, slots=True)
class _Prevue:
    """A row as it will be written: its line or the cell of the one to open, what is published of it."""

    espace: EspaceDeContrat
    reprise: Reprise
    line: LigneDeFinancement | None = None
    case: Case | None = None
    given: dict[str, Any] = field(default_factory=dict)
    changes: dict[str, Any] = field(default_factory=dict)
    version: int = NEW


class _Prevision:
    """What each row of a file becomes, against the ledger as it stands; as many queries whatever the file."""

    def __init__(self, found: RapprochementDeSubventions) -> None:
        self.found, self.espace = found, found.espace
        fiches = FicheAction.objects.of(self.espace).select_related("action__orientation")
        self.fiches = {one.action.code: one for one in fiches}
        self.orientations = {one.code: one for one in Orientation.objects.of(self.espace)}
        rows = LigneDeFinancement.objects.of(self.espace).filter(imprimee=None)
        self.cells = {cell_of(one): one.code for one in rows}
        self.published = {one.ligne_id: one for one in SubventionAPublier.objects.of(self.espace)}

    def all(self) -> list[_Prevue]:
        """Each row that says something of the contract."""
        lecture = Lecture(self.espace)
        rows = read(Tri.from_json(self.found.contenu).gardes, lecture)
        pairs = paired(rows, lecture)
        return [self._one(row, pairs.get(row.rang)) for row in rows if row.liee or row.rang in pairs]

    def _one(self, row: Subvention, line: LigneDeFinancement | None) -> _Prevue:
        named = row.objet or row.beneficiaire or f"ligne {row.rang}"
        try:
            return self._kept(row, line, named)
        except Laissee as left:
            return _Prevue(self.espace, Reprise(row.rang, named, LEFT, typo(str(left))))
        except ValidationError as error:
            return _Prevue(self.espace, Reprise(row.rang, named, LEFT, typo(" ".join(error.messages))))

    def _kept(self, row: Subvention, line: LigneDeFinancement | None, named: str) -> _Prevue:
        if row.doutes:
            raise Laissee(" ; ".join(row.doutes))
        if line is not None and line.vote != row.montant:
            raise Laissee(f"le registre dit {told(line.vote)} ({line.code}), le fichier {told(row.montant)}")
        known = self.published.get(line.pk) if line else None
        changes = _changes(_published(row), known)
        if line is not None:
            sort = COMPLETES if changes else SAME
            dit = typo(f"{line.code}, {line.nom_du_financeur}")
            reprise = Reprise(row.rang, named, sort, dit, row.montant)
            return _Prevue(self.espace, reprise, line, changes=changes, version=known.version if known else NEW)
        case = self._case(row)
        dit = typo(f"{case.financeur.nom}, {case.annee}")
        reprise = Reprise(row.rang, named, OPENS, dit, row.montant)
        return _Prevue(self.espace, reprise, None, case, self._given(row), changes)

    def _case(self, row: Subvention) -> Case:
        """The cell of a row that has no line: its words must name an action or an orientation of the contract."""
        words = set(WORD.findall(row.objet.upper()))
        codes = sorted(words & (self.fiches.keys() | self.orientations.keys()), key=len, reverse=True)
        if not codes:
            raise Laissee("son objet ne dit le code d’aucune action ni orientation : ouvrez d’abord sa ligne")
        if row.organisme is None:
            raise Laissee(f"« {row.attribuant} » n’est pas un organisme connu de ce contrat")
        fiche = self.fiches.get(codes[0])
        above = fiche.action.orientation if fiche else self.orientations[codes[0]]
        case = Case(above, row.organisme, row.annee, fiche, "" if fiche else row.objet[:150])
        if standing := self.cells.get(cell_of(case)):
            raise Laissee(f"{standing} est déjà là pour cette action et cette année, et ne dit pas la même chose")
        self.cells[cell_of(case)] = f"la ligne {row.rang} du fichier"
        return case

    def _given(self, row: Subvention) -> dict[str, Any]:
        le = _day(row.cellules.get("date", ""))
        if le > horloge.today(self.espace):
            raise Laissee("sa convention est datée d’un jour qui n’est pas venu")
        source = f"Fichier « {self.found.nom} », ligne {row.rang}"
        proof = row.cellules.get("reference", "")[:500]
        amount = exact(row.montant) if row.montant is not None else None
        return {
            "etat": EtatDeFinancement.CONVENTIONNE, "montant": amount, "source": source, "le": le, "preuve": proof,
            "motif": "",
        }  # fmt: skip


def _changes(said: dict[str, Any], known: SubventionAPublier | None) -> dict[str, Any]:
    """What a row changes of what is published; checked as the form would.

    Raises:
        ValidationError: it does not hold together.
    """
    base = known or SubventionAPublier(version=NEW)
    changes = {name: value for name, value in said.items() if getattr(base, name) != value}
    tried = SubventionAPublier(**{name: getattr(base, name) for name in PUBLICATION} | changes)
    tried.clean_fields(exclude=["ligne"])
    tried.clean()
    validate_constraints(tried, ["ligne"], unique=False)
    return changes


def _published(row: Subvention) -> dict[str, Any]:
    """What a row says to publish; a column that it leaves empty says nothing."""
    cells = row.cellules
    debut, fin = _period(cells.get("periode", ""))
    found: dict[str, Any] = {
        "beneficiaire": row.beneficiaire, "siret": _siret(cells), "rna": cells.get("rna", "").upper(),
        "reference": cells.get("reference", ""), "objet": row.objet[:256], "conditions": cells.get("conditions", ""),
        "dispositif": cells.get("dispositif", ""), "rae": cells.get("rae", ""), "debut": debut, "fin": fin,
        "convention_le": _day(cells["date"]) if cells.get("date") else None,
    }  # fmt: skip
    kept = {name: value for name, value in found.items() if value}
    return kept | _chosen(cells)


def _chosen(cells: Mapping[str, str]) -> dict[str, Any]:
    """What a row says by a few words: what it is made of, whether Europe was told, the part received."""
    said, found = comparable(cells.get("nature", "")), {}
    if "nature" in said.split():
        found["nature"] = NatureDAide.LES_DEUX if "numeraire" in said else NatureDAide.EN_NATURE
    elif said:
        found["nature"] = NatureDAide.NUMERAIRE
    return {**found, **dict(_told(cells))}


def _told(cells: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    if europe := comparable(cells.get("ue", "")):
        yield "ue", europe in ("oui", "true", "vrai", "1")
    if part := cells.get("part", ""):
        try:
            yield "part", parse_nombre(part.replace(".", ","))
        except NombreIllisible as error:
            raise Laissee(f"part illisible : « {part} »") from error


def _siret(cells: Mapping[str, str]) -> str:
    said = "".join(cells.get("siret_beneficiaire", "").removesuffix(".0").split())
    return said.zfill(14) if said else ""


def _day(text: str) -> date:
    try:
        return read_day(text)
    except CelluleRefusee as error:
        raise Laissee(str(error)) from error


def _period(text: str) -> tuple[date | None, date | None]:
    """The two ends of « 2026-04-01/2026-12-31 » (or with « _ », as files wrote it before)."""
    parts = [one.strip() for one in text.replace("_", "/").split("/")] if text.count("-") >= 2 else [text.strip()]
    days = [_day(one) for one in parts if one]
    return (days[0] if days else None), (days[1] if len(days) > 1 else None)
