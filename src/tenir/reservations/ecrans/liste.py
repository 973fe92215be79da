"""The list of rooms."""

from typing import Any

import django_filters
from django.db.models import QuerySet
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
from tenir.reservations.ecrans.commun import when
from tenir.reservations.models import Salle

OUVERTE, FERMEE = "ouverte", "fermee"
ETATS = [(OUVERTE, "Proposées"), (FERMEE, "Plus proposées")]


def _nom(row: Salle) -> str:
    return format_html('<a href="{}">{}</a>', address("salle", row.espace, row.numero), row.nom)


def stamp_of(salle: Salle) -> Tampon:
    """Whether it is offered."""
    if salle.is_offered(horloge.today(salle.espace)):
        return Tampon("proposée", Ton.FAIT)
    since = f" depuis le {date_fr(salle.fermee_le)}" if salle.fermee_le else ""
    return Tampon(typo(f"plus proposée{since}"), Ton.MUET)


SALLES = Liste(
    "Salles",
    (
        contract_column(read("espace.titre")),
        Colonne("nom", "Salle", read("nom"), _nom, order_by=("nom", "numero"), place=Place.TITRE),
        Colonne("ou", "Où", read("ou"), place=Place.LIGNE),
        Colonne("organisme", "Tenue par", read("organisme.nom"), order_by=("organisme__nom",), place=Place.LIGNE),
        Colonne("quand", "Quand", when, place=Place.LIGNE),
        Colonne("public", "Permanences montrées", lambda row: "oui" if row.affichee else "non"),
        Colonne("etat", "État", lambda row: stamp_of(row).word, stamped(stamp_of), place=Place.ETAT),
    ),
    noun="salle",
    genre="f",
    empty="Aucune salle ne répond à ces filtres.",
    sort="nom",
    choosable=True,
)
"""The rooms of a contract, by name."""


class FiltreDesSalles(django_filters.FilterSet):
    """Words, whether it is offered, who keeps it."""

    q = django_filters.CharFilter(label="Mots", method="with_words", max_length=100)
    etat = django_filters.ChoiceFilter(label="État", method="in_state", choices=ETATS, empty_label="Toutes")
    qui = django_filters.ChoiceFilter(label="Tenue par", method="by_body", empty_label="Tous")

    class Meta:
        model = Salle
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, espace: EspaceDeContrat, acces: Acces, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.espace, self.mine = espace, bodies_of(acces, espace)
        self.filters["qui"].extra["choices"] = bodies_offered(self.queryset, "organisme", self.mine)

    def with_words(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those whose name, place or keeping body hold every word."""
        return with_words(rows, value, "nom", "autre_lieu", "lieu_ouvert__libelle", "organisme__nom")

    def in_state(self, rows: Any, name: str, value: str) -> QuerySet[Any]:
        """Those that are offered today, or no more."""
        going = rows.going(horloge.today(self.espace))
        return going if value == OUVERTE else rows.exclude(pk__in=going.order_by().values("pk"))  # type: ignore[no-any-return]

    def by_body(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those that a body keeps."""
        return of_body(rows, value, "organisme", self.mine)
