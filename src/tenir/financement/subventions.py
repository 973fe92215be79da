"""A file of subsidies (SCDL 2.1.1, or what a portal gives) beside the ledger, difference by difference.

Nothing is written. The ledger knows no beneficiary: rows are compared by funder, year and amount, then by words.
What is not plausible is shown with why, in no total.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from tenir.acteurs.models import Organisation
from tenir.core.nombres import NombreIllisible, parse_nombre
from tenir.core.tableur.cellules import CelluleRefusee
from tenir.core.tableur.colonnes import Colonne, Grille, Rang
from tenir.core.tableur.jours import read_day
from tenir.core.typographie import typo
from tenir.fichier.mots import comparable
from tenir.financement.financeurs import directory_of
from tenir.financement.identifiants import siret_is_right
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
)
"""The columns of such a file, as those who publish call them."""
REQUIRED = {"attribuant": "« nomAttribuant »", "montant": "« montant »"}
OF_A_CONTRACT = ("politique de la ville", "contrat de ville", "quartier prioritaire", "qpv")
"""What a subsidy says when it is of this policy."""
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
class Rapprochement:
    """What comparing comes to. `ailleurs`: how many rows say nothing of this contract; `accords`: how many agree."""

    differences: list[Difference] = field(default_factory=list)
    douteuses: list[Subvention] = field(default_factory=list)
    totaux: list[tuple[str, int, Decimal, Decimal]] = field(default_factory=list)
    accords: int = 0
    ailleurs: int = 0
    lues: int = 0


def read(grille: Grille, espace: EspaceDeContrat) -> list[Subvention]:
    """Each row of a file, with what is doubted of it."""
    bodies, seen = directory_of(espace), dict[tuple[str, ...], int]()
    envelopes = {(one.financeur_id, one.annee): one.montant for one in Enveloppe.objects.filter(espace=espace)}
    found = []
    for row in grille.rangs:
        cells = row.cellules
        body, known = bodies.find(cells.get("attribuant", "")), bodies.find(cells.get("beneficiaire", ""))
        amount, year = _amount(cells.get("montant", "")), _year(cells)
        limit = envelopes.get((body.pk, year)) if body and year else None
        doubts = (*_doubts(cells, amount, year, espace, limit), *_again(row, seen))
        said = comparable(f"{cells.get('objet', '')} {cells.get('dispositif', '')}")
        linked = known is not None or any(comparable(one) in said for one in OF_A_CONTRACT)
        found.append(
            Subvention(
                row.rang, cells.get("attribuant", ""), body, year, cells.get("beneficiaire", ""),
                cells.get("objet", ""), amount, doubts, linked,
            )
        )  # fmt: skip
    return found


def compare(grille: Grille, espace: EspaceDeContrat) -> Rapprochement:
    """A file beside the ledger of specific credits."""
    rows, made = read(grille, espace), Rapprochement(lues=len(grille.rangs))
    lines = list(LigneDeFinancement.objects.of(espace).exclude(vote=None).order_by("annee", "pk"))
    pairs = _paired(rows, lines)
    for row in rows:
        _account(row, pairs.get(row.rang), made)
    funders = {(row.organisme.pk, row.annee) for row in rows if row.organisme}
    taken = {line.pk for line in pairs.values()}
    made.differences += [
        _lacking(one) for one in lines if one.pk not in taken and (one.financeur_id, one.annee) in funders
    ]
    made.totaux = list(_totals([one for one in rows if one.liee or one.rang in pairs], lines))
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


def _paired(rows: list[Subvention], lines: list[LigneDeFinancement]) -> dict[int, LigneDeFinancement]:
    """The line of each row, once: of one funder and one year, first by amount and words, then either."""
    found: dict[int, LigneDeFinancement] = {}
    left = {line.pk: line for line in lines}
    for same_amount, same_words in ((True, True), (False, True), (True, False)):
        for row in rows:
            for line in list(left.values()) if row.rang not in found else ():
                if _may_be(row, line, same_amount=same_amount, same_words=same_words):
                    found[row.rang] = left.pop(line.pk)
                    break
    return found


def _may_be(row: Subvention, line: LigneDeFinancement, *, same_amount: bool, same_words: bool) -> bool:
    if row.organisme is None or row.montant is None or (line.financeur_id, line.annee) != (row.organisme.pk, row.annee):
        return False
    said, named = comparable(row.objet), comparable(line.objet)
    alike = bool(named) and (named in said or line.code_de_l_objet.lower() in row.objet.lower())
    return (not same_amount or line.vote == row.montant) and (not same_words or alike)


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
