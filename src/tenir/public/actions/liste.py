"""The list of planned actions: its rows, its columns, its filters."""

from datetime import date
from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import Prefetch, Q, QuerySet

from tenir.acteurs.rattachements import with_ancestors, with_services
from tenir.contrat.models import ActionPrevue, EntreeDeRecherche
from tenir.contrat.models.actions import ActionPrevueQuerySet
from tenir.contrat.models.element import contract_of
from tenir.contrat.pilotage import partenaires, pilotage, piloted, pilots_of, prefetches, without_pilot
from tenir.contrat.recherche import query_words
from tenir.core.cellules import TexteOuAbsence, second_line, stamp, together
from tenir.core.typographie import pluriel
from tenir.ecran.mots import UNDECLARED
from tenir.fiches.enums import Statut
from tenir.fichier.mots import plain
from tenir.fichier.organisations import registry
from tenir.habilitations.models import EspaceDeContrat
from tenir.public.actions.avancement import stamp_of
from tenir.public.cellules import coded_link, link
from tenir.public.listes import Choices, FiltreDuContrat, ListeDuContrat, alphabetical

A_DESIGNER = "a-designer"
SILENCE = "aucun"
"""What the filter of statuses calls the actions of which nothing is announced."""


def rows(espace: EspaceDeContrat) -> ActionPrevueQuerySet:
    """The planned actions of a contract, with all that a list or a page says of them."""
    parts = Prefetch("sous_actions", ActionPrevue.objects.filter(retire=False), to_attr="parties")
    actions = ActionPrevue.objects.of(espace).principales().select_related("espace", "orientation__axe", "fiche")
    return actions.prefetch_related(parts, *prefetches())


class ActionsPrevues(ListeDuContrat):
    """Planned actions; the columns that only an export needs are not visible."""

    caption = "Actions prévues"
    noun, noun_plural = "action prévue", "actions prévues"

    code = tables.Column(order_by="ordre", attrs={"td": {"class": "code"}})
    titre = tables.Column(verbose_name="Action prévue")
    axe = tables.Column(accessor="orientation__axe__code", verbose_name="Axe", visible=False)
    titre_de_l_axe = tables.Column(accessor="orientation__axe__titre", visible=False, verbose_name="Titre de l’axe")
    orientation = tables.Column(
        accessor="orientation__code", verbose_name="Orientation", order_by=("orientation__ordre", "ordre")
    )
    titre_de_l_orientation = tables.Column(
        accessor="orientation__titre", visible=False, verbose_name="Titre de l’orientation"
    )
    statut = tables.Column(empty_values=(), accessor="fiche__statut", verbose_name="Où elle en est")
    pilotes = tables.Column(empty_values=(), orderable=False)
    pilotes_de_l_orientation = tables.Column(
        empty_values=(), visible=False, verbose_name="Pilotes hérités de l’orientation"
    )
    a_designer = tables.Column(empty_values=(), visible=False, verbose_name="Pilote à désigner")
    partenaires = tables.Column(empty_values=(), visible=False)
    horizon = TexteOuAbsence("aucun")
    prochaine_etape = tables.Column(
        accessor="fiche__prochaine_etape", visible=False, default="", verbose_name="Prochaine étape"
    )
    prochaine_etape_le = tables.Column(
        accessor="fiche__prochaine_etape_le", visible=False, default="", verbose_name="Prochaine étape prévue le"
    )
    derniere_nouvelle_le = tables.Column(
        accessor="fiche__derniere_nouvelle_le", visible=False, default="", verbose_name="Dernière nouvelle le"
    )
    sous_theme = tables.Column(visible=False, default="", verbose_name="Sous-thème")
    imprimee_sous = tables.Column(visible=False, default="", verbose_name="Imprimée sous")
    sous_actions = tables.Column(empty_values=(), visible=False, verbose_name="Sous-actions")
    source = tables.Column(visible=False, default="", verbose_name="Lignes du document")
    mots = tables.Column(visible=False, default="", verbose_name="Mots signés")

    class Meta:
        empty_text = "Aucune action ne répond à ces filtres."
        order_by = "code"

    def render_titre(self, record: ActionPrevue) -> str:
        """The title leads to the action; its parts are counted under it."""
        count = len(record.parties)  # type: ignore[attr-defined]  # prefetched
        parts = f"en {pluriel(count, 'sous-action', genre='f')}" if count else ""
        return together([link(record.espace.slug, record.code, record.titre), second_line(parts)], "")

    def value_titre(self, value: str) -> str:
        """The title alone."""
        return value

    def render_statut(self, record: ActionPrevue) -> str:
        """Its declared status, or that nothing is announced."""
        found = stamp_of(record)
        return stamp(found.word, found.tone)

    def value_statut(self, record: ActionPrevue) -> str:
        """The word alone."""
        return stamp_of(record).word.lower()

    def value_prochaine_etape_le(self, value: date) -> str:
        """A day as it is sorted."""
        return value.isoformat()

    def value_derniere_nouvelle_le(self, value: date) -> str:
        """A day as it is sorted."""
        return value.isoformat()

    def render_orientation(self, record: ActionPrevue) -> str:
        """The code and the title lead to the orientation."""
        return coded_link(record.espace.slug, record.orientation.code, record.orientation.titre)

    def value_orientation(self, value: str) -> str:
        """The code alone."""
        return value

    def render_pilotes(self, record: ActionPrevue) -> str:
        """The pilots as printed, and what is known of them."""
        found = pilotage(record)
        pieces = [found.noms] if found.noms else []
        note = second_line("pilotage de l’orientation" if found.herite and found.noms else "")
        return together([*pieces, *([stamp("à désigner")] if found.a_designer else []), note])

    def value_pilotes(self, record: ActionPrevue) -> str:
        """The pilots as printed."""
        return pilotage(record).noms

    def render_pilotes_de_l_orientation(self, record: ActionPrevue) -> str:
        """Whether the action names no pilot of its own."""
        return "oui" if pilotage(record).herite else "non"

    def render_a_designer(self, record: ActionPrevue) -> str:
        """Whether nobody is named, or somebody who is no known body."""
        return "oui" if pilotage(record).a_designer else "non"

    def render_partenaires(self, record: ActionPrevue) -> str:
        """The partners as printed."""
        return ", ".join(one.nom for one in partenaires(record))

    def render_sous_actions(self, record: ActionPrevue) -> str:
        """The parts, each with its code."""
        parts: list[ActionPrevue] = record.parties  # type: ignore[attr-defined]  # prefetched
        return " ; ".join(f"{part.code} {part.titre}" for part in parts)

    def order_titre(self, rows: QuerySet[Any], is_descending: bool) -> tuple[QuerySet[Any], bool]:
        """Titles in French order."""
        return alphabetical(rows, "titre", is_descending)

    def order_horizon(self, rows: QuerySet[Any], is_descending: bool) -> tuple[QuerySet[Any], bool]:
        """Horizons in French order, the actions without one last."""
        return alphabetical(rows, "horizon", is_descending)


