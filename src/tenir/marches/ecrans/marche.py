"""The pages of walks: where each place stands, one walk with its route, what is written of it, publishing it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tenir.core.composants import Item, Lien, Tampon
from tenir.core.listes import respond
from tenir.core.noms import designe
from tenir.core.typographie import date_fr, typo
from tenir.ecran.annulation.barre import undoable
from tenir.ecran.conflit import answer_or_arbitrate
from tenir.ecran.edition import Ecran, Sujet, answer, posted, read_mark
from tenir.ecran.formulaires import Formulaire
from tenir.ecran.histoire import history_of, records
from tenir.ecran.listes import CHANGES, paged
from tenir.ecran.navigation import address, context
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Portee, may, reach, require
from tenir.habilitations.vues import needs
from tenir.marches.ecrans.commun import (
    MARCHES,
    about,
    marche_or_404,
    sentence_of,
    since_before,
    stamp_of,
    stamps_of,
)
from tenir.marches.ecrans.formulaires import MarcheForm, NouvelleMarcheForm, PublierMarcheForm, followable
from tenir.marches.ecrans.liste import ARRETS, FiltreDesArrets, rows_of
from tenir.marches.enums import EtatDeMarche
from tenir.marches.models import Arret, Marche
from tenir.marches.services import marches as services
from tenir.marches.services.commun import MARCHE, PUBLISH, RIGHT

BOTH = ["GET", "HEAD", "POST"]
NOUVELLE = Ecran(
    "Inscrire une marche", "Inscrire la marche", "La marche est inscrite : ajoutez ses arrêts.",
    "Ensuite, chaque arrêt se note sur place, au téléphone.",
)  # fmt: skip
MODIFIER = Ecran("Corriger la marche", "Enregistrer", "La marche est corrigée.")
PUBLIER = Ecran(
    "Publier cette marche ?", "Publier", "La marche est publiée.",
    "Ses arrêts, ce que l’on y voit et ce qui en est fait seront lus de tous, ceux à venir aussi.",
    "marches/publier.html",
)  # fmt: skip
CHOISIR = Ecran(
    "Choisir les photographies", "Enregistrer", "Les photographies sont choisies.", gabarit="marches/publier.html"
)
RETIRER = Ecran(
    "Retirer cette marche du site public ?", "Retirer", "La marche est retirée du site public.",
    "Elle reste lue par qui a un rôle dans le contrat ; ses photographies redeviennent internes.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Halte:
    """A stop as its walk shows it: its place on the route, what is seen, what it was before, what one may do."""

    rang: int
    arret: Arret
    tampons: Sequence[Tampon]
    avant: str
    photo: str
    preconisation: Lien | None
    gestes: Sequence[Lien]


@needs("marche.read")
def marches(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, format: str = "") -> HttpResponse:
    """Every walk, then where each place stands today, or its export."""
    return respond(
        request,
        "marches/liste.html",
        liste=ARRETS,
        filtre=partial(FiltreDesArrets, espace=espace, acces=acces),
        rows=rows_of(espace),
        export_name=f"{espace.slug}-lieux-observes",
        format=format,
        context=context(
            acces,
            espace,
            MARCHES,
            marches=[] if format else [line_of(one) for one in Marche.objects.of(espace).order_by("-jour", "-numero")],
            nouvelle=address("marche-nouvelle", espace) if reach(acces, RIGHT, espace) > Portee.AUCUNE else "",
            csv=address("marches-export", espace, "csv"),
            xlsx=address("marches-export", espace, "xlsx"),
        ),
    )


def line_of(marche: Marche) -> Item:
    """A walk in the list of them."""
    note = typo(f"{date_fr(marche.jour)}, conduite par {designe(marche.conduite_par)}")
    return Item(marche.code, marche.titre, address("marche", marche.espace, marche.numero), note, stamp_of(marche))


@needs("marche.read")
def marche(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """One walk: its route stop by stop, what has become of each since the walk before."""
    found = marche_or_404(espace, numero)
    arrets = list(Arret.objects.of(found))
    hers = may(acces, RIGHT, espace, found)
    told = records(history_of(espace, MARCHE, found.code)) if hers else []
    given = context(
        acces,
        espace,
        MARCHES,
        marche=found,
        tampon=stamp_of(found),
        chapeau=sentence_of(found, arrets),
        depuis=since_before(found, arrets),
        haltes=[_halte(acces, one, rank, hers=hers) for rank, one in enumerate(arrets, 1)],
        autour=_around(found),
        gestes=_gestures(acces, found, arrets, hers=hers),
        publique=_public(found),
        tenue=hers,
        annulables=undoable(acces, espace, genre=MARCHE, code=found.code),
        histoire=paged(request, told, CHANGES, "histoire"),
    )
    return render(request, "marches/marche.html", given)


def _halte(acces: Acces, one: Arret, rank: int, *, hers: bool) -> Halte:
    espace, walk = one.marche.espace, one.marche.numero
    asked = one.preconisation  # withdrawn, its words are for the team alone
    asked = asked if asked and (not asked.niveau or may(acces, "preconisation.update", espace)) else None
    link = Lien(asked.texte, address("preconisation", espace, asked.numero), asked.code) if asked else None
    photo = address("arret-photo", espace, walk, one.pk) if one.photo else ""
    gestures = _stop_gestures(acces, one) if hers else []
    return Halte(rank, one, stamps_of(one), before_of(one), photo, link, gestures)


def _stop_gestures(acces: Acces, one: Arret) -> list[Lien]:
    names = {"arret-modifier": "Revoir" if one.repris_id and not one.evolution else "Mettre à jour"}
    names["arret-photographier"] = "Changer la photographie" if one.photo else "Ajouter une photographie"
    if one.preconisation_id is None and may(acces, "preconisation.update", one.marche.espace):
        names["arret-demander"] = "En faire une préconisation"
    names["arret-retirer"] = "Retirer"
    where = (one.marche.espace, one.marche.numero, one.pk)
    return [Lien(text, address(name, *where), note=one.lieu) for name, text in names.items()]


def before_of(one: Arret) -> str:
    """« Le 12 mars 2025 : danger. Le lampadaire est éteint. »: what the walk before found there."""
    if one.repris is None:
        return ""
    seen = f" {one.repris.constat}" if one.repris.constat else ""
    return typo(f"Le {date_fr(one.repris.marche.jour)} : {one.repris.get_urgence_display()}.{seen}")


def _around(found: Marche) -> list[Lien]:
    """The walk before and the one after."""
    links = []
    if found.suite_de:
        links.append(_walk("La marche d’avant", found.suite_de, found.espace))
    links += [_walk("La marche d’après", one, found.espace) for one in found.suites.all()]
    return links


def _walk(what: str, one: Marche, espace: EspaceDeContrat) -> Lien:
    return Lien(f"{what}, {date_fr(one.jour)}", address("marche", espace, one.numero), one.code)


def _gestures(acces: Acces, found: Marche, arrets: Sequence[Arret], *, hers: bool) -> list[Lien]:
    """What she may do of the walk now, the first thing to do first."""
    espace, names = found.espace, dict[str, str]()
    if hers:
        names["arret-nouveau"] = "Ajouter un arrêt"
    public = found.etat == EtatDeMarche.PUBLIEE
    if may(acces, PUBLISH, espace) and (arrets if not public else any(one.photo for one in arrets)):
        names["marche-publier"] = "Choisir les photographies" if public else "Publier"
    if hers:
        names["marche-modifier"] = "Corriger la marche"
    if may(acces, PUBLISH, espace) and public:
        names["marche-retirer"] = "Retirer du site public"
    links = [Lien(text, address(name, espace, found.numero)) for name, text in names.items()]
    if arrets and hers and not found.suites.all():
        links.append(Lien("Refaire cette marche", f"{address('marche-nouvelle', espace)}?suite={found.numero}"))
    return links


def _public(found: Marche) -> str:
    public = found.espace.etat == EspaceDeContrat.Etat.PUBLIE and not found.niveau
    return reverse("marche-publique", args=[found.espace.slug, found.numero]) if public else ""


@require_http_methods(BOTH)
@needs(RIGHT, theirs=True)
def nouvelle(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Write down a walk, or one that sees the stops of another again (« ?suite= »)."""
    before = _followed(request, acces, espace)
    initial: dict[str, Any] = (
        {"suite_de": before, "titre": before.titre, "conduite_par": before.conduite_par} if before else {}
    )
    form = NouvelleMarcheForm(acces, espace, posted(request), **initial)
    made: list[Marche] = []
    sujet = Sujet(espace, "", "Toutes les marches", address("marches", espace), MARCHES, lambda _: [])
    response = answer(
        request,
        acces,
        sujet,
        form,
        NOUVELLE,
        lambda: made.append(services.write_down(by=acces, espace=espace, **form.cleaned_data)),
    )
    return redirect(address("marche", espace, made[0].numero)) if made else response


