"""Amounts from a spreadsheet: each row kept, with what it adds, or explained; what stands is never erased by one."""

import hashlib
import json
from collections.abc import Callable, Collection, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Prefetch

from tenir.contrat.models import Orientation
from tenir.core.nombres import NombreIllisible, parse_nombre
from tenir.core.tableur import ERREURS
from tenir.core.tableur.cellules import CelluleRefusee
from tenir.core.tableur.colonnes import Grille, Rang
from tenir.core.tableur.jours import read_day
from tenir.core.typographie import accord, pluriel, typo
from tenir.ecran.annulation.gestes import ensemble
from tenir.ecran.importation import ApercuPerime
from tenir.fiches.models import FicheAction
from tenir.fichier.mots import comparable
from tenir.financement.enums import ETATS, WITHOUT_AMOUNT, EtatDeFinancement, Registre
from tenir.financement.feuille import WHOLE, mark_of
from tenir.financement.financeurs import directory_of
from tenir.financement.garde import Recus
from tenir.financement.models import LigneDeFinancement, MouvementDeFinancement
from tenir.financement.montants import exact
from tenir.financement.services.commun import UPDATE
from tenir.financement.services.lignes import Case, line_for, open_line, row_for, say, told_row, weigh
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Refus, may

OPENS, ADDS, SAME, CONFLICT, REFUSED = "ouvre une ligne", "inscrit", "rien ne change", "à choisir", "refusée"
CELLS = {"etat", "montant", "le", "source", "preuve", "motif", "financeur", "annee", "projet", "registre"}
"""The columns that a refusal of a service may speak of."""
EARLIER = Prefetch("mouvements", MouvementDeFinancement.objects.only("ligne", "rang", "le", "etat", "montant"))
"""What a row is weighed against, for every line at once."""


class Refusee(Exception):
    """A row that is left out: the column it is about, and the end of a French sentence."""

    def __init__(self, cle: str, raison: str) -> None:
        super().__init__(raison)
        self.cle = cle


@dataclass(frozen=True, slots=True)
class LigneLue:
    """A row of the table and what becomes of it: what its line held, what it says; why it is refused."""

    rang: int
    titre: str
    financeur: str
    annee: str
    sort: str
    avant: str = ""
    apres: str = ""
    raison: str = ""

    @property
    def change(self) -> bool:
        """Whether it writes something by itself."""
        return self.sort in (OPENS, ADDS)


