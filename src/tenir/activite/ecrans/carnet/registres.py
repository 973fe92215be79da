"""The registers behind the link of a carnet: what becomes of a thing of its body, a thing put in a register."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_http_methods

from tenir.activite.ecrans.carnet.acces import behind_a_carnet, of_a_person, shown
from tenir.activite.ecrans.carnet.formulaires import SANS, WHERE, NoteForm
from tenir.activite.ecrans.registres.commun import state_of
from tenir.activite.ecrans.registres.formulaires import attribute_field
from tenir.activite.ecrans.registres.page import due, year_so_far
from tenir.activite.models import Carnet, Entree, LienDeCarnet, Objet
from tenir.activite.models.objet import LIBELLE
from tenir.activite.services.attributs import FIELD, field_of
from tenir.activite.services.objets import Point
from tenir.activite.services.par_carnet import lately
from tenir.activite.services.registres_par_carnet import add_thing, note_thing, registers_of, things_of
from tenir.core.listes import UNPROCESSABLE
from tenir.core.typographie import date_fr, typo
from tenir.ecran.formulaires import JourField
from tenir.natures.modeles import NatureEntiere


class SuiviDeCarnetForm(NoteForm):
    """What becomes of one thing; `lu`: the state that the page shows."""

    lu = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, carnet: Carnet, objet: Objet, kind: NatureEntiere, data: MultiValueDict[str, Any] | None = None
    ) -> None:
        self.etat = getattr(objet, "etat", None) or ""
        super().__init__(carnet, kind, data, lu=self.etat)

    @property
    def ouvert(self) -> bool:
        """Its numbers are in view."""
        return True

    def point(self) -> Point:
        """What is said."""
        return Point(self.days()["fin"], self.cleaned_data["etat"], self.numbers(), note=self.cleaned_data["note"])


class AjoutForm(SuiviDeCarnetForm):
    """A thing put in a register: its name, its state, what describes it."""

    libelle = forms.CharField(max_length=LIBELLE, help_text=SANS)

    def __init__(self, carnet: Carnet, kind: NatureEntiere, data: MultiValueDict[str, Any] | None = None) -> None:
        super().__init__(carnet, Objet(), kind, data)
        self.fields["libelle"].label = typo(kind.nom or "Comment cela se nomme-t-il ?")
        states = [(one.code, one.libelle) for one in kind.etats]
        self.fields["etat"].choices, self.initial["etat"] = states, states[0][0]  # type: ignore[attr-defined]

    def _ask_more(self) -> None:
        for champ in self.kind.champs:
            self.fields[field_of(champ)] = attribute_field(champ)
        if self.kind.echeance:
            self.fields["echeance"] = JourField(label=self.kind.echeance, required=False)
        self.ask_where()
        super()._ask_more()

    def quand(self) -> list[forms.BoundField]:
        """What it is, in which state, since when."""
        return [self["libelle"], *super().quand()]

    def plus(self) -> Iterator[forms.BoundField]:
        """What may be added, less what is asked above."""
        return (field for field in super().plus() if field.name != "libelle")

    def values(self) -> dict[str, Any]:
        """The plain fields."""
        names = ("libelle", "echeance", *WHERE)
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}

    def attributs(self) -> dict[str, Any]:
        """What describes it."""
        given = self.cleaned_data.items()
        return {name.removeprefix(FIELD): value for name, value in given if name.startswith(FIELD)}


@require_http_methods(["GET", "HEAD", "POST"])
@of_a_person
def noter(request: HttpRequest, lien: LienDeCarnet, jeton: str, numero: int) -> HttpResponse:
    """Say what becomes of a thing of the body: its state, what is counted of it.

    Raises:
        Http404: no such thing goes on, for this carnet.
    """
    carnet = lien.carnet
    objet, kind = _thing(carnet, numero)
    form = SuiviDeCarnetForm(carnet, objet, kind, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            cle, lu = form.cleaned_data["cle"], form.cleaned_data["lu"]
            made = note_thing(carnet, objet, point=form.point(), cle=cle, lu=lu, exact=form.exact)
            return _said(request, carnet, jeton, made)
        except ValidationError as error:
            form.refuse(error)
    given = {"objet": objet, "nature": kind, "form": form, "ou_cela_en_est": _stands(objet, kind)}
    return shown(request, lien, jeton, "objet", status=UNPROCESSABLE if form.errors else 200, **given)


@require_http_methods(["GET", "HEAD", "POST"])
@behind_a_carnet
def ajouter(request: HttpRequest, lien: LienDeCarnet, jeton: str, code: str) -> HttpResponse:
    """Put a thing in a register; what the team alone reads is written blind.

    Raises:
        Http404: a register that this carnet does not offer.
    """
    carnet = lien.carnet
    kind = next((one for one in registers_of(carnet) if one.nature == code), None)
    if kind is None:
        raise Http404
    form = AjoutForm(carnet, kind, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = add_thing(
                carnet,
                nature=code,
                values=form.values(),
                attributs=form.attributs(),
                point=form.point(),
                cle=form.cleaned_data["cle"],
                exact=form.exact,
            )
            return _said(request, carnet, jeton, made.entrees.get())
        except ValidationError as error:
            form.refuse(error)
    status = UNPROCESSABLE if form.errors else 200
    return shown(request, lien, jeton, "noter", status=status, form=form, nature=kind)


def _thing(carnet: Carnet, numero: int) -> tuple[Objet, NatureEntiere]:
    registers = registers_of(carnet)
    objet = next((one for one in things_of(carnet, registers) if one.numero == numero), None)
    if objet is None:
        raise Http404
    return objet, next(one for one in registers if one.nature == objet.nature)


def _stands(objet: Objet, kind: NatureEntiere) -> str:
    """« Promis depuis le 12 mars 2026. Noté en 2026 : promis 6, utilisés 2. »"""
    since = getattr(objet, "depuis", None)
    state = f"{state_of(objet, kind).word} depuis le {date_fr(since)}." if since else ""
    return typo(" ".join(filter(None, (state, due(objet, kind), year_so_far(objet, kind)))))


def _said(request: HttpRequest, carnet: Carnet, jeton: str, made: Entree) -> HttpResponse:
    """What was noted, where it may be taken back; of what the team alone reads, a word."""
    if lately(carnet).filter(pk=made.pk).exists():
        return HttpResponseRedirect(reverse("mon-carnet-notee", args=[jeton, made.numero]))
    read = "L’équipe le lit avant qu’il ne compte." if carnet.mural else "L’équipe seule le lit."
    messages.success(request, typo(f"C’est noté. {read}"))
    return HttpResponseRedirect(reverse("mon-carnet", args=[jeton]))


def offered(carnet: Carnet) -> dict[str, Any]:
    """What the first page says of registers: the things of the body that go on, the registers to which one adds."""
    registers = registers_of(carnet)
    kinds = {one.nature: one for one in registers}
    things = things_of(carnet, registers)
    told = [(one, kinds[one.nature].libelle, state_of(one, kinds[one.nature]).word) for one in things]
    return {"objets": told, "registres": registers}
