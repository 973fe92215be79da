"""The list of contacts: its columns, its filters."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from tenir.acteurs.models import Organisation
from tenir.core import horloge
from tenir.core.listes import (
    Colonne,
    Groupement,
    Liste,
    Place,
    day_column,
    read,
    text_column,
)
from tenir.core.typographie import date_fr
from tenir.ecran.navigation import address
from tenir.fichier.mots import name_words, plain
from tenir.habilitations.listes import contract_column
from tenir.habilitations.models import Referent


def _mail(row: Referent) -> str | SafeString:
    """The address opens one's mail."""
    email = row.personne.email
    return format_html('<a href="mailto:{}">{}</a>', email, email) if email else ""


def _phone(row: Referent) -> str | SafeString:
    """The number calls."""
    number = row.personne.telephone
    return format_html('<a href="tel:{}">{}</a>', "".join(number.split()), number) if number else ""


def _act(row: Any) -> str | SafeString:
    """The way to correct or end a contact, for who may (`corrigible`)."""
    if not row.corrigible:
        return ""
    if row.au and row.au <= horloge.today():
        return f"terminé le {date_fr(row.au)}"
    links = (("contact-modifier", "Corriger"), ("contact-fin", "Mettre fin"))
    pieces = ((address(name, row.espace, row.pk), word, row.personne) for name, word in links)
    return format_html_join(", ", '<a href="{}">{}<span class="hors-ecran"> {}</span></a>', pieces)


def _of_body(row: Referent) -> list[tuple[str, str]]:
    return [(plain(row.organisation.nom), row.organisation.nom)]


CONTACTS = Liste(
    "Contacts",
    (
        contract_column(read("espace.titre")),
        Colonne(
            "organisation", "Organisme", read("organisation.nom"), order_by=("organisation__nom",), place=Place.LIGNE
        ),
        Colonne(
            "personne",
            "Personne",
            lambda row: str(row.personne),
            order_by=("personne__nom", "pk"),
            place=Place.TITRE,
        ),
        text_column("fonction", "Fonction", order_by=("fonction",), place=Place.LIGNE),
        Colonne("email", "Courriel", read("personne.email"), _mail, order_by=("personne__email",), place=Place.LIGNE),
        Colonne(
            "telephone",
            "Téléphone",
            read("personne.telephone"),
            _phone,
            order_by=("personne__telephone",),
            place=Place.LIGNE,
        ),
        day_column("du", "Depuis le", read("du", None), order_by=("du",)),
        day_column("au", "A pris fin le", read("au", None), order_by=("au",), usual=False),
        Colonne("agir", "Agir", _act, css="geste", place=Place.LIGNE, in_files=False),
    ),
    noun="contact",
    genre="m",
    empty="Aucun contact ici : ajoutez-en un, importez un tableau, ou changez les filtres.",
    sort="organisation",
    groupings=(Groupement("organisme", "Organisme", _of_body),),
    choosable=True,
)
"""The contacts of a contract, current or ended."""


def _hold(texts: Iterable[str], asked: Iterable[str]) -> bool:
    """Whether texts hold the beginning of every word, case, accents and signs forgiven."""
    said = [word for text in texts for word in name_words(text)]
    return all(any(word.startswith(one) for word in said) for one in asked)


class FiltreDesContacts(django_filters.FilterSet):
    """Body, words, and those that ended too."""

    organisation = django_filters.ModelChoiceFilter(
        label="Organisme", queryset=Organisation.objects.none(), empty_label="Tous"
    )
    q = django_filters.CharFilter(label="Mots", method="with_words", max_length=200)
    quand = django_filters.ChoiceFilter(
        label="Quand", choices=[("tous", "En cours et terminés")], empty_label="En cours", method="at"
    )

    class Meta:
        model = Referent
        fields: tuple[str, ...] = ()

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__({} if data is None else data, *args, **kwargs)  # filters even when nothing is asked
        rows = self.queryset
        self.filters["organisation"].queryset = Organisation.objects.filter(referents__in=rows).distinct()

    def with_words(self, rows: QuerySet[Referent], name: str, value: str) -> QuerySet[Referent]:
        """The contacts whose name, function, address or body holds every word."""
        asked = name_words(value)
        told = rows.order_by().values_list("pk", "personne__nom", "fonction", "personne__email", "organisation__nom")
        return rows.filter(pk__in=[pk for pk, *texts in told if _hold(texts, asked)])

    def at(self, rows: QuerySet[Referent], name: str, value: str) -> QuerySet[Referent]:
        """Nothing to leave out: the ended ones were asked for too."""
        return rows

    def filter_queryset(self, queryset: QuerySet[Referent]) -> QuerySet[Referent]:
        """Leave out those that ended, unless asked."""
        rows: QuerySet[Referent] = super().filter_queryset(queryset)
        if self.form.cleaned_data.get("quand"):
            return rows
        return rows.filter(Q(au__isnull=True) | Q(au__gt=horloge.today()))
