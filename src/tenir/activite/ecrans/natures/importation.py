"""Kinds from a file: what it would add, change, or is refused, line by line; then, confirmed, all of it at once."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tenir.activite.ecrans.natures.commun import ONGLET
from tenir.activite.services.importation_de_natures import Apercu, ApercuPerime, import_natures, preview
from tenir.activite.services.natures import RIGHT
from tenir.core.listes import UNPROCESSABLE
from tenir.core.typographie import pluriel, typo
from tenir.ecran.formulaires import Formulaire, Texte
from tenir.ecran.navigation import address, context
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs

OCTETS = 200_000
"""Some three hundred kinds."""
DE_NOUVEAU = typo(
    "Les natures ont changé depuis que cette page a été affichée. Rien n’est enregistré : voici ce qu’il en est."
)


class ImportForm(Formulaire):
    """A file of kinds: pasted, or chosen."""

    texte = Texte(
        label="Le texte du fichier",
        required=False,
        max_length=OCTETS,
        strip=False,
        rows=12,
        help_text=typo("Une ou plusieurs natures, séparées par une ligne « --- »."),
    )
    fichier = forms.FileField(
        label="Ou un fichier",
        required=False,
        help_text=typo("Fichier .yaml, 200 ko au plus : celui que Tenir donne, ou que l’on vous a envoyé."),
    )

    def clean(self) -> dict[str, Any]:
        """The text that was given, from the file if there is one."""
        given: dict[str, Any] = super().clean() or {}
        if file := given.get("fichier"):
            given["texte"] = _read(file.read(OCTETS + 1))
        if not str(given.get("texte") or "").strip() and not self.errors:
            raise ValidationError("Collez le texte d’un fichier, ou choisissez un fichier.")
        return given


def _read(octets: bytes) -> str:
    if len(octets) > OCTETS:
        raise ValidationError(typo("Ce fichier dépasse 200 ko : donnez-le en plusieurs fois."))
    try:
        return octets.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise ValidationError("Ce fichier n’est pas du texte en UTF-8 : enregistrez-le ainsi.") from error


@require_http_methods(["GET", "POST"])
@needs(RIGHT)
def importer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Bring kinds in: first what each would become, then, confirmed, all of them in one gesture."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if not form.is_valid():
        return _page(request, acces, espace, form, status=UNPROCESSABLE if form.errors else 200)
    texte = form.cleaned_data["texte"]
    if "confirmer" not in request.POST:
        return _page(request, acces, espace, form, apercu=preview(espace, texte))
    try:
        done = import_natures(by=acces, espace=espace, texte=texte, empreinte=request.POST.get("vu", ""))
    except (ApercuPerime, ValidationError):
        found = preview(espace, texte)
        return _page(request, acces, espace, form, status=HTTPStatus.CONFLICT, apercu=found, avis=DE_NOUVEAU)
    messages.success(request, _said(done))
    return redirect(address(ONGLET, espace))


def _said(done: Apercu) -> str:
    changed = pluriel(done.changees, "nature", genre="f")
    return typo(
        f"{changed} du fichier, ajoutée{'s' if done.changees > 1 else ''} ou changée{'s' if done.changees > 1 else ''}."
    )


def _page(
    request: HttpRequest, acces: Acces, espace: EspaceDeContrat, form: ImportForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    apercu: Apercu | None = more.get("apercu")
    status = UNPROCESSABLE if apercu and apercu.fautes and status == 200 else status
    texte = form.cleaned_data["texte"] if apercu else ""
    given = context(acces, espace, ONGLET, form=form, texte=texte, retour=address(ONGLET, espace), **more)
    return render(request, "activite/natures/importer.html", given, status=status)
