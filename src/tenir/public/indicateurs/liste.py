"""The list of indicators: its rows, its columns, its filters, its groups."""

from typing import Any

import django_filters
from django.db.models import Prefetch, QuerySet

from tenir.contrat.models import Indicateur, Orientation
from tenir.contrat.models.element import ElementSigneQuerySet, contract_of
from tenir.core.cellules import second_line, stamp, together
from tenir.core.listes import Colonne, Groupement, Liste, Place, read, text_column
from tenir.core.typographie import accord
from tenir.habilitations.models import EspaceDeContrat
from tenir.public.actions.liste import titled
from tenir.public.cellules import code_link, link
from tenir.public.listes import CONTRAT, FiltreDuContrat, french

COUVERTES, REPRISES = "orientations_couvertes", "reprises"
NO_DATA = "pas de donnée"


def rows(espace: EspaceDeContrat) -> ElementSigneQuerySet[Indicateur]:
    """The indicators of a contract, with all that a list or a page says of them."""
    covered = Orientation.objects.filter(retire=False).order_by("ordre")
    again = Indicateur.objects.filter(retire=False).order_by("ordre")
    indicators = Indicateur.objects.of(espace).select_related("repete")
    return indicators.prefetch_related(Prefetch("orientations", covered, to_attr=COUVERTES)).prefetch_related(
        Prefetch("repetitions", again, to_attr=REPRISES)
    )


def covered_by(indicateur: Indicateur) -> list[Orientation]:
    """The orientations that an indicator read with `rows` covers."""
    found: list[Orientation] = getattr(indicateur, COUVERTES)
    return found


def group_of(indicateur: Indicateur) -> str:
    """The printed group and sub-group of an indicator; empty when it is printed under none."""
    return " › ".join(heading for heading in (indicateur.groupe, indicateur.sous_groupe) if heading)


def repeats(indicateur: Indicateur) -> str:
    """What an indicator read with `rows` repeats, or where it is repeated: « répété sous le code I33 »."""
    if indicateur.repete:
        return f"répète {indicateur.repete.code}"
    codes = [one.code for one in getattr(indicateur, REPRISES)]
    return f"répété sous {accord(len(codes), 'le code', 'les codes')} {' et '.join(codes)}" if codes else ""


def _label(row: Indicateur) -> str:
    """The label as printed leads to the indicator; its repeats are told under it."""
    return together([link(row.espace.slug, row.code, row.libelle), second_line(repeats(row))], "")


def _orientations(row: Indicateur) -> str:
    """The codes lead to the orientations."""
    return together([code_link(row.espace.slug, one.code, one.titre) for one in covered_by(row)]) or "aucune"


def _printed_under(row: Indicateur) -> list[tuple[int, str]]:
    return [(row.ordre, group_of(row) or "Sans groupe imprimé")]


INDICATEURS = Liste(
    "Indicateurs du contrat",
    (
        CONTRAT,
        Colonne("code", "Code", read("code"), order_by=("ordre",), css="code", place=Place.LIGNE),
        text_column("groupe", "Groupe", on_page=False),
        text_column("sous_groupe", "Sous-groupe", on_page=False),
        Colonne("libelle", "Indicateur", read("libelle"), _label, key=french("libelle"), place=Place.TITRE),
        Colonne(
            "orientations",
            "Orientations couvertes",
            lambda row: ", ".join(one.code for one in covered_by(row)),
            _orientations,
            place=Place.LIGNE,
        ),
        text_column("depart", "Valeur de départ", on_page=False),
        Colonne(
            "cible",
            "Cible",
            read("cible"),
            lambda row: row.cible or stamp("aucune cible"),
            key=french("cible"),
            place=Place.LIGNE,
        ),
        Colonne("repetition", "Répétition", repeats, on_page=False),
        # No reading is public: counts of people stay off these pages until small ones can be hidden.
        Colonne("donnee", "Donnée", lambda row: NO_DATA, lambda row: stamp(NO_DATA)),
        text_column("source", "Lignes du document", on_page=False),
        text_column("mots", "Mots signés", on_page=False),
    ),
    noun="indicateur",
    genre="m",
    empty="Aucun indicateur ne répond à ces filtres.",
    sort="code",
    grouping=Groupement("groupe", "Groupe imprimé", _printed_under),
)
"""Indicators, under the headings that the document prints."""


class FiltreDesIndicateurs(FiltreDuContrat):
    """Orientation covered, group, target, repeat, words."""

    orientation = django_filters.ChoiceFilter(
        label="Orientation couverte", field_name="orientations__code", empty_label="Toutes"
    )
    groupe = django_filters.ChoiceFilter(label="Groupe", empty_label="Tous")
    cible = django_filters.ChoiceFilter(
        label="Cible",
        method="with_target",
        empty_label="Toutes",
        choices=[("avec", "Une cible est imprimée"), ("sans", "Aucune cible")],
    )
    repetition = django_filters.ChoiceFilter(
        label="Répétition",
        method="with_repeat",
        empty_label="Tous",
        choices=[("premiers", "Sans les répétitions"), ("repetes", "Répétés ou qui répètent")],
    )

    class Meta:
        model = Indicateur
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("orientation", titled(self.queryset.filter(orientations__retire=False), "orientations__"))
        printed = self.queryset.exclude(groupe="").order_by("ordre").values_list("groupe", flat=True)
        self.offer("groupe", [(group, group) for group in dict.fromkeys(printed)])

    def with_target(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The indicators that print a target, or those that do not."""
        return rows.exclude(cible="") if value == "avec" else rows.filter(cible="")

    def with_repeat(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Each indicator once, or those that stand more than once."""
        if value == "premiers":
            return rows.filter(repete=None)
        repeated = Indicateur.objects.filter(espace=contract_of(self.queryset), retire=False).exclude(repete=None)
        return rows.exclude(repete=None) | rows.filter(pk__in=repeated.values("repete"))
