"""The forms of every screen: each carries what was read, so that nobody overwrites another unseen."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms.models import ModelChoiceIterator
from django.utils.datastructures import MultiValueDict

from tenir.core.fichiers import TYPES
from tenir.core.typographie import typo
from tenir.ecran.champs import shown
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.publications import Genre, readers_of


class Texte(forms.CharField):
    """A text of several lines, whatever ends a line where it was typed."""

    def __init__(self, *, rows: int = 3, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **options)

    def to_python(self, value: Any) -> str:
        """The text with plain ends of lines."""
        return (super().to_python(value) or "").replace("\r\n", "\n")


JOURS = (date(1900, 1, 1), date(2099, 12, 31))
"""The first day and the last that a form takes: past them a finger slipped, and no delay can be counted any more."""


class JourField(forms.DateField):
    """A day, picked in the browser's own calendar or typed: one of the lifetime of those who write it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)

    def to_python(self, value: Any) -> date | None:
        """The day; refused when no delay can be counted from it."""
        day: date | None = super().to_python(value)
        if day is not None and not JOURS[0] <= day <= JOURS[1]:
            raise ValidationError(typo(f"Vérifiez l’année : un jour va de {JOURS[0].year} à {JOURS[1].year}."))
        return day


class FichierField(forms.FileField):
    """A file that someone may give; what is kept is decided by `tenir.core.fichiers`."""

    def __init__(self, label: str = "Fichier") -> None:
        kinds = typo(f"10 Mo au plus : {', '.join(TYPES)}.")
        super().__init__(
            label=label, required=False, allow_empty_file=True, max_length=1000, help_text=kinds, widget=forms.FileInput
        )


def refuse(form: forms.BaseForm, error: ValidationError) -> None:
    """Put what a service refused beside the field it is about: the one it names, or the code of a constraint does."""
    faults = error.error_dict if hasattr(error, "error_dict") else {"": error.error_list}
    for name, told in faults.items():
        for fault in told:
            beside = next((one for one in (name, fault.code or "") if one in form.fields), None)
            for sentence in fault.messages:
                form.add_error(beside, typo(sentence))


def tell_readers(form: forms.BaseForm, espace: EspaceDeContrat, read: Mapping[str, Sequence[Genre]]) -> None:
    """Say under each field whether anyone will read what is written in it, as the team of the contract settled it."""
    for name in read.keys() & form.fields.keys():
        told = f"{form.fields[name].help_text} {readers_of(espace, *read[name])}"
        form.fields[name].help_text = told.strip()


class Formulaire(forms.Form):
    """A form with its groups of fields; the sentence of a constraint is shown beside the field it is about."""

    GROUPES: ClassVar[Sequence[tuple[str, Sequence[str]]]] = ()

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The groups that have a field here, each with its legend; one without legend when none is named."""
        named = self.GROUPES or (("", [bound.name for bound in self.visible_fields()]),)
        found = [(legend, [self[name] for name in names if name in self.fields]) for legend, names in named]
        return [(legend, fields) for legend, fields in found if fields]

    @property
    def discret(self) -> bool:
        """Whether nothing is required: then it is not said of each field."""
        return not any(bound.field.required for bound in self.visible_fields())

    def refuse(self, error: ValidationError) -> None:
        """Take over what a service refused. The code of a constraint names the field it is about."""
        refuse(self, error)


class _Offre(ModelChoiceIterator):  # type: ignore[type-arg]  # no generic at run time
    """What a field offers, and what its thing holds though it is offered no more: a body that ended, a closed place."""

    def __iter__(self) -> Iterator[Any]:
        """Each choice once."""
        field: Any = self.field
        held, seen = field.tenu, False
        for choice in super().__iter__():
            seen = seen or getattr(choice[0], "instance", None) == held
            yield choice
        if not seen:
            yield self.choice(held)


def _offer_held(field: Any, held: Any) -> None:
    """Let a form show and keep what a thing holds: without it the page would say « – », or refuse everything else.

    On the field of this form alone: rooms declare it plainly, and give it its rows after.
    """
    if not isinstance(field, forms.ModelChoiceField) or not isinstance(held, Model):
        return
    offering: Any = field
    among = offering.to_python
    offering.tenu, offering.iterator = held, _Offre
    offering.widget.choices = offering.choices
    offering.to_python = lambda value: held if str(value) == str(held.pk) else among(value)


class FormulaireSuivi(Formulaire):
    """A form on fields that someone else may change meanwhile: `touched` tells what was really changed here.

    Each field of `CHAMPS` comes with a hidden twin, what it held when the form was read.
    """

    CHAMPS: ClassVar[Sequence[str]] = ()
    LUS: ClassVar[Mapping[str, Sequence[Genre]]] = {}
    """The kinds of facts that some fields write: who reads them is said under each. Needs a thing of a contract."""
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, chose: Model, data: MultiValueDict[str, Any] | None = None, **initial: Any) -> None:
        held = {name: self.held(chose, name) for name in self.CHAMPS} | {"version": getattr(chose, "version", None)}
        super().__init__(data, initial=held | initial)
        for name in self.CHAMPS:
            self.fields[name].show_hidden_initial = True
            _offer_held(self.fields[name], held[name])
        if self.LUS:
            tell_readers(self, chose.espace, self.LUS)  # type: ignore[attr-defined]  # a thing of a contract

    @property
    def written(self) -> list[str]:
        """The fields of the thing that this form shows."""
        return [name for name in self.CHAMPS if name in self.fields]

    def held(self, chose: Model, name: str) -> Any:
        """What the thing holds now in a field; nothing of one that a new thing has not yet."""
        return getattr(chose, name, None)

    def told(self, chose: Model, name: str, value: Any) -> str:
        """A value of a field in words, as a page shows it."""
        return shown(name, value, type(chose))

    def read(self, name: str) -> Any:
        """What a field held when the form was read."""
        field = self.fields[name]
        sent = field.hidden_widget().value_from_datadict(self.data, self.files, self.add_initial_prefix(name))
        try:
            return field.to_python(sent)
        except ValidationError:
            return None

    def touched(self) -> dict[str, Any]:
        """What was changed here, by field."""
        given = {name: self.cleaned_data[name] for name in self.written if name in self.cleaned_data}
        return {name: value for name, value in given.items() if value != self.read(name)}
