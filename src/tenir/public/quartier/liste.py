"""The figures printed in the contract as a list, and the lists of places and lessons to take away."""

from decimal import Decimal
from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import Case, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tenir.contrat.adresses import address
from tenir.contrat.models import Donnee
from tenir.core.cellules import TexteOuAbsence, stamp
from tenir.core.composants import Ton
from tenir.core.typographie import typo
from tenir.habilitations.models import EspaceDeContrat
from tenir.public.cellules import code_link
from tenir.public.listes import FiltreDuContrat, ListeDuContrat, alphabetical, values_of

DIAGNOSTIC = "diagnostic"
TONES = {"contestée": Ton.ATTENTION, "manquante": Ton.MUET}
DOCUMENT_ORDER = ("rang", "niveau", "ordre")


def figures(espace: EspaceDeContrat) -> QuerySet[Donnee]:
    """The figures of a contract in the order of the document, each part under its whole."""
    return (
        Donnee.objects.of(espace)
        .select_related("espace", "orientation", "partie_de")
        .annotate(
            rang=Coalesce("partie_de__partie_de__ordre", "partie_de__ordre", "ordre"),
            niveau=Case(When(partie_de=None, then=Value(0)), default=Value(1)),
        )
        .order_by(*DOCUMENT_ORDER)
    )


class Donnees(ListeDuContrat):
    """Figures as printed, with all that goes with a figure."""

    code = tables.Column(order_by=DOCUMENT_ORDER, attrs={"td": {"class": "code"}})
    libelle = tables.Column(verbose_name="Donnée")
    imprime = TexteOuAbsence(
        "non fournie", verbose_name="Imprimé", order_by="valeur", attrs={"td": {"class": "chiffre"}}
    )
    unite = TexteOuAbsence("non précisée", verbose_name="Unité")
    periode = TexteOuAbsence("non précisée", verbose_name="Période")
    perimetre = TexteOuAbsence("non précisé", verbose_name="Périmètre")
    origine = TexteOuAbsence("non citée", verbose_name="Source citée")
    statut = tables.Column(verbose_name="Statut")
    orientation = tables.Column(
        accessor="orientation__code", order_by="orientation__ordre", verbose_name="Orientation", empty_values=()
    )
    valeur = tables.Column(verbose_name="Valeur lue", visible=False)
    valeur_max = tables.Column(verbose_name="Haut de l’intervalle", visible=False)
    partie_de = tables.Column(accessor="partie_de__code", verbose_name="Part de", visible=False)
    doute = tables.Column(verbose_name="À vérifier", visible=False)
    source = tables.Column(verbose_name="Lignes du document", visible=False)

    caption = "Données imprimées dans le contrat, fautes comprises"
    noun = "donnée"

    class Meta:
        empty_text = "Aucune donnée ne répond à ces filtres."

    def render_code(self, value: str, record: Donnee) -> SafeString:
        """The code, the anchor of its row, leading to where the figure is printed."""
        return format_html('<a id="{}" href="{}">{}</a>', value, address(record.espace.slug, value), value)

    def value_code(self, value: str) -> str:
        """The code alone."""
        return value

    def render_libelle(self, value: str, record: Donnee) -> SafeString:
        """The label, « dont » before a part, and the doubt in its sentence."""
        part = format_html('<span class="discret">{}</span> ', "dont") if record.partie_de else ""
        doubt = render_to_string("core/components/doute.html", {"text": typo(record.doute)}) if record.doute else ""
        return format_html("{}{}{}", part, value, doubt)

    def value_libelle(self, value: str) -> str:
        """The label alone."""
        return value

    def render_statut(self, value: str) -> SafeString:
        """The status as a stamp."""
        return stamp(value, TONES.get(value, Ton.NEUTRE))

    def render_orientation(self, record: Donnee) -> str | SafeString:
        """The orientation that prints it, or the diagnosis."""
        if not record.orientation:
            return DIAGNOSTIC
        return code_link(record.espace.slug, record.orientation.code, record.orientation.titre)

    def value_orientation(self, record: Donnee) -> str:
        """The code of the orientation, or the diagnosis."""
        return record.orientation.code if record.orientation else DIAGNOSTIC

    def value_valeur(self, value: Decimal) -> Decimal:
        """The value without the zeros that the database adds."""
        return _bare(value)

    def value_valeur_max(self, value: Decimal) -> Decimal:
        """The top of the range, likewise."""
        return _bare(value)

    def value_statut(self, value: str) -> str:
        """The status."""
        return value

    def order_libelle(self, rows: QuerySet[Any], is_descending: bool) -> tuple[QuerySet[Any], bool]:
        """French order."""
        return alphabetical(rows, "libelle", is_descending)


def _bare(value: Decimal) -> Decimal:
    whole = value.to_integral_value()
    return whole if value == whole else Decimal(f"{value:f}".rstrip("0"))


class FiltreDesDonnees(FiltreDuContrat):
    """Filters by where a figure is printed, what it measures, who says so, how sure it is."""

    orientation = django_filters.ChoiceFilter(label="Où elle est imprimée", method="printed_in", empty_label="Partout")
    perimetre = django_filters.ChoiceFilter(label="Périmètre", empty_label="Tous")
    periode = django_filters.ChoiceFilter(label="Période", empty_label="Toutes")
    origine = django_filters.ChoiceFilter(label="Source citée", empty_label="Toutes")
    statut = django_filters.ChoiceFilter(label="Statut", empty_label="Tous")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        columns = ("orientation__ordre", "orientation__code", "orientation__titre")
        found = sorted(set(self.queryset.exclude(orientation=None).order_by().values_list(*columns)))
        orientations = [(code, f"{code} {titre}") for _, code, titre in found]
        self.offer("orientation", [(DIAGNOSTIC, "Diagnostic du quartier"), *orientations])
        for name in ("perimetre", "periode", "origine", "statut"):
            self.offer(name, values_of(self.queryset, name))

    def printed_in(self, rows: QuerySet[Donnee], name: str, value: str) -> QuerySet[Donnee]:
        """The figures of the diagnosis, or of one orientation."""
        return rows.filter(orientation=None) if value == DIAGNOSTIC else rows.filter(orientation__code=value)


class Lieux(ListeDuContrat):
    """The places, to take away."""

    code = tables.Column()
    nom = tables.Column(verbose_name="Nom imprimé")
    nature = tables.Column(verbose_name="Nature")
    repere = tables.Column(verbose_name="Repère sur la carte")
    source = tables.Column(verbose_name="Lignes du document")
    note = tables.Column(verbose_name="Note")

    class Meta:
        default = ""


class Enseignements(ListeDuContrat):
    """The lessons of the contract before, to take away."""

    code = tables.Column()
    titre = tables.Column(verbose_name="Titre abrégé")
    sens = tables.Column(verbose_name="Sens")
    mots = tables.Column(verbose_name="Mots signés")
    source = tables.Column(verbose_name="Lignes du document")
    note = tables.Column(verbose_name="Note")

    class Meta:
        default = ""
