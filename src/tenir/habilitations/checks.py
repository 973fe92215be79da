"""What start-up verifies of the rights."""

from typing import Any

from django.core.checks import CheckMessage, Error

from tenir.habilitations.rights import missing_predicates


def every_right_on_theirs_has_a_predicate(**_kwargs: Any) -> list[CheckMessage]:
    """A right held on what is theirs needs a room that says what is theirs."""
    return [
        Error(f"« {right} » : aucune pièce ne dit ce qui est à un organisme.", id="habilitations.E001")
        for right in missing_predicates()
    ]
