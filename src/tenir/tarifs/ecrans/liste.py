"""The list of services: that of those who have a role in the contract."""

from typing import Any

import django_filters
from django.db.models import Prefetch, QuerySet
from django.utils.html import format_html

from tenir.core import horloge
from tenir.core.composants import Tampon, Ton
from tenir.core.listes import Colonne, Liste, Place, read
from tenir.core.typographie import date_fr, typo
from tenir.ecran.navigation import address
from tenir.habilitations.listes import bodies_offered, contract_column, of_body, stamped, with_words
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.organismes import bodies_of
from tenir.habilitations.rights import Acces
from tenir.tarifs.ecrans.commun import price_range
from tenir.tarifs.lecture import in_force
from tenir.tarifs.models import GrilleTarifaire, ServiceTarife, ServiceTarifeQuerySet

AVEC, SANS = "avec", "sans"
ETATS = [(AVEC, "Avec une grille en vigueur"), (SANS, "Sans grille en vigueur")]


def rows_of(espace: EspaceDeContrat) -> ServiceTarifeQuerySet:
    """The services of a contract, with the grids that were retained."""
    grids = GrilleTarifaire.objects.decided().prefetch_related("tranches")
    return ServiceTarife.objects.of(espace).prefetch_related(Prefetch("grilles", queryset=grids, to_attr="retenues"))


def grid_of(row: Any) -> GrilleTarifaire | None:
    """The grid in force of a service of the list."""
    return in_force(row.retenues, horloge.today(row.espace))


def _libelle(row: ServiceTarife) -> str:
    return format_html('<a href="{}">{}</a>', address("tarif", row.espace, row.numero), row.libelle)


def _since(row: Any) -> str:
    found = grid_of(row)
    return date_fr(found.applicable_le) if found and found.applicable_le else ""


def stamp_of(row: Any) -> Tampon:
    """Whether a grid applies today."""
    found = grid_of(row)
    return Tampon("en vigueur", Ton.FAIT) if found else Tampon("sans grille", Ton.ATTENTION)


SERVICES = Liste(
    "Services tarifés",
    (
        contract_column(read("espace.titre")),
        Colonne("code", "Code", read("code"), order_by=("numero",), css="code", place=Place.LIGNE),
        Colonne("service", "Service", read("libelle"), _libelle, order_by=("libelle", "numero"), place=Place.TITRE),
        Colonne("organisme", "Géré par", read("organisme.nom"), order_by=("organisme__nom",), place=Place.LIGNE),
        Colonne("unite", "Le prix est pour", lambda row: row.get_unite_display(), place=Place.LIGNE),
        Colonne("prix", "Prix", lambda row: typo(price_range(grid_of(row))), place=Place.LIGNE),
        Colonne("depuis", "Applicable depuis le", _since, place=Place.LIGNE),
        Colonne("action", "Action servie", read("action.code"), css="code"),
        Colonne("etat", "Grille", lambda row: stamp_of(row).word, stamped(stamp_of), place=Place.ETAT),
    ),
    noun="service",
    genre="m",
    empty="Aucun service ne répond à ces filtres.",
    sort="service",
    choosable=True,
)
"""The services of a contract, by name."""


class FiltreDesServices(django_filters.FilterSet):
    """Words, whether a grid applies, who runs it."""

    q = django_filters.CharFilter(label="Mots", method="with_words", max_length=100)
    etat = django_filters.ChoiceFilter(label="Grille", method="in_state", choices=ETATS, empty_label="Tous")
    qui = django_filters.ChoiceFilter(label="Géré par", method="by_body", empty_label="Tous")

    class Meta:
        model = ServiceTarife
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, espace: EspaceDeContrat, acces: Acces, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.espace, self.mine = espace, bodies_of(acces, espace)
        self.filters["qui"].extra["choices"] = bodies_offered(self.queryset, "organisme", self.mine)

    def with_words(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those whose name or body hold every word."""
        return with_words(rows, value, "libelle", "organisme__nom")

    def in_state(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those of which a grid applies today, or none."""
        going = GrilleTarifaire.objects.filter(applicable_le__lte=horloge.today(self.espace)).order_by()
        held = going.values("service")
        return rows.filter(pk__in=held) if value == AVEC else rows.exclude(pk__in=held)

    def by_body(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those that a body runs."""
        return of_body(rows, value, "organisme", self.mine)
