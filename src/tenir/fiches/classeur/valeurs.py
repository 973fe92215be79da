"""What a cell says: a date, a status, a body, a person or a text; or why it says nothing that a fiche can hold."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from tenir.acteurs.models import Organisation, Personne
from tenir.contrat.models import OrganismeCite, Signataire
from tenir.core.requetes import among
from tenir.core.tableur import ERREURS
from tenir.core.typographie import MOIS
from tenir.ecran.champs import field
from tenir.fiches.classeur.modele import UNDECLARED_TEXTS, Champ, status_text, written
from tenir.fiches.enums import Statut
from tenir.fiches.models import FicheAction, Jalon, Nouvelle
from tenir.fichier.mots import comparable, plain
from tenir.fichier.organisations import files, recognise
from tenir.habilitations.models import EspaceDeContrat, Habilitation, Referent

EPOCH = date(1899, 12, 30)
"""The day that spreadsheets count from, when a date lost its format."""
YEARS = range(2000, 2100)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]\d{2}:\d{2}.*)?")
_FRENCH = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4}|\d{2})")
_WORDS = re.compile(r"(?:\w+ )?(\d{1,2})(?:er)? ([a-z]+)\.? (\d{4})")
_MONTHS = {plain(name): rank for rank, name in enumerate(MOIS, start=1)}


class Refusee(Exception):
    """A cell that is not taken; the message is the end of a French sentence: why, and what to do."""


def bodies_of_contract(espace: EspaceDeContrat) -> QuerySet[Organisation]:
    """The bodies that may carry an action: they sign the contract, are named in it, have a contact, or carry one."""
    wanted = among(
        Signataire.objects.of(espace).values("organisation"),
        OrganismeCite.objects.filter(espace=espace).values("organisation"),
        Referent.objects.filter(espace=espace).values("organisation"),
        FicheAction.objects.filter(espace=espace, organisme_en_charge__isnull=False).values("organisme_en_charge"),
    )
    return Organisation.objects.filter(wanted).order_by("nom")


def people_of_contract(espace: EspaceDeContrat) -> QuerySet[Personne]:
    """Those who may carry an action: they have a role or are a contact in the contract, or carry one."""
    wanted = among(
        Habilitation.objects.filter(espace=espace).values("personne"),
        Referent.objects.filter(espace=espace).values("personne"),
        FicheAction.objects.filter(espace=espace, personne_en_charge__isnull=False).values("personne_en_charge"),
    )
    return Personne.objects.filter(wanted, effacee_le=None).order_by("nom", "pk")


@dataclass(frozen=True)
class Connus:
    """The bodies and persons of a contract, found by any of their names."""

    organismes: Sequence[Organisation]
    personnes: Sequence[Personne]

    @classmethod
    def of(cls, espace: EspaceDeContrat) -> "Connus":
        """Those of a contract, in two queries."""
        return cls(list(bodies_of_contract(espace)), list(people_of_contract(espace)))

    def organisme(self, text: str) -> Organisation:
        """The body of that name, acronym or spelling.

        Raises:
            Refusee: none in this contract.
        """
        if found := self._bodies.get(comparable(text)):
            return found
        known = recognise(text, [file.territoire for file in files()])
        for body in self.organismes:
            if known and body.identifiant == known.id:
                return body
        raise Refusee(f"« {text} » n’est pas un organisme de ce contrat : choisissez-le dans la liste de la cellule.")

    def personne(self, text: str) -> Personne:
        """The person of that name.

        Raises:
            Refusee: none in this contract, or several.
        """
        found = self._people.get(comparable(text), [])
        if len(found) > 1:
            raise Refusee(f"plusieurs personnes s’appellent « {text} » : désignez-la depuis sa fiche.")
        if not found:
            raise Refusee(f"« {text} » n’est pas connue dans ce contrat : ajoutez-la d’abord aux contacts.")
        return found[0]

    @cached_property
    def _people(self) -> dict[str, list[Personne]]:
        named: dict[str, list[Personne]] = {}
        for someone in self.personnes:
            named.setdefault(comparable(someone.nom), []).append(someone)
        return named

    @cached_property
    def _bodies(self) -> dict[str, Organisation]:
        names = [(comparable(name), one) for one in self.organismes for name in (one.sigle, one.nom) if name]
        twice = Counter(name for name, _ in names)
        usual = {comparable(one.nom): one for one in self.organismes}
        return {name: one for name, one in names if twice[name] == 1} | usual


def read_cell(champ: Champ, text: str, connus: Connus) -> Any:
    """The value that a cell gives to a field.

    Raises:
        Refusee: it gives none.
    """
    if ERREURS.fullmatch(text):
        raise Refusee(
            f"la cellule contient une formule qui ne donne rien ({text}) : collez-y la valeur elle-même."
            if text.endswith("FORMULE!")
            else f"le tableur n’a pas su calculer cette cellule ({text}) : écrivez-y la valeur."
        )
    if not text:
        return _EMPTY.get(champ.genre)
    return _READ[champ.genre](champ, text, connus)


def read_date(text: str) -> date:
    """A day: « 12/03/2026 », « 2026-03-12 », « 12 mars 2026 », or the number a spreadsheet counts days by.

    Raises:
        Refusee: it is no day, or none of this century.
    """
    day = _day(" ".join(plain(text).split()))
    if day is None or day.year not in YEARS:
        raise Refusee(f"« {text} » n’est pas une date : écrivez le jour, le mois et l’année, comme 12/03/2026.")
    return day


def _day(text: str) -> date | None:
    if text.isdigit() and len(text) == 5:
        return EPOCH + timedelta(days=int(text))
    try:
        if found := _ISO.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _FRENCH.fullmatch(text):
            year = int(found[3])
            return date(year if year >= 100 else 2000 + year, int(found[2]), int(found[1]))
        if (found := _WORDS.fullmatch(text)) and found[2] in _MONTHS:
            return date(int(found[3]), _MONTHS[found[2]], int(found[1]))
    except ValueError:
        return None
    return None


def _status(champ: Champ, text: str, connus: Connus) -> str:
    asked = comparable(text)
    if asked in UNDECLARED_TEXTS:
        return ""
    for statut in Statut:
        if asked in (comparable(statut.label), comparable(statut.value)):
            return statut.value
    names = ", ".join(statut.label for statut in Statut)
    raise Refusee(f"« {text} » n’est pas un statut : choisissez parmi {names}.")


def _long_text(champ: Champ, text: str, connus: Connus) -> str:
    longest = longest_of(champ)
    if len(text) > longest:
        raise Refusee(f"le texte a {len(text)} caractères, {longest} au plus : raccourcissez-le.")
    return text


def longest_of(champ: Champ) -> int:
    """How many characters a field of text holds."""
    if champ.name in _MODELS:
        return int(_MODELS[champ.name]._meta.get_field(champ.name).max_length or 0)
    return int(field(champ.name, FicheAction).max_length or 0)


_MODELS: dict[str, Any] = {"titre": Jalon, "texte": Nouvelle}
_READ: dict[str, Callable[[Champ, str, Connus], Any]] = {
    "date": lambda champ, text, connus: read_date(text),
    "statut": _status,
    "texte": _long_text,
    "organisme": lambda champ, text, connus: connus.organisme(text),
    "personne": lambda champ, text, connus: connus.personne(text),
}
_EMPTY = {"statut": "", "texte": ""}


def cell_text(champ: Champ, value: Any) -> str:
    """A value as the text its cell is compared by."""
    return status_text(value) if champ.genre == "statut" else written(value)
