"""The sheet of the ledger that travels: what it holds when it leaves, how its columns are called when it comes back.

« Repère » says what each line held when the sheet left: a row that nobody touched changes nothing, whatever became of
its line since; a row and a line that both changed are a conflict, which a person settles.
"""

from collections.abc import Iterable, Iterator

from tenir.core.tableur.colonnes import Colonne
from tenir.financement.enums import EtatDeFinancement, Registre
from tenir.financement.models import LigneDeFinancement
from tenir.financement.montants import ZERO

HEADINGS = (
    "Ligne", "Code de l’action", "Intitulé", "Projet", "Financeur", "Registre", "Année", "État", "Montant",
    "En date du", "Source", "Preuve", "Raison", "Repère (ne pas changer)",
)  # fmt: skip
WHOLE = "toute la durée"
"""In the column of the year: all those of the contract."""


def rows_of(lines: Iterable[LigneDeFinancement]) -> Iterator[list[object]]:
    """The sheet of some lines, to be filled and brought back."""
    yield list(HEADINGS)
    for one in lines:
        yield [
            one.code, one.code_de_l_objet, one.objet, one.projet, one.nom_du_financeur, Registre(one.registre).label,
            one.annee or WHOLE, EtatDeFinancement(one.etat).label, one.montant, one.etat_le, "", "", "",
            mark_of(one.etat, one.montant),
        ]  # fmt: skip


def mark_of(etat: str, montant: object) -> str:
    """« vote 4000.00 »: a state and an amount, as the sheet keeps what it left with."""
    return f"{etat} {ZERO + montant}" if montant is not None else etat  # type: ignore[operator]


def _any(names: str) -> tuple[str, ...]:
    return tuple(names.split(", "))


COLONNES = (
    Colonne("code", _any("ligne, code de la ligne, numéro de ligne")),
    Colonne("quoi", _any("code de l’action, code, action, orientation, pour quoi"), autour="ou code"),
    Colonne("projet", _any("projet"), autour="nom intitulé"),
    Colonne("financeur", _any("financeur, organisme, attribuant"), autour="nom"),
    Colonne("registre", _any("registre, nature"), autour="crédits crédit"),
    Colonne("annee", _any("année, exercice, millésime")),
    Colonne("etat", _any("état, statut, décision, suite"), autour="financement"),
    Colonne("montant", _any("montant, somme, subvention"), autour="euros eur voté demandé accordé"),
    Colonne("le", _any("en date du, date, le, jour"), autour="décision vote"),
    Colonne("source", _any("source, origine, d’où cela vient")),
    Colonne("preuve", _any("preuve, justificatif, délibération, référence"), autour="décision"),
    Colonne("motif", _any("raison, motif"), autour="refus annulation"),
    Colonne("repere", _any("repère"), autour="ne pas changer"),
)
"""The kinds of columns of a table of funding."""
REQUIRED = {"financeur": "« Financeur »", "montant": "« Montant »", "etat": "« État »"}
