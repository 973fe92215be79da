"""The entries of a trace as a list: columns, filters, the names beside the numbers."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import django_filters
import django_tables2 as tables
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tenir.core.listes import Liste
from tenir.core.models import EntreeDeTrace
from tenir.core.typographie import date_fr
from tenir.ecran.navigation import address
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


class Trace(Liste):
    """The entries of a trace; `espace` is the contract whose trace it is, `noms` the names beside the numbers."""

    caption = "Les changements"
    noun, noun_plural, genre = "changement", "changements", "m"

    contrat = tables.Column(accessor="pk", verbose_name="Contrat", visible=False, orderable=False)
    rang = tables.Column(verbose_name="N°", attrs={"td": {"class": "code"}})
    le = tables.Column(verbose_name="Quand", orderable=False)
    acteur = tables.Column(verbose_name="Qui", empty_values=(), orderable=False)
    pour = tables.Column(verbose_name="Pour", orderable=False, default="")
    genre_d_objet = tables.Column(accessor="genre", verbose_name="Genre", visible=False)
    objet = tables.Column(verbose_name="Objet", orderable=False)
    champ = tables.Column(verbose_name="Champ", orderable=False, default="")
    avant = tables.Column(verbose_name="Avant", orderable=False, empty_values=())
    apres = tables.Column(verbose_name="Après", orderable=False, empty_values=())
    motif = tables.Column(verbose_name="Pourquoi", orderable=False, default="")

    class Meta:
        empty_text = "Aucun changement ne répond à ces filtres."
        order_by = "-rang"

    def __init__(self, *args: Any, espace: EspaceDeContrat | None, noms: dict[int, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.espace, self.noms = espace, noms

    def value_contrat(self) -> str:
        """The contract on every exported row, so that « fictif » is there."""
        return self.espace.titre if self.espace else "plateforme"

    def render_le(self, record: EntreeDeTrace) -> str:
        """The day and the minute, in Paris time."""
        moment = timezone.localtime(record.le)
        return f"{date_fr(moment.date())}, {moment:%H:%M}"

    def value_le(self, record: EntreeDeTrace) -> str:
        """A moment as it is sorted, in Paris time."""
        return timezone.localtime(record.le).isoformat(timespec="seconds")

    def render_acteur(self, record: EntreeDeTrace) -> str | SafeString:
        """The name beside the number, leading to what the person changed; or the command."""
        if record.acteur is None:
            return record.commande
        url = address("trace-personne", self.espace, record.acteur)
        return format_html('<a href="{}">{}</a>', url, self.value_acteur(record))

    def value_acteur(self, record: EntreeDeTrace) -> str:
        """The name alone, or the command."""
        return record.commande if record.acteur is None else self.noms.get(record.acteur, unknown(record.acteur))

    def render_objet(self, record: EntreeDeTrace) -> SafeString:
        """The thing, leading to its history."""
        return format_html('<a href="{}">{} {}</a>', self._history(record), record.genre, numbered(record))

    def value_objet(self, record: EntreeDeTrace) -> str:
        """The thing alone."""
        return record.objet

    def render_avant(self, record: EntreeDeTrace) -> str | SafeString:
        """The value before, or that it was erased."""
        return format_html('<i class="muet">{}</i>', ERASED) if record.efface else record.avant

    def render_apres(self, record: EntreeDeTrace) -> str | SafeString:
        """The value after, or that it was erased."""
        return format_html('<i class="muet">{}</i>', ERASED) if record.efface else record.apres

    def value_avant(self, record: EntreeDeTrace) -> str:
        """The value before, or that it was erased."""
        return ERASED if record.efface else record.avant

    def value_apres(self, record: EntreeDeTrace) -> str:
        """The value after, or that it was erased."""
        return ERASED if record.efface else record.apres

    def _history(self, record: EntreeDeTrace) -> str:
        if of_a_person(record):
            return address("trace-personne", self.espace, int(record.objet))
        return address("trace-objet", self.espace, record.genre, record.objet)


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
    return timezone.make_aware(datetime.combine(day, time()))
