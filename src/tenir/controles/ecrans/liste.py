"""The list of the anomalies of a contract: rows, columns, filters."""

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tenir.contrat.models import Orientation, Signataire
from tenir.controles.gravites import stamp_of
from tenir.controles.models import GRAVITES, AnomalieRelevee
from tenir.controles.models import AnomalieReleveeQuerySet as Anomalies
from tenir.core import horloge
from tenir.core.cellules import muted, second_line, stamp, together
from tenir.core.listes import Liste
from tenir.core.typographie import typo
from tenir.ecran.navigation import address
from tenir.habilitations.models import EspaceDeContrat
from tenir.regles.registre import TITRES_DES_FAMILLES, regle_de

WHOLE = "tout le contrat"
ADMITTED = "admises"
PARTS = {
    "ensemble": (WHOLE.capitalize(), r"^$"),
    "territoire": ("Diagnostic et territoire", r"^[TLE]\d"),
    "axes": ("Axes", r"^[A-Z]$"),
    "indicateurs": ("Indicateurs", r"^I\d"),
    "gouvernance": ("Gouvernance et protocole", r"^(G\d|ART|P\d)"),
}
"""The parts of a contract that are no orientation nor signatory: their name, and the codes of what they hold."""


class ListeDesAnomalies(Liste):
    """The anomalies, the gravest first."""

    caption = "Anomalies"
    noun, noun_plural, genre = "anomalie", "anomalies", "f"

    gravite = tables.Column(verbose_name="Gravité", order_by="rang")
    regle = tables.Column(verbose_name="Règle", attrs={"td": {"class": "code"}})
    code = tables.Column(empty_values=(), verbose_name="Élément", attrs={"td": {"class": "code"}})
    lignes = tables.Column(empty_values=(), verbose_name="Lignes", orderable=False)
    phrase = tables.Column(verbose_name="Ce qui ne va pas", orderable=False)
    remede = tables.Column(visible=False, verbose_name="Que faire")
    geste = tables.Column(accessor="pk", verbose_name="Admettre", orderable=False, exclude_from_export=True)

    class Meta:
        empty_text = "Aucune anomalie ne répond à ces filtres."
        order_by = "gravite"

    def render_gravite(self, record: AnomalieRelevee) -> SafeString:
        """The gravity, as a stamp."""
        found = stamp_of(record.gravite)
        return stamp(found.word, found.tone)

    def value_gravite(self, value: str) -> str:
        """The word alone."""
        return value

    def render_regle(self, record: AnomalieRelevee) -> SafeString:
        """The code of the rule leads to its page; its title is read aloud."""
        page, titre = reverse("regle", args=[record.regle]), regle_de(record.regle).titre
        return format_html(
            '<a href="{}" title="{}">{}<span class="hors-ecran"> {}</span></a>', page, titre, record.regle, titre
        )

    def value_regle(self, value: str) -> str:
        """The code alone."""
        return value

    def render_code(self, record: AnomalieRelevee) -> SafeString:
        """The item leads to its page, once the contract is public."""
        if not record.code:
            return muted(WHOLE)
        return (
            format_html('<a href="{}">{}</a>', record.url, record.code) if _is_public(record) else _plain(record.code)
        )

    def value_code(self, record: AnomalieRelevee) -> str:
        """The code alone."""
        return record.code

    def render_lignes(self, record: AnomalieRelevee) -> SafeString:
        """The lines lead to them in the document, once the contract is public."""
        if not record.plages:
            return _plain("")
        if not _is_public(record):
            return _plain(record.lignes)
        first = record.plages.split(",")[0].split("-")[0]
        page = f"{reverse('document', args=[record.espace.slug])}?lignes={record.plages}#l{first}"
        return format_html('<a href="{}">{}</a>', page, record.lignes)

    def value_lignes(self, record: AnomalieRelevee) -> str:
        """The lines alone."""
        return record.lignes

    def render_phrase(self, record: AnomalieRelevee) -> SafeString:
        """What is wrong, and what to do under it."""
        return together([typo(record.phrase), second_line(f"→ {typo(record.remede)}")])

    def value_phrase(self, value: str) -> str:
        """The sentence alone."""
        return value

    def render_geste(self, record: AnomalieRelevee) -> SafeString:
        """The way to admit it."""
        page, told = address("qualite-admettre", record.espace, record.pk), f"{record.regle} {record.code}"
        return format_html('<a href="{}">Admettre<span class="hors-ecran"> l’anomalie {}</span></a>', page, told)


class FiltreDesAnomalies(django_filters.FilterSet):
    """Gravity, family, part of the contract, item; words; those in force, or those admitted."""

    q = django_filters.CharFilter(label="Mots", method="with_words", max_length=100)
    gravite = django_filters.ChoiceFilter(label="Gravité", choices=GRAVITES, empty_label="Toutes")
    famille = django_filters.ChoiceFilter(
        label="Famille", method="of_family", choices=list(TITRES_DES_FAMILLES.items()), empty_label="Toutes"
    )
    partie = django_filters.ChoiceFilter(label="Partie du contrat", method="of_part", empty_label="Toutes")
    element = django_filters.CharFilter(label="Élément", method="of_item", max_length=40)
    etat = django_filters.ChoiceFilter(
        label="État", method="in_state", choices=[(ADMITTED, "Admises")], empty_label="En vigueur"
    )

    class Meta:
        model = AnomalieRelevee
        fields: tuple[str, ...] = ()

    def __init__(self, data: Any, *, queryset: Anomalies, espace: EspaceDeContrat) -> None:
        today = horloge.today()
        asked = (data or {}).get("etat") == ADMITTED
        super().__init__(data, queryset=queryset.admitted(today) if asked else queryset.standing(today))
        held = [
            (one.code, f"{one.code} {getattr(one, 'titre', '') or getattr(one, 'nom', '')}")
            for items in (Orientation.objects.of(espace), Signataire.objects.of(espace))
            for one in items
        ]
        self.filters["partie"].extra["choices"] = [*((key, name) for key, (name, _) in PARTS.items()), *held]

    def with_words(self, rows: Anomalies, name: str, value: str) -> Anomalies:
        """Those whose sentence, remedy, rule or item holds every word."""
        for word in value.split():
            rows = rows.filter(
                Q(phrase__icontains=word) | Q(remede__icontains=word) | Q(regle__iexact=word) | Q(code__iexact=word)
            )
        return rows

    def of_family(self, rows: Anomalies, name: str, value: str) -> Anomalies:
        """Those of a family of rules."""
        return rows.filter(regle__startswith=value)

    def of_part(self, rows: Anomalies, name: str, value: str) -> Anomalies:
        """Those of a part of the contract."""
        return rows.filter(code__regex=PARTS[value][1]) if value in PARTS else rows.at(value)

    def of_item(self, rows: Anomalies, name: str, value: str) -> Anomalies:
        """Those on an item, or on what it holds."""
        return rows.at(value.strip().upper())

    def in_state(self, rows: Anomalies, name: str, value: str) -> Anomalies:
        """Chosen before any other filter, for those in force are the default."""
        return rows


def _is_public(record: AnomalieRelevee) -> bool:
    return record.espace.etat == EspaceDeContrat.Etat.PUBLIE


def _plain(text: str) -> SafeString:
    return format_html("{}", text)
