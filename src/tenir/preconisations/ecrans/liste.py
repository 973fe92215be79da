"""The list of préconisations: that of the team, that of the public site, which says less."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.html import format_html

from tenir.core import horloge
from tenir.core.listes import Colonne, Groupement, Liste, Place, day_column, read
from tenir.ecran.navigation import address
from tenir.habilitations.listes import YES, bodies_offered, contract_column, of_body, stamped, with_words
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.organismes import bodies_of
from tenir.habilitations.rights import Acces
from tenir.preconisations.ecrans.commun import stamp_of
from tenir.preconisations.enums import PUBLIC, EtatDePreconisation, Origine
from tenir.preconisations.models import Preconisation


def _texte(row: Preconisation) -> str:
    return format_html('<a href="{}">{}</a>', address("preconisation", row.espace, row.numero), row.texte)


def _late(row: Preconisation) -> str:
    return "oui" if row.is_late(horloge.today(row.espace)) else "non"


def _linked(row: Preconisation) -> str:
    return ", ".join(one.code for one in (row.fiche, row.decision) if one)


def _by_whom(row: Preconisation) -> list[tuple[int, str]]:
    return [(row.organisme_id or 0, str(row.organisme or "non dit"))]


def columns(texte: Any) -> tuple[Colonne, ...]:
    """The columns, on a page where the words of one lead where `texte` says."""
    return (
        contract_column(read("espace.titre")),
        Colonne("code", "Code", read("code"), order_by=("numero",), css="code", place=Place.LIGNE),
        Colonne("texte", "Préconisation", read("texte"), texte, place=Place.TITRE),
        Colonne("origine", "D’où elle vient", lambda row: row.get_origine_display(), place=Place.LIGNE),
        Colonne("lieu", "Lieu", read("lieu"), on_page=False),
        day_column("recue_le", "Reçue le", read("recue_le"), order_by=("recue_le", "numero")),
        Colonne("organisme", "Qui répond", read("organisme.nom"), order_by=("organisme__nom",), place=Place.LIGNE),
        day_column(
            "echeance", "Attendue le", read("echeance", None), order_by=("echeance",), place=Place.LIGNE,
            mot="attendue le", absence="sans date",
        ),
        Colonne("etat", "État", lambda row: row.get_etat_display(), stamped(stamp_of), order_by=("etat",),
                place=Place.ETAT),
        Colonne("retard", "En retard", _late, on_page=False),
        Colonne("liens", "Rattachée à", _linked),
    )  # fmt: skip


def _list(texte: Any, **more: Any) -> Liste:
    return Liste(
        "Préconisations",
        columns(texte),
        noun="préconisation",
        genre="f",
        empty="Aucune préconisation ne répond à ces filtres.",
        sort="-code",
        groupings=(
            Groupement("organisme", "Qui répond", _by_whom),
            Groupement("origine", "D’où elle vient", lambda row: [(row.origine, row.get_origine_display())]),
        ),
        **more,
    )


PRECONISATIONS = _list(_texte, choosable=True)
"""Those of a contract, the latest first."""


def public_list(texte: Any) -> Liste:
    """Those that are published; the words of each lead where `texte` says."""
    return _list(texte)


class FiltreDesPreconisations(django_filters.FilterSet):
    """Words, state, origin, lateness, which body answers."""

    q = django_filters.CharFilter(label="Mots", method="with_words", max_length=100)
    etat = django_filters.ChoiceFilter(label="État", choices=EtatDePreconisation.choices, empty_label="Tous")
    origine = django_filters.ChoiceFilter(label="D’où elle vient", choices=Origine.choices, empty_label="Toutes")
    annee = django_filters.NumberFilter(label="Reçue en", field_name="recue_le__year", min_value=1900, max_value=2200)
    retard = django_filters.ChoiceFilter(label="En retard", method="late", choices=YES, empty_label="Peu importe")
    qui = django_filters.ChoiceFilter(label="Qui répond", method="by_body", empty_label="Tous")

    class Meta:
        model = Preconisation
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, espace: EspaceDeContrat, acces: Acces | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.espace, self.mine = espace, bodies_of(acces, espace) if acces else set()
        self.filters["qui"].extra["choices"] = bodies_offered(self.queryset, "organisme", self.mine)
        if acces is None:
            self.filters["etat"].extra["choices"] = [(one.value, one.label) for one in PUBLIC]

    def with_words(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those whose words, place or answering body hold every word."""
        return with_words(rows, value, "texte", "lieu", "organisme__nom")

    def late(self, rows: Any, name: str, value: str) -> QuerySet[Any]:
        """Those that should have been answered."""
        return rows.late(horloge.today(self.espace))  # type: ignore[no-any-return]

    def by_body(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those of a body, or of the bodies she acts for."""
        return of_body(rows, value, "organisme", self.mine)
