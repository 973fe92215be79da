"""The jalons of a fiche: adding, changing, reaching, giving up, removing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from tenir.core.typographie import date_fr
from tenir.ecran.conflit import answer_or_arbitrate
from tenir.ecran.edition import Ecran, answer, posted, read_mark
from tenir.ecran.formulaires import Formulaire
from tenir.ecran.navigation import address
from tenir.fiches.ecrans.page.commun import editable, sujet
from tenir.fiches.ecrans.page.formulaires import AbandonForm, JalonForm, JalonNouveauForm
from tenir.fiches.models import Jalon
from tenir.fiches.services.jalons import create_jalon, delete_jalon, settle_jalon, shown, update_jalon
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs


@require_http_methods(["GET", "POST"])
@needs("fiche.update", theirs=True)
def nouveau(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str) -> HttpResponse:
    """Add a jalon."""
    fiche = editable(acces, espace, code)
    form = JalonNouveauForm(espace, posted(request))
    ecran = Ecran("Ajouter un jalon", "Ajouter ce jalon", "Le jalon est ajouté.", "Une étape que l’on verra venir.")
    return answer(
        request, acces, sujet(fiche), form, ecran, lambda: create_jalon(by=acces, fiche=fiche, **form.cleaned_data)
    )


@require_http_methods(["GET", "POST"])
@needs("fiche.update", theirs=True)
def modifier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str, numero: int) -> HttpResponse:
    """Change a jalon: its title, its days."""
    fiche = editable(acces, espace, code)
    jalon = get_object_or_404(fiche.jalons, pk=numero)
    form = JalonForm(jalon, posted(request))
    ecran = Ecran("Modifier un jalon", "Enregistrer ce jalon", "Le jalon est à jour.", gabarit="fiches/page/jalon.html")
    return answer_or_arbitrate(
        request,
        acces,
        sujet(fiche),
        form,
        ecran,
        lambda changes: update_jalon(
            by=acces,
            jalon=jalon,
            changes=changes,
            motif=form.cleaned_data["motif"],
            read={name: form.read(name) for name in form.written},
        ),
        chose=jalon,
        jalon=jalon,
        abandonner=address("fiche-jalon-abandonner", espace, code, numero) if jalon.attendu else "",
        retirer=address("fiche-jalon-retirer", espace, code, numero),
    )


@require_http_methods(["GET", "POST"])
@needs("fiche.update", theirs=True)
def atteint(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str, numero: int) -> HttpResponse:
    """Say that a jalon is reached today."""
    fiche = editable(acces, espace, code)
    jalon = get_object_or_404(fiche.jalons, pk=numero)
    ecran = Ecran(
        "Ce jalon est atteint aujourd’hui ?",
        "Atteint aujourd’hui",
        f"Le jalon « {jalon.titre} » est atteint.",
        f"« {jalon.titre} », attendu le {date_fr(jalon.attendu_le)}.",
    )
    return _once(request, acces, Formulaire(posted(request)), ecran, jalon, "atteint_le")


@require_http_methods(["GET", "POST"])
@needs("fiche.update", theirs=True)
def abandonner(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str, numero: int) -> HttpResponse:
    """Give a jalon up, with the reason."""
    fiche = editable(acces, espace, code)
    jalon = get_object_or_404(fiche.jalons, pk=numero)
    form = AbandonForm(posted(request))
    ecran = Ecran(
        "Abandonner ce jalon ?",
        "Abandonner ce jalon",
        f"Le jalon « {jalon.titre} » est abandonné.",
        f"« {jalon.titre} » restera sur la fiche, comme abandonné aujourd’hui. On ne l’attendra plus.",
    )
    return _once(request, acces, form, ecran, jalon, "abandonne_le")


@require_http_methods(["GET", "POST"])
@needs("fiche.update", theirs=True)
def retirer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str, numero: int) -> HttpResponse:
    """Remove a jalon typed by mistake, once confirmed."""
    fiche = editable(acces, espace, code)
    jalon = get_object_or_404(fiche.jalons, pk=numero)
    ecran = Ecran(
        "Retirer ce jalon ?",
        "Retirer ce jalon",
        f"Le jalon « {jalon.titre} » est retiré.",
        f"« {jalon.titre} » disparaîtra de la fiche ; l’histoire gardera qu’il y était. "
        "S’il n’a plus lieu d’être, abandonnez-le plutôt.",
    )
    return answer(
        request,
        acces,
        sujet(fiche),
        Formulaire(posted(request)),
        ecran,
        lambda: delete_jalon(by=acces, jalon=jalon, lu=read_mark(request)),
        lu=shown(jalon),
    )


def _once(request: HttpRequest, acces: Acces, form: Formulaire, ecran: Ecran, jalon: Jalon, name: str) -> HttpResponse:
    """Settle a jalon today, as it was read."""

    def settle() -> None:
        motif, lu = form.cleaned_data.get("motif", ""), read_mark(request)
        settle_jalon(by=acces, jalon=jalon, fin=name, motif=motif, lu=lu)

    return answer(request, acces, sujet(jalon.fiche), form, ecran, settle, lu=shown(jalon))
