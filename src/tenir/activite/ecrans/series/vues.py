"""The series of a contract: their list, the page of one, making and changing one, telling one of its days."""

from datetime import date
from functools import partial
from typing import Any

import django_filters
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods

from tenir.activite.catalogue import catalogue_of
from tenir.activite.droits import niveau_of
from tenir.activite.ecrans.series import page as shown
from tenir.activite.ecrans.series.formulaires import JourneeForm, NouvelleSerieForm, SerieForm
from tenir.activite.ecrans.series.page import ONGLET, at, day_fr, serie_or_404, sujet
from tenir.activite.models import Serie
from tenir.activite.rythmes import rhythm
from tenir.activite.services.entree import record_entree
from tenir.activite.services.series import FICHES, GENRE, RIGHT, change_serie, create_serie, to_write
from tenir.core import horloge
from tenir.core.listes import UNPROCESSABLE, Colonne, Liste, Place, day_column, read, respond, text_column
from tenir.core.typographie import capital, typo
from tenir.ecran.annulation.barre import undoable, with_undo
from tenir.ecran.conflit import answer_or_arbitrate
from tenir.ecran.edition import Ecran, answer, posted
from tenir.ecran.histoire import records
from tenir.ecran.listes import CHANGES, paged
from tenir.ecran.navigation import address, context
from tenir.habilitations.listes import contract_column
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, may, reach, require
from tenir.habilitations.vues import needs

MODIFIER = Ecran(
    "Changer cette série",
    "Enregistrer la série",
    "La série est changée.",
    "Ce qui est déjà inscrit reste comme il est ; pour y mettre fin, donnez son dernier jour.",
)


class FiltreDesSeries(django_filters.FilterSet):
    """Those that go on, or all of them."""

    finies = django_filters.ChoiceFilter(
        label="Durée", choices=[("oui", "Terminées")], empty_label="En cours", method="ended"
    )

    class Meta:
        model = Serie
        fields: tuple[str, ...] = ()

    def __init__(self, data: Any = None, *args: Any, espace: EspaceDeContrat, **kwargs: Any) -> None:
        super().__init__({} if data is None else data, *args, **kwargs)
        self.espace = espace

    def ended(self, rows: Any, name: str, value: str) -> Any:
        """Those whose last day is past."""
        return rows

    def filter_queryset(self, queryset: Any) -> Any:
        """Those that go on, unless the others are asked for."""
        over = {"au__lt": horloge.today(self.espace)}
        return queryset.filter(**over) if self.form.cleaned_data.get("finies") else queryset.exclude(**over)


def _named(row: Serie) -> SafeString:
    return format_html('<a href="{}">{}</a>', at(row), row)


SERIES = Liste(
    "Ce qui revient",
    (
        contract_column(read("espace.titre")),
        Colonne("titre", "Série", str, _named, order_by=("titre", "libelle"), place=Place.TITRE),
        Colonne("rythme", "Quand", rhythm, lambda row: capital(rhythm(row)), place=Place.LIGNE),
        Colonne("organisme", "Organisme", read("organisme.nom"), order_by=("organisme__nom",), place=Place.LIGNE),
        Colonne("lieu", "Lieu", lambda row: row.ou),
        text_column("libelle", "Nature", order_by=("libelle",)),
        day_column("du", "Depuis le", read("du", None), order_by=("du",), usual=False),
        day_column("au", "Jusqu’au", read("au", None), order_by=("au",)),
    ),
    noun="série",
    genre="f",
    empty="Aucune série ici : dites ce qui revient, ses jours s’inscriront en deux gestes.",
    sort="titre",
    choosable=True,
)


