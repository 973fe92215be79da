"""What a cell says: a date, a status, a body, a person or a text; or why it says nothing that a fiche can hold."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from tenir.acteurs.models import Organisation, Personne
from tenir.acteurs.reconnaissance import Annuaire
from tenir.core import horloge
from tenir.core.alphabet import alphabetical
from tenir.core.requetes import among
from tenir.core.tableur import ERREURS
from tenir.core.tableur.cellules import CelluleRefusee
from tenir.core.tableur.jours import read_day
from tenir.ecran.champs import field
from tenir.equipe.organismes import bodies_of
from tenir.fiches.classeur.modele import UNDECLARED_TEXTS, Champ, status_text, written
from tenir.fiches.enums import SYNONYMES, Statut
from tenir.fiches.models import FicheAction, Jalon, Nouvelle
from tenir.fichier.mots import comparable, name_key, ungendered
from tenir.habilitations.models import EspaceDeContrat, Habilitation, Referent


class Refusee(Exception):
    """A cell that is not taken; the message is the end of a French sentence: why, and what to do."""


def bodies_of_contract(espace: EspaceDeContrat) -> QuerySet[Organisation]:
    """The bodies that may carry an action: they sign the contract, are named in it, have a contact, or carry one."""
    carried = FicheAction.objects.filter(espace=espace, organisme_en_charge__isnull=False).values("organisme_en_charge")
    wanted = among(bodies_of(espace).order_by().values("pk"), carried)
    return Organisation.objects.filter(wanted).order_by(alphabetical("nom"))


def people_of_contract(espace: EspaceDeContrat) -> QuerySet[Personne]:
    """Those who may carry an action: they have a role or are a contact in the contract, or carry one."""
    wanted = among(
        Habilitation.objects.filter(espace=espace).values("personne"),
        Referent.objects.filter(espace=espace).values("personne"),
        FicheAction.objects.filter(espace=espace, personne_en_charge__isnull=False).values("personne_en_charge"),
    )
    return Personne.objects.filter(wanted, effacee_le=None).order_by(alphabetical("nom"), "pk")


@dataclass(frozen=True)
class Connus:
    """The bodies and persons of a contract, found by any of their names."""

    organismes: Sequence[Organisation]
    personnes: Sequence[Personne]
    lieux: Collection[str] = ()

    @classmethod
    def of(cls, espace: EspaceDeContrat) -> "Connus":
        """Those of a contract, in three queries."""
        return cls(list(bodies_of_contract(espace)), list(people_of_contract(espace)), espace.lieux())

    def organisme(self, text: str) -> Organisation:
        """The body of that name, acronym or spelling.

        Raises:
            Refusee: none in this contract.
        """
        if found := self._bodies.find(text):
            return found
        raise Refusee(f"« {text} » n’est pas un organisme de ce contrat : choisissez-le dans la liste de la cellule.")

    def personne(self, text: str) -> Personne:
        """The person of that name.

        Raises:
            Refusee: none in this contract, or several.
        """
        found = self._people.get(name_key(text), [])
        if len(found) > 1:
            raise Refusee(f"plusieurs personnes s’appellent « {text} » : désignez-la depuis sa fiche.")
        if not found:
            raise Refusee(f"« {text} » n’est pas connue dans ce contrat : ajoutez-la d’abord aux contacts.")
        return found[0]

    @cached_property
    def _people(self) -> dict[str, list[Personne]]:
        named: dict[str, list[Personne]] = {}
        for someone in self.personnes:
            named.setdefault(name_key(someone.nom), []).append(someone)
        return named

    @cached_property
    def _bodies(self) -> Annuaire:
        return Annuaire.of(self.organismes, self.lieux, horloge.today())


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
    """A day, however people and spreadsheets write it.

    Raises:
        Refusee: it is no day, or it may be two.
    """
    try:
        return read_day(text)
    except CelluleRefusee as error:
        raise Refusee(str(error)) from error


def _status(champ: Champ, text: str, connus: Connus) -> str:
    if comparable(text) in UNDECLARED_TEXTS:
        return ""
    if (found := _STATUTS.get(ungendered(text))) is not None:
        return found.value
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


_STATUTS = {
    ungendered(name): statut for statut in Statut for name in (statut.label, statut.value, *SYNONYMES.get(statut, ()))
}
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
