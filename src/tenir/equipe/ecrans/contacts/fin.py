"""Ending a contact, and handing over to whoever takes up the function."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from tenir.acteurs.models import Personne
from tenir.core import horloge
from tenir.core.listes import UNPROCESSABLE
from tenir.core.marques import Lu
from tenir.core.typographie import typo
from tenir.ecran.edition import read_mark
from tenir.ecran.formulaires import refuse
from tenir.ecran.navigation import address, context
from tenir.equipe.services.contacts import Contact, ContactRefuse, contacts_of, end_contact, shown
from tenir.habilitations.models import EspaceDeContrat, Referent
from tenir.habilitations.passation import PassationRefusee, held_by
from tenir.habilitations.rights import Acces, require
from tenir.habilitations.vues import needs

ONE_OF_TWO = "Choisissez une personne connue, ou donnez le nom d’une autre, pas les deux."
NAME_FIRST = "Donnez le nom de la personne qui prend la suite."


class FinForm(forms.Form):
    """Why a contact ends, and who takes up the function: another contact of the body, or someone new."""

    motif = forms.CharField(label="Pourquoi", required=False, max_length=500)
    successeur = forms.ModelChoiceField(
        Personne.objects.none(),
        label="Passe la main à",
        required=False,
        empty_label="Personne pour l’instant",
        help_text=typo("Un autre contact de cet organisme : il reprend la fonction."),
    )
    nom = forms.CharField(label="Ou à quelqu’un d’autre : prénom et nom", required=False, max_length=150)
    email = forms.EmailField(label="Son courriel", required=False)
    telephone = forms.CharField(label="Son téléphone", required=False, max_length=40)

    def __init__(self, referent: Referent, *args: Any) -> None:
        super().__init__(*args)
        self.referent = referent
        self.fields["nom"].label = typo(str(self.fields["nom"].label))
        beside = contacts_of(referent.espace, horloge.today(referent.espace)).filter(organisation=referent.organisation)
        others = Personne.objects.filter(pk__in=beside.values("personne")).exclude(pk=referent.personne_id)
        self.fields["successeur"].queryset = others  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """What was sent, when it names one person at most.

        Raises:
            ValidationError: two persons, or an address or a number without a name.
        """
        given: dict[str, Any] = super().clean() or {}
        if given.get("successeur") and given.get("nom"):
            raise ValidationError(ONE_OF_TWO)
        if (given.get("email") or given.get("telephone")) and not given.get("nom"):
            self.add_error("nom", NAME_FIRST)
        return given

    def successor(self) -> Personne | Contact | None:
        """Who takes up the function, if anyone."""
        given = self.cleaned_data
        known: Personne | None = given["successeur"]
        if known or not given["nom"]:
            return known
        body, function = self.referent.organisation, self.referent.fonction
        return Contact(given["nom"], body, function, given["email"], given["telephone"])


@require_http_methods(["GET", "POST"])
@needs("contact.update", theirs=True)
def fin(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """End a contact, once confirmed."""
    rows = Referent.objects.filter(espace=espace).select_related("espace", "personne", "organisation")
    referent = get_object_or_404(rows, pk=numero)
    require(acces, "contact.update", espace, referent)
    form = FinForm(referent, request.POST if request.method == "POST" else None)
    if form.is_valid() and (said := _ended(form, acces, read_mark(request))):
        messages.success(request, said)
        return redirect(address("contacts", espace))
    given = context(
        acces,
        espace,
        "contacts",
        form=form,
        referent=referent,
        charges=held_by(espace, referent.personne),
        lu=shown(referent),
        retour=address("contacts", espace),
    )
    status = UNPROCESSABLE if form.is_bound and form.errors else 200
    return render(request, "equipe/contacts/fin.html", given, status=status)


def _ended(form: FinForm, acces: Acces, lu: Lu) -> str:
    """End the contact and say so; empty when it is refused, the reason in the form."""
    try:
        motif, successor = form.cleaned_data["motif"], form.successor()
        taken = end_contact(by=acces, referent=form.referent, motif=motif, successor=successor, lu=lu)
    except (ContactRefuse, PassationRefusee) as error:
        form.add_error(None, typo(str(error)))
        return ""
    except ValidationError as error:
        refuse(form, error)
        return ""
    after = f" {taken.personne} prend la suite." if taken else ""
    return typo(f"{form.referent.personne} n’est plus le contact de cet organisme.{after}")
