"""The carnets of a contract: their list, the page of one, opening, changing, sending, printing, closing."""

from datetime import date
from typing import Any

import django_filters
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Max, OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods

from tenir.activite.catalogue import catalogue_of
from tenir.activite.ecrans.carnets.affiche import code_of, until
from tenir.activite.ecrans.carnets.formulaires import AfficheForm, CarnetForm, OuvrirForm
from tenir.activite.ecrans.gestes import MotifForm
from tenir.activite.enums import Confiance
from tenir.activite.models import Carnet, LienDeCarnet
from tenir.activite.services.carnets import (
    GENRE,
    RIGHT,
    change_carnet,
    close_carnet,
    open_carnet,
    put_up,
    send_carnet,
    shown,
)
from tenir.activite.services.liens_de_carnet import latest, why_not_written
from tenir.core import horloge
from tenir.core.composants import Renseignement
from tenir.core.listes import UNPROCESSABLE, Colonne, Liste, Place, day_column, read, respond
from tenir.core.typographie import capital, date_fr, pluriel, typo
from tenir.ecran.annulation.barre import undoable, with_undo
from tenir.ecran.conflit import answer_or_arbitrate
from tenir.ecran.edition import Ecran, Sujet, answer, posted, read_mark
from tenir.ecran.formulaires import Formulaire
from tenir.ecran.histoire import in_words, records
from tenir.ecran.listes import CHANGES, paged
from tenir.ecran.navigation import address, context
from tenir.habilitations.listes import contract_column
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.traces import entries_of
from tenir.habilitations.vues import needs

ONGLET = "carnets"
MODIFIER = Ecran("Changer ce carnet", "Enregistrer", "Le carnet est changé.")
FERMER = Ecran(
    "Fermer ce carnet ?",
    "Fermer le carnet",
    "Le carnet est fermé : plus aucun lien ne l’ouvre.",
    "Plus aucun de ses liens n’ouvre rien, aussitôt. Ce qui en est venu reste inscrit.",
)
ENVOYER = Ecran(
    "Envoyer un lien neuf ?", "Envoyer le lien", "Le lien part.", "Les liens d’avant valent jusqu’à leur terme."
)
REFAIRE = Ecran(
    "Refaire l’affiche ?",
    "Faire un code neuf",
    "Un code neuf est fait : imprimez l’affiche.",
    "Le code d’avant vaut jusqu’à son terme : le temps de changer l’affiche.",
)


class FiltreDesCarnets(django_filters.FilterSet):
    """Those that are open, or all of them."""

    fermes = django_filters.ChoiceFilter(
        label="État", choices=[("oui", "Ouverts et fermés")], empty_label="Ouverts", method="closed_too"
    )

    class Meta:
        model = Carnet
        fields: tuple[str, ...] = ()

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__({} if data is None else data, *args, **kwargs)

    def closed_too(self, rows: Any, name: str, value: str) -> Any:
        """All of them."""
        return rows

    def filter_queryset(self, queryset: Any) -> Any:
        """Those that are open, unless all are asked for."""
        return queryset if self.form.cleaned_data.get("fermes") else queryset.filter(ferme_le=None)


def _named(row: Carnet) -> SafeString:
    return format_html('<a href="{}">{}</a>', at(row), capital(str(row)))


def _day(name: str) -> Any:
    """The day of a moment, by the clocks of its contract."""

    def told(row: Carnet) -> date | None:
        moment = getattr(row, name)
        return horloge.day_of(moment, row.espace) if moment else None

    return told


CARNETS = Liste(
    "Carnets",
    (
        contract_column(read("espace.titre")),
        Colonne("carnet", "Carnet", str, _named, order_by=("numero",), place=Place.TITRE),
        Colonne("organisme", "Organisme", read("organisme.nom"), order_by=("organisme__nom",), place=Place.LIGNE),
        Colonne("personne", "Qui en répond", lambda row: str(row.personne), order_by=("personne__nom",)),
        Colonne("entrees", "Entrées", read("nombre"), order_by=("nombre",), css="chiffre"),
        day_column("derniere", "Dernière entrée", _day("derniere"), order_by=("derniere",)),
        day_column("lien", "Dernier lien", _day("dernier_lien"), order_by=("dernier_lien",)),
        day_column("ferme", "Fermé le", _day("ferme_le"), order_by=("ferme_le",), usual=False),
    ),
    noun="carnet",
    genre="m",
    empty="Aucun carnet ici : ouvrez-en un pour qui fait, il notera sans compte ni mot de passe.",
    sort="carnet",
    choosable=True,
)


