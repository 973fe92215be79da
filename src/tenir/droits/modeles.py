"""The form of a right that the product ships: what it is, who helps, from which answers it is pointed to."""

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from tenir.droits.questions import PAR_CODE

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,38}$")]
Phrase = Annotated[str, Field(min_length=3, max_length=300)]
Conditions = dict[str, list[str]]
"""The answers that lead to a right, by question: one of them to each."""


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


def packed(conditions: Conditions) -> str:
    """Conditions in one line, in the order of the questions: « age:18-24 age:25-59 enfants:un »."""
    return " ".join(
        f"{code}:{answer}"
        for code, question in PAR_CODE.items()
        for answer in question.reponses
        if answer in conditions.get(code, ())
    )


def unpacked(line: str) -> Conditions:
    """The conditions of such a line; what no question or answer is called is left out."""
    found: Conditions = {}
    for code, _, answer in (one.partition(":") for one in line.split()):
        if code in PAR_CODE and answer in PAR_CODE[code].reponses:
            found.setdefault(code, []).append(answer)
    return found


def told(line: str) -> str:
    """The same in words: « Quel âge ? 18 à 24 ans, 25 à 59 ans »."""
    return " ".join(
        f"{PAR_CODE[code].libelle} {', '.join(PAR_CODE[code].reponses[one] for one in answers)}."
        for code, answers in unpacked(line).items()
    )
