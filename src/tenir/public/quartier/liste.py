"""The figures printed in the contract as a list, and the lists of places and lessons to take away."""

from decimal import Decimal
from typing import Any

import django_filters
from django.db.models import Case, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tenir.contrat.adresses import address
from tenir.contrat.models import Donnee
from tenir.core.cellules import stamp
from tenir.core.composants import Ton
from tenir.core.listes import Colonne, Liste, Place, read, text_column
from tenir.core.typographie import typo
from tenir.habilitations.models import EspaceDeContrat
from tenir.public.cellules import code_link
from tenir.public.listes import CONTRAT, FiltreDuContrat, french, values_of

DIAGNOSTIC = "diagnostic"
TONES = {"contestée": Ton.ATTENTION, "manquante": Ton.MUET}
DOCUMENT_ORDER = ("rang", "niveau", "ordre")


def figures(espace: EspaceDeContrat) -> QuerySet[Donnee]:
    """The figures of a contract in the order of the document, each part under its whole."""
    return (
        Donnee.objects.of(espace)
        .select_related("orientation", "partie_de")
        .annotate(
            rang=Coalesce("partie_de__partie_de__ordre", "partie_de__ordre", "ordre"),
            niveau=Case(When(partie_de=None, then=Value(0)), default=Value(1)),
        )
        .order_by(*DOCUMENT_ORDER)
    )


def _code(row: Donnee) -> SafeString:
    """The code, the anchor of its row, leading to where the figure is printed."""
    return format_html('<a id="{}" href="{}">{}</a>', row.code, address(row.espace.slug, row.code), row.code)


def _label(row: Donnee) -> SafeString:
    """The label, « dont » before a part, and the doubt in its sentence."""
    part = format_html('<span class="discret">{}</span> ', "dont") if row.partie_de else ""
    doubt = render_to_string("core/components/doute.html", {"text": typo(row.doute)}) if row.doute else ""
    return format_html("{}{}{}", part, row.libelle, doubt)


def _orientation(row: Donnee) -> str | SafeString:
    """The orientation that prints it, or the diagnosis."""
    if not row.orientation:
        return DIAGNOSTIC
    return code_link(row.espace.slug, row.orientation.code, row.orientation.titre)


def _number(name: str, titre: str) -> Colonne:
    """A column of a number in files, without the zeros that the database adds."""

    def value(row: Donnee) -> Decimal | str:
        found = getattr(row, name)
        return "" if found is None else _bare(found)

    return Colonne(name, titre, value, on_page=False)


DONNEES = Liste(
    "Données imprimées dans le contrat, fautes comprises",
    (
        CONTRAT,
        Colonne("code", "Code", read("code"), _code, order_by=DOCUMENT_ORDER, css="code", place=Place.LIGNE),
        Colonne("libelle", "Donnée", read("libelle"), _label, key=french("libelle"), place=Place.TITRE),
        text_column(
            "imprime", "Imprimé", absence="non fournie", order_by=("valeur",), css="chiffre", place=Place.LIGNE
        ),
        text_column("unite", "Unité", absence="non précisée", order_by=("unite",), place=Place.LIGNE),
        text_column("periode", "Période", absence="non précisée", order_by=("periode",), place=Place.LIGNE),
        text_column("perimetre", "Périmètre", absence="non précisé", order_by=("perimetre",), place=Place.LIGNE),
        text_column("origine", "Source citée", absence="non citée", order_by=("origine",), place=Place.LIGNE),
        Colonne(
            "statut",
            "Statut",
            read("statut"),
            lambda row: stamp(row.statut, TONES.get(row.statut, Ton.NEUTRE)),
            order_by=("statut",),
            place=Place.ETAT,
        ),
        Colonne(
            "orientation",
            "Orientation",
            lambda row: row.orientation.code if row.orientation else DIAGNOSTIC,
            _orientation,
            key=lambda row: row.orientation.ordre if row.orientation else -1,
        ),
        _number("valeur", "Valeur lue"),
        _number("valeur_max", "Haut de l’intervalle"),
        Colonne("partie_de", "Part de", read("partie_de.code"), on_page=False),
        Colonne("doute", "À vérifier", read("doute"), on_page=False),
        Colonne("source", "Lignes du document", read("source"), on_page=False),
    ),
    noun="donnée",
    filters="Filtrer les données",
    empty="Aucune donnée ne répond à ces filtres.",
    tie=(*DOCUMENT_ORDER, "pk"),
)
"""Figures as printed, with all that goes with a figure."""


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


LIEUX = Liste(
    "Lieux et équipements",
    (
        CONTRAT,
        text_column("code", "Code"),
        text_column("nom", "Nom imprimé"),
        text_column("nature", "Nature"),
        text_column("repere", "Repère sur la carte"),
        text_column("source", "Lignes du document"),
        text_column("note", "Note"),
    ),
)
"""The places, to take away."""

ENSEIGNEMENTS = Liste(
    "Enseignements du contrat précédent",
    (
        CONTRAT,
        text_column("code", "Code"),
        text_column("titre", "Titre abrégé"),
        text_column("sens", "Sens"),
        text_column("mots", "Mots signés"),
        text_column("source", "Lignes du document"),
        text_column("note", "Note"),
    ),
)
"""The lessons of the contract before, to take away."""
