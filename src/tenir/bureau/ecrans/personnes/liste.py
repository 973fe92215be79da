"""Every person known on the platform: where the administration finds the one who asks to be erased."""

from typing import Any

import django_filters
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from tenir.acteurs.models import Personne
from tenir.acteurs.personnes import holding
from tenir.core import horloge
from tenir.core.listes import Colonne, Liste, Place, read, respond, text_column
from tenir.core.typographie import date_fr, pluriel
from tenir.ecran.navigation import context
from tenir.habilitations.listes import contract_column
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs


def _erase(row: Personne) -> str | SafeString:
    """The way to correct a person, or to erase one who asks for it."""
    if row.effacee_le:
        return _erased(row)
    links = (("personne-corriger", "Corriger"), ("personne-effacer", "Effacer"))
    pieces = ((reverse(name, args=[row.pk]), word, row) for name, word in links)
    return format_html_join(", ", '<a href="{}">{}<span class="hors-ecran"> {}</span></a>', pieces)


def _erased(row: Personne) -> str | SafeString:
    """When she was erased, and the texts that named her then, if any."""
    day = f"effacée le {date_fr(horloge.day_of(row.effacee_le))}" if row.effacee_le else ""
    if not row.nommee:  # type: ignore[attr-defined]  # annotated
        return day
    told = pluriel(row.nommee, "texte à relire", "textes à relire")  # type: ignore[attr-defined]
    return format_html(
        '{}, <a href="{}">{}<span class="hors-ecran"> {}</span></a>',
        day,
        reverse("personne-mentions", args=[row.pk]),
        told,
        row,
    )


PERSONNES = Liste(
    "Personnes",
    (
        contract_column(lambda row: "plateforme"),
        Colonne("numero", "N°", read("pk"), lambda row: str(row.pk), order_by=("pk",), css="code", place=Place.LIGNE),
        Colonne("nom", "Personne", str, order_by=("nom", "pk"), place=Place.TITRE),
        text_column("email", "Courriel", order_by=("email",), place=Place.LIGNE),
        Colonne("compte", "Compte", lambda row: "oui" if row.utilisateur_id else "non"),
        Colonne("fonctions", "Fonctions", read("fonctions"), order_by=("fonctions",)),
        Colonne("roles", "Rôles", read("roles"), order_by=("roles",)),
        Colonne("agir", "Agir", _erase, css="geste", place=Place.LIGNE, in_files=False),
    ),
    noun="personne",
    empty="Personne ne répond à ces filtres.",
    sort="nom",
    choosable=True,
)
"""The persons of the platform; those who were erased are numbers, and belong to no contract."""


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
        return rows.filter(holding(value))

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
        fonctions=Count("referents", distinct=True),
        roles=Count("habilitations", distinct=True),
        nommee=Count("mentions", distinct=True),
    )
    return respond(
        request,
        "bureau/personnes/liste.html",
        liste=PERSONNES,
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
