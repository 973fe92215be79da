"""Where the team gives the address of a feed, sees it, and withdraws it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from tenir.acteurs.models import Organisation
from tenir.activite.ecrans.flux.commun import (
    LIEU,
    ONGLET,
    ORGANISME,
    Donnable,
    addresses_of,
    flux_or_404,
    offered,
)
from tenir.activite.enums import Forme
from tenir.activite.models import Entree, FluxDAgenda, Serie
from tenir.activite.services.flux import GENRE, RIGHT, give_feed, shown, withdraw_feed
from tenir.contrat.models import Lieu
from tenir.core.alphabet import alphabetical
from tenir.core.typographie import typo
from tenir.ecran.edition import Ecran, Sujet, answer, posted, read_mark
from tenir.ecran.formulaires import Formulaire
from tenir.ecran.histoire import Passage, in_words
from tenir.ecran.navigation import address, context
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.traces import entries_of
from tenir.habilitations.vues import needs

RETIRER = Ecran(
    "Retirer cette adresse ?",
    "Retirer l’adresse",
    "L’adresse est retirée : elle n’ouvre plus rien.",
    "Les agendas abonnés ne recevront plus rien. Une autre adresse pourra être donnée ; celle-ci ne servira plus.",
)


@needs(RIGHT)
def flux(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """The places and the bodies whose feed has an address, or may have one."""
    return _list(request, acces, espace)


def _list(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    known = list(FluxDAgenda.objects.of(espace).open())
    given = context(acces, espace, ONGLET, lieux=_places(espace, known), organismes=_bodies(espace, known))
    return render(request, "activite/flux/liste.html", given)


def _places(espace: EspaceDeContrat, known: list[FluxDAgenda]) -> list[Donnable]:
    found = {one.lieu_id: one for one in known}
    rows = Lieu.objects.of(espace).order_by("ordre")
    return [offered(espace, one.nom, LIEU, one.code, found.get(one.pk)) for one in rows]


def _bodies(espace: EspaceDeContrat, known: list[FluxDAgenda]) -> list[Donnable]:
    """Those that hold sessions, and those whose feed has an address."""
    found = {one.organisme_id: one for one in known}
    held = Entree.objects.filter(espace=espace, forme=Forme.SEANCE).order_by().values("organisme")
    back = Serie.objects.filter(espace=espace).order_by().values("organisme")
    some = Organisation.objects.filter(pk__in=held) | Organisation.objects.filter(pk__in=back)
    rows = (some | Organisation.objects.filter(pk__in=[one for one in found if one])).distinct()
    return [
        offered(espace, one.nom, ORGANISME, one.identifiant, found.get(one.pk))
        for one in rows.order_by(alphabetical("nom"), "pk")
    ]


@needs(RIGHT)
@require_POST
def donner(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Give the feed of a place, or of a body, its address: one tap."""
    chose = _asked(request, espace)
    if chose is None:
        messages.error(request, "Choisissez d’abord un lieu, ou un organisme qui tient des séances.")
        return _list(request, acces, espace)
    made = give_feed(by=acces, espace=espace, chose=chose)
    messages.success(request, "L’adresse est donnée : envoyez-la à qui doit voir cet agenda.")
    return redirect(address("flux-adresse", espace, made.pk))


def _asked(request: HttpRequest, espace: EspaceDeContrat) -> Lieu | Organisation | None:
    """The place or the body of the form; nothing when it names neither, or one that does nothing here."""
    if code := request.POST.get(LIEU, ""):
        return Lieu.objects.of(espace).filter(code=code).first()
    asked = request.POST.get(ORGANISME, "")
    known = {one.valeur for one in _bodies(espace, [])}
    return Organisation.objects.get(identifiant=asked) if asked in known else None


@needs(RIGHT)
def adresse(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """The address of a feed: to be copied, or opened by the calendar of this device."""
    found = flux_or_404(espace, numero)
    whole, webcal = ("", "") if found.revoque_le else addresses_of(request, found)
    given = context(
        acces,
        espace,
        ONGLET,
        flux=found,
        adresse=whole,
        webcal=webcal,
        retirer=address("flux-retirer", espace, numero),
        liste=address(ONGLET, espace),
    )
    return render(request, "activite/flux/adresse.html", given)


@require_http_methods(["GET", "POST"])
@needs(RIGHT)
def retirer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Withdraw the address of a feed, once confirmed."""
    found = flux_or_404(espace, numero)
    if found.revoque_le:
        raise Http404

    def write() -> None:
        withdraw_feed(by=acces, flux=found, lu=read_mark(request))

    return answer(request, acces, _sujet(found), Formulaire(posted(request)), RETIRER, write, lu=shown(found))


def _sujet(flux: FluxDAgenda) -> Sujet:
    titre = typo(f"Flux d’agenda : {flux}")
    return Sujet(
        flux.espace, "", titre, address("flux-adresse", flux.espace, flux.pk), ONGLET, lambda _: _history(flux)
    )


def _history(flux: FluxDAgenda) -> list[Passage]:
    return in_words(entries_of(flux.espace).filter(genre=GENRE, objet=str(flux.pk)))
