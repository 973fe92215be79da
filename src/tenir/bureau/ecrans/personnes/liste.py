"""Every person known on the platform: where the administration finds the one who asks to be erased."""

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tenir.acteurs.models import Personne
from tenir.core.listes import Liste, respond
from tenir.core.typographie import date_fr
from tenir.ecran.navigation import context
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs


class Personnes(Liste):
    """The persons of the platform; those who were erased are numbers."""

    caption = "Personnes"
    noun, genre = "personne", "f"

    contrat = tables.Column(accessor="pk", verbose_name="Contrat", visible=False, orderable=False)
    numero = tables.Column(accessor="pk", verbose_name="N°", attrs={"td": {"class": "code"}})
    nom = tables.Column(verbose_name="Personne", order_by=("nom", "pk"), empty_values=())
    email = tables.Column(verbose_name="Courriel", default="")
    compte = tables.Column(accessor="utilisateur_id", verbose_name="Compte", orderable=False, empty_values=())
    fonctions = tables.Column(verbose_name="Fonctions")
    roles = tables.Column(verbose_name="Rôles")
    agir = tables.Column(accessor="pk", verbose_name="Agir", orderable=False, exclude_from_export=True)

    class Meta:
        empty_text = "Personne ne répond à ces filtres."
        order_by = "nom"

    def value_contrat(self) -> str:
        """Persons belong to no contract."""
        return "plateforme"

    def render_nom(self, record: Personne) -> str:
        """The name, or the number of who was erased."""
        return str(record)

    def render_compte(self, record: Personne) -> str:
        """Whether she can sign in."""
        return "oui" if record.utilisateur_id else "non"

    def render_agir(self, record: Personne) -> str | SafeString:
        """The way to erase a person who asks for it."""
        if record.effacee_le:
            return f"effacée le {date_fr(timezone.localdate(record.effacee_le))}"
        url = reverse("personne-effacer", args=[record.pk])
        return format_html('<a href="{}">Effacer<span class="hors-ecran"> {}</span></a>', url, record)


class FiltreDesPersonnes(django_filters.FilterSet):
    """Words of the name or the address; those who were erased too."""

    q = django_filters.CharFilter(label="Mots", method="with_words", max_length=200)
    quand = django_filters.ChoiceFilter(
        label="Lesquelles", choices=[("toutes", "Et les effacées")], empty_label="Connues", method="at"
    )

    class Meta:
        model = Personne
        fields: tuple[str, ...] = ()

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__({} if data is None else data, *args, **kwargs)  # filters even when nothing is asked

    def with_words(self, rows: QuerySet[Personne], name: str, value: str) -> QuerySet[Personne]:
        """The persons whose name or address holds every word."""
        for word in value.split():
            rows = rows.filter(Q(nom__icontains=word) | Q(email__icontains=word))
        return rows

    def at(self, rows: QuerySet[Personne], name: str, value: str) -> QuerySet[Personne]:
        """Nothing to leave out: the erased ones were asked for too."""
        return rows

    def filter_queryset(self, queryset: QuerySet[Personne]) -> QuerySet[Personne]:
        """Leave out those who were erased, unless asked."""
        rows: QuerySet[Personne] = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("quand") else rows.filter(effacee_le=None)


@needs("personne.erase")
def personnes(request: HttpRequest, acces: Acces, espace: EspaceDeContrat | None, format: str = "") -> HttpResponse:
    """The persons of the platform, or their export."""
    rows = Personne.objects.annotate(
        fonctions=Count("referents", distinct=True), roles=Count("habilitations", distinct=True)
    )
    return respond(
        request,
        "bureau/personnes/liste.html",
        liste=Personnes,
        filtre=FiltreDesPersonnes,
        rows=rows,
        export_name="personnes",
        format=format,
        context=context(
            acces,
            espace,
            "personnes",
            csv=reverse("personnes-export", args=["csv"]),
            xlsx=reverse("personnes-export", args=["xlsx"]),
        ),
    )
