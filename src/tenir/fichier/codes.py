"""The stable codes of the items of a contract: one pattern per kind, and the order people expect of them.

Digits are those of ASCII, and few: a code stands in addresses and in a column of 40 characters.
"""

import re

AXE = r"^[A-Z]$"
ORIENTATION = r"^O[0-9]{2,4}$"
ACTION = r"^O[0-9]{2,4}-A[0-9]{2,4}$"
SOUS_ACTION = r"^O[0-9]{2,4}-A[0-9]{2,4}-[0-9]{1,4}$"
OBJECTIF = r"^O[0-9]{2,4}-B[0-9]{2,4}$"
DONNEE = r"^(O[0-9]{2,4}-D|T)[0-9]{2,4}$"
LIGNE_DE_CREDITS = r"^O[0-9]{2,4}-F[0-9]{2,4}$"
SIGNATAIRE = r"^S[0-9]{2,4}$"
ENGAGEMENT = r"^S[0-9]{2,4}-E[0-9]{2,4}$"
RAPPEL = r"^S[0-9]{2,4}-R[0-9]{2,4}$"
DOCUMENT_CADRE = r"^S[0-9]{2,4}-C[0-9]{2,4}$"
INSTANCE = r"^G[0-9]{2,4}$"
INDICATEUR = r"^I[0-9]{2,4}$"
LIEU = r"^L[0-9]{2,4}$"
ARTICLE = r"^ART[0-9]{1,4}$"
ENSEIGNEMENT = r"^E[0-9]{2,4}$"
PARTIE = r"^((O|S)[0-9]{2,4}-)?P[0-9]{2,4}$"


def sort_key(code: str) -> tuple[str | int, ...]:
    """Order codes as a person does: O02-A09 before O02-A10, whatever the number of digits."""
    return tuple(int(part) if part.isdecimal() else part for part in re.split(r"(\d+)", code) if part)


def owner(code: str) -> str | None:
    """Return the code a code is written under (`O07-A03` → `O07`), or None at the top."""
    return code.rpartition("-")[0] or None
