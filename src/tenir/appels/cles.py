"""The keys that say whether a number of SIRET or of RNA can be one: no register is asked.

Luhn's key for a SIRET, La Poste apart, whose establishments are known by a sum that 5 divides.
"""

import re

from django.core.exceptions import ValidationError

LA_POSTE = "356000000"
_SIRET = re.compile(r"\d{14}")
_RNA = re.compile(r"W\d[A-Z\d]\d{7}")


def siret(text: str) -> str:
    """A SIRET, its digits alone; nothing when nothing is typed.

    Raises:
        ValidationError: it has not fourteen digits, or its key is wrong.
    """
    found = re.sub(r"[\s.\u00a0\u202f-]", "", text)
    if found and not _SIRET.fullmatch(found):
        raise ValidationError("Un SIRET compte quatorze chiffres.")
    if found and not (_luhn(found) or (found.startswith(LA_POSTE) and sum(map(int, found)) % 5 == 0)):
        raise ValidationError("Ce SIRET ne peut pas exister : sa clé est fausse. Relisez-le chiffre par chiffre.")
    return found


def rna(text: str) -> str:
    """A number of RNA, « W » and nine signs; nothing when nothing is typed.

    Raises:
        ValidationError: it is none.
    """
    found = re.sub(r"\s", "", text).upper()
    if found and not _RNA.fullmatch(found):
        raise ValidationError("Un numéro RNA est la lettre W, puis neuf chiffres : « W332000001 ».")
    return found


def _luhn(digits: str) -> bool:
    doubled = (int(one) * (2 if rank % 2 else 1) for rank, one in enumerate(reversed(digits)))
    return sum(one - 9 if one > 9 else one for one in doubled) % 10 == 0
