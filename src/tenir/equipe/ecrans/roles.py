"""Who has which role in a contract or on the platform: the list, giving a role, ending it."""

from typing import Any

import django_filters
from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from tenir.acteurs.models import Organisation, Personne
from tenir.contrat.models import Signataire
from tenir.core import horloge
from tenir.core.listes import (
    UNPROCESSABLE,
    Colonne,
    Groupement,
    Liste,
    Place,
    day_column,
    read,
    respond,
)
from tenir.core.marques import Lu
from tenir.core.noms import de_personne
from tenir.core.requetes import among
from tenir.core.typographie import typo
from tenir.ecran.edition import read_mark
from tenir.ecran.formulaires import JourField, refuse
from tenir.ecran.navigation import address, context
from tenir.habilitations.attribution import (
    AttributionRefusee,
    end,
    grant,
    left_empty,
    roles_to_give,
    shown,
    teams_emptied_by,
)
from tenir.habilitations.listes import contract_column
from tenir.habilitations.models import EspaceDeContrat, Habilitation, Referent
from tenir.habilitations.passation import PassationRefusee, held_by, successors
from tenir.habilitations.rights import Acces
from tenir.habilitations.roles import CHOICES, Role
from tenir.habilitations.vues import needs


def _person(row: Habilitation) -> str:
    """The name leads to what the person may do."""
    url = address("droits-d-une-personne", row.espace, row.personne_id)
    return format_html('<a href="{}">{}</a>', url, row.personne)


def _end(row: Habilitation) -> str:
    """The way to end a role that has not ended."""
    if row.au and row.au <= horloge.today():
        return "terminé"
    url = address("habilitation-fin", row.espace, row.pk)
    return format_html(
        '<a href="{}">Mettre fin<span class="hors-ecran"> au rôle {}</span></a>', url, de_personne(row.personne)
    )


def _of_role(row: Habilitation) -> list[tuple[int, str]]:
    return [(Role.values.index(row.role), row.get_role_display())]


HABILITATIONS = Liste(
    "Personnes et rôles",
    (
        contract_column(read("espace.titre", "plateforme")),
        Colonne(
            "personne",
            "Personne",
            lambda row: str(row.personne),
            _person,
            order_by=("personne__nom", "pk"),
            place=Place.TITRE,
        ),
        Colonne("role", "Rôle", lambda row: row.get_role_display(), order_by=("role",), place=Place.LIGNE),
        Colonne(
            "organisation", "Organisme", read("organisation.nom"), order_by=("organisation__nom",), place=Place.LIGNE
        ),
        day_column("du", "Depuis le", read("du", None), order_by=("du",)),
        day_column("au", "Prend fin le", read("au", None), order_by=("au",), place=Place.LIGNE, mot="jusqu’au"),
        Colonne(
            "donnee_par",
            "Donné par",
            lambda row: str(row.donnee_par or ""),
            lambda row: str(row.donnee_par or "la commande"),
            order_by=("donnee_par__nom", "pk"),
        ),
        Colonne("fin", "Mettre fin", _end, css="geste", place=Place.LIGNE, in_files=False),
    ),
    noun="rôle",
    genre="m",
    empty="Personne n’a encore de rôle ici.",
    sort="personne",
    groupings=(Groupement("role", "Rôle", _of_role),),
    choosable=True,
)
"""The roles of a place, current or ended."""


class FiltreDesHabilitations(django_filters.FilterSet):
    """Role, and those that ended too."""

    role = django_filters.ChoiceFilter(label="Rôle", choices=CHOICES, empty_label="Tous")
    quand = django_filters.ChoiceFilter(
        label="Quand", choices=[("tous", "En cours et terminés")], empty_label="En cours", method="at"
    )

    class Meta:
        model = Habilitation
        fields: tuple[str, ...] = ()

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__({} if data is None else data, *args, **kwargs)  # filters even when nothing is asked

    def at(self, rows: QuerySet[Habilitation], name: str, value: str) -> QuerySet[Habilitation]:
        """Nothing to leave out: the ended ones were asked for too."""
        return rows

    def filter_queryset(self, queryset: QuerySet[Habilitation]) -> QuerySet[Habilitation]:
        """Leave out those that ended, unless asked."""
        rows: QuerySet[Habilitation] = super().filter_queryset(queryset)
        if self.form.cleaned_data.get("quand"):
            return rows
        return rows.filter(Q(au__isnull=True) | Q(au__gt=horloge.today()))


class AttributionForm(forms.Form):
    """A person of the place, a role no greater than the giver's, the body it is for, an end."""

    personne = forms.ModelChoiceField(Personne.objects.none(), label="Personne", empty_label="Choisissez")
    role = forms.ChoiceField(label="Rôle")
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="Organisme",
        required=False,
        empty_label="Aucun",
        help_text=typo("Demandé pour un partenaire, un copilote : ils ne changent que ce qui concerne cet organisme."),
    )
    au = JourField(label="Prend fin le", required=False, help_text="Laissez vide si la fin n’est pas connue.")
    motif = forms.CharField(label="Pourquoi", required=False, max_length=500)

    def __init__(self, acces: Acces, espace: EspaceDeContrat | None, *args: Any) -> None:
        super().__init__(*args)
        give = roles_to_give(acces, espace)
        self.fields["personne"].queryset = people_of(espace)  # type: ignore[attr-defined]
        self.fields["organisation"].queryset = bodies_of(espace)  # type: ignore[attr-defined]
        self.fields["role"].choices = [(role.value, role.label) for role in give]  # type: ignore[attr-defined]


NAME_FIRST = {"required": "Cochez la case, ou nommez d’abord quelqu’un dans l’équipe."}


