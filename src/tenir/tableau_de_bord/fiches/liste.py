"""The table of fiches: its rows, its columns, its filters."""

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.utils.html import format_html

from tenir.contrat.pilotage import prefetches_of_actions
from tenir.core import horloge
from tenir.core.cellules import stamp
from tenir.core.listes import Liste
from tenir.core.typographie import date_fr
from tenir.habilitations.models import EspaceDeContrat
from tenir.suivi.droits import in_charge
from tenir.suivi.enums import TON_DU_STATUT, UNDECLARED, Statut
from tenir.suivi.models import FicheAction
from tenir.suivi.models.fiche import FicheActionQuerySet
from tenir.tableau_de_bord.navigation import address

Choices = list[tuple[str, str]]
YES = [("oui", "Oui")]


def rows(espace: EspaceDeContrat) -> FicheActionQuerySet:
    """The fiches of a contract, with what a line says of each."""
    found = FicheAction.objects.of(espace)
    return found.select_related("espace", "action__orientation", "organisme_en_charge").prefetch_related(
        *prefetches_of_actions("action__")
    )


class Fiches(Liste):
    """The fiches of a contract."""

    caption = "Fiches action"
    noun, noun_plural, genre = "fiche", "fiches", "f"

    contrat = tables.Column(accessor="espace__titre", verbose_name="Contrat", visible=False)
    code = tables.Column(accessor="action__code", order_by="action__ordre", attrs={"td": {"class": "code"}})
    titre = tables.Column(accessor="action__titre", verbose_name="Action", orderable=False)
    porteur = tables.Column(accessor="pk", verbose_name="En charge", orderable=False)
    statut = tables.Column(empty_values=())
    prochaine_etape = tables.Column(verbose_name="Prochaine étape", orderable=False, default="")
    derniere_nouvelle_le = tables.Column(verbose_name="Dernière nouvelle", empty_values=())

    class Meta:
        empty_text = "Aucune fiche ne répond à ces filtres."
        order_by = "code"

    def render_titre(self, record: FicheAction) -> str:
        """The title leads to the fiche."""
        return format_html('<a href="{}">{}</a>', address("fiche", record.espace, record.code), record.action.titre)

    def value_titre(self, value: str) -> str:
        """The title alone."""
        return value

    def render_porteur(self, record: FicheAction) -> str:
        """The bodies that carry it, or that one must be designated."""
        return self.value_porteur(record) or stamp("à désigner")

    def value_porteur(self, record: FicheAction) -> str:
        """The bodies that carry it."""
        return ", ".join(str(body) for body in in_charge(record))

    def render_statut(self, record: FicheAction) -> str:
        """The declared status, or that nothing is announced."""
        return stamp(record.get_statut_display() or UNDECLARED, TON_DU_STATUT[record.statut])

    def value_statut(self, record: FicheAction) -> str:
        """The declared status alone."""
        return record.get_statut_display()

    def render_derniere_nouvelle_le(self, record: FicheAction) -> str:
        """The day of the last news, or that there is none."""
        return date_fr(record.derniere_nouvelle_le) if record.derniere_nouvelle_le else stamp("jamais")

    def value_derniere_nouvelle_le(self, record: FicheAction) -> str:
        """A day as it is sorted."""
        return record.derniere_nouvelle_le.isoformat() if record.derniere_nouvelle_le else ""


class FiltreDesFiches(django_filters.FilterSet):
    """Status, axis, orientation; late, silent, to designate."""

    statut = django_filters.ChoiceFilter(
        label="Statut", method="with_status", choices=[("aucun", UNDECLARED), *Statut.choices], empty_label="Tous"
    )
    axe = django_filters.CharFilter(label="Axe", field_name="action__orientation__axe__code")
    orientation = django_filters.CharFilter(label="Orientation", field_name="action__orientation__code")
    retard = django_filters.ChoiceFilter(label="En retard", method="late", choices=YES, empty_label="Peu importe")
    silence = django_filters.ChoiceFilter(
        label="Sans nouvelles", method="quiet", choices=YES, empty_label="Peu importe"
    )
    designer = django_filters.ChoiceFilter(
        label="À désigner", method="to_designate", choices=YES, empty_label="Peu importe"
    )

    class Meta:
        model = FicheAction
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, espace: EspaceDeContrat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.espace = espace

    def with_status(self, rows: QuerySet[FicheAction], name: str, value: str) -> QuerySet[FicheAction]:
        """The fiches declared so, or of which nobody declared anything."""
        return rows.filter(statut="" if value == "aucun" else value)

    def late(self, rows: FicheActionQuerySet, name: str, value: str) -> QuerySet[FicheAction]:
        """Those late on something today."""
        return rows.late(horloge.today())

    def quiet(self, rows: FicheActionQuerySet, name: str, value: str) -> QuerySet[FicheAction]:
        """Those of which nothing was heard for too long."""
        return rows.silent(horloge.today())

    def to_designate(self, rows: FicheActionQuerySet, name: str, value: str) -> QuerySet[FicheAction]:
        """Those that no known body carries."""
        return rows.to_designate(self.espace)
