"""The table as plain data: what a frozen version keeps, its digest, what changed since."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tenir.financement.enums import EtatDeFinancement, Registre
from tenir.financement.models import VersionFigee
from tenir.financement.montants import told
from tenir.financement.tableau import SEVERAL, Tableau, build
from tenir.habilitations.models import EspaceDeContrat

Donnees = dict[str, Any]


class VersionAlteree(Exception):
    """What is kept no longer has the digest it was frozen with."""

    def __init__(self) -> None:
        super().__init__("Cette version a été changée depuis qu’elle a été figée : elle n’est plus montrée.")


def data_of(espace: EspaceDeContrat, annee: int | None) -> Donnees:
    """Both ledgers of a year, each on its own."""
    return {
        "contrat": espace.titre,
        "annee": annee,
        "registres": {one.value: _told(build(espace, annee, one)) for one in Registre},
    }


def _told(table: Tableau) -> Donnees:
    return {
        "financeurs": [
            {"cle": one.cle, "nom": one.nom, "enveloppe": _amount(one.enveloppe), "total": str(table.total_of(one.cle))}
            for one in table.financeurs
        ],
        "rangees": [
            {
                "code": row.code,
                "titre": row.titre,
                "projet": row.projet,
                "orientation": row.orientation.code,
                "budget": _amount(row.budget),
                "total": str(row.total),
                "cases": {cle: [str(case.montant), case.etat] for cle, case in sorted(row.cases.items())},
            }
            for row in table.rangees
        ],
        "total": str(table.total),
    }


def _amount(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def canonical(data: Donnees) -> str:
    """The one text of some data."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    """The SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def recall(version: VersionFigee) -> Donnees:
    """What a version holds, once its digest is checked.

    Raises:
        VersionAlteree: it is not what was frozen.
    """
    if digest(version.contenu) != version.sha256:
        raise VersionAlteree
    found: Donnees = json.loads(version.contenu)
    return found


@dataclass(frozen=True, slots=True)
class Changement:
    """A cell that is no more what was frozen."""

    registre: str
    quoi: str
    financeur: str
    avant: str
    apres: str


def changes(frozen: Donnees, now: Donnees) -> Iterator[Changement]:
    """The cells that changed since, in the order of the table."""
    for ledger in Registre:
        before, after = _cells(frozen["registres"][ledger]), _cells(now["registres"][ledger])
        for key in [*before, *(one for one in after if one not in before)]:
            if before.get(key) != after.get(key):
                was, stands = before.get(key), after.get(key)
                _, quoi, _, nom = key
                yield Changement(str(ledger.label), quoi, nom, _words(was), _words(stands))


def _cells(ledger: Donnees) -> dict[tuple[str, str, str, str], list[str]]:
    names = {one["cle"]: one["nom"] for one in ledger["financeurs"]}
    return {
        (row["code"], row["titre"], cle, names[cle]): cell
        for row in ledger["rangees"]
        for cle, cell in row["cases"].items()
    }


def _words(cell: list[str] | None) -> str:
    if cell is None:
        return "rien"
    return f"{told(Decimal(cell[0]))}, {state_word(cell[1])}"


def state_word(etat: str) -> str:
    """A state in a word."""
    return "plusieurs lignes" if etat == SEVERAL else str(EtatDeFinancement(etat).label)
