"""What one fills of what is counted by period: the number that matters, the others folded, a word for the team."""

from collections.abc import Iterator
from typing import Any

from django import forms

from tenir.activite.ecrans.formulaires import Bloc
from tenir.activite.ecrans.nombres import Relue, folds, number_field
from tenir.activite.models.entree import NOTE
from tenir.activite.services.examen import EXACT
from tenir.activite.services.valeurs import asked_of, field_of
from tenir.ecran.formulaires import JourField
from tenir.points.models import Question
from tenir.points.services.reponses import Reponse


class NombresForm(Relue):
    """The numbers of a kind, those already answered in place; for a state, the day they are of."""

    fin = JourField(label="Compté le")
    phrase = forms.CharField(
        label="Pour l’équipe",
        required=False,
        max_length=NOTE,
        help_text="Seule l’équipe la lit. Ne nommez personne.",
    )

    def __init__(self, question: Question, data: Any = None, files: Any = None) -> None:
        demande = question.demande
        assert demande is not None  # noqa: S101 (what this form is of)
        kept: dict[str, Any] = {field_of(key): value for key, value in question.numbers.items()}
        kept |= {"fin": question.fin or demande.au, "phrase": question.phrase}
        super().__init__(data, files, initial=kept, prefix=f"q{question.pk}")
        self.kind = demande.nature
        self.numbers = [field_of(key) for mesure in self.kind.mesures for key in asked_of(mesure)]
        for mesure in self.kind.mesures:
            self.fields |= {field_of(key): number_field(mesure, key[1]) for key in asked_of(mesure)}
        if self.main:
            self.fields[self.main].required = True
            self.fields[self.main].error_messages["required"] = "Donnez ce nombre : zéro en est un."
        if not demande.d_un_jour:
            del self.fields["fin"]
        if self.exact:
            self.ask_twice()

    @property
    def main(self) -> str:
        """The field of the number that must be given; empty when the kind has only choices."""
        return field_of((self.kind.main.code, "")) if self.kind.main else ""

    def blocs(self) -> Iterator[Bloc]:
        """The number that matters first; what may wait, folded; what is doubted, last."""
        yield Bloc("", [self[name] for name in (self.main, "fin") if name in self.fields])
        for title, names in (*folds(self.kind, self.main), ("Une précision", ["phrase"])):
            if rest := [self[name] for name in names]:
                open_ = not self.main or any(one.errors or one.value() for one in rest)
                yield Bloc(title, rest, open_, repli=True)
        if EXACT in self.fields:
            yield Bloc("", [self[EXACT]], discret=True)

    def given(self) -> dict[str, Any]:
        """What was filled, as an answer keeps it."""
        found = self.cleaned_data
        numbers = {name: str(found[name]) for name in self.numbers if found.get(name) is not None}
        return {"nombres": numbers, "fin": found.get("fin"), "phrase": found["phrase"], "exact": self.exact}

    def reponse(self) -> Reponse:
        """What was filled, as an answer."""
        return Reponse(**self.given())
