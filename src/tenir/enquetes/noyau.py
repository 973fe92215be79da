"""The core of questions that the product ships, and the words by which a question asks what it may not."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field

from tenir.fichier.mots import plain

FICHIER = Path(__file__).with_name("noyau.yaml")
Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,29}$")]
SENSIBLES = (
    *("origine", "race", "ethni", "nationalite", "religi", "croyan", "musulman", "chretien", "juif", "couleur de peau"),
    *("politique", "syndica", "orientation sexuelle", "homosexu", "maladie", "etat de sante", "handicap", "votre nom"),
    *("prenom", "votre adresse", "telephone", "courriel"),
)
"""Beginnings of words that ask a sensitive datum, or who answers (GDPR, art. 9; loi 78-17, art. 6)."""


class QuestionDuNoyau(BaseModel):
    """A question of the core: its code, its words, what may be answered."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    libelle: str = Field(min_length=3, max_length=200)
    reponses: dict[Code, str] = Field(min_length=2)
    plusieurs: bool = False


@cache
def core() -> Sequence[QuestionDuNoyau]:
    """The questions of the core, in their order; one read of the file in the life of a process."""
    rows = yaml.safe_load(FICHIER.read_text(encoding="utf-8"))
    return tuple(QuestionDuNoyau.model_validate({**row, "reponses": _plain(row["reponses"])}) for row in rows)


def _plain(reponses: Mapping[object, object]) -> dict[str, str]:
    """YAML reads « oui » as a word and « no » as a truth: words, whatever it read."""
    return {str(code): str(text) for code, text in reponses.items()}


def sensitive(words: str) -> str:
    """The first word of a question that asks what may not be asked; empty when none does."""
    read = f" {plain(words)}"
    return next((one for one in SENSIBLES if f" {one}" in read or f"’{one}" in read or f"'{one}" in read), "")
