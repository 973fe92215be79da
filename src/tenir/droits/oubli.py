"""Where the texts of local aids that may name someone are changed; nothing else is kept of people."""

from tenir.core.piece import Answer
from tenir.droits.models import AideLocale
from tenir.ecran.navigation import address


def _aide(row: AideLocale) -> str:
    return address("aide-locale-modifier", row.espace, row.numero)


WHERE: dict[str, Answer] = {AideLocale._meta.label: _aide}
"""By the label of the model."""
