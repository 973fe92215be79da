"""The forms of named views."""

from typing import Any, ClassVar

from django import forms
from django.utils.datastructures import MultiValueDict

from tenir.core.typographie import typo
from tenir.ecran.formulaires import Formulaire, FormulaireSuivi
from tenir.ecran.models import VueNommee

Pour = VueNommee.Pour
POUR_QUI = [(Pour.SOI, "Pour moi"), (Pour.TOUS, typo("Partagée : toute personne qui ouvre cette liste la voit"))]
NOM: dict[str, Any] = {"label": "Nom de la vue", "max_length": 60}


class PourQui(forms.ChoiceField):
    """For whom a view is."""

    def __init__(self) -> None:
        super().__init__(label="Pour qui", choices=POUR_QUI, initial=Pour.SOI, widget=forms.RadioSelect)

    def to_python(self, value: Any) -> Any:
        """The number of those who read it."""
        return int(value) if str(value).isdecimal() and len(str(value)) < 6 else super().to_python(value)

    def valid_value(self, value: Any) -> bool:
        """Whether it is one of them."""
        return value in Pour.values


class EnregistrerForm(Formulaire):
    """A new view: its name, and for whom, if she may share one (`partage`)."""

    nom = forms.CharField(**NOM)
    niveau = PourQui()
    adresse = forms.CharField(max_length=2000, widget=forms.HiddenInput)

    def __init__(self, data: MultiValueDict[str, Any] | None, *, partage: bool, adresse: str) -> None:
        super().__init__(data, initial={"adresse": adresse})
        if not partage:
            del self.fields["niveau"]


class ModifierForm(FormulaireSuivi):
    """What a view is called, and for whom it is. `reprendre`: whether she may say for whom."""

    CHAMPS: ClassVar = ("nom", "niveau")
    nom = forms.CharField(**NOM)
    niveau = PourQui()

    def __init__(self, vue: VueNommee, data: MultiValueDict[str, Any] | None, *, reprendre: bool) -> None:
        super().__init__(vue, data)
        if not reprendre:
            del self.fields["niveau"]


class ActualiserForm(FormulaireSuivi):
    """What a view asks, as the address of the list says it now."""

    CHAMPS: ClassVar = ("adresse",)
    adresse = forms.CharField(label="Ce que la vue montre", max_length=2000, required=False)
