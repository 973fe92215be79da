"""The numbers of SIRET and of RNA that a dossier types: whether each can be one; no register is asked."""

import re

from django.core.exceptions import ValidationError

from tenir.acteurs.identifiants import RNA_FAUX, SIRET_FAUX, rna_is_right, siret_is_right

_SIRET = re.compile(r"\d{14}")


def siret(text: str) -> str:
    """A SIRET, its digits alone; nothing when nothing is typed.

    Raises:
        ValidationError: it has not fourteen digits, or its key is wrong.
    """
    found = re.sub(r"[\s.\u00a0\u202f-]", "", text)
    if found and not _SIRET.fullmatch(found):
        raise ValidationError("Un SIRET compte quatorze chiffres.")
    if found and not siret_is_right(found):
        raise ValidationError(SIRET_FAUX)
    return found


def rna(text: str) -> str:
    """A number of RNA, « W » and nine signs; nothing when nothing is typed.

    Raises:
        ValidationError: it is none.
    """
    found = re.sub(r"\s", "", text).upper()
    if found and not rna_is_right(found):
        raise ValidationError(RNA_FAUX)
    return found
