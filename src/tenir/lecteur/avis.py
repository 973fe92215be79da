"""How sure the reader is of each item, and what a person should settle first."""

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, TypeVar

from pydantic import ValidationError

from tenir.fichier.mots import comparable
from tenir.fichier.objet import INVISIBLES, Item
from tenir.lecteur.lignes import Texte
from tenir.lecteur.structure.tableaux import Tableau, tableaux

T = TypeVar("T", bound=Item)


class Niveau(StrEnum):
    """How far the reading of an item may be relied upon."""

    HAUTE = "haute"
    MOYENNE = "moyenne"
    BASSE = "basse"


@dataclass(frozen=True, slots=True)
class Avis:
    """The confidence in one item, with the doubt as a French sentence when there is one."""

    niveau: Niveau = Niveau.HAUTE
    doute: str | None = None


@dataclass
class Atelier:
    """What every reader of a part works with: the text, the territories it names, the confidences gathered."""

    texte: Texte
    territoires: tuple[str, ...] = ()
    avis: dict[str, Avis] = field(default_factory=dict)
    refus: dict[int, str] = field(default_factory=dict)

    @cached_property
    def tables(self) -> dict[int, Tableau]:
        """The tables of the document, each with what it holds."""
        return tableaux(self.texte)

    @cached_property
    def collectivites(self) -> frozenset[str]:
        """The names, made comparable, of the communes and of their grouping, as a sentence may say them."""
        identite = self.texte.identite
        said = [f"{mot} de {commune.nom}" for commune in identite.communes for mot in ("commune", "ville")]
        return frozenset(map(comparable, [*said, *([identite.epci.nom] if identite.epci else [])]))

    def juge(self, code: str, niveau: Niveau, doute: str) -> None:
        """Record a doubt on an item."""
        self.avis[code] = Avis(niveau, doute)

    def bati(self, modele: type[T], **champs: Any) -> T | None:
        """The one door by which what was read becomes an item; what the model refuses stays a line without a place."""
        try:
            return modele(**{nom: _champ(nom, valeur) for nom, valeur in champs.items()})
        except ValidationError as error:
            wrong = ", ".join(sorted({str(one["loc"][0]) for one in error.errors() if one["loc"]}))
            self.refus[champs["source"][0].debut if champs.get("source") else 0] = (
                f"Lue comme {modele.genre}, mais refusée : à vérifier ({wrong or 'ensemble'})."
            )
            return None


def _champ(nom: str, valeur: Any) -> Any:
    """A field as an item takes it; signs alone name nothing."""
    said = nette(valeur)
    return None if nom in NOMMENT and isinstance(said, str) and not any(map(str.isalnum, said)) else said


def nette(valeur: Any) -> Any:
    """A value as an item takes it: invisible characters out of a text, None for a blank one, no hole in a list."""
    if isinstance(valeur, tuple):
        return tuple(one for one in valeur if one is not None)
    if not isinstance(valeur, str):
        return valeur
    return INVISIBLES.sub(" ", valeur).strip() or None


NOMMENT = ("financeur", "groupe", "libelle", "nom", "sous_groupe", "titre", "titre_imprime", "titre_protocole")
"""The fields that call a thing by its name."""
