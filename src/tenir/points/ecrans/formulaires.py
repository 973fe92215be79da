"""What the team fills to run a point d'étape."""

from typing import Any

from django import forms

from tenir.core.typographie import typo
from tenir.ecran.formulaires import JourField
from tenir.points.models import PointDEtape
from tenir.points.services.envoi import WRITTEN


class PointForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when it runs
    """About what, until when, in which words, reminded when."""

    reponse_avant = JourField(label="Réponse attendue pour le", help_text="Dans vingt et un jours au plus.")
    rappel_1_le = JourField(label="Premier rappel le", required=False)
    rappel_2_le = JourField(
        label="Second rappel le", required=False, help_text="Un rappel ne part qu’à qui n’a pas répondu."
    )

    class Meta:
        model = PointDEtape
        fields = WRITTEN
        widgets = {"mot": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "titre": "Par exemple : point d’étape d’automne 2026.",
            "mot": typo("Quelques phrases à vous, en tête du message et de la page."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.CharField | forms.BooleanField) and field.label:
                field.label = f"{field.label[:1].upper()}{field.label[1:]}"

    def _post_clean(self) -> None:
        """Leave the model alone: the service holds its rules, and says them."""


class MotifForm(forms.Form):
    """Why the team passes over what stops a point d'étape, and over what."""

    cles = forms.MultipleChoiceField(label="Ce sur quoi passer outre", widget=forms.CheckboxSelectMultiple)
    motif = forms.CharField(label="Pourquoi", max_length=300)

    def __init__(self, choices: list[tuple[str, str]], data: Any = None, *, nombres: bool = False) -> None:
        """`nombres`: the second of the page, on numbers that would be asked."""
        super().__init__(data, auto_id="id_nombres_%s" if nombres else "id_%s")
        if nombres:
            self.fields["cles"].label = "Ce qui n’est pas demandé"
        self.fields["cles"].choices = choices  # type: ignore[attr-defined]


class RetourForm(forms.Form):
    """What to ask back, or why an answer is set aside."""

    retour = forms.CharField(
        label="Votre question", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    motif = forms.CharField(
        label="Pourquoi l’écarter",
        required=False,
        max_length=300,
        help_text="Obligatoire pour écarter. Qui a répondu le lit sur la page de son lien.",
    )
