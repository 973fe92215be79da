"""The list of the promises of a contract: rows, columns, filters."""

from dataclasses import replace
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.html import format_html

from tenir.contrat.models import Signataire
from tenir.core import horloge
from tenir.core.cellules import second_line, together
from tenir.core.cellules import stamp as stamped
from tenir.core.gestes import cell_of
from tenir.core.listes import (
    Colonne,
    Groupement,
    Liste,
    Place,
    day_column,
    read,
    text_column,
)
from tenir.core.typographie import date_fr
from tenir.ecran.mots import UNDECLARED
from tenir.ecran.navigation import address
from tenir.engagements.ecrans.agir import Main
from tenir.engagements.ecrans.commun import at, stamp
from tenir.engagements.enums import EtatDEngagement
from tenir.engagements.models import SuiviDEngagement, SuiviDEngagementQuerySet
from tenir.habilitations.listes import contract_column
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, may, reach

MINE, NONE = "moi", "aucun"
YES = [("oui", "Oui")]


def rows(espace: EspaceDeContrat) -> SuiviDEngagementQuerySet:
    """The promises of a contract with what a line says of each; the number of queries does not grow."""
    found = SuiviDEngagement.objects.of(espace).select_related("engagement__signataire__organisation")
    return found.prefetch_related("actions", "indicateurs")


def _title(row: SuiviDEngagement) -> str:
    """The title leads to the promise."""
    return format_html('<a href="{}">{}</a>', at(row), row.engagement.titre)


def _signatory(row: SuiviDEngagement) -> str:
    """The signatory leads to the statement of all it promised."""
    signed = row.engagement.signataire
    return format_html('<a href="{}">{}</a>', address("suivi-engagements-etat", row.espace, signed.code), signed.nom)


def _state(row: SuiviDEngagement) -> str:
    """Where it stands, and since when."""
    found = stamp(row)
    since = f"depuis le {date_fr(row.etat_depuis)}" if row.etat_depuis else ""
    return together([stamped(found.word, found.tone), second_line(since)])


def _linked(row: SuiviDEngagement) -> str:
    """The codes of the actions and indicators it is linked to."""
    return ", ".join([one.code for one in (*row.actions.all(), *row.indicateurs.all())])


def _of_signatory(row: SuiviDEngagement) -> list[tuple[int, str]]:
    return [(row.engagement.signataire.ordre, row.engagement.signataire.nom)]


def _in_state(row: SuiviDEngagement) -> list[tuple[int, str]]:
    rank = EtatDEngagement.values.index(row.etat) if row.etat in EtatDEngagement.values else len(EtatDEngagement)
    return [(rank, stamp(row).word)]


ENGAGEMENTS = Liste(
    "Engagements",
    (
        contract_column(read("espace.titre")),
        Colonne(
            "code", "Code", read("engagement.code"), order_by=("engagement__ordre",), css="code", place=Place.LIGNE
        ),
        Colonne("titre", "Engagement", read("engagement.titre"), _title, place=Place.TITRE),
        Colonne(
            "signataire",
            "Signataire",
            read("engagement.signataire.nom"),
            _signatory,
            order_by=("engagement__signataire__ordre", "engagement__ordre"),
            place=Place.LIGNE,
        ),
        Colonne("etat", "État", lambda row: row.get_etat_display(), _state, order_by=("etat",), place=Place.ETAT),
        text_column("jugement", "Comment on jugera", absence="à définir"),
        day_column(
            "attendu_pour",
            "Attendu pour le",
            read("attendu_pour", None),
            absence="à définir",
            order_by=("attendu_pour",),
            place=Place.LIGNE,
            mot="pour le",
        ),
        day_column(
            "derniere_nouvelle_le",
            "Dernière nouvelle",
            read("derniere_nouvelle_le", None),
            absence="jamais",
            order_by=("derniere_nouvelle_le",),
        ),
        Colonne("liens", "Rattaché à", _linked),
    ),
    noun="engagement",
    plural="engagements",
    genre="m",
    empty="Aucun engagement ne répond à ces filtres.",
    sort="code",
    groupings=(Groupement("signataire", "Signataire", _of_signatory), Groupement("etat", "État", _in_state)),
    choosable=True,
)
"""The promises, in the order of the contract."""


def acting(acces: Acces, espace: EspaceDeContrat) -> Liste:
    """The list, with whom to call and what to do in each line, for who may do something there."""
    if not (may(acces, "contact.read", espace) or reach(acces, "engagement.update", espace)):
        return ENGAGEMENTS
    main = Main(acces, espace, horloge.today(espace))
    column = Colonne(
        "agir", "Agir", lambda _: "", lambda row: _act(main, row), css="agir", place=Place.LIGNE, in_files=False
    )
    return replace(ENGAGEMENTS, columns=(*ENGAGEMENTS.columns, column))


def _act(main: Main, row: SuiviDEngagement) -> str:
    return cell_of(main.calls(row), main.last(row), main.gestures(row))


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
