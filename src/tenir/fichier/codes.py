"""The stable codes of the items of a contract: one pattern per kind, and the order people expect of them."""

import re
from typing import Annotated

from pydantic import StringConstraints

AXE = r"^[A-Z]$"
ORIENTATION = r"^O\d{2,}$"
ACTION = r"^O\d{2,}-A\d{2,}$"
SOUS_ACTION = r"^O\d{2,}-A\d{2,}-\d+$"
OBJECTIF = r"^O\d{2,}-B\d{2,}$"
DONNEE = r"^(O\d{2,}-D|T)\d{2,}$"
LIGNE_DE_CREDITS = r"^O\d{2,}-F\d{2,}$"
SIGNATAIRE = r"^S\d{2,}$"
ENGAGEMENT = r"^S\d{2,}-E\d{2,}$"
RAPPEL = r"^S\d{2,}-R\d{2,}$"
DOCUMENT_CADRE = r"^S\d{2,}-C\d{2,}$"
INSTANCE = r"^G\d{2,}$"
INDICATEUR = r"^I\d{2,}$"
LIEU = r"^L\d{2,}$"
ARTICLE = r"^ART\d+$"
ENSEIGNEMENT = r"^E\d{2,}$"
PARTIE = r"^((O|S)\d{2,}-)?P\d{2,}$"

CodeOrientation = Annotated[str, StringConstraints(pattern=ORIENTATION)]
CodeAction = Annotated[str, StringConstraints(pattern=ACTION)]
CodeEngagement = Annotated[str, StringConstraints(pattern=ENGAGEMENT)]
CodeIndicateur = Annotated[str, StringConstraints(pattern=INDICATEUR)]
CodeDonnee = Annotated[str, StringConstraints(pattern=DONNEE)]
CodeInstance = Annotated[str, StringConstraints(pattern=INSTANCE)]


def sort_key(code: str) -> tuple[str | int, ...]:
    """Order codes as a person does: O02-A09 before O02-A10, whatever the number of digits."""
    return tuple(int(part) if part.isdigit() else part for part in re.split(r"(\d+)", code) if part)


def owner(code: str) -> str | None:
    """Return the code a code is written under (`O07-A03` → `O07`), or None at the top."""
    return code.rpartition("-")[0] or None
