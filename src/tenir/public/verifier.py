"""« Vérifier un projet de contrat »: a draft is dropped, its report is shown, nothing is kept.

The report as a file is made from what the page itself carries, signed. A large file goes through a temporary one, which
leaves with the request.
"""

from dataclasses import astuple, fields, replace
from typing import TYPE_CHECKING, Any

from allauth.core import ratelimit
from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST

from tenir.controles.faits import place, shown
from tenir.controles.rapport import advice, counted, report
from tenir.core import horloge
from tenir.core.documents import document_response
from tenir.core.listes import UNPROCESSABLE
from tenir.core.typographie import capital, pluriel, typo
from tenir.lecteur.document import LectureRefusee
from tenir.regles.anomalie import Ligne
from tenir.regles.essentiel import essentiel
from tenir.regles.projet import LIMITES, Projet, verify

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

TOO_MANY = "Vous avez déposé plusieurs fichiers en peu de temps : réessayez dans quelques minutes."
TOO_OLD = "Ce rapport n’est plus lisible : déposez de nouveau votre fichier."
SALT, DAY = "verifier-un-projet-2", 24 * 3600
FICHIER = 4_000_000
"""The longest contract file that a page carries: packed, it is a third of that, under what a form may send."""
FIELDS = [field.name for field in fields(Projet)]
TOO_MANY_REQUESTS, GONE = 429, 410


class ProjetForm(forms.Form):
    """The draft."""

    fichier = forms.FileField(
        label="Votre projet de contrat",
        allow_empty_file=True,
        help_text=typo(
            f"Word, OpenDocument, PDF, texte ou fichier contrat, {LIMITES.octets // 1024 // 1024} Mo au plus."
        ),
        error_messages={"required": "Choisissez un fichier."},
    )

    def clean_fichier(self) -> "UploadedFile[Any]":
        """The file, when it is not too big.

        Raises:
            ValidationError: empty, or too big.
        """
        file: UploadedFile[Any] = self.cleaned_data["fichier"]
        if not file.size:
            raise ValidationError("Ce fichier est vide.")
        if file.size > LIMITES.octets:
            raise ValidationError(typo(f"Ce fichier pèse plus de {LIMITES.octets // 1024 // 1024} Mo."))
        return file


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True, private=True)
def verifier(request: HttpRequest) -> HttpResponse:
    """The form, or the report of the draft that was dropped."""
    if request.method != "POST":
        return _form(request, ProjetForm())
    if not ratelimit.consume(request, action="verifier"):
        return _form(request, ProjetForm(), status=TOO_MANY_REQUESTS, erreur=TOO_MANY)
    form = ProjetForm(request.POST, request.FILES)
    if not form.is_valid():
        return _form(request, form, status=UNPROCESSABLE)
    try:
        projet = verify(form.cleaned_data["fichier"].read(), le=horloge.today())
    except LectureRefusee as error:
        form.add_error("fichier", typo(str(error)))
        return _form(request, form, status=UNPROCESSABLE)
    return render(request, "public/verification.html", _told(projet))


@require_POST
@cache_control(no_store=True, private=True)
def rapport(request: HttpRequest, format: str) -> HttpResponse:
    """The report of a draft as a file, from what its page carries."""
    try:
        projet = _unpacked(request.POST.get("projet", ""))
    except signing.BadSignature:
        return _form(request, ProjetForm(), status=GONE, erreur=TOO_OLD)
    document = report(
        projet.titre,
        projet.anomalies,
        le=horloge.today(),
        fictif=projet.fictif,
        non_verifiees=projet.non_verifiees,
        non_lus=projet.non_lus,
        signe=projet.signe,
    )
    return document_response(document, name="verification", format=format)


@require_POST
@cache_control(no_store=True, private=True)
def fichier(request: HttpRequest) -> HttpResponse:
    """The draft contract file of a document, to be corrected and taken up by a team, from what its page carries."""
    try:
        projet = _unpacked(request.POST.get("projet", ""))
    except signing.BadSignature:
        return _form(request, ProjetForm(), status=GONE, erreur=TOO_OLD)
    if not projet.fichier:
        raise Http404
    response = HttpResponse(projet.fichier, content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="projet-lu.yaml"'
    return response


def _form(request: HttpRequest, form: ProjetForm, *, status: int = 200, erreur: str = "") -> HttpResponse:
    given = {"form": form, "erreur": erreur, "regles": reverse("regles")}
    return render(request, "public/verifier.html", given, status=status)


def _told(projet: Projet) -> dict[str, Any]:
    """What the page of a report shows."""
    found, projet = essentiel(projet.anomalies), _light(projet)
    return {
        "titre": typo(projet.titre),
        "fictif": projet.fictif,
        "chapeau": typo(counted(found)),
        "conseil": typo(advice(projet.signe)) if projet.anomalies else "",
        "compris": typo(", ".join(projet.compris)),
        "fautes": pluriel(projet.fautes, "faute", genre="f") if projet.fautes else "",
        "restes": pluriel(projet.restes, "ligne", genre="f") if projet.restes else "",
        "essentiel": [shown(fait) for fait in found.premiers],
        "autres": [shown(fait) for fait in found.autres],
        "parties": [(capital(typo(titre)), [place(one) for one in rows]) for titre, rows in found.parties],
        "forme": [place(one) for fait in found.forme for one in fait.anomalies],
        "non_verifiees": ", ".join(projet.non_verifiees),
        "non_lus": [typo(sentence) for sentence in projet.non_lus],
        "projet": _packed(projet),
        "fichier": bool(projet.fichier),
        "verifier": reverse("verifier"),
    }


def _light(projet: Projet) -> Projet:
    """The report, without the contract file when the page could not send it back."""
    return projet if len(projet.fichier) <= FICHIER else replace(projet, fichier="")


def _packed(projet: Projet) -> str:
    """The report, signed and compressed, for the page to carry."""
    return signing.dumps(astuple(projet), salt=SALT, compress=True)


def _unpacked(told: str) -> Projet:
    """The report that a page carried.

    Raises:
        signing.BadSignature: not ours, or older than a day.
    """
    held = dict(zip(FIELDS, signing.loads(told, salt=SALT, max_age=DAY), strict=True))
    held["anomalies"] = tuple(Ligne(*one) for one in held["anomalies"])
    lists = {name: tuple(held[name]) for name in ("compris", "non_verifiees", "non_lus")}
    return Projet(**held | lists)


urlpatterns = [
    path("verifier/", verifier, name="verifier"),
    path("verifier/rapport.<str:format>", rapport, name="verifier-rapport"),
    path("verifier/projet.yaml", fichier, name="verifier-fichier"),
]
