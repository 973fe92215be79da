"""The list of indicators: its rows, its columns, its filters, its groups."""

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import Prefetch, QuerySet

from tenir.contrat.models import Indicateur, Orientation
from tenir.contrat.models.element import ElementSigneQuerySet, contract_of
from tenir.core.cellules import second_line, stamp, together
from tenir.core.typographie import accord
from tenir.habilitations.models import EspaceDeContrat
from tenir.public.actions.liste import titled
from tenir.public.cellules import code_link, link
from tenir.public.listes import FiltreDuContrat, ListeDuContrat, alphabetical

COUVERTES, REPRISES = "orientations_couvertes", "reprises"
NO_DATA = "pas de donnée"


def rows(espace: EspaceDeContrat) -> ElementSigneQuerySet[Indicateur]:
    """The indicators of a contract, with all that a list or a page says of them."""
    covered = Orientation.objects.filter(retire=False).order_by("ordre")
    again = Indicateur.objects.filter(retire=False).order_by("ordre")
    indicators = Indicateur.objects.of(espace).select_related("espace", "repete")
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


class Indicateurs(ListeDuContrat):
    """Indicators; `par_groupe` shows them as the document prints them."""

    caption = "Indicateurs du contrat"
    noun, genre = "indicateur", "m"

    code = tables.Column(order_by="ordre", attrs={"td": {"class": "code"}})
    groupe = tables.Column(visible=False, default="")
    sous_groupe = tables.Column(visible=False, default="", verbose_name="Sous-groupe")
    libelle = tables.Column(verbose_name="Indicateur")
    orientations = tables.Column(empty_values=(), orderable=False, verbose_name="Orientations couvertes")
    cible = tables.Column(empty_values=())
    repetition = tables.Column(empty_values=(), visible=False, verbose_name="Répétition")
    donnee = tables.Column(empty_values=(), orderable=False, verbose_name="Donnée")
    source = tables.Column(visible=False, default="", verbose_name="Lignes du document")
    mots = tables.Column(visible=False, default="", verbose_name="Mots signés")

    class Meta:
        empty_text = "Aucun indicateur ne répond à ces filtres."
        order_by = "code"

    def render_libelle(self, record: Indicateur) -> str:
        """The label as printed leads to the indicator; its repeats are told under it."""
        return together([link(record.espace.slug, record.code, record.libelle), second_line(repeats(record))], "")

    def value_libelle(self, value: str) -> str:
        """The label alone."""
        return value

    def render_orientations(self, record: Indicateur) -> str:
        """The codes lead to the orientations."""
        slug = record.espace.slug
        return together([code_link(slug, one.code, one.titre) for one in covered_by(record)]) or "aucune"

    def value_orientations(self, record: Indicateur) -> str:
        """The codes alone."""
        return ", ".join(one.code for one in covered_by(record))

    def render_cible(self, record: Indicateur) -> str:
        """The target as printed, or its absence."""
        return record.cible or stamp("aucune cible")

    def value_cible(self, record: Indicateur) -> str:
        """The target as printed."""
        return record.cible

    def render_repetition(self, record: Indicateur) -> str:
        """What it repeats, or where it is repeated."""
        return repeats(record)

    def render_donnee(self) -> str:
        """No reading is public: counts of people stay off these pages until small ones can be hidden."""
        return stamp(NO_DATA)

    def value_donnee(self) -> str:
        """No reading is public: counts of people stay off these pages until small ones can be hidden."""
        return NO_DATA

    def order_libelle(self, rows: QuerySet[Any], is_descending: bool) -> tuple[QuerySet[Any], bool]:
        """Labels in French order."""
        return alphabetical(rows, "libelle", is_descending)

    def order_cible(self, rows: QuerySet[Any], is_descending: bool) -> tuple[QuerySet[Any], bool]:
        """Targets in French order, the indicators without one last."""
        return alphabetical(rows, "cible", is_descending)

    def par_groupe(self) -> "list[Indicateurs]":
        """One table for each printed group of this page, in the order of the document, each sorted as this one."""
        groups: dict[str, list[Indicateur]] = {}
        for row in self.paginated_rows:
            groups.setdefault(group_of(row.record), []).append(row.record)
        printed = sorted(groups.items(), key=lambda group: min(one.ordre for one in group[1]))
        return [self._of_group(heading, found) for heading, found in printed]

    def _of_group(self, heading: str, found: list[Indicateur]) -> "Indicateurs":
        table = Indicateurs(found, order_by=())
        table.caption = heading or "Sans groupe imprimé"  # type: ignore[misc]  # each group has its own
        table._order_by = self.order_by  # the rows are sorted already: only the headers must say so
        return table


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
