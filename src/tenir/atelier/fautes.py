"""What the models of the contract file refuse, in French, beside the field it is about."""

import yaml
from pydantic import ValidationError

from tenir.fichier.fautes import faults
from tenir.fichier.validation import CONTRAT


def sentences(error: ValidationError, data: dict[str, object]) -> dict[str, list[str]]:
    """The faults of an item by field; those of the whole under « »."""
    node = yaml.compose(yaml.safe_dump(data, allow_unicode=True))
    assert node is not None  # noqa: S101 (a mapping was written)
    found: dict[str, list[str]] = {}
    for detail, faute in zip(error.errors(include_url=False), faults(error, node, CONTRAT), strict=True):
        name = str(detail["loc"][0]) if detail["loc"] else "__all__"
        sentence = f"{faute.message} {faute.remede}".strip()
        found.setdefault(name, []).append(sentence[:1].upper() + sentence[1:])
    return found
