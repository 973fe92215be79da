"""The sheet of dossiers that travels: one row a dossier, one column a field, an account, a funder.

« Repère » says what each row held when the sheet left: a row that nobody touched changes nothing, whatever became of
its dossier since; a row and a dossier that both changed are a conflict, which a person settles. Addresses of people
never leave by it, nor do files come in.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q

from tenir.acteurs.models import Organisation
from tenir.appels.champs import SECTIONS
from tenir.appels.cles import rna, siret
from tenir.appels.comptes import CHARGES, COMPTES, EMPLOIS, accounts
from tenir.appels.models import DossierDeDemande, EnveloppeDAppel, PartDemandee
from tenir.core.alphabet import alphabetical
from tenir.core.nombres import NombreIllisible, parse_nombre
from tenir.core.noms import a
from tenir.core.tableur.cellules import CelluleRefusee, figures, phone
from tenir.core.tableur.colonnes import Colonne
from tenir.core.tableur.jours import read_day
from tenir.core.tableur.tableau import comparable_cell
from tenir.ecran.champs import label
from tenir.fichier.mots import comparable
from tenir.financement.montants import exact
from tenir.habilitations.models import EspaceDeContrat

CODE, APPEL, ETAT, DEPOSE, REPERE = "code", "appel", "etat", "depose", "repere"
MARK = 12
"""How many signs of a digest tell two rows apart."""
PEOPLE = 10_000_000
"""The most people that a count may say."""


class Refusee(Exception):
    """A cell that is not taken; the message is the end of a French sentence."""


@dataclass(frozen=True, slots=True)
class Champ:
    """A column that is written: its key, its heading, its section, how a cell of it is read."""

    cle: str
    titre: str
    section: str
    lire: Callable[[str], Any]
    noms: tuple[str, ...] = ()
    autour: str = ""

    @property
    def colonne(self) -> Colonne:
        """How its heading is found again; figures count in it (« 12 à 25 ans », « 641 »)."""
        return Colonne(self.cle, (self.titre, *self.noms), self.autour, chiffres=True)

    def empty(self) -> Any:
        """What it holds when nobody said it."""
        return False if self.cle == "cer" else None if self.lire in (read_count, read_date, read_amount) else ""


def read_text(cell: str) -> str:
    """Words, as they are."""
    return cell


def read_line(cell: str) -> str:
    """Words on one line."""
    return " ".join(cell.split())


def read_codes(cell: str) -> str:
    """Codes of actions, each once."""
    return " ".join(dict.fromkeys(cell.replace(",", " ").replace(";", " ").upper().split()))


def read_date(cell: str) -> date | None:
    """A day.

    Raises:
        Refusee: it is none.
    """
    try:
        return read_day(cell) if cell else None
    except CelluleRefusee as error:
        raise Refusee(str(error)) from error


def read_count(cell: str) -> int | None:
    """A number of people.

    Raises:
        Refusee: it is none, or too many.
    """
    bare = "".join(cell.split())
    if not bare:
        return None
    if not (bare.isascii() and bare.isdecimal() and int(bare) <= PEOPLE):
        raise Refusee(f"« {cell} » n’est pas un nombre de personnes.")
    return int(bare)


def read_amount(cell: str) -> Decimal | None:
    """An amount; nothing where nothing is said, which is not nought.

    Raises:
        Refusee: it cannot be read, or cannot be.
    """
    said = cell.replace("€", "").strip()
    try:
        found = parse_nombre(said) if said else None
        if found is not None and found < 0:
            raise Refusee("un montant n’est jamais négatif.")
        return None if found is None else exact(found)
    except NombreIllisible as error:
        raise Refusee(str(error)) from error
    except ValidationError as error:
        raise Refusee(" ".join(error.messages)) from error


def read_yes(cell: str) -> bool:
    """« oui », « non », or nothing.

    Raises:
        Refusee: anything else.
    """
    said = comparable(cell)
    if said not in ("", "oui", "non", "vrai", "faux", "x"):
        raise Refusee("écrivez « oui » ou « non ».")
    return said in ("oui", "vrai", "x")


def _number(check: Callable[[str], str]) -> Callable[[str], str]:
    """A number that a body bears, checked as when it is typed."""

    def read(cell: str) -> str:
        try:
            return check(cell)
        except ValidationError as error:
            raise Refusee(" ".join(error.messages)) from error
        except CelluleRefusee as error:
            raise Refusee(str(error)) from error

    return read


READ: dict[str, Callable[[str], Any]] = {
    "siret": _number(lambda cell: siret(figures(cell, 14))), "rna": _number(rna), "telephone": _number(phone),
    "description": read_text, "public": read_text, "lieux": read_text,
    "servies": read_codes, "debut": read_date, "fin": read_date, "cer": read_yes,
    **dict.fromkeys(SECTIONS["public"].champs[1:], read_count),
}  # fmt: skip
NAMES: dict[str, tuple[tuple[str, ...], str]] = {
    "nom": (("organisme", "association", "porteur"), "nom de l’ le"),
    "siret": (("numéro siret",), "de l’organisme du"),
    "rna": (("rna",), "numéro de l’organisme"),
    "adresse": (("adresse", "siège"), "de l’organisme postale"),
    "telephone": (("téléphone", "tel"), "de l’organisme"),
    "intitule": (("titre", "action", "projet", "intitulé"), "de l’action du projet"),
    "description": (("description", "résumé"), "de l’action du projet"),
    "servies": (("actions servies", "actions du contrat"), "code codes"),
    "public": (("public", "bénéficiaires"), "visé"),
    "lieux": (("lieu",), "de l’action"),
    "debut": (("début", "date de début"), "de l’action"),
    "fin": (("date de fin",), "de l’action"),
    "cer": (("contrat d’engagement républicain", "cer"), "accepté signé souscrit"),
}
"""Other names that the column of a field may bear, and the words that may stand beside them."""


def fields_of(espace: EspaceDeContrat) -> list[Champ]:
    """Every column that is written: the fields, the accounts, the funders of the calls of a contract; one query."""
    words = [_field(name, section) for section in SECTIONS for name in SECTIONS[section].champs]
    costs = {*accounts(CHARGES), *accounts(EMPLOIS)}
    money = [
        Champ(
            f"c_{one}", titre, "charges" if one in costs else "produits", read_amount, (one,), f"{titre} compte euros"
        )
        for one, titre in COMPTES.items()
    ]
    return [*words, *money, *(_funder(one) for one in funders_of(espace))]


def _field(name: str, section: str) -> Champ:
    titre = label(name, DossierDeDemande)
    known, around = NAMES.get(name, ((), ""))
    return Champ(name, titre[:1].upper() + titre[1:], section, READ.get(name, read_line), known, around)


def _funder(body: Organisation) -> Champ:
    names = tuple(f"demandé à {one}" for one in {body.nom, body.sigle} if one)
    return Champ(f"f_{body.pk}", f"Demandé {a(body)}", "produits", read_amount, names, "euros en")


def funders_of(espace: EspaceDeContrat) -> list[Organisation]:
    """The funders of the calls of a contract, and those that a dossier asks, in the order of their names; one query."""
    asked = EnveloppeDAppel.objects.filter(appel__espace=espace).order_by().values("financeur")
    parts = PartDemandee.objects.filter(dossier__espace=espace).order_by().values("financeur")
    return list(Organisation.objects.filter(Q(pk__in=asked) | Q(pk__in=parts)).order_by(alphabetical("nom"), "pk"))


def columns_of(champs: Iterable[Champ]) -> tuple[Colonne, ...]:
    """How the headings of a sheet are found again."""
    return (
        Colonne(CODE, ("dossier", "code du dossier", "numéro du dossier")),
        Colonne(APPEL, ("appel", "appel à projets"), "code numéro"),
        *(one.colonne for one in champs),
        Colonne(ETAT, ("état", "statut"), "du dossier"),
        Colonne(DEPOSE, ("déposé le", "reçu le", "date de dépôt"), "du dossier"),
        Colonne(REPERE, ("repère",), "ne pas changer"),
    )


REQUIRED = {"nom": "« Nom de l’organisme »", "intitule": "« Intitulé de l’action »"}


def held_by(dossier: DossierDeDemande, champs: Iterable[Champ]) -> dict[str, Any]:
    """What a dossier holds, by column; of its lines and of what it asks, as they were fetched."""
    lines = {f"c_{one.compte}": one.montant for one in dossier.budget.all()}
    lines |= {f"f_{one.financeur_id}": one.montant for one in dossier.parts.all()}
    return {one.cle: lines.get(one.cle) if one.lire is read_amount else getattr(dossier, one.cle) for one in champs}


def told_cell(value: Any) -> str:
    """A value as it is compared: what a spreadsheet keeps of it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    return comparable_cell(str(value))


def mark_of(held: Mapping[str, Any]) -> str:
    """What tells that a row is still what it was."""
    told = {name: told_cell(value) for name, value in held.items() if told_cell(value) not in ("", "non")}
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:MARK]


def rows_of(dossiers: Iterable[DossierDeDemande], champs: list[Champ]) -> Iterator[list[object]]:
    """The sheet of some dossiers, to be filled and brought back."""
    yield ["Dossier", "Appel", *(one.titre for one in champs), "État", "Déposé le", "Repère (ne pas changer)"]
    for one in dossiers:
        held = held_by(one, champs)
        state = str(one.get_etat_display())
        yield [one.code, one.appel.code, *held.values(), state, one.depose_le, mark_of(held)]
