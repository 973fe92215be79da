"""The list of the promises of a contract: rows, columns, filters."""

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import Q, QuerySet
from django.utils.html import format_html

from tenir.contrat.models import Signataire
from tenir.core import horloge
from tenir.core.cellules import TexteOuAbsence, muted, second_line, together
from tenir.core.cellules import stamp as stamped
from tenir.core.listes import Liste
from tenir.core.typographie import date_fr
from tenir.ecran.mots import UNDECLARED
from tenir.ecran.navigation import address
from tenir.engagements.ecrans.commun import at, stamp
from tenir.engagements.enums import EtatDEngagement
from tenir.engagements.models import SuiviDEngagement, SuiviDEngagementQuerySet
from tenir.habilitations.models import EspaceDeContrat

MINE, NONE = "moi", "aucun"
YES = [("oui", "Oui")]


def rows(espace: EspaceDeContrat) -> SuiviDEngagementQuerySet:
    """The promises of a contract with what a line says of each; the number of queries does not grow."""
    found = SuiviDEngagement.objects.of(espace).select_related("espace", "engagement__signataire__organisation")
    return found.prefetch_related("actions", "indicateurs")


class Engagements(Liste):
    """The promises, in the order of the contract."""

    caption = "Engagements"
    noun, noun_plural, genre = "engagement", "engagements", "m"

    contrat = tables.Column(accessor="espace__titre", verbose_name="Contrat", visible=False)
    code = tables.Column(
        accessor="engagement__code", order_by="engagement__ordre", attrs={"td": {"class": "code"}}, verbose_name="Code"
    )
    titre = tables.Column(accessor="engagement__titre", verbose_name="Engagement", orderable=False)
    signataire = tables.Column(
        accessor="engagement__signataire__nom",
        verbose_name="Signataire",
        order_by=("engagement__signataire__ordre", "engagement__ordre"),
    )
    etat = tables.Column(empty_values=(), verbose_name="État")
    jugement = TexteOuAbsence("à définir", verbose_name="Comment on jugera", orderable=False)
    attendu_pour = tables.Column(empty_values=(), verbose_name="Attendu pour le")
    derniere_nouvelle_le = tables.Column(empty_values=(), verbose_name="Dernière nouvelle")
    liens = tables.Column(accessor="pk", verbose_name="Rattaché à", orderable=False)

    class Meta:
        empty_text = "Aucun engagement ne répond à ces filtres."
        order_by = "code"

    def render_titre(self, record: SuiviDEngagement) -> str:
        """The title leads to the promise."""
        return format_html('<a href="{}">{}</a>', at(record), record.engagement.titre)

    def value_titre(self, value: str) -> str:
        """The title alone."""
        return value

    def render_signataire(self, record: SuiviDEngagement) -> str:
        """The signatory leads to the statement of all it promised."""
        signed = record.engagement.signataire
        return format_html(
            '<a href="{}">{}</a>', address("suivi-engagements-etat", record.espace, signed.code), signed.nom
        )

    def value_signataire(self, value: str) -> str:
        """The name alone."""
        return value

    def render_etat(self, record: SuiviDEngagement) -> str:
        """Where it stands, and since when."""
        found = stamp(record)
        since = f"depuis le {date_fr(record.etat_depuis)}" if record.etat_depuis else ""
        return together([stamped(found.word, found.tone), second_line(since)])

    def value_etat(self, record: SuiviDEngagement) -> str:
        """The word alone."""
        return record.get_etat_display()

    def render_attendu_pour(self, record: SuiviDEngagement) -> str:
        """The day, or that none is said."""
        return date_fr(record.attendu_pour) if record.attendu_pour else muted("à définir")

    def value_attendu_pour(self, record: SuiviDEngagement) -> str:
        """A day as it is sorted."""
        return record.attendu_pour.isoformat() if record.attendu_pour else ""

    def render_derniere_nouvelle_le(self, record: SuiviDEngagement) -> str:
        """The day of the last news, or that there is none."""
        return date_fr(record.derniere_nouvelle_le) if record.derniere_nouvelle_le else muted("jamais")

    def value_derniere_nouvelle_le(self, record: SuiviDEngagement) -> str:
        """A day as it is sorted."""
        return record.derniere_nouvelle_le.isoformat() if record.derniere_nouvelle_le else ""

    def render_liens(self, record: SuiviDEngagement) -> str:
        """The codes of the actions and indicators it is linked to."""
        return ", ".join([one.code for one in (*record.actions.all(), *record.indicateurs.all())])


class FiltreDesEngagements(django_filters.FilterSet):
    """State, signatory, late; words."""

    q = django_filters.CharFilter(label="Mots", method="with_words", max_length=100)
    etat = django_filters.ChoiceFilter(
        label="État", method="in_state", choices=[(NONE, UNDECLARED), *EtatDEngagement.choices], empty_label="Tous"
    )
    signataire = django_filters.ChoiceFilter(label="Signataire", method="signed_by", empty_label="Tous")
    retard = django_filters.ChoiceFilter(label="En retard", method="late", choices=YES, empty_label="Peu importe")

    class Meta:
        model = SuiviDEngagement
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, espace: EspaceDeContrat, mine: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mine = mine
        signed = Signataire.objects.of(espace).values_list("code", "nom")
        own = [(MINE, "Mon organisme")] if mine else []
        self.filters["signataire"].extra["choices"] = [*own, *signed]

    def with_words(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The promises whose title, signatory or judgement holds every word."""
        for word in value.split():
            rows = rows.filter(
                Q(engagement__titre__icontains=word)
                | Q(engagement__signataire__nom__icontains=word)
                | Q(jugement__icontains=word)
            )
        return rows

    def in_state(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those declared so, or of which nobody declared anything."""
        return rows.filter(etat="" if value == NONE else value)

    def signed_by(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those of a signatory, or of the bodies she acts for."""
        if value == MINE:
            return rows.filter(engagement__signataire__organisation__identifiant__in=self.mine)
        return rows.filter(engagement__signataire__code=value)

    def late(self, rows: SuiviDEngagementQuerySet, name: str, value: str) -> QuerySet[Any]:
        """Those awaited before today, and not settled."""
        return rows.late(horloge.today())
