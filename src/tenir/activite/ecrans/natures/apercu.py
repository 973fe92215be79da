"""The page on which someone will write under a kind, as a phone shows it: before the kind is saved."""

from django import forms
from django.http import HttpRequest
from django.template.loader import render_to_string

from tenir.activite.ecrans.nombres import NombresForm
from tenir.core.typographie import typo
from tenir.ecran.formulaires import Formulaire, JourField
from tenir.ecran.navigation import context
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.natures.enums import Forme
from tenir.natures.modeles import NatureEntiere
from tenir.natures.phrases import asks


class QuandForm(Formulaire):
    """When it was: a day, or a period for a décompte."""

    debut = JourField(label="Du")
    fin = JourField(label="Le")
    ou = forms.CharField(label="Où", required=False)

    def __init__(self, nature: NatureEntiere) -> None:
        super().__init__()
        if nature.forme is Forme.DECOMPTE:
            self.fields["fin"].label = "Au"
        else:
            del self.fields["debut"]


def phone_page(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, nature: NatureEntiere) -> str:
    """The whole page, to be shown in a frame as wide as a phone: what it asks is what the kind says."""
    given = context(
        acces,
        espace,
        "activite",
        nature=nature,
        chapeau=typo(nature.page or asks(nature)),
        quand=QuandForm(nature),
        nombres=NombresForm(nature),
    )
    return str.__str__(render_to_string("activite/natures/telephone.html", given, request))