class FinForm(forms.Form):
    """Why a role ends, and to whom goes what she is in charge of, when there is something."""

    motif = forms.CharField(label="Pourquoi", required=False, max_length=500)
    successeur = forms.ModelChoiceField(
        Personne.objects.none(),
        label="Passe la main à",
        required=False,
        empty_label="Personne pour l’instant",
        help_text=typo("Une personne connue dans ce contrat. Le rôle lui-même ne se transmet pas : donnez-le à part."),
    )

    vide = forms.BooleanField(
        label=typo("Je le sais : ce contrat n’aura plus personne dans son équipe"),
        error_messages=NAME_FIRST,
    )

    def __init__(self, habilitation: Habilitation, charges: list[str], *args: Any, derniere: bool) -> None:
        super().__init__(*args)
        if not derniere:
            del self.fields["vide"]
        if charges and habilitation.espace:
            others = successors(habilitation.espace, habilitation.personne)
            self.fields["successeur"].queryset = others  # type: ignore[attr-defined]
        else:
            del self.fields["successeur"]


def people_of(espace: EspaceDeContrat | None) -> QuerySet[Personne]:
    """Those who may receive a role: the persons known in the contract; for the platform, those who can sign in."""
    known = Personne.objects.filter(effacee_le__isnull=True)
    if espace is None:
        return known.filter(utilisateur__isnull=False)
    functions, roles = Referent.objects.filter(espace=espace), Habilitation.objects.filter(espace=espace)
    return known.filter(among(functions.values("personne"), roles.values("personne")))


def bodies_of(espace: EspaceDeContrat | None) -> QuerySet[Organisation]:
    """The bodies of a contract: those that signed it, and those with a contact; none for the platform."""
    if espace is None:
        return Organisation.objects.none()
    signed, known = Signataire.objects.of(espace), Referent.objects.filter(espace=espace)
    return Organisation.objects.filter(among(signed.values("organisation"), known.values("organisation")))


@needs("habilitation.update")
def habilitations(request: HttpRequest, acces: Acces, espace: EspaceDeContrat | None, format: str = "") -> HttpResponse:
    """The roles of a place, or their export."""
    rows = Habilitation.objects.filter(espace=espace)
    return respond(
        request,
        "equipe/roles/liste.html",
        liste=HABILITATIONS,
        filtre=FiltreDesHabilitations,
        rows=rows.select_related("espace", "personne", "organisation", "donnee_par"),
        export_name=f"{espace.slug if espace else 'plateforme'}-roles",
        format=format,
        context=context(
            acces,
            espace,
            "habilitations",
            nouvelle=address("habilitation-nouvelle", espace),
            csv=address("habilitations-export", espace, "csv"),
            xlsx=address("habilitations-export", espace, "xlsx"),
        ),
    )


@require_http_methods(["GET", "POST"])
@needs("habilitation.update")
def nouvelle(request: HttpRequest, acces: Acces, espace: EspaceDeContrat | None) -> HttpResponse:
    """Give a role to a person already known here."""
    form = AttributionForm(acces, espace, request.POST or None)
    if form.is_valid() and _given(form, acces, espace):
        messages.success(request, f"Le rôle est donné à {form.cleaned_data['personne']}.")
        return redirect(address("habilitations", espace))
    given = context(acces, espace, "habilitations", form=form, retour=address("habilitations", espace))
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "equipe/roles/nouveau.html", given, status=status)


@require_http_methods(["GET", "POST"])
@needs("habilitation.update")
def fin(request: HttpRequest, acces: Acces, espace: EspaceDeContrat | None, numero: int) -> HttpResponse:
    """End a role, once confirmed."""
    rows = Habilitation.objects.filter(espace=espace).select_related("espace", "personne", "organisation")
    habilitation = get_object_or_404(rows, pk=numero)
    charges = held_by(espace, habilitation.personne) if espace else []
    emptied = teams_emptied_by(habilitation.personne, habilitation)
    posted = request.POST if request.method == "POST" else None
    form = FinForm(habilitation, charges, posted, derniere=bool(emptied))
    if form.is_valid() and _ended(form, acces, habilitation, read_mark(request)):
        messages.success(request, f"Le rôle {de_personne(habilitation.personne)} a pris fin.")
        return redirect(address("habilitations", espace) if _still(acces, habilitation) else reverse("mes-contrats"))
    given = context(
        acces,
        espace,
        "habilitations",
        form=form,
        habilitation=habilitation,
        charges=charges,
        avis=typo(left_empty(emptied)) if emptied else "",
        lu=shown(habilitation),
        retour=address("habilitations", espace),
    )
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "equipe/roles/fin.html", given, status=status)


def _given(form: AttributionForm, acces: Acces, espace: EspaceDeContrat | None) -> bool:
    asked = {**form.cleaned_data, "role": Role(form.cleaned_data["role"])}
    try:
        grant(by=acces, espace=espace, **asked)
    except AttributionRefusee as error:
        form.add_error(None, typo(str(error)))
    except ValidationError as error:
        refuse(form, error)
    return not form.errors


def _ended(form: FinForm, acces: Acces, habilitation: Habilitation, lu: Lu) -> bool:
    given = form.cleaned_data
    known = {"successor": given.get("successeur"), "vide": given.get("vide", False), "lu": lu}
    try:
        end(by=acces, habilitation=habilitation, motif=given["motif"], **known)
    except (AttributionRefusee, PassationRefusee) as error:
        form.add_error(None, typo(str(error)))
    return not form.errors


def _still(acces: Acces, ended: Habilitation) -> bool:
    """Whether the page of roles is still hers to see, after ending one that may be her own."""
    return ended.personne_id != acces.personne.pk
