"""The pages of the history of a contract, and its canonical file on any day."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tenir.contrat.adresses import address
from tenir.contrat.models import Chargement, DocumentSigne, EntreeDeRecherche, VersionDuContrat
from tenir.core import horloge
from tenir.core.composants import Lien, Renseignement
from tenir.core.exports import export_response
from tenir.core.typographie import capital, date_fr, pluriel
from tenir.ecran.formulaires import JourField
from tenir.habilitations.models import EspaceDeContrat
from tenir.public.espace import context, contract_or_404, crumbs
from tenir.public.histoire.changements import Difference, differences, summary

YAML = "application/yaml; charset=utf-8"
UNPROCESSABLE = 422
MAX_LOADS = 50


class FormulaireDeDate(forms.Form):
    """On which day the contract is asked."""

    le = JourField(
        label="Le contrat tel qu’il était en vigueur le",
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={"invalid": "Écrivez une date, comme 2025-01-31.", "required": "Choisissez une date."},
    )


def histoire(request: HttpRequest, slug: str) -> HttpResponse:
    """The versions and the loads."""
    espace = contract_or_404(slug)
    return _history(request, espace, FormulaireDeDate())


def fichier(request: HttpRequest, slug: str, numero: int | None = None) -> HttpResponse:
    """The canonical file: of a version, of the day `?le=`, or the latest."""
    espace = contract_or_404(slug)
    if "le" not in request.GET:
        return _file(espace, _version_or_404(espace, numero))
    form = FormulaireDeDate(request.GET)
    if not form.is_valid():
        return _history(request, espace, form, status=UNPROCESSABLE)
    found = VersionDuContrat.objects.en_vigueur(espace, form.cleaned_data["le"])
    return _file(espace, found) if found else _not_yet(request, espace, form)


def version(request: HttpRequest, slug: str, numero: int) -> HttpResponse:
    """One version: why it was made and what it changed, item by item."""
    espace = contract_or_404(slug)
    found = _version_or_404(espace, numero)
    changes = _changes(espace, found)
    codes = {change.code for change in changes}
    known = set(EntreeDeRecherche.objects.filter(espace=espace, code__in=codes).values_list("code", flat=True))
    given = context(
        espace,
        fil=crumbs(espace, Lien("Histoire du contrat", reverse("histoire", args=[slug])), Lien(f"Version {numero}")),
        version=found,
        titre=f"Version {numero}",
        chapeau=_version_lede(found, changes),
        faits=_facts(found),
        changements=[(one, address(slug, one.code) if one.code in known else "") for one in changes],
    )
    return render(request, "public/version.html", given)


def version_export(request: HttpRequest, slug: str, numero: int, format: str) -> HttpResponse:
    """What a version changed, as a file."""
    espace = contract_or_404(slug)
    changes = _changes(espace, _version_or_404(espace, numero))
    rows = [["Contrat", "Version", "Élément", "Nature", "Changement", "Champ", "Avant", "Après"]]
    rows += [
        [espace.titre, str(numero), one.code, one.genre, one.nature, one.champ, one.avant, one.apres] for one in changes
    ]
    return export_response(rows, name=f"{slug}-version-{numero}", format=format)


def versions(request: HttpRequest, slug: str, format: str) -> HttpResponse:
    """The versions as a file."""
    espace = contract_or_404(slug)
    return export_response(_version_rows(espace), name=f"{slug}-versions", format=format)


def chargements(request: HttpRequest, slug: str, format: str) -> HttpResponse:
    """Every load as a file."""
    espace = contract_or_404(slug)
    return export_response(_load_rows(espace), name=f"{slug}-chargements", format=format)


def _history(
    request: HttpRequest, espace: EspaceDeContrat, form: FormulaireDeDate, *, status: int = 200
) -> HttpResponse:
    found = list(VersionDuContrat.objects.of(espace))
    loads = Chargement.objects.filter(espace=espace).select_related("version")
    given = context(
        espace,
        fil=crumbs(espace, Lien("Histoire du contrat")),
        chapeau=lede(found, horloge.today()),
        versions=[(one, _what_changed(one, before)) for one, before in zip(found, [*found[1:], None], strict=True)],
        chargements=[(load, told(load)) for load in loads[:MAX_LOADS]],
        formulaire=form,
        document=DocumentSigne.objects.filter(espace=espace).defer("texte").first(),
    )
    return render(request, "public/histoire.html", given, status=status)


def _not_yet(request: HttpRequest, espace: EspaceDeContrat, form: FormulaireDeDate) -> HttpResponse:
    form.add_error("le", f"Aucune version n’était en vigueur le {date_fr(form.cleaned_data['le'])}.")
    return _history(request, espace, form, status=UNPROCESSABLE)


def lede(found: list[VersionDuContrat], today: date) -> str:
    """How many versions, and which one binds today."""
    if not found:
        return "Ce contrat n’a encore aucune version."
    binding = next((one for one in found if one.en_vigueur_le <= today), None)
    start = f"{capital(pluriel(len(found), 'version', genre='f', lettres=True))} du contrat."
    if binding is None:
        return f"{start} Aucune n’est encore en vigueur."
    return f"{start} Aujourd’hui, la version {binding.numero} est en vigueur."


def _what_changed(one: VersionDuContrat, before: VersionDuContrat | None) -> str:
    if before is None:
        return "texte de départ"
    return summary(differences(before, one)) or "forme du fichier seulement"


def told(load: Chargement) -> str:
    """What a load did, in a few words."""
    resume: dict[str, Any] = load.resume
    counts = {"créé": resume.get("crees", 0), "modifié": resume.get("modifies", 0), "retiré": resume.get("retires", 0)}
    said = [f"{pluriel(count, 'élément')} {word}{'s' if count > 1 else ''}" for word, count in counts.items() if count]
    said += ["document signé joint"] if resume.get("document_joint") else []
    return ", ".join(said) or "rien de changé"


def _version_or_404(espace: EspaceDeContrat, numero: int | None) -> VersionDuContrat:
    """The version of a number, or the latest."""
    versions = VersionDuContrat.objects.of(espace)
    found = (versions if numero is None else versions.filter(numero=numero)).first()
    if found is None:
        raise Http404
    return found


def _changes(espace: EspaceDeContrat, found: VersionDuContrat) -> tuple[Difference, ...]:
    before = VersionDuContrat.objects.of(espace).filter(numero__lt=found.numero).first()
    return differences(before, found) if before else ()


def _version_lede(found: VersionDuContrat, changes: tuple[Difference, ...]) -> str:
    since = f"En vigueur depuis le {date_fr(found.en_vigueur_le)}"
    if found.nature == VersionDuContrat.Nature.INITIALE:
        return f"{since} : le texte de départ."
    return f"{since} : {summary(changes) or 'forme du fichier seulement'}."


def _facts(found: VersionDuContrat) -> list[Renseignement]:
    return [
        Renseignement("Nature", found.get_nature_display()),
        Renseignement("En vigueur depuis le", date_fr(found.en_vigueur_le)),
        Renseignement("Motif", found.motif or "sans objet"),
        Renseignement("Enregistrée le", date_fr(horloge.day_of(found.creee_le))),
        Renseignement("Empreinte du fichier (SHA-256)", found.sha256),
    ]


def _file(espace: EspaceDeContrat, found: VersionDuContrat) -> HttpResponse:
    response = HttpResponse(found.canonique, content_type=YAML)
    response["Content-Disposition"] = f'attachment; filename="{espace.slug}-version-{found.numero}.yaml"'
    return response


def _version_rows(espace: EspaceDeContrat) -> Iterator[list[object]]:
    yield ["Contrat", "Version", "Nature", "En vigueur depuis le", "Motif", "Empreinte SHA-256"]
    for one in VersionDuContrat.objects.of(espace).defer("canonique"):
        nature = one.get_nature_display()
        yield [espace.titre, one.numero, nature, one.en_vigueur_le.isoformat(), one.motif, one.sha256]


def _load_rows(espace: EspaceDeContrat) -> Iterator[list[object]]:
    yield ["Contrat", "Le", "Commande", "Version", "Motif", "Ce qui a changé", "Empreinte SHA-256"]
    for load in Chargement.objects.filter(espace=espace).select_related("version"):
        numero = load.version.numero if load.version else ""
        day = horloge.local(load.le).isoformat(timespec="minutes")
        yield [espace.titre, day, load.commande, numero, load.motif, told(load), load.sha256]