@needs("activite.read")
def series(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, format: str = "") -> HttpResponse:
    """What comes back in a contract, or its export."""
    rows = Serie.objects.of(espace).filter(niveau__lte=niveau_of(acces, espace))
    return respond(
        request,
        "activite/series/liste.html",
        liste=SERIES,
        filtre=partial(FiltreDesSeries, espace=espace),
        rows=rows.select_related("organisme", "lieu"),
        export_name=f"{espace.slug}-series",
        format=format,
        context=context(
            acces,
            espace,
            ONGLET,
            nouvelle=address("serie-nouvelle", espace) if reach(acces, RIGHT, espace) else "",
            csv=address("series-export", espace, "csv"),
            xlsx=address("series-export", espace, "xlsx"),
        ),
    )


@needs("activite.read")
def serie(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """One series: when it takes place, the days to tell, those to come, its history."""
    found = serie_or_404(acces, espace, numero)
    may_write = may(acces, "entree.update", espace, found)
    given = context(
        acces,
        espace,
        ONGLET,
        serie=found,
        chapeau=shown.lede(found),
        faits=shown.facts(found),
        attendus=shown.awaited(found, may_write=may_write),
        venir=shown.to_come(found),
        connues=shown.known(found),
        modifier=at(found, "modifier") if may(acces, RIGHT, espace, found) else "",
        histoire=paged(request, records(shown.history_of(found)), CHANGES, "histoire"),
        annulables=undoable(acces, espace, genre=GENRE, code=found.code),
        liste=address(ONGLET, espace),
    )
    return render(request, "activite/series/serie.html", given)


@require_http_methods(["GET", "POST"])
@needs(RIGHT, theirs=True)
def nouvelle(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Say what comes back."""
    form = NouvelleSerieForm(Serie(espace=espace, du=horloge.today(espace)), acces, posted(request))
    if form.is_valid():
        fiches = form.actions() or None
        nature = form.cleaned_data["nature"]
        try:
            made = create_serie(by=acces, espace=espace, nature=nature, values=form.values(), fiches=fiches)
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(
                request, with_undo(acces, espace, "La série est ajoutée.", at(made), genre=GENRE, code=made.code)
            )
            return redirect(at(made))
    given = context(acces, espace, ONGLET, form=form, retour=address(ONGLET, espace))
    return render(request, "activite/series/nouvelle.html", given, status=UNPROCESSABLE if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(RIGHT, theirs=True)
def modifier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Change a series, or end it."""
    found = serie_or_404(acces, espace, numero)
    require(acces, RIGHT, espace, found)
    form = SerieForm(found, acces, posted(request))

    def write(changes: dict[str, Any]) -> None:
        version, fiches = form.cleaned_data["version"] or 0, form.actions() if FICHES in changes else None
        fields = {name: value for name, value in changes.items() if name != FICHES}
        change_serie(by=acces, serie=found, version=version, changes=fields, fiches=fiches)

    return answer_or_arbitrate(request, acces, sujet(found), form, MODIFIER, write, chose=found)


@require_http_methods(["GET", "POST"])
@needs("entree.update", theirs=True)
def jour(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, jour: str) -> HttpResponse:
    """Tell one day of a series: it took place, with its number, or it did not."""
    found = serie_or_404(acces, espace, numero)
    require(acces, "entree.update", espace, found)
    day = _day(found, jour)
    kind = catalogue_of(espace).get(found.nature)
    if kind is None:
        raise Http404
    form = JourneeForm(kind, posted(request))
    ecran = Ecran(
        f"{capital(day_fr(day))}",
        "Inscrire",
        typo(f"{capital(day_fr(day))} : c’est inscrit."),
        shown.lede(found),
    )

    def write() -> None:
        record_entree(by=acces, espace=espace, nature=found.nature, saisie=form.saisie(found, day), exact=form.exact)

    return answer(request, acces, sujet(found), form, ecran, write)


def _day(serie: Serie, written: str) -> date:
    """A day of a series that is to be told.

    Raises:
        Http404: it is none, or is told already.
    """
    awaited = {one.le.isoformat(): one.le for one in to_write(serie, horloge.today(serie.espace))}
    if written not in awaited:
        raise Http404
    return awaited[written]
