"""Contacts from a spreadsheet: columns known by their synonyms, each row kept or explained."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from tenir.acteurs.models import Organisation
from tenir.core.tableur import Tableau, TableauIllisible
from tenir.core.typographie import typo
from tenir.equipe.organismes import bodies_of
from tenir.equipe.services.contacts import Contact, record_contact
from tenir.fichier.mots import comparable
from tenir.fichier.organisations import files, recognise
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces

COLONNES = {
    "nom": ("nom", "nom et prénom", "nom prénom", "prénom et nom", "contact", "personne", "référent", "interlocuteur"),
    "prenom": ("prénom",),
    "organisme": ("organisme", "structure", "organisation", "institution", "signataire", "partenaire", "service"),
    "fonction": ("fonction", "poste", "qualité", "titre", "rôle", "mission"),
    "email": ("courriel", "mail", "email", "e-mail", "mél", "adresse mail", "adresse électronique", "adresse e-mail"),
    "telephone": ("téléphone", "tél", "tel", "portable", "mobile", "numéro de téléphone", "ligne directe"),
}
"""The headings that each column is known by, case, accents and plurals forgiven."""

REQUIRED = {"nom": "« Nom »", "organisme": "« Organisme »"}


class Annulation(Exception):
    """Undoes what the preview wrote: nothing of it is kept."""


@dataclass(frozen=True, slots=True)
class Ligne:
    """A row of the table and what becomes of it; `raison` says why one is refused, and where."""

    rang: int
    nom: str
    organisme: str
    email: str
    sort: str
    raison: str = ""

    @property
    def refusee(self) -> bool:
        """Whether the row is left out."""
        return bool(self.raison)


def columns_of(tableau: Tableau) -> dict[str, int]:
    """Which column of the table holds what, told by its first row.

    Raises:
        TableauIllisible: no column for the name or for the body.
    """
    known = {comparable(name): key for key, names in COLONNES.items() for name in names}
    found: dict[str, int] = {}
    for rank, heading in enumerate(tableau.lignes[0]):
        key = known.get(comparable(heading))
        if key and key not in found:
            found[key] = rank
    missing = [name for key, name in REQUIRED.items() if key not in found]
    if missing:
        raise TableauIllisible(
            f"La première ligne doit nommer les colonnes : il manque {' et '.join(missing)}. Colonnes reconnues : "
            "nom, prénom, organisme, fonction, courriel, téléphone."
        )
    return found


def preview(tableau: Tableau, *, by: Acces, espace: EspaceDeContrat) -> list[Ligne]:
    """What an import would do, row by row; nothing is kept.

    Raises:
        TableauIllisible: the columns are not those of contacts.
    """
    lines: list[Ligne] = []
    try:
        with transaction.atomic():
            lines = list(_imported(tableau, by, espace))
            raise Annulation
    except Annulation:
        return lines


@transaction.atomic
def import_contacts(tableau: Tableau, *, by: Acces, espace: EspaceDeContrat) -> list[Ligne]:
    """Record every row that can be, all or nothing; return what became of each.

    Raises:
        TableauIllisible: the columns are not those of contacts.
        Refus: she may not change the contacts of this contract.
    """
    return list(_imported(tableau, by, espace))


def _imported(tableau: Tableau, by: Acces, espace: EspaceDeContrat) -> Iterator[Ligne]:
    columns = columns_of(tableau)
    bodies = _Organismes(espace)
    seen: dict[tuple[str, str], int] = {}
    for rank, cells in enumerate(tableau.lignes[1:], start=1):
        if not any(cells):
            continue
        row = {key: cells[column] if column < len(cells) else "" for key, column in columns.items()}
        name = " ".join(part for part in (row.get("prenom", ""), row["nom"]) if part)
        sort, why = "", _fault(row, name, bodies)
        same = (comparable(name), comparable(row["organisme"]))
        if not why and same in seen:
            why = ("nom", f"cette personne est déjà à la ligne {seen[same] + 1} de ce tableau.")
        if not why:
            seen[same] = rank
            sort, why = _recorded(row, name, bodies, by, espace)
        reason = typo(f"{tableau.place(rank, columns[why[0]])} : {why[1]}") if why else ""
        yield Ligne(rank + 1, name, row["organisme"], row.get("email", ""), "refusée" if why else sort, reason)


def _fault(row: dict[str, str], name: str, bodies: "_Organismes") -> tuple[str, str] | None:
    """What is wrong with a row: the column, and the end of the sentence."""
    if not name:
        return "nom", "donnez le nom de la personne."
    if not row["organisme"]:
        return "organisme", "dites de quel organisme est cette personne."
    if bodies.find(row["organisme"]) is None:
        return "organisme", f"« {row['organisme']} » n’est pas un organisme connu de ce contrat : reprenez son nom."
    email = row.get("email", "")
    try:
        if email:
            validate_email(email)
    except ValidationError:
        return "email", f"« {email} » n’est pas une adresse électronique."
    return None


def _recorded(
    row: dict[str, str], name: str, bodies: "_Organismes", by: Acces, espace: EspaceDeContrat
) -> tuple[str, tuple[str, str] | None]:
    organisation = bodies.find(row["organisme"])
    assert organisation is not None  # noqa: S101 - refused above
    contact = Contact(name, organisation, row.get("fonction", ""), row.get("email", ""), row.get("telephone", ""))
    try:
        with transaction.atomic():
            _, sort = record_contact(by=by, espace=espace, contact=contact)
    except ValidationError as error:
        return "", ("nom", " ".join(error.messages))
    return sort.value, None


class _Organismes:
    """The bodies of a contract by any name: the usual one, the acronym, a spelling of the organisations file."""

    def __init__(self, espace: EspaceDeContrat) -> None:
        rows = list(bodies_of(espace))
        self._rows = {one.identifiant: one for one in rows}
        self._names = {comparable(name): one for one in rows for name in (one.sigle, one.nom) if name}
        self._territories = [file.territoire for file in files()]

    def find(self, name: str) -> Organisation | None:
        """The body of that name, or None."""
        found = self._names.get(comparable(name))
        organisation = None if found else recognise(name, self._territories)
        return self._rows.get(organisation.id) if organisation else found
