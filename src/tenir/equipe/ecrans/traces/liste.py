"""The entries of a trace as a list: columns, filters, the names beside the numbers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from operator import attrgetter
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tenir.core import horloge
from tenir.core.cellules import muted
from tenir.core.listes import Colonne, Liste, Place, read, text_column
from tenir.core.models import EntreeDeTrace
from tenir.core.typographie import date_fr
from tenir.ecran.navigation import address
from tenir.habilitations.listes import contract_column
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.traces import OF_A_PERSON, names_of

Entries = QuerySet[EntreeDeTrace]
Choices = list[tuple[str, str]]
COMMAND = "commande"
ERASED = "effacé"


@dataclass(frozen=True, slots=True)
class Vocabulaire:
    """What some entries speak of: the names of those who acted, the kinds of things, the fields."""

    noms: dict[int, str]
    auteurs: Choices
    genres: Choices
    champs: Choices


def vocabulary(entries: Entries) -> Vocabulaire:
    """What entries speak of, in two queries whatever their number."""
    found = set(entries.order_by().values_list("acteur", "genre", "champ").distinct())
    numbers = {acteur for acteur, _, _ in found if acteur}
    noms = names_of(numbers)
    people = sorted((noms.get(number, unknown(number)), str(number)) for number in numbers)
    commands = [(COMMAND, "la ligne de commande")] if len(numbers) < len({acteur for acteur, _, _ in found}) else []
    return Vocabulaire(
        noms,
        [*((number, name) for name, number in people), *commands],
        [(genre, genre) for genre in sorted({genre for _, genre, _ in found})],
        [(champ, champ) for champ in sorted({champ for _, _, champ in found} - {""})],
    )


def unknown(number: int) -> str:
    """What stands for a person whose name is erased."""
    return f"personne n° {number}"


def trace_of(espace: EspaceDeContrat | None, noms: dict[int, str]) -> Liste:
    """The list of the entries of a trace: of a contract or of the platform, names beside the numbers."""
    place = espace.titre if espace else "plateforme"
    said_before, said_after = (_said(name) for name in ("avant", "apres"))
    return Liste(
        "Les changements",
        (
            contract_column(lambda row: place),
            Colonne("rang", "N°", read("rang"), lambda row: str(row.rang), order_by=("rang",), css="code"),
            Colonne("le", "Quand", _when_in_files, _when, place=Place.LIGNE),
            _author(espace, noms),
            text_column("pour", "Pour"),
            Colonne("genre_d_objet", "Genre", read("genre"), usual=False),
            Colonne("objet", "Objet", read("objet"), _thing(espace), place=Place.TITRE),
            text_column("champ", "Champ", place=Place.LIGNE),
            Colonne("avant", "Avant", said_before, _erased_or(said_before)),
            Colonne("apres", "Après", said_after, _erased_or(said_after), place=Place.LIGNE, mot="→"),
            text_column("motif", "Pourquoi"),
        ),
        noun="changement",
        plural="changements",
        genre="m",
        empty="Aucun changement ne répond à ces filtres.",
        sort="-rang",
        tie=(),  # a number is one entry's
        choosable=True,
    )


def _when(row: EntreeDeTrace) -> str:
    """The day and the minute, in Paris time."""
    moment = horloge.local(row.le)
    return f"{date_fr(horloge.day_of(row.le))}, {moment:%H:%M}"


def _when_in_files(row: EntreeDeTrace) -> str:
    """A moment as it is sorted, in Paris time."""
    return horloge.local(row.le).isoformat(timespec="seconds")


def _author(espace: EspaceDeContrat | None, noms: dict[int, str]) -> Colonne:
    """Who: the name beside the number, leading to what the person changed; or the command."""

    def value(row: EntreeDeTrace) -> str:
        return row.commande if row.acteur is None else noms.get(row.acteur, unknown(row.acteur))

    def cell(row: EntreeDeTrace) -> str | SafeString:
        if row.acteur is None:
            return row.commande
        return format_html('<a href="{}">{}</a>', address("trace-personne", espace, row.acteur), value(row))

    return Colonne("acteur", "Qui", value, cell, place=Place.LIGNE)


def _thing(espace: EspaceDeContrat | None) -> Callable[[EntreeDeTrace], SafeString]:
    """The thing, leading to its history."""

    def cell(row: EntreeDeTrace) -> SafeString:
        of_person = of_a_person(row)
        route, args = ("trace-personne", (int(row.objet),)) if of_person else ("trace-objet", (row.genre, row.objet))
        return format_html('<a href="{}">{} {}</a>', address(route, espace, *args), row.genre, numbered(row))

    return cell


def _said(name: str) -> Callable[[EntreeDeTrace], str]:
    """The value before or after, or that it was erased."""
    get = attrgetter(name)
    return lambda row: ERASED if row.efface else get(row)


def _erased_or(said: Callable[[EntreeDeTrace], str]) -> Callable[[EntreeDeTrace], str]:
    return lambda row: muted(ERASED) if row.efface else said(row)


def numbered(record: EntreeDeTrace) -> str:
    """A thing as it is read: a person by her number, the rest by its code."""
    return f"n° {record.objet}" if of_a_person(record) else record.objet


def of_a_person(record: EntreeDeTrace) -> bool:
    """Whether the thing is a person, known by her number."""
    return record.genre in OF_A_PERSON and record.objet.isdecimal()


class FiltreDeLaTrace(django_filters.FilterSet):
    """Period (both days included), author, kind of thing, field: only what the entries speak of is offered."""

    depuis = django_filters.DateFilter(
        label="Depuis le", method="since", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    jusque = django_filters.DateFilter(
        label="Jusqu’au", method="until", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    auteur = django_filters.ChoiceFilter(label="Qui", method="by", empty_label="Tous")
    genre = django_filters.ChoiceFilter(label="Genre d’objet", empty_label="Tous")
    champ = django_filters.ChoiceFilter(label="Champ", empty_label="Tous")

    class Meta:
        model = EntreeDeTrace
        fields: tuple[str, ...] = ()

    def since(self, rows: Entries, name: str, value: date) -> Entries:
        """From the first minute of that day in Paris."""
        return rows.filter(le__gte=_midnight(value))

    def until(self, rows: Entries, name: str, value: date) -> Entries:
        """To the last minute of that day in Paris."""
        return rows.filter(le__lt=_midnight(value + timedelta(days=1)))

    def by(self, rows: Entries, name: str, value: str) -> Entries:
        """What one person changed, or the command line."""
        return rows.filter(acteur__isnull=True) if value == COMMAND else rows.filter(acteur=int(value))


def filter_of(words: Vocabulaire) -> type[FiltreDeLaTrace]:
    """The filters with the choices that some entries make possible."""

    class Filtre(FiltreDeLaTrace):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.filters["auteur"].extra["choices"] = words.auteurs
            self.filters["genre"].extra["choices"] = words.genres
            self.filters["champ"].extra["choices"] = words.champs

    return Filtre


def _midnight(day: date) -> datetime:
    return horloge.at(day, time())
