"""The forms of the room. That of a repérage is read and forgotten: nothing of it is written anywhere."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from tenir.acteurs.models import Organisation
from tenir.activite.ecrans.formulaires import bodies_for
from tenir.core.typographie import typo
from tenir.droits.catalogue import Offre
from tenir.droits.champs import WRITTEN
from tenir.droits.enums import Suite
from tenir.droits.models import AideLocale, CompteDeDroit, ReglageDeDroit
from tenir.droits.questions import QUESTIONS, packed, unpacked
from tenir.droits.services.commun import COUNT
from tenir.ecran.formulaires import Formulaire, FormulaireSuivi, JourField
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces


class ReperageForm(Formulaire):
    """The nine questions; any may stay without an answer, one at least is given."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        for one in QUESTIONS:
            choices = [("", "sans réponse"), *one.reponses.items()]
            self.fields[one.code] = forms.ChoiceField(
                label=typo(one.libelle), choices=choices, required=False, widget=forms.RadioSelect, initial=""
            )

    def clean(self) -> dict[str, Any]:
        """Refuse a form without any answer."""
        found = super().clean() or {}
        if not self.errors and not any(found.values()):
            raise forms.ValidationError("Répondez à une question au moins.")
        return found

    @property
    def reponses(self) -> dict[str, str]:
        """What was answered, by question."""
        return {name: value for name, value in self.cleaned_data.items() if value}


class ConditionsField(forms.MultipleChoiceField):
    """The answers from which an aid is pointed to, ticked under their questions; kept in one line."""

    hidden_widget = forms.HiddenInput

    def __init__(self) -> None:
        groups = [
            (typo(one.libelle), [(f"{one.code}:{code}", text) for code, text in one.reponses.items()])
            for one in QUESTIONS
        ]
        super().__init__(
            label="D’après quelles réponses",
            choices=groups,
            widget=forms.CheckboxSelectMultiple,
            help_text=typo(
                "Pour chaque question cochée, une de ces réponses suffit ; une question sans rien ne compte pas."
            ),
            error_messages={"required": "Cochez au moins une réponse."},
        )

    def to_python(self, value: Any) -> str:  # type: ignore[override]
        """The answers in one line."""
        return packed(unpacked(value if isinstance(value, str) else " ".join(map(str, value or ()))))

    def validate(self, value: Any) -> None:
        """One answer at least."""
        if not value:
            raise forms.ValidationError(self.error_messages["required"], code="required")

    def prepare_value(self, value: Any) -> Any:
        """The boxes to tick."""
        return value.split() if isinstance(value, str) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether other answers are ticked."""
        return self.to_python(initial) != self.to_python(data)


class AideForm(FormulaireSuivi):
    """A local aid."""

    CHAMPS: ClassVar[Sequence[str]] = WRITTEN
    libelle = forms.CharField(label="Nom de l’aide", max_length=120)
    explication = forms.CharField(label="Ce qu’elle est", max_length=300, help_text="En une phrase simple.")
    service = forms.CharField(label="Qui aide à la demander", max_length=120)
    conditions = ConditionsField()
    jusqu_au = JourField(label="Proposée jusqu’au", required=False)

    def __init__(self, aide: AideLocale, data: Any = None) -> None:
        super().__init__(aide, data)

    def values(self) -> dict[str, Any]:
        """What is given of a new aid."""
        return {name: self.cleaned_data[name] for name in WRITTEN}


class ReglageForm(FormulaireSuivi):
    """A right of the product, as the team sets it up."""

    CHAMPS: ClassVar[Sequence[str]] = ("ecarte", "relu_le")
    ecarte = forms.BooleanField(label="Ne pas le proposer dans ce contrat", required=False)
    relu_le = JourField(
        label="Relu dans la loi le", required=False, help_text="Le jour où quelqu’un l’a comparé au texte en vigueur."
    )

    def __init__(self, reglage: ReglageDeDroit, data: Any = None) -> None:
        super().__init__(reglage, data)


class PourForm(Formulaire):
    """For which body something is counted."""

    organisme = forms.ModelChoiceField(Organisation.objects.none(), label="Compter pour", empty_label=None)

    def __init__(self, by: Acces, espace: EspaceDeContrat, data: Any = None) -> None:
        super().__init__(data)
        self.fields["organisme"].queryset = bodies_for(by, espace, COUNT)  # type: ignore[attr-defined]


class CompterForm(PourForm):
    """A reception, and the rights that it pointed to: those of the page that showed them, or ticked."""

    droits = forms.MultipleChoiceField(label="Droits repérés", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, by: Acces, espace: EspaceDeContrat, offres: Sequence[Offre], data: Any = None) -> None:
        super().__init__(by, espace, data)
        offered = [(one.droit.code, one.droit.libelle) for one in offres if one.propose]
        self.fields["droits"].choices = offered  # type: ignore[attr-defined]


class DevenirForm(PourForm):
    """A right that someone was pointed to, and what became of it."""

    droit = forms.ChoiceField(label="Quel droit")
    suite = forms.ChoiceField(
        label="Ce qu’il est devenu",
        choices=[(one.value, one.label) for one in Suite if one != Suite.REPERE],
        widget=forms.RadioSelect,
    )

    def __init__(self, by: Acces, espace: EspaceDeContrat, offres: Sequence[Offre], data: Any = None) -> None:
        super().__init__(by, espace, data)
        self.fields["droit"].choices = [(one.droit.code, one.droit.libelle) for one in offres]  # type: ignore[attr-defined]


class CorrigerForm(Formulaire):
    """A number counted wrong."""

    nombre = forms.IntegerField(label="Nombre", widget=forms.TextInput(attrs={"inputmode": "numeric"}))

    def __init__(self, compte: CompteDeDroit, data: Any = None) -> None:
        super().__init__(data, initial={"nombre": compte.nombre})
