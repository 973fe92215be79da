"""A file of subsidies (SCDL 2.1.1, or what a portal gives) beside the ledger, difference by difference.

Nothing is written here. Rows are sifted as they come, so that a file of a hundred thousand is never whole in memory;
what is left is compared by funder, year and amount, then by words.
What is not plausible is shown with why, in no total.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from tenir.acteurs.identifiants import siret_is_right
from tenir.acteurs.models import Organisation
from tenir.acteurs.reconnaissance import Annuaire
from tenir.core.nombres import NombreIllisible, parse_nombre
from tenir.core.tableur.cellules import CelluleRefusee
from tenir.core.tableur.colonnes import Colonne, Rang
from tenir.core.tableur.jours import read_day
from tenir.core.typographie import typo
from tenir.fichier.mots import comparable
from tenir.financement.enums import Registre
from tenir.financement.financeurs import directory_of
from tenir.financement.models import Enveloppe, LigneDeFinancement
from tenir.financement.montants import ZERO, told, total
from tenir.habilitations.models import EspaceDeContrat


def _any(names: str) -> tuple[str, ...]:
    return tuple(names.split(", "))


COLONNES = (
    Colonne("attribuant", _any("nomAttribuant, attribuant, financeur, autorité administrative"), autour="nom de l"),
    Colonne("siret", _any("idAttribuant, siret attribuant, identifiant attribuant"), autour="de l numéro"),
    Colonne("date", _any("dateConvention, date de convention, date de la convention, date"), autour="de signature"),
    Colonne("annee", _any("exercice, année, millésime"), autour="budgétaire"),
    Colonne("beneficiaire", _any("nomBeneficiaire, bénéficiaire, porteur, association"), autour="nom du de l"),
    Colonne("siret_beneficiaire", _any("idBeneficiaire, siret bénéficiaire, siret"), autour="du numéro identifiant"),
    Colonne("objet", _any("objet, intitulé, action, projet"), autour="de la du subvention intitulé action projet"),
    Colonne("montant", _any("montant, somme, subvention"), autour="euros eur de la voté accordé attribué subvention"),
    Colonne("part", _any("pourcentageSubvention, pourcentage"), autour="de subvention"),
    Colonne("dispositif", _any("dispositifAide, dispositif, programme"), autour="d aide"),
    Colonne("reference", _any("referenceDecision, référence de la décision, référence"), autour="décision"),
    Colonne("rna", _any("rnaBeneficiaire, rna bénéficiaire, numéro RNA, RNA"), autour="du"),
    Colonne("nature", _any("nature"), autour="de la l aide subvention"),
    Colonne("conditions", _any("conditionsVersement, conditions de versement"), autour="du"),
    Colonne("periode", _any("datesPeriodeVersement, dates de versement, période de versement"), autour="ou date"),
    Colonne("rae", _any("idRAE, rae")),
    Colonne("ue", _any("notificationUE, notification UE"), autour="aide notifiée"),
)
"""The columns of such a file, as those who publish call them."""
REQUIRED = {"attribuant": "« nomAttribuant »", "montant": "« montant »"}
OF_A_CONTRACT = ("politique de la ville", "contrat de ville", "quartier prioritaire", "qpv")
"""What a subsidy says when it is of this policy."""
_POLICY = tuple(map(comparable, OF_A_CONTRACT))
Cellule = tuple[int | None, int | None]
"""A funder and a year."""
_PLAIN = re.compile(r"-?\d+\.\d{1,2}")


@dataclass(frozen=True, slots=True)
class Subvention:
    """A row of the file: its place, who gives to whom, for what; its amount, none if unread; the doubts."""

    rang: int
    attribuant: str
    organisme: Organisation | None
    annee: int | None
    beneficiaire: str
    objet: str
    montant: Decimal | None
    doutes: tuple[str, ...]
    liee: bool
    cellules: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the file and the ledger do not say the same: what it is about, what each says."""

    quoi: str
    financeur: str
    annee: int | None
    fichier: str
    registre: str
    ligne: LigneDeFinancement | None = None


@dataclass(slots=True)
class Tri:
    """What is kept of a file: its rows that may be about this contract; how many others; whose money it tells."""

    gardes: list[Rang] = field(default_factory=list)
    financeurs: set[tuple[int, int]] = field(default_factory=set)
    lues: int = 0
    ailleurs: int = 0
    remarques: list[str] = field(default_factory=list)

    def add(self, other: "Tri") -> None:
        """Take what the next rows of the same file gave."""
        self.gardes += other.gardes
        self.financeurs |= other.financeurs
        self.lues, self.ailleurs = self.lues + other.lues, self.ailleurs + other.ailleurs

    def to_json(self) -> dict[str, Any]:
        """As it is kept."""
        rows = [[one.rang, one.cellules] for one in self.gardes]
        return {
            "gardes": rows, "financeurs": sorted(map(list, self.financeurs)), "lues": self.lues,
            "ailleurs": self.ailleurs, "remarques": self.remarques,
        }  # fmt: skip

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Tri":
        """What `to_json` kept."""
        rows = [Rang(rang, cells) for rang, cells in kept["gardes"]]
        funders = {(pk, year) for pk, year in kept["financeurs"]}
        return cls(rows, funders, kept["lues"], kept["ailleurs"], list(kept["remarques"]))


