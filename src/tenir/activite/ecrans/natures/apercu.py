"""The page on which someone will write under a kind, as a phone shows it: before the kind is saved."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from tenir.activite.ecrans.commun import ONGLET
from tenir.activite.ecrans.formulaires import EntreeForm
from tenir.activite.ecrans.registres.formulaires import NouvelObjetForm
from tenir.activite.models import Entree, Objet
from tenir.ecran.navigation import context
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.natures.modeles import NatureEntiere


def phone_page(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, nature: NatureEntiere) -> str:
    """The whole page, to be shown in a frame as wide as a phone: the very form that the kind will make."""
    given = context(acces, espace, ONGLET, nature=nature, form=_form(acces, espace, nature))
    return str.__str__(render_to_string("activite/natures/telephone.html", given, request))


def _form(acces: Acces, espace: EspaceDeContrat, nature: NatureEntiere) -> EntreeForm | NouvelObjetForm:
    """The form of an entry, or of a thing that enters a register; a model of registers has no states yet."""
    if nature.lasts and nature.etats:
        return NouvelObjetForm(Objet(espace=espace), nature, acces)
    return EntreeForm(Entree(espace=espace), nature, acces)