@needs(RIGHT)
def carnets(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, format: str = "") -> HttpResponse:
    """The carnets of a contract, or their export."""
    return respond(
        request,
        "activite/carnets/liste.html",
        liste=CARNETS,
        filtre=FiltreDesCarnets,
        rows=_counted(espace),
        export_name=f"{espace.slug}-carnets",
        format=format,
        context=context(
            acces,
            espace,
            ONGLET,
            ouvrir=address("carnet-ouvrir", espace),
            afficher=address("affiche-nouvelle", espace),
            csv=address("carnets-export", espace, "csv"),
            xlsx=address("carnets-export", espace, "xlsx"),
        ),
    )


@needs(RIGHT)
def carnet(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """One carnet: whose it is, what it serves for, what came by it, its history."""
    found = get_object_or_404(_counted(espace), numero=numero)
    history = in_words(entries_of(espace).filter(genre=GENRE, objet=found.code))
    given = context(
        acces,
        espace,
        ONGLET,
        carnet=found,
        titre=capital(str(found)),
        chapeau=_lede(found),
        faits=_facts(found),
        gestes=[] if found.ferme_le else _gestures(found),
        entrees=f"{address('activite', espace)}?carnet={found.numero}" if found.nombre else "",  # type: ignore[attr-defined]
        nombre=pluriel(found.nombre, "entrée", genre="f"),  # type: ignore[attr-defined]
        histoire=paged(request, records(history), CHANGES, "histoire"),
        annulables=undoable(acces, espace, genre=GENRE, code=found.code),
        liste=address(ONGLET, espace),
    )
    return render(request, "activite/carnets/carnet.html", given)


@require_http_methods(["GET", "POST"])
@needs(RIGHT)
def ouvrir(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Open the carnet of a contact of a body."""
    form = OuvrirForm(espace, posted(request))
    return _opened(request, acces, espace, form, mural=False)


@require_http_methods(["GET", "POST"])
@needs(RIGHT)
def afficher(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Put a carnet on the wall of a place."""
    form = AfficheForm(espace, posted(request))
    return _opened(request, acces, espace, form, mural=True)


@require_http_methods(["GET", "POST"])
@needs(RIGHT)
def modifier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Change what a carnet serves for, and how far it is believed."""
    found = _going(espace, numero)
    form = CarnetForm(found, posted(request))

    def write(changes: dict[str, Any]) -> None:
        change_carnet(by=acces, carnet=found, version=form.cleaned_data["version"] or 0, changes=changes)

    return answer_or_arbitrate(request, acces, sujet(found), form, MODIFIER, write, chose=found)


@require_http_methods(["GET", "POST"])
@needs(RIGHT)
def envoyer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Send a fresh link; of what is on a wall, make a fresh code."""
    found = _going(espace, numero)
    form = Formulaire(posted(request))
    ecran = REFAIRE if found.mural else ENVOYER

    def write() -> None:
        send_carnet(by=acces, carnet=found, lu=read_mark(request))

    return answer(request, acces, sujet(found), form, ecran, write, lu=shown(found))


@require_http_methods(["GET", "POST"])
@needs(RIGHT)
def fermer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Close a carnet."""
    found = _going(espace, numero)
    form = MotifForm(posted(request), required=False)

    def write() -> None:
        close_carnet(by=acces, carnet=found, motif=form.cleaned_data["motif"], lu=read_mark(request))

    return answer(request, acces, sujet(found), form, FERMER, write, lu=shown(found))


@needs(RIGHT)
def affiche(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """What is printed and put on the wall."""
    found = _going(espace, numero)
    lien = latest(found) if found.mural else None
    if lien is None:
        raise Http404
    given = {"carnet": found, "espace": espace, "code": code_of(lien), "jusque": until(lien), "retour": at(found)}
    return render(request, "activite/carnets/affiche.html", given)


def at(carnet: Carnet, name: str = "") -> str:
    """The address of a page of a carnet."""
    return address(f"carnet{'-' if name else ''}{name}", carnet.espace, carnet.numero)


def sujet(carnet: Carnet) -> Sujet:
    """A carnet as its small pages show it."""
    return Sujet(
        carnet.espace,
        "",
        capital(str(carnet)),
        at(carnet),
        ONGLET,
        lambda acces: in_words(entries_of(carnet.espace).filter(genre=GENRE, objet=carnet.code)),
    )


def _opened(
    request: HttpRequest, acces: Acces, espace: EspaceDeContrat, form: OuvrirForm | AfficheForm, *, mural: bool
) -> HttpResponse:
    if form.is_valid():
        try:
            make = put_up if mural else open_carnet
            made = make(by=acces, espace=espace, **form.cleaned_data)
        except ValidationError as error:
            form.refuse(error)
        else:
            said = "L’affiche est prête : imprimez-la." if mural else "Le carnet est ouvert : son lien part."
            messages.success(request, with_undo(acces, espace, said, at(made), genre=GENRE, code=made.code))
            return redirect(at(made))
    given = context(acces, espace, ONGLET, form=form, mural=mural, retour=address(ONGLET, espace))
    return render(request, "activite/carnets/ouvrir.html", given, status=UNPROCESSABLE if form.errors else 200)


def _counted(espace: EspaceDeContrat) -> QuerySet[Carnet]:
    """Carnets with how much came by each, and when their last link was made."""
    rows = Carnet.objects.of(espace).select_related("organisme", "personne", "lieu")
    links = LienDeCarnet.objects.filter(carnet=OuterRef("pk")).order_by("-pk").values("cree_le")[:1]
    counted = {"nombre": Count("entrees"), "derniere": Max("entrees__inscrite_le")}
    return rows.annotate(**counted, dernier_lien=Subquery(links))  # joined too, each link would count each entry again


def _going(espace: EspaceDeContrat, numero: int) -> Carnet:
    rows = Carnet.objects.of(espace).going().select_related("organisme", "personne", "lieu")
    return get_object_or_404(rows, numero=numero)


def _lede(carnet: Carnet) -> str:
    if carnet.ferme_le:
        return typo(f"Fermé le {date_fr(horloge.day_of(carnet.ferme_le, carnet.espace))} : plus aucun lien ne l’ouvre.")
    if carnet.mural:
        return typo("Qui passe note ce qui s’y fait : cela attend d’être lu. L’affiche ne montre rien, elle ajoute.")
    counts = carnet.confiance == Confiance.RETENUE
    return (
        "Ce qui en vient compte aussitôt, sauf ce qui fait douter." if counts else "Ce qui en vient attend d’être lu."
    )


def _facts(carnet: Carnet) -> list[Renseignement]:
    kinds = catalogue_of(carnet.espace)
    named = [kinds[one].libelle if one in kinds else one for one in carnet.natures]
    last = latest(carnet)
    valid = f"jusqu’au {date_fr(horloge.day_of(last.expire_le, carnet.espace))}" if last and not carnet.ferme_le else ""
    facts = [
        Renseignement("Organisme", carnet.organisme.nom),
        Renseignement("Qui en répond", str(carnet.personne)),
        Renseignement("Pour noter", ", ".join(named) or "tout ce que les partenaires lisent"),
        Renseignement("Lien valable", valid),
    ]
    often = "chaque mois" if carnet.mensuel else "sur demande"
    sent = [] if carnet.mural else [Renseignement("Lien neuf", why_not_written(carnet) or often)]
    return [one for one in (*facts, *sent) if one.value]


def _gestures(carnet: Carnet) -> list[tuple[str, str]]:
    """What may be done with a carnet, each with its address."""
    first = (
        [("Imprimer l’affiche", at(carnet, "affiche")), ("Refaire l’affiche", at(carnet, "envoyer"))]
        if carnet.mural
        else [("Envoyer un lien neuf", at(carnet, "envoyer"))]
    )
    return [*first, ("Changer ce carnet", at(carnet, "modifier")), ("Fermer ce carnet", at(carnet, "fermer"))]