@dataclass(slots=True)
class Rapprochement:
    """What comparing comes to. `ailleurs`: how many rows say nothing of this contract; `accords`: how many agree."""

    differences: list[Difference] = field(default_factory=list)
    douteuses: list[Subvention] = field(default_factory=list)
    totaux: list[tuple[str, int, Decimal, Decimal]] = field(default_factory=list)
    accords: int = 0
    ailleurs: int = 0
    lues: int = 0


@dataclass(slots=True)
class Lecture:
    """What rows of a file are read against: the bodies of a contract, what its ledger says is voted."""

    espace: EspaceDeContrat
    bodies: Annuaire = field(init=False)
    lines: list[LigneDeFinancement] = field(init=False)
    known: dict[str, Organisation | None] = field(default_factory=dict)
    by_cell: dict[Cellule, list[LigneDeFinancement]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.bodies = directory_of(self.espace)
        rows = LigneDeFinancement.objects.of(self.espace).filter(registre=Registre.SPECIFIQUE).exclude(vote=None)
        self.lines = list(rows.order_by("annee", "pk"))
        for one in self.lines:
            self.by_cell.setdefault((one.financeur_id, one.annee), []).append(one)

    def body(self, name: str) -> Organisation | None:
        """The body of a name; a file says each many times."""
        if name not in self.known:
            self.known[name] = self.bodies.find(name)
        return self.known[name]

    def concerns(self, cells: Mapping[str, str]) -> bool:
        """Whether a row may say something of this contract: by its words, its beneficiary, or a line that it may be."""
        if self.linked(cells):
            return True
        body, year = self.body(cells.get("attribuant", "")), _year(cells)
        near = self.by_cell.get((body.pk, year), ()) if body and year else ()
        amount = _amount(cells.get("montant", "")) if near else None
        return any(one.vote == amount or _alike(cells.get("objet", ""), one) for one in near)

    def linked(self, cells: Mapping[str, str]) -> bool:
        """Whether a row names this policy, or a body of the contract that receives."""
        said = comparable(f"{cells.get('objet', '')} {cells.get('dispositif', '')}")
        return any(one in said for one in _POLICY) or self.bodies.named(cells.get("beneficiaire", "")) is not None


def read(rows: Iterable[Rang], lecture: Lecture) -> list[Subvention]:
    """Each row of a file, with what is doubted of it."""
    seen: dict[tuple[str, ...], int] = {}
    espace = lecture.espace
    envelopes = {(one.financeur_id, one.annee): one.montant for one in Enveloppe.objects.filter(espace=espace)}
    found = []
    for row in rows:
        cells = row.cellules
        body, amount, year = lecture.body(cells.get("attribuant", "")), _amount(cells.get("montant", "")), _year(cells)
        limit = envelopes.get((body.pk, year)) if body and year else None
        doubts = (*_doubts(cells, amount, year, espace, limit), *_again(row, seen))
        found.append(
            Subvention(
                row.rang, cells.get("attribuant", ""), body, year, cells.get("beneficiaire", ""),
                cells.get("objet", ""), amount, doubts, lecture.linked(cells), cells,
            )
        )  # fmt: skip
    return found


def sift(rows: Iterable[Rang], lecture: Lecture) -> Tri:
    """The rows of a file that may be about this contract; of the others, how many there are and whose money it is."""
    made = Tri()
    for row in rows:
        made.lues += 1
        body, year = lecture.body(row.cellules.get("attribuant", "")), _year(row.cellules)
        if body and year:
            made.financeurs.add((body.pk, year))
        if lecture.concerns(row.cellules):
            made.gardes.append(Rang(row.rang, row.cellules))
        else:
            made.ailleurs += 1
    return made


def compare(tri: Tri, lecture: Lecture) -> Rapprochement:
    """A file beside the ledger of specific credits."""
    rows, made = read(tri.gardes, lecture), Rapprochement(lues=tri.lues, ailleurs=tri.ailleurs)
    pairs = paired(rows, lecture)
    for row in rows:
        _account(row, pairs.get(row.rang), made)
    taken = {line.pk for line in pairs.values()}
    made.differences += [
        _lacking(one)
        for one in lecture.lines
        if one.pk not in taken and (one.financeur_id, one.annee) in tri.financeurs
    ]
    made.totaux = list(_totals([one for one in rows if one.liee or one.rang in pairs], lecture.lines))
    return made


def _account(row: Subvention, line: LigneDeFinancement | None, made: Rapprochement) -> None:
    if row.doutes and (row.liee or line):
        made.douteuses.append(row)
    elif line is None and not row.liee:
        made.ailleurs += 1
    elif line is None:
        made.differences.append(Difference(_name(row), row.attribuant, row.annee, told(row.montant), "rien"))
    elif line.vote == row.montant:
        made.accords += 1
    else:
        said = (told(row.montant), told(line.vote))
        made.differences.append(Difference(_name(row), row.attribuant, row.annee, *said, line))


def _lacking(line: LigneDeFinancement) -> Difference:
    return Difference(line.objet, line.nom_du_financeur, line.annee, "rien", told(line.vote), line)


def _name(row: Subvention) -> str:
    return ", ".join(filter(None, (row.objet, row.beneficiaire))) or f"ligne {row.rang} du fichier"


def paired(rows: list[Subvention], lecture: Lecture) -> dict[int, LigneDeFinancement]:
    """The line of each row, once: of one funder and one year, first by amount and words, then either."""
    found: dict[int, LigneDeFinancement] = {}
    left = {cell: list(lines) for cell, lines in lecture.by_cell.items()}
    for same_amount, same_words in ((True, True), (False, True), (True, False)):
        for row in rows:
            if row.rang in found or row.organisme is None or row.montant is None:
                continue
            near = left.get((row.organisme.pk, row.annee), [])
            for line in near:
                if (not same_amount or line.vote == row.montant) and (not same_words or _alike(row.objet, line)):
                    found[row.rang] = line
                    near.remove(line)
                    break
    return found


def _alike(objet: str, line: LigneDeFinancement) -> bool:
    """Whether the words of a row name what a line is for."""
    named = comparable(line.objet)
    return bool(named) and (named in comparable(objet) or line.code_de_l_objet.lower() in objet.lower())


def _totals(rows: list[Subvention], lines: list[LigneDeFinancement]) -> Iterator[tuple[str, int, Decimal, Decimal]]:
    """By funder and year: what the file gives for this contract, doubts apart, and what the ledger says is voted."""
    keys = {(one.organisme.pk, one.annee): one.organisme.nom for one in rows if one.organisme and one.annee}
    for (pk, year), nom in sorted(keys.items(), key=lambda one: (comparable(one[1]), one[0][1] or 0)):
        mine = [one for one in rows if one.organisme and (one.organisme.pk, one.annee) == (pk, year)]
        given = total(one.montant for one in mine if not one.doutes)
        held = total(line.vote for line in lines if (line.financeur_id, line.annee) == (pk, year))
        yield nom, year or 0, given, held


def _amount(text: str) -> Decimal | None:
    said = text.replace("€", "").strip()
    try:
        return Decimal(said) if _PLAIN.fullmatch(said) else parse_nombre(said)
    except NombreIllisible:
        return None


def _year(cells: Mapping[str, str]) -> int | None:
    said = cells.get("annee", "")
    if said.isdecimal() and len(said) == 4:
        return int(said)
    try:
        return read_day(cells.get("date", "")).year
    except CelluleRefusee:
        return None


def _doubts(
    cells: Mapping[str, str], amount: Decimal | None, year: int | None, espace: EspaceDeContrat, limit: Decimal | None
) -> Iterator[str]:
    """Why a row is not believed as it stands."""
    if amount is None:
        yield typo(f"montant illisible : « {cells.get('montant', '')} »")
    elif amount <= ZERO:
        yield typo(f"montant nul ou négatif : {told(amount)}")
    elif limit is not None and amount > limit:
        yield typo(f"{told(amount)} dépasse l’enveloppe de l’année, {told(limit)}")
    if year is None:
        yield "sans date ni année lisible"
    elif not espace.debut <= year <= espace.fin:
        yield f"{year} est hors du contrat"
    for key, whose in (("siret", "de l’attribuant"), ("siret_beneficiaire", "du bénéficiaire")):
        said = re.sub(r"\s|\.0$", "", cells.get(key, ""))
        if said and not siret_is_right(said.zfill(14)):
            yield typo(f"SIRET {whose} faux : « {said} »")
    part = _amount(cells.get("part", "")) if cells.get("part") else None
    if part is not None and not Decimal("0.01") <= part <= 1:
        yield f"part hors de 0,01 à 1 : {cells['part']}"


def _again(row: Rang, seen: dict[tuple[str, ...], int]) -> Iterator[str]:
    key = tuple(comparable(row.cellules.get(one.cle, "")) for one in COLONNES)
    if key in seen:
        yield f"la même que la ligne {seen[key]}"
    else:
        seen[key] = row.rang
