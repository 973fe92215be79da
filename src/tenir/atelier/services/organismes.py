"""The bodies that a draft names: matched to one that the site knows, or added on the spot, wherever they are named."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from tenir.acteurs.models import Organisation
from tenir.acteurs.services import sync_organisations
from tenir.atelier.arbre import Arbre
from tenir.atelier.models import Brouillon, GesteDAtelier
from tenir.atelier.services.brouillon import RIGHT, Dit, Etabli, faire
from tenir.core.marques import Lu
from tenir.equipe.services.organismes import add_body, choose_body
from tenir.fichier.modeles import LigneDeCredits, OrganismeCite, Signataire
from tenir.fichier.mots import comparable
from tenir.fichier.objet import Item
from tenir.fichier.organisations import may_be, registry
from tenir.habilitations.rights import Acces, require


@dataclass(frozen=True, slots=True)
class Nomme:
    """A name that the document prints for a body: the items that bear it, the body that it means, if it is known."""

    nom: str
    codes: tuple[str, ...]
    organisme: str | None = None

    @property
    def cle(self) -> str:
        """The name as an address writes it."""
        return slugify(comparable(self.nom)) or "sans-nom"

    @property
    def connu(self) -> bool:
        """Whether a body is known by it."""
        return self.organisme is not None


def names(arbre: Arbre) -> list[Nomme]:
    """The names of bodies of a draft, those that nobody knows first, then by how often they are printed."""
    codes: dict[str, list[str]] = {}
    bodies: dict[str, str | None] = {}
    said: dict[str, str] = {}
    for item, nom, organisme in _named(arbre):
        key = comparable(nom)
        said.setdefault(key, nom)
        codes.setdefault(key, []).append(item.code)
        bodies[key] = bodies.get(key) or (organisme if organisme and may_be(organisme) else None)
    found = [Nomme(said[key], tuple(dict.fromkeys(where)), bodies[key]) for key, where in codes.items()]
    return sorted(found, key=lambda one: (one.connu, -len(one.codes), one.nom))


def named(arbre: Arbre, nom: str) -> Nomme | None:
    """One name of a draft, however it is written."""
    return next((one for one in names(arbre) if comparable(one.nom) == comparable(nom)), None)


def shown(etabli: Etabli, nom: str) -> Lu:
    """What a page shows of a name that it acts on."""
    found = named(etabli.arbre, nom)
    return {"Nom imprimé": nom, "Organisme": (found and found.organisme) or "à désigner"}


@transaction.atomic
def designer(
    *, by: Acces, brouillon: Brouillon, nom: str, identifiant: str, lu: Lu | None = None
) -> GesteDAtelier | None:
    """Say which body a printed name means, wherever the draft prints it; it is chosen for the contract.

    Raises:
        Refus, Perime: as every gesture of the workshop.
        ValidationError: no such body, or the draft does not name it so.
    """
    require(by, RIGHT, brouillon.espace)
    body = known_body(identifiant)
    choose_body(by=by, espace=brouillon.espace, body=body)
    return _match(by, brouillon, nom, body, lu)


@transaction.atomic
def ajouter_et_designer(
    *, by: Acces, brouillon: Brouillon, nom: str, valeurs: dict[str, Any], lu: Lu | None = None
) -> GesteDAtelier | None:
    """Add a body that the site does not know, and say that a printed name means it. `valeurs`: those of `add_body`.

    Raises:
        Refus, Perime: as every gesture of the workshop.
        ValidationError: a body bears that name already, or the draft does not name it so.
    """
    given = {"sigle": "", "siret": "", "rna": "", "parent": None, **valeurs}
    body = add_body(by=by, espace=brouillon.espace, **given)
    return _match(by, brouillon, nom, body, lu)


def known_body(identifiant: str) -> Organisation:
    """A body by its identifier, of the site or of the organisations files, which then enters the site.

    Raises:
        ValidationError: no such body.
    """
    if found := Organisation.objects.filter(identifiant=identifiant).first():
        return found
    if identifiant not in registry():
        raise ValidationError({"organisme": "Choisissez un organisme de la liste, ou ajoutez-le."})
    return sync_organisations([identifiant])[identifiant]


def _match(by: Acces, brouillon: Brouillon, nom: str, body: Organisation, lu: Lu | None) -> GesteDAtelier | None:
    def agir(etabli: Etabli) -> Dit:
        found = named(etabli.arbre, nom)
        if found is None:
            raise ValidationError("Ce texte ne nomme plus cet organisme ainsi.")
        for code in found.codes:
            etabli.arbre.ecrire(code, _with(etabli.arbre.noeud(code).item, comparable(nom), body.identifiant))
            if isinstance(etabli.arbre.noeud(code).item, Signataire):
                etabli.settle(code)
        return Dit(f"« {nom} » désigne {body.nom}", found.codes)

    return faire(by=by, brouillon=brouillon, agir=agir, montre=lambda on: shown(on, nom), lu=lu)


def _named(arbre: Arbre) -> Iterator[tuple[Item, str, str | None]]:
    for noeud in arbre.noeuds:
        item = noeud.item
        if isinstance(item, LigneDeCredits):
            yield item, item.financeur, item.organisme
        elif isinstance(item, Signataire):
            yield item, item.nom, item.organisme
        for name in _lists(item):
            yield from ((item, one.nom, one.organisme) for one in getattr(item, name))


def _lists(item: Item) -> Iterator[str]:
    """The fields of an item that name bodies."""
    for name in type(item).model_fields:
        value = getattr(item, name)
        if isinstance(value, tuple) and any(isinstance(one, OrganismeCite) for one in value):
            yield name


def _with(item: Item, key: str, identifiant: str) -> Item:
    """An item in which a name means a body, wherever it bears that name."""
    given: dict[str, Any] = {}
    own = getattr(item, "financeur" if isinstance(item, LigneDeCredits) else "nom", "")
    if isinstance(item, (LigneDeCredits, Signataire)) and comparable(own) == key:
        given["organisme"] = identifiant
    for name in _lists(item):
        given[name] = tuple(
            one.model_copy(update={"organisme": identifiant}) if comparable(one.nom) == key else one
            for one in getattr(item, name)
        )
    return item.model_copy(update=given) if given else item


def count(arbre: Arbre) -> Counter[bool]:
    """How many names are known, and how many are not."""
    return Counter(one.connu for one in names(arbre))
