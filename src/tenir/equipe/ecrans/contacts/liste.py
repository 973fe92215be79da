"""The list of contacts: its columns, its filters."""

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from tenir.acteurs.models import Organisation
from tenir.core.listes import Liste
from tenir.core.typographie import date_fr
from tenir.ecran.navigation import address
from tenir.habilitations.models import Referent


class Contacts(Liste):
    """The contacts of a contract, current or ended."""

    caption = "Contacts"
    noun, genre = "contact", "m"

    contrat = tables.Column(accessor="espace__titre", verbose_name="Contrat", visible=False)
    organisation = tables.Column(accessor="organisation__nom", verbose_name="Organisme")
    personne = tables.Column(
        accessor="personne__nom", verbose_name="Personne", order_by=("personne__nom", "pk"), empty_values=()
    )
    fonction = tables.Column(verbose_name="Fonction", default="")
    email = tables.Column(accessor="personne__email", verbose_name="Courriel", default="")
    telephone = tables.Column(accessor="personne__telephone", verbose_name="Téléphone", default="")
    du = tables.Column(verbose_name="Depuis le")
    au = tables.Column(verbose_name="A pris fin le", visible=False, default="")
    agir = tables.Column(accessor="pk", verbose_name="Agir", orderable=False, exclude_from_export=True)

    class Meta:
        empty_text = "Aucun contact ici : ajoutez-en un, importez un tableau, ou changez les filtres."
        order_by = "organisation"

    def render_personne(self, record: Referent) -> str:
        """The name, or the number of who was erased."""
        return str(record.personne)

    def render_email(self, value: str) -> str:
        """The address opens one's mail."""
        return format_html('<a href="mailto:{}">{}</a>', value, value) if value else ""

    def value_email(self, value: str) -> str:
        """The address alone."""
        return value

    def render_du(self, record: Referent) -> str:
        """A day as it is read."""
        return date_fr(record.du)

    def value_du(self, record: Referent) -> str:
        """A day as it is sorted."""
        return record.du.isoformat()

    def value_au(self, record: Referent) -> str:
        """A day as it is sorted."""
        return record.au.isoformat() if record.au else ""

    def render_agir(self, record: Referent) -> str:
        """The way to correct or end a contact."""
        if record.au and record.au <= timezone.localdate():
            return f"terminé le {date_fr(record.au)}"
        links = (("contact-modifier", "Corriger"), ("contact-fin", "Mettre fin"))
        pieces = ((address(name, record.espace, record.pk), word, record.personne) for name, word in links)
        return format_html_join(", ", '<a href="{}">{}<span class="hors-ecran"> {}</span></a>', pieces)


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
        for word in value.split():
            rows = rows.filter(
                Q(personne__nom__icontains=word)
                | Q(fonction__icontains=word)
                | Q(personne__email__icontains=word)
                | Q(organisation__nom__icontains=word)
            )
        return rows

    def at(self, rows: QuerySet[Referent], name: str, value: str) -> QuerySet[Referent]:
        """Nothing to leave out: the ended ones were asked for too."""
        return rows

    def filter_queryset(self, queryset: QuerySet[Referent]) -> QuerySet[Referent]:
        """Leave out those that ended, unless asked."""
        rows: QuerySet[Referent] = super().filter_queryset(queryset)
        if self.form.cleaned_data.get("quand"):
            return rows
        return rows.filter(Q(au__isnull=True) | Q(au__gt=timezone.localdate()))
