"""What a version changed, item by item."""

from dataclasses import dataclass
from functools import lru_cache

from tenir.contrat.models import VersionDuContrat
from tenir.contrat.recherche import SEARCHED
from tenir.core.typographie import pluriel
from tenir.fichier import canonique
from tenir.fichier.comparaison import Changement, Nature, compare

WORDS = {Nature.AJOUT: "ajouté", Nature.RETRAIT: "retiré", Nature.MODIFICATION: "modifié"}
CONTRACT = "contrat"
FIELDS = {(model.genre, field.name): str(field.verbose_name) for model in SEARCHED for field in model._meta.fields}
"""How a field of an item reads: the columns of the projection bear the names of the file, with their French."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One change, written for the reader; `code` is empty for the contract itself."""

    nature: str
    genre: str
    code: str
    champ: str
    avant: str
    apres: str


def differences(before: VersionDuContrat, after: VersionDuContrat) -> tuple[Difference, ...]:
    """Every change from a version to the next, in the order of the codes."""
    return _differences(before.canonique, after.canonique)


@lru_cache(maxsize=16)
def _differences(before: str, after: str) -> tuple[Difference, ...]:
    """Kept, because two whole files are read to be compared; the key is their very text, so it is never stale."""
    return tuple(_difference(change) for change in compare(canonique.load(before), canonique.load(after)))


def _difference(change: Changement) -> Difference:
    before, after = change.valeurs()
    return Difference(
        nature=WORDS[change.nature],
        genre=change.genre,
        code="" if change.genre == CONTRACT else change.code,
        champ=FIELDS.get((change.genre, change.champ or ""), (change.champ or "").replace("_", " ")),
        avant=before,
        apres=after,
    )


def summary(found: tuple[Difference, ...]) -> str:
    """How many items a version touched, by what happened to them."""
    touched: dict[str, set[str]] = {word: set() for word in WORDS.values()}
    for one in found:
        touched[one.nature].add(one.code)
    said = [f"{pluriel(len(codes), 'élément')} {_agreed(word, len(codes))}" for word, codes in touched.items() if codes]
    return ", ".join(said)


def _agreed(word: str, count: int) -> str:
    return f"{word}s" if count > 1 else word