class FiltreDesActions(FiltreDuContrat):
    """Axis, orientation, pilot, horizon, words."""

    axe = django_filters.ChoiceFilter(label="Axe", field_name="orientation__axe__code", empty_label="Tous")
    orientation = django_filters.ChoiceFilter(label="Orientation", field_name="orientation__code", empty_label="Toutes")
    pilote = django_filters.ChoiceFilter(label="Pilote", method="with_pilot", empty_label="Tous")
    statut = django_filters.ChoiceFilter(
        label="Où elle en est",
        method="with_status",
        empty_label="Peu importe",
        choices=[(SILENCE, UNDECLARED), *Statut.choices],
    )
    horizon = django_filters.ChoiceFilter(
        label="Horizon",
        method="with_horizon",
        empty_label="Tous",
        choices=[("avec", "Un horizon est annoncé"), ("sans", "Aucun horizon")],
    )

    class Meta:
        model = ActionPrevue
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("axe", titled(self.queryset, "orientation__axe__"))
        self.offer("orientation", titled(self.queryset, "orientation__"))
        self.offer("pilote", _pilots(self.queryset))

    def with_words(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The actions that hold every word, themselves or in one of their parts."""
        parts = ActionPrevue.objects.filter(retire=False, espace=contract_of(self.queryset))
        for word in query_words(value):
            holding = entries_with(self.queryset, word)
            rows = rows.filter(Q(code__in=holding) | Q(pk__in=parts.filter(code__in=holding).values("parent")))
        return rows

    def with_pilot(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The actions piloted by a body or one of its services, or for which a pilot is to be named."""
        if value == A_DESIGNER:
            return rows.filter(piloted(self.queryset, Q(organisation=None)) | without_pilot(self.queryset))
        return rows.filter(piloted(self.queryset, Q(organisation__identifiant__in=with_services(value))))

    def with_status(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The actions declared so, or of which nothing is announced."""
        return (
            rows.filter(Q(fiche=None) | Q(fiche__statut="")) if value == SILENCE else rows.filter(fiche__statut=value)
        )

    def with_horizon(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The actions that announce a horizon, or those that do not."""
        return rows.exclude(horizon="") if value == "avec" else rows.filter(horizon="")


def entries_with(rows: QuerySet[Any], word: str) -> QuerySet[Any]:
    """The codes of what holds a word in the contract of these rows; to be read as a subquery."""
    entries = EntreeDeRecherche.objects.filter(espace=contract_of(rows))
    return entries.filter(mots__contains=f" {word}").order_by().values("code")


def titled(rows: QuerySet[Any], prefix: str) -> Choices:
    """The axes or orientations of rows as choices, in the order of the contract, each with its code."""
    columns = [f"{prefix}{name}" for name in ("ordre", "code", "titre")]
    found = sorted(set(rows.order_by().values_list(*columns)))
    return [(code, f"{code} {title}") for _, code, title in found]


def _pilots(rows: QuerySet[Any]) -> Choices:
    """The bodies that pilot, and those they are a service of, in French order."""
    cited = pilots_of(rows).exclude(organisation=None)
    named = dict(cited.order_by().values_list("organisation__identifiant", "organisation__nom"))
    known = registry()
    named |= {one: known[one].nom for pilot in [*named] for one in with_ancestors(pilot) if one in known}
    return [(A_DESIGNER, "À désigner"), *sorted(named.items(), key=lambda pair: plain(pair[1]))]
