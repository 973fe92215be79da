"""What start-up verifies of the rights."""

from typing import Any

from django.core.checks import CheckMessage, Error

from tenir.core.piece import by_name
from tenir.habilitations.rights import missing_predicates
from tenir.habilitations.roles import RIGHTS


def every_right_on_theirs_has_a_predicate(**_kwargs: Any) -> list[CheckMessage]:
    """A right held on what is theirs needs a room that says what is theirs; what a room says is of a known right."""
    missing = [
        Error(f"« {right} » : aucune pièce ne dit ce qui est à un organisme.", id="habilitations.E001")
        for right in missing_predicates()
    ]
    unknown = [
        Error(f"« {right} » n’est pas un droit de habilitations/roles.py.", id="habilitations.E002")
        for right in sorted(by_name("theirs").keys() - RIGHTS.keys())
    ]
    return [*missing, *unknown]