@dataclass
class _Lecture:
    """What reading a table needs: lines by code and by cell, bodies, actions, orientations; the rows seen already.

    `essai`: each row is weighed in memory, and none is written.
    """

    espace: EspaceDeContrat
    by: Acces
    nom: str
    choisies: Collection[int]
    essai: bool = False
    seen: dict[Any, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        lines = LigneDeFinancement.objects.of(self.espace).order_by("pk")
        rows = list(lines.prefetch_related(EARLIER) if self.essai else lines)
        self.recus = Recus(self.espace)
        self.by_code = {one.code.upper(): one for one in rows}
        self.by_cell = {cell_of(one): one for one in rows if one.imprimee_id is None}
        self.bodies = directory_of(self.espace)
        fiches = FicheAction.objects.of(self.espace).select_related("action__orientation")
        self.fiches = {one.action.code.upper(): one for one in fiches}
        self.orientations = {one.code.upper(): one for one in Orientation.objects.of(self.espace)}

    def open(self, case: Case, given: Mapping[str, Any]) -> LigneDeFinancement:
        """Open a line, or weigh what opening it would do."""
        if self.essai:
            made = line_for(self.espace, case)
            made.numero = 0  # as good as the one that it will have
            return self._weighed(made, given, [])
        return open_line(by=self.by, espace=self.espace, case=case, given=given)

    def say(self, ligne: LigneDeFinancement, given: Mapping[str, Any]) -> LigneDeFinancement:
        """Add a row to a line, or weigh what adding it would do; the line itself stays as it was read."""
        if self.essai:
            return self._weighed(copy(ligne), given, list(ligne.mouvements.all()))
        return say(by=self.by, ligne=ligne, version=ligne.version, given=given)

    def _weighed(
        self, ligne: LigneDeFinancement, given: Mapping[str, Any], earlier: list[MouvementDeFinancement]
    ) -> LigneDeFinancement:
        if not may(self.by, UPDATE, self.espace, ligne):
            raise Refus
        weigh(ligne, row_for(self.by, ligne, given), earlier, self.recus)
        self.recus.note(ligne)
        return ligne


def preview(grille: Grille, *, by: Acces, espace: EspaceDeContrat, nom: str = "") -> list[LigneLue]:
    """What an import would do, row by row, in memory: as many queries whatever the table, and nothing is written."""
    return list(_each(grille, _Lecture(espace, by, nom, (), essai=True)))


@transaction.atomic
def import_amounts(
    grille: Grille, *, by: Acces, espace: EspaceDeContrat, empreinte: str, nom: str = "", choisies: Collection[int] = ()
) -> list[LigneLue]:
    """Record every row that can be, as it was shown; of those in conflict, the ones chosen. One gesture.

    Raises:
        ApercuPerime: it would not do what was shown, of which `empreinte` is the digest. Nothing is written.
    """
    if digest(preview(grille, by=by, espace=espace, nom=nom)) != empreinte:
        raise ApercuPerime
    return _written(grille, by, espace, nom, choisies)


def digest(lines: list[LigneLue]) -> str:
    """A digest of what a page shows of an import."""
    told = [[one.rang, one.titre, one.financeur, one.sort, one.avant, one.apres, one.raison] for one in lines]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def _written(grille: Grille, by: Acces, espace: EspaceDeContrat, nom: str, choisies: Collection[int]) -> list[LigneLue]:
    lecture = _Lecture(espace, by, nom, choisies)
    of = f"Tableur « {nom} »" if nom else "Lignes collées"
    with ensemble(by, espace, lambda count: _phrase(of, count)):
        return list(_each(grille, lecture))


def _phrase(of: str, count: int) -> str:
    return typo(f"{of} : {pluriel(count, 'ligne', genre='f', lettres=True)} {accord(count, 'inscrite')}.")


def _each(grille: Grille, lecture: _Lecture) -> Iterator[LigneLue]:
    for row in grille.rangs:
        try:
            yield _line(row, lecture)
        except Refusee as refused:
            cells = row.cellules
            reason = typo(f"{grille.place(row.rang, refused.cle)} : {refused}")
            named = cells.get("quoi") or cells.get("code") or cells.get("projet", "")
            yield LigneLue(row.rang, named, cells.get("financeur", ""), cells.get("annee", ""), REFUSED, raison=reason)


def _line(row: Rang, lecture: _Lecture) -> LigneLue:
    cells = row.cellules
    for key, text in cells.items():
        if ERREURS.fullmatch(text):
            raise Refusee(key, f"le tableur n’a pas su calculer cette cellule ({text}) : écrivez-y la valeur.")
    standing, case = _found(cells, lecture)
    same: Any = standing.pk if standing else cell_of(case)
    if same in lecture.seen:
        raise Refusee("code", f"cette ligne est déjà à la ligne {lecture.seen[same]} de ce tableau.")
    lecture.seen[same] = row.rang
    ledger = standing.registre if standing else case.registre  # type: ignore[union-attr]
    etat, montant = _state(cells, ledger), _amount(cells)
    return _became(row, lecture, standing, case, etat, None if etat in WITHOUT_AMOUNT else montant)


def _became(
    row: Rang, lecture: _Lecture, standing: LigneDeFinancement | None, case: Case | None, etat: str,
    montant: Decimal | None,
) -> LigneLue:  # fmt: skip
    told, mark = told_row(etat, montant), row.cellules.get("repere", "")
    if standing is None:
        assert case is not None  # noqa: S101 (a row without a line has a cell)
        code = case.fiche.code if case.fiche else case.projet or case.orientation.code
        made = LigneLue(row.rang, code, case.financeur.nom, str(case.annee or WHOLE), OPENS, "", told)
        given = _given(row, lecture, etat, montant)
        _try(lambda: lecture.open(case, given))
        return made
    titre, who, year = f"{standing.code} {standing.objet}", standing.nom_du_financeur, str(standing.annee or WHOLE)
    stands = told_row(standing.etat, standing.montant)
    same = (standing.etat, standing.montant) == (etat, montant) or mark == mark_of(etat, montant)
    sort = SAME if same else CONFLICT if mark and mark != mark_of(standing.etat, standing.montant) else ADDS
    if sort == ADDS or (sort == CONFLICT and row.rang in lecture.choisies):
        given = _given(row, lecture, etat, montant)
        now = _try(lambda: lecture.say(standing, given))
        told += _older(now, etat, montant)
    return LigneLue(row.rang, titre, who, year, sort, stands, "" if same else told)


def _older(now: LigneDeFinancement, etat: str, montant: Decimal | None) -> str:
    """Where a row is of a day before the one that stands: it takes its place in time, and changes no total."""
    if (now.etat, now.montant) == (etat, montant):
        return ""
    return f" (un jour plus ancien : la ligne reste à {told_row(now.etat, now.montant)})"


def _try(write: Callable[[], LigneDeFinancement]) -> LigneDeFinancement:
    """Write a row, or say of which cell it is refused: each rule is told before anything of the row is written."""
    try:
        return write()
    except ValidationError as error:
        raise Refusee(_cell_at_fault(error), " ".join(error.messages)) from error
    except Refus as error:
        raise Refusee("financeur", "cet argent n’est pas celui de votre organisme.") from error


def _cell_at_fault(error: ValidationError) -> str:
    """The column that a refusal is about: the one it names, or the code of its constraint does."""
    faults = error.error_dict if hasattr(error, "error_dict") else {"": error.error_list}
    named = (key for name, told in faults.items() for one in told for key in (name, one.code))
    return next((key for key in named if key in CELLS), "montant")


def _given(row: Rang, lecture: _Lecture, etat: str, montant: Decimal | None) -> dict[str, Any]:
    cells = row.cellules
    source = cells.get("source") or (f"Tableur « {lecture.nom} »" if lecture.nom else "Lignes collées d’un tableur")
    kept = {name: " ".join(cells.get(name, "").split()) for name in ("preuve", "motif")}
    return {"etat": etat, "montant": montant, "le": _day(cells), "source": source[:300], **kept}


def _found(cells: Mapping[str, str], lecture: _Lecture) -> tuple[LigneDeFinancement | None, Case | None]:
    """The line that a row is about: the one it names, else the one of its cell, else a cell with none."""
    if code := cells.get("code", ""):
        found = lecture.by_code.get(code.upper())
        if found is None:
            raise Refusee("code", f"« {code} » n’est pas une ligne de ce contrat : laissez vide pour en ouvrir une.")
        _refuse_another(cells, found, lecture)
        return found, None
    case = _case(cells, lecture)
    return lecture.by_cell.get(cell_of(case)), case


def _refuse_another(cells: Mapping[str, str], found: LigneDeFinancement, lecture: _Lecture) -> None:
    """A code whose funder or year is another's: rows were shifted, or the code is wrong."""
    said = cells.get("financeur", "")
    if said and comparable(said) != comparable(found.nom_du_financeur):
        body = lecture.bodies.find(said)
        if body is None or body.pk != found.financeur_id:
            raise Refusee("financeur", f"la ligne {found.code} est de « {found.nom_du_financeur} », pas de « {said} ».")
    if cells.get("annee") and _year(cells, lecture.espace) != found.annee:
        raise Refusee("annee", f"la ligne {found.code} est pour {found.annee or WHOLE}.")


def _case(cells: Mapping[str, str], lecture: _Lecture) -> Case:
    quoi, said = cells.get("quoi", "").upper(), cells.get("financeur", "")
    fiche, orientation = lecture.fiches.get(quoi), lecture.orientations.get(quoi)
    if fiche is None and orientation is None:
        raise Refusee("quoi", "donnez le code d’une action ou d’une orientation de ce contrat (« O01-A02 », « O01 »).")
    funder = lecture.bodies.find(said)
    if funder is None:
        raise Refusee("financeur", f"« {said} » n’est pas un organisme connu de ce contrat : reprenez son nom.")
    above = fiche.action.orientation if fiche else orientation
    projet = "" if fiche else " ".join(cells.get("projet", "").split())
    return Case(above, funder, _year(cells, lecture.espace), fiche, projet, _ledger(cells))  # type: ignore[arg-type]


def cell_of(one: LigneDeFinancement | Case | None) -> tuple[Any, ...]:
    """What tells a cell of the ledger from the others."""
    if isinstance(one, Case):
        return (
            one.registre, one.orientation.pk, one.fiche.pk if one.fiche else None, comparable(one.projet),
            one.financeur.pk, one.annee,
        )  # fmt: skip
    assert one is not None  # noqa: S101 (a row is of a line, or of a cell)
    return one.registre, one.orientation_id, one.fiche_id, comparable(one.projet), one.financeur_id, one.annee


def _ledger(cells: Mapping[str, str]) -> str:
    said = comparable(cells.get("registre", ""))
    if not said or said in comparable(str(Registre.SPECIFIQUE.label)):
        return Registre.SPECIFIQUE
    if said == comparable(str(Registre.DROIT_COMMUN.label)):
        return Registre.DROIT_COMMUN
    raise Refusee("registre", "écrivez « crédits spécifiques » ou « droit commun ».")


def _year(cells: Mapping[str, str], espace: EspaceDeContrat) -> int | None:
    said = cells.get("annee", "")
    if comparable(said) == comparable(WHOLE):
        return None
    if not (said.isdecimal() and len(said) == 4 and espace.debut <= int(said) <= espace.fin):
        raise Refusee("annee", f"écrivez une année de {espace.debut} à {espace.fin}, ou « {WHOLE} ».")
    return int(said)


def _state(cells: Mapping[str, str], registre: str) -> str:
    said = comparable(cells.get("etat", ""))
    known = {comparable(str(one.label)): one.value for one in ETATS[registre]}
    if said not in known:
        named = ", ".join(EtatDeFinancement(one).label for one in ETATS[registre])
        raise Refusee("etat", f"écrivez l’un de ces mots : {named}.")
    return known[said]


def _amount(cells: Mapping[str, str]) -> Decimal | None:
    said = cells.get("montant", "").replace("€", "").strip()
    try:
        return exact(parse_nombre(said)) if said else None
    except NombreIllisible as error:
        raise Refusee("montant", str(error)) from error
    except ValidationError as error:
        raise Refusee("montant", " ".join(error.messages)) from error


def _day(cells: Mapping[str, str]) -> Any:
    if not cells.get("le"):
        raise Refusee("le", "dites en date de quel jour : celui du vote, du courrier, du versement.")
    try:
        return read_day(cells["le"])
    except CelluleRefusee as error:
        raise Refusee("le", str(error)) from error
