"""Contacts from a spreadsheet: each row kept, with what it changes, or explained."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from tenir.acteurs.models import Organisation
from tenir.acteurs.reconnaissance import Annuaire
from tenir.core.tableur import ERREURS, Tableau
from tenir.core.tableur.cellules import CelluleRefusee, mail_address, phone
from tenir.core.tableur.colonnes import Grille, Rang, read_rows
from tenir.core.typographie import typo
from tenir.ecran.importation import ApercuPerime, tried
from tenir.equipe.ecrans.contacts.colonnes import COLONNES, REQUIRED
from tenir.equipe.organismes import directory_of
from tenir.equipe.services.contacts import Contact, Enregistrement, record_contact
from tenir.fichier.mots import name_key
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces

KEYS = ("nom", "fonction", "email", "telephone")
"""The columns that a refusal of the service may speak of."""


class Refusee(Exception):
    """A row that is left out; the message is the end of a French sentence."""

    def __init__(self, cle: str, raison: str) -> None:
        super().__init__(raison)
        self.cle = cle


@dataclass(frozen=True, slots=True)
class Ligne:
    """A row of the table and what becomes of it.

    `changements`: what of a known person changes, before and after; `laisses`: what the row says and that is not
    taken; `raison` says why a row is refused, and where.
    """

    rang: int
    nom: str
    organisme: str
    email: str
    sort: str
    raison: str = ""
    ecrit: str = ""
    changements: tuple[tuple[str, str, str], ...] = ()
    laisses: tuple[str, ...] = ()

    @property
    def refusee(self) -> bool:
        """Whether the row is left out."""
        return bool(self.raison)


def read(tableaux: Iterable[Tableau]) -> Grille:
    """The rows of a table of contacts.

    Raises:
        TableauIllisible: the columns are not those of contacts.
    """
    return read_rows(tableaux, COLONNES, REQUIRED)


def preview(grille: Grille, *, by: Acces, espace: EspaceDeContrat) -> list[Ligne]:
    """What an import would do, row by row; nothing is kept."""
    return tried(lambda: list(_imported(grille, by, espace)))


@transaction.atomic
def import_contacts(grille: Grille, *, by: Acces, espace: EspaceDeContrat, empreinte: str) -> list[Ligne]:
    """Record every row that can be, all or nothing, as it was shown; return what became of each.

    Raises:
        ApercuPerime: it would not do what was shown, of which `empreinte` is the digest.
        Refus: she may not change the contacts of this contract.
    """
    lines = list(_imported(grille, by, espace))
    if digest(lines) != empreinte:
        raise ApercuPerime
    return lines


def digest(lines: list[Ligne]) -> str:
    """A digest of what a page shows of an import."""
    told = [[one.rang, one.nom, one.organisme, one.email, one.sort, one.raison, one.changements] for one in lines]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def _imported(grille: Grille, by: Acces, espace: EspaceDeContrat) -> Iterator[Ligne]:
    bodies = directory_of(espace)
    seen: dict[tuple[str, int], int] = {}
    for row in grille.rangs:
        try:
            line = _line(row, bodies, seen, by, espace)
        except Refusee as refused:
            cells = row.cellules
            reason = typo(f"{grille.place(row.rang, refused.cle)} : {refused}")
            line = Ligne(row.rang, _name(cells), cells["organisme"], cells.get("email", ""), "refusée", reason)
        yield line


def _line(row: Rang, bodies: Annuaire, seen: dict[tuple[str, int], int], by: Acces, espace: EspaceDeContrat) -> Ligne:
    contact = _contact(row.cellules, bodies)
    same = (name_key(contact.nom), contact.organisation.pk)
    if same in seen:
        raise Refusee("nom", f"cette personne est déjà à la ligne {seen[same]} de ce tableau.")
    seen[same] = row.rang
    done = _recorded(contact, by, espace)
    body, written = contact.organisation.nom, row.cellules["organisme"]
    changes = tuple((one.champ, one.avant, one.apres) for one in done.changements)
    return Ligne(
        row.rang,
        done.referent.personne.nom,
        body,
        contact.email,
        done.sort.value,
        ecrit="" if written == body else written,
        changements=changes,
        laisses=(*_left(row), *_told(done)),
    )


def _left(row: Rang) -> Iterator[str]:
    """What other columns of the same kind said; a name said twice is no news."""
    name = name_key(_name(row.cellules))
    for key, heading, text in row.laisses:
        if key != "nom" or name_key(text) != name:
            yield typo(f"non repris, {heading} : {text}")


def _told(done: Enregistrement) -> Iterator[str]:
    """What was given and is left, because the person is known elsewhere; whose address it is too."""
    for one in done.gardes:
        yield typo(f"connu ailleurs, non remplacé, {one.champ} : {one.avant} (le tableau dit {one.apres})")
    if done.avec:
        yield typo(f"même adresse que {', '.join(done.avec)}")


def _name(cells: dict[str, str]) -> str:
    """First name and name; a name written whole already is not said twice."""
    first, last = cells.get("prenom", ""), cells["nom"]
    whole = set(name_key(first).split()) < set(name_key(last).split())
    return " ".join(f"{'' if whole else first} {last}".split())


def _contact(cells: dict[str, str], bodies: Annuaire) -> Contact:
    for key, text in cells.items():
        if ERREURS.fullmatch(text):
            raise Refusee(key, f"le tableur n’a pas su calculer cette cellule ({text}) : écrivez-y la valeur.")
    name = _name(cells)
    if not name:
        raise Refusee("nom", "donnez le nom de la personne.")
    if not name_key(name):
        raise Refusee("nom", f"« {name} » n’est pas un nom.")
    body = _body(cells["organisme"], bodies)
    return Contact(name, body, " ".join(cells.get("fonction", "").split()), _email(cells), _phone(cells))


def _body(written: str, bodies: Annuaire) -> Organisation:
    if not written:
        raise Refusee("organisme", "dites de quel organisme est cette personne.")
    found = bodies.find(written)
    if found is None:
        raise Refusee("organisme", f"« {written} » n’est pas un organisme connu de ce contrat : reprenez son nom.")
    return found


def _email(cells: dict[str, str]) -> str:
    try:
        email = mail_address(cells.get("email", ""))
        if email:
            validate_email(email)
    except CelluleRefusee as error:
        raise Refusee("email", str(error)) from error
    except ValidationError as error:
        raise Refusee("email", f"« {cells['email']} » n’est pas une adresse électronique.") from error
    return email


def _phone(cells: dict[str, str]) -> str:
    try:
        return phone(cells.get("telephone", ""))
    except CelluleRefusee as error:
        raise Refusee("telephone", str(error)) from error


def _recorded(contact: Contact, by: Acces, espace: EspaceDeContrat) -> Enregistrement:
    try:
        with transaction.atomic():
            return record_contact(by=by, espace=espace, contact=contact)
    except ValidationError as error:
        key = next((one for one in getattr(error, "error_dict", {}) if one in KEYS), "nom")
        raise Refusee(key, " ".join(error.messages)) from error
