"""The form of a subscription: an address, and what is followed."""

from typing import Any

from django import forms

from tenir.abonnements.suivi import title_of
from tenir.core.typographie import typo
from tenir.habilitations.models import EspaceDeContrat
from tenir.public.moment.filtre import FiltreDuMoment

ALL = "Tout le contrat"


class AbonnementForm(forms.Form):
    """What is asked is what « En ce moment » offers: an axis, an orientation, a quarter where several are printed; or
    the action that one comes from."""

    adresse = forms.EmailField(
        label="Votre adresse électronique", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    sur = forms.ChoiceField(label="Ce que vous suivez", required=False)
    quartier = forms.ChoiceField(label="Quartier", required=False)

    def __init__(self, espace: EspaceDeContrat, asked: str, quarter: str, data: Any = None) -> None:
        super().__init__(data, initial={"sur": asked, "quartier": quarter})
        offered = FiltreDuMoment(espace, None)
        themes = offered.fields["theme"].choices[1:]  # type: ignore[attr-defined]
        known = {code for _, group in themes for code, _ in group}
        here = title_of(espace, asked) if asked and asked not in known else ""
        one = [(asked, typo(here[:1].upper() + here[1:]))] if here else []
        self.fields["sur"].choices = [("", ALL), *one, *themes]  # type: ignore[attr-defined]
        if "quartier" in offered.fields:
            self.fields["quartier"].choices = offered.fields["quartier"].choices  # type: ignore[attr-defined]
        else:
            del self.fields["quartier"]
