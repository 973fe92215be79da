"""The numbers of an entry as every form asks them, and what is doubtful asked again."""

from collections.abc import Iterator
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

from tenir.activite.services.examen import EXACT
from tenir.activite.services.valeurs import NEEDED, NUMBER, Cle, asked_of, field_of, key_of
from tenir.core.nombres import NombreField
from tenir.core.typographie import capital, typo
from tenir.ecran.formulaires import Formulaire
from tenir.natures.modeles import Mesure, NatureEntiere


def number_field(mesure: Mesure, modalite: str = "") -> NombreField:
    """The field of a number: its total, or one of its parts."""
    label = capital(mesure.modalites[modalite]) if modalite else mesure.asked
    field = NombreField(label=typo(label), required=False)
    if not mesure.decimales:
        field.widget.attrs["inputmode"] = "numeric"
    return field


def ask_numbers(form: forms.Form, kind: NatureEntiere) -> None:
    """Ask all the numbers of a kind."""
    for mesure in kind.mesures:
        for key in asked_of(mesure):
            form.fields[field_of(key)] = number_field(mesure, key[1])


def folds(kind: NatureEntiere, main: str) -> Iterator[tuple[str, list[str]]]:
    """What a form asks of a kind beside the number in view (`main`, its field), measure by measure: title, fields."""
    for mesure in kind.mesures:
        names = [field_of(key) for key in asked_of(mesure)]
        title = capital(mesure.libelle)
        yield f"{title} : qui" if main in names else title, [name for name in names if name != main]


class Relue(Formulaire):
    """A form that asks to look twice at what the service doubts; once it is said, it stays said."""

    @property
    def exact(self) -> bool:
        """Whether she says that she looked twice."""
        return bool(self.data.get(self.add_prefix(EXACT)))

    def refuse(self, error: ValidationError) -> None:
        """Take over what the service refused; of what it doubts, ask whether it was looked at twice."""
        if EXACT in getattr(error, "error_dict", {}):
            self.ask_twice()
        super().refuse(error)

    @property
    def exact_demande(self) -> forms.BoundField | None:
        """The box that says so, once it is offered."""
        return self[EXACT] if EXACT in self.fields else None

    def ask_twice(self) -> None:
        """Offer the box that says so."""
        self.fields[EXACT] = forms.BooleanField(label="J’ai relu : tout est exact", required=False)


class DesNombres(Relue):
    """A form that asks the numbers of a kind, one of which may be needed."""

    kind: NatureEntiere

    @property
    def main(self) -> str:
        """The field of the number that must be given; empty when none must."""
        return field_of((self.kind.needed.code, "")) if self.kind.needed else ""

    def need(self, *, held: bool = True) -> None:
        """Ask for that number, of what was held."""
        if self.main:
            self.fields[self.main].required = held
            self.fields[self.main].error_messages["required"] = NEEDED

    def numbers(self) -> dict[Cle, Decimal]:
        """The numbers that are given."""
        given = {key_of(name): value for name, value in self.cleaned_data.items() if name.startswith(NUMBER)}
        return {key: value for key, value in given.items() if value is not None}
