"""The list of bodies, the page of one, and a body added."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tenir.acteurs.models import Organisation
from tenir.core.emplacements import FAIT, block_of
from tenir.core.listes import UNPROCESSABLE, respond
from tenir.ecran.annulation.barre import undoable, with_undo
from tenir.ecran.edition import posted
from tenir.ecran.histoire import records
from tenir.ecran.listes import CHANGES, paged
from tenir.ecran.navigation import address, context
from tenir.equipe.ecrans.organismes import page as shown
from tenir.equipe.ecrans.organismes.formulaires import OrganismeForm
from tenir.equipe.ecrans.organismes.liste import FiltreDesOrganismes, liste_of
from tenir.equipe.ecrans.organismes.page import ONGLET, at, body_or_404
from tenir.equipe.services.organismes import GENRE, RIGHT, WRITTEN, add_body
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs


@needs(RIGHT)
def organismes(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, format: str = "") -> HttpResponse:
    """The bodies of a contract, or of the installation; or their export."""
    rows = Organisation.objects.select_related("parent", "suite").prefetch_related("graphies", "noms_anterieurs")
    return respond(
        request,
        "equipe/organismes/liste.html",
        liste=liste_of(espace),
        filtre=partial(FiltreDesOrganismes, espace=espace),
        rows=rows,
        export_name=f"{espace.slug}-organismes",
        format=format,
        context=context(
            acces,
            espace,
            ONGLET,
            nouveau=address("organisme-nouveau", espace),
            ailleurs=f"{address('organismes', espace)}?ou=ailleurs",
            csv=address("organismes-export", espace, "csv"),
            xlsx=address("organismes-export", espace, "xlsx"),
        ),
    )


@needs(RIGHT)
def organisme(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """One body: what it is and was called, what it became, where the contract names it, its history."""
    body = body_or_404(numero)
    given = context(
        acces,
        espace,
        ONGLET,
        organisme=body,
        chapeau=shown.lede(body, espace),
        gestes=shown.gestures(body, espace),
        noms=shown.names(body),
        numeros=shown.numbers(body),
        graphies=shown.spellings(body, espace),
        imprimees=shown.printed(body),
        antennes=shown.attached(body, espace),
        reprises=shown.taken_up(body, espace),
        nomme=shown.places(body, espace),
        histoire=paged(request, records(shown.history_of(body, espace)), CHANGES, "histoire"),
        annulables=undoable(acces, espace, genre=GENRE, code=body.identifiant),
        fait=block_of(FAIT, acces, espace, body),
        liste=address(ONGLET, espace),
    )
    return render(request, "equipe/organismes/organisme.html", given)


@require_http_methods(["GET", "POST"])
@needs(RIGHT)
def nouveau(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Add a body, chosen at once in this contract."""
    form = OrganismeForm(Organisation(), posted(request))
    if form.is_valid():
        try:
            body = add_body(by=acces, espace=espace, **{name: form.cleaned_data[name] for name in WRITTEN})
        except ValidationError as error:
            form.refuse(error)
        else:
            said, url = f"{body} est ajouté, et retenu pour ce contrat.", at(body, espace)
            messages.success(request, with_undo(acces, espace, said, url, genre=GENRE, code=body.identifiant))
            return redirect(url)
    given = context(acces, espace, ONGLET, form=form, retour=address(ONGLET, espace))
    return render(request, "equipe/organismes/nouveau.html", given, status=UNPROCESSABLE if form.errors else 200)
