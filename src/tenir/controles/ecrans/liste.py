"""The list of the anomalies of a contract: rows, columns, filters."""

from typing import Any

import django_filters
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
from tenir.core.listes import Colonne, Groupement, Liste, Place, read
from tenir.core.typographie import capital, typo
from tenir.ecran.navigation import address
from tenir.habilitations.listes import contract_column
from tenir.habilitations.models import EspaceDeContrat
from tenir.regles.familles import TITRES_DES_FAMILLES
from tenir.regles.registre import regle_de

WHOLE = "tout le contrat"
ADMITTED = "admises"
PARTS = {
    "ensemble": (capital(WHOLE), r"^$"),
    "territoire": ("Diagnostic et territoire", r"^[TLE]\d"),
    "axes": ("Axes", r"^[A-Z]$"),
    "indicateurs": ("Indicateurs", r"^I\d"),
    "gouvernance": ("Gouvernance et protocole", r"^(G\d|ART|P\d)"),
}
"""The parts of a contract that are no orientation nor signatory: their name, and the codes of what they hold."""


def _gravity(row: AnomalieRelevee) -> SafeString:
    """The gravity, as a stamp."""
    found = stamp_of(row.gravite)
    return stamp(found.word, found.tone)


def _rule(row: AnomalieRelevee) -> SafeString:
    """The code of the rule leads to its page; its title is read aloud."""
    page, titre = reverse("regle", args=[row.regle]), regle_de(row.regle).titre
    return format_html(
        '<a href="{}" title="{}">{}<span class="hors-ecran"> {}</span></a>', page, titre, row.regle, titre
    )


def _item(row: AnomalieRelevee) -> str | SafeString:
    """The item leads to its page, once the contract is public."""
    if not row.code:
        return muted(WHOLE)
    return format_html('<a href="{}">{}</a>', row.url, row.code) if _is_public(row) else row.code


def _lines(row: AnomalieRelevee) -> str | SafeString:
    """The lines lead to them in the document, once the contract is public."""
    if not row.plages:
        return ""
    if not _is_public(row):
        return row.lignes
    first = row.plages.split(",")[0].split("-")[0]
    page = f"{reverse('document', args=[row.espace.slug])}?lignes={row.plages}#l{first}"
    return format_html('<a href="{}">{}</a>', page, row.lignes)


def _sentence(row: AnomalieRelevee) -> SafeString:
    """What is wrong, and what to do under it."""
    return together([typo(row.phrase), second_line(f"→ {typo(row.remede)}")])


def _admit(row: AnomalieRelevee) -> SafeString:
    """The way to admit it."""
    page, told = address("qualite-admettre", row.espace, row.pk), f"{row.regle} {row.code}"
    return format_html('<a href="{}">Admettre<span class="hors-ecran"> l’anomalie {}</span></a>', page, told)


def _by_gravity(row: AnomalieRelevee) -> list[tuple[int, str]]:
    return [(row.rang, stamp_of(row.gravite).word)]


def _by_rule(row: AnomalieRelevee) -> list[tuple[str, str]]:
    return [(row.regle, f"{row.regle} {regle_de(row.regle).titre}")]


def _by_item(row: AnomalieRelevee) -> list[tuple[str, str]]:
    return [(row.code, row.code or capital(WHOLE))]


ANOMALIES = Liste(
    "Anomalies",
    (
        contract_column(read("espace.titre")),
        Colonne("gravite", "Gravité", read("gravite"), _gravity, order_by=("rang",), place=Place.ETAT),
        Colonne("regle", "Règle", read("regle"), _rule, order_by=("regle",), css="code", place=Place.LIGNE),
        Colonne("code", "Élément", read("code"), _item, order_by=("code",), css="code", place=Place.LIGNE),
        Colonne("ou", "Où", read("ou"), on_page=False),
        Colonne("lignes", "Lignes", read("lignes"), _lines),
        Colonne("phrase", "Ce qui ne va pas", read("phrase"), _sentence, place=Place.TITRE),
        Colonne("remede", "Que faire", read("remede"), on_page=False),
        Colonne("geste", "Admettre", _admit, css="geste", place=Place.LIGNE, in_files=False),
    ),
    noun="anomalie",
    plural="anomalies",
    empty="Aucune anomalie ne répond à ces filtres.",
    sort="gravite",
    groupings=(
        Groupement("gravite", "Gravité", _by_gravity),
        Groupement("regle", "Règle", _by_rule),
        Groupement("element", "Élément", _by_item),
    ),
    choosable=True,
)
"""The anomalies, the gravest first."""


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
