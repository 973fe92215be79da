"""The form of a right that the product ships: what it is, who helps, from which answers it is pointed to."""

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from tenir.droits.questions import PAR_CODE, Conditions

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,38}$")]
Phrase = Annotated[str, Field(min_length=3, max_length=300)]


class Droit(BaseModel):
    """A right. `si`: it is pointed to when one of these sets of conditions holds. No amount: none is computed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    libelle: Phrase
    explication: Phrase
    service: Phrase
    cherche: str = ""
    """The words by which the directory of the contract finds who helps."""
    depend: str = ""
    """What else it depends on, that is not asked."""
    texte: str = ""
    """Where the law says it; nobody of the project has read it again."""
    si: list[Conditions] = Field(min_length=1)

    @model_validator(mode="after")
    def _known(self) -> Self:
        """Refuse a condition that no answer can meet."""
        for conditions in self.si:
            check(conditions)
        return self


def check(conditions: Conditions) -> None:
    """Refuse conditions of which a question or an answer does not exist.

    Raises:
        ValueError: which one.
    """
    for code, wanted in conditions.items():
        question = PAR_CODE.get(code)
        if question is None:
            raise ValueError(f"la question « {code} » n’existe pas")
        if unknown := [one for one in wanted if one not in question.reponses]:
            raise ValueError(f"« {unknown[0]} » ne répond pas à « {code} »")
        if not wanted:
            raise ValueError(f"rien ne répond à « {code} »")
