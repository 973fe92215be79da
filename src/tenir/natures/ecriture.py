"""Kinds written as a file, and read back: what leaves one contract enters another, byte for byte.

A file may open with remarks (`# …`), which are not part of what it says.
"""

from collections.abc import Iterable

from tenir.fichier import canonique
from tenir.natures.modeles import Nature
from tenir.natures.validation import DEBUT


def dump(natures: Iterable[Nature]) -> str:
    """Write the canonical text of a file of kinds, in the order given."""
    return "---\n".join(canonique.dump(one) for one in natures)


def load(text: str) -> tuple[Nature, ...]:
    """Read a file of kinds; raise `NotYaml` or pydantic's `ValidationError` (see `validation` for French faults)."""
    return tuple(Nature.model_validate(data) for data, _ in canonique.parse_all(text, DEBUT))
