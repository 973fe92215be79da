"""The forms of a body."""

from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from tenir.acteurs.models import Devenir, Organisation
from tenir.core.typographie import typo
from tenir.ecran.formulaires import Formulaire, FormulaireSuivi, JourField
from tenir.equipe.services.noms_d_organismes import Fin
from tenir.equipe.services.organismes import WRITTEN
from tenir.fichier.organisations.modeles import NatureDOrganisation

NATURES = [("", "Choisissez"), *((one.value, one.value) for one in NatureDOrganisation)]


class OrganismeForm(FormulaireSuivi):
    """What is known of a body."""

    CHAMPS = WRITTEN
    GROUPES = (
        ("Comment il s’appelle", ("nom", "sigle")),
        ("Ce qu’il est", ("nature", "parent")),
        ("Ses numéros", ("siret", "rna")),
    )
    nom = forms.CharField(label="Nom", max_length=200)
    sigle = forms.CharField(label="Sigle", max_length=40, required=False)
    nature = forms.ChoiceField(label="Nature", choices=NATURES)
    parent = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="Rattaché à",
        required=False,
        empty_label="Aucun",
        help_text="L’organisme dont il est une antenne ou un service. Cela ne donne aucun droit à cet organisme.",
    )
    siret = forms.CharField(label="SIRET", max_length=20, required=False, help_text="Quatorze chiffres.")
    rna = forms.CharField(
        label="Numéro RNA",
        max_length=14,
        required=False,
        help_text=typo("Pour une association : la lettre W, puis neuf chiffres."),
    )

    def __init__(self, body: Organisation, data: MultiValueDict[str, Any] | None = None) -> None:
        super().__init__(body, data)
        self.fields["parent"].queryset = Organisation.objects.exclude(pk=body.pk or 0)  # type: ignore[attr-defined]


class GraphieForm(Formulaire):
    """A spelling."""

    texte = forms.CharField(
        label="Graphie",
        max_length=200,
        help_text=typo("Telle qu’on l’écrit ; majuscules, accents, points et « le » ou « la » ne comptent pas."),
    )


class NomForm(Formulaire):
    """A new name, from a day."""

    nom = forms.CharField(label="Nouveau nom", max_length=200)
    sigle = forms.CharField(label="Nouveau sigle", max_length=40, required=False, help_text="Vide : il n’en a plus.")
    depuis = JourField(label="Depuis le", help_text="Aujourd’hui, ou un jour passé.")


class FinForm(Formulaire):
    """What a body becomes, and from when."""

    fin = JourField(label="N’existe plus à partir du")
    devenir = forms.ChoiceField(label="Ce qu’il devient", choices=Devenir.choices, widget=forms.RadioSelect)
    suite = forms.ModelChoiceField(
        Organisation.objects.none(), label="Organisme qui prend la suite", required=False, empty_label="Aucun"
    )

    def __init__(self, body: Organisation, data: MultiValueDict[str, Any] | None = None) -> None:
        super().__init__(data, initial={"fin": body.fin, "devenir": body.devenir, "suite": body.suite_id})
        self.fields["suite"].queryset = Organisation.objects.exclude(pk=body.pk)  # type: ignore[attr-defined]

    def said(self) -> Fin:
        """What was said of its end."""
        return Fin(**self.cleaned_data)