def _followed(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> Marche | None:
    """The walk that the address names, if she may follow it; an address that names none follows none."""
    asked = request.GET.get("suite", "")
    if not asked.isdecimal() or len(asked) > 6:
        return None
    return followable(acces, espace).filter(numero=int(asked)).first()


@require_http_methods(BOTH)
@needs(RIGHT, theirs=True)
def modifier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Correct what a walk says of itself."""
    found = marche_or_404(espace, numero)
    require(acces, RIGHT, espace, found)
    form = MarcheForm(acces, found, posted(request))

    def write(changes: dict[str, Any]) -> None:
        version = form.cleaned_data["version"] or 0
        services.rewrite_marche(by=acces, marche=found, version=version, changes=changes)

    return answer_or_arbitrate(request, acces, about(found), form, MODIFIER, write, chose=found)


@require_http_methods(BOTH)
@needs(PUBLISH)
def publier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Let anyone read a walk, once each photograph was looked at."""
    found = marche_or_404(espace, numero)
    arrets = list(Arret.objects.of(found))
    form = PublierMarcheForm(arrets, posted(request))
    photos = [
        Lien(f"{rank}. {one.lieu}", address("arret-photo", espace, numero, one.pk))
        for rank, one in enumerate(arrets, 1)
        if one.photo
    ]

    def write() -> None:
        chosen = form.cleaned_data.get("photos") or []
        services.publish(by=acces, marche=found, photos=chosen, lu=read_mark(request))

    shown = services.shown(found)
    ecran = CHOISIR if found.etat == EtatDeMarche.PUBLIEE else PUBLIER
    return answer(request, acces, about(found), form, ecran, write, lu=shown, photos=photos)


@require_http_methods(BOTH)
@needs(PUBLISH)
def retirer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Take a walk off the public site."""
    found = marche_or_404(espace, numero)
    form = Formulaire(posted(request))
    write = partial(services.take_off, by=acces, marche=found, lu=read_mark(request))
    return answer(request, acces, about(found), form, RETIRER, write, lu=services.shown(found))
