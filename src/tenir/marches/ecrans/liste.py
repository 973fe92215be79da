"""The list of the stops of every walk: that of those who have a role, that of the public site."""

from collections.abc import Callable
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.html import format_html

from tenir.core.cellules import stamp, together
from tenir.core.listes import Colonne, Groupement, Liste, Place, day_column, read
from tenir.ecran.navigation import address
from tenir.habilitations.listes import bodies_offered, contract_column, of_body, with_words
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.organismes import bodies_of
from tenir.habilitations.rights import Acces
from tenir.marches.ecrans.commun import states_of
from tenir.marches.enums import Categorie, EtatDArret, EtatDeMarche, Urgence
from tenir.marches.models import Arret, ArretQuerySet

Cellule = Callable[[Arret], str]


def rows_of(espace: EspaceDeContrat, *, public: bool = False) -> ArretQuerySet:
    """The stops of a contract that nobody saw again since: where each place stands today."""
    rows = Arret.objects.filter(marche__espace=espace).select_related(
        "marche__espace", "marche__conduite_par", "organisme", "preconisation__espace", "repris__marche"
    )
    if public:
        return rows.filter(marche__etat=EtatDeMarche.PUBLIEE).exclude(revu__marche__etat=EtatDeMarche.PUBLIEE)
    return rows.filter(revu=None)


def _lieu(row: Arret) -> str:
    url = address("marche", row.marche.espace, row.marche.numero)
    return format_html('<a href="{}#arret-{}">{}</a>', url, row.pk, row.lieu)


def _states(row: Arret) -> str:
    """Where it stands; and since the walk before, where whoever reads this one reads that one."""
    before = row.repris is not None and row.repris.marche.niveau <= row.marche.niveau
    return together(stamp(one.word, one.tone) for one in states_of(row, before=before))


def _by_place(row: Arret) -> list[tuple[str, str]]:
    return [(row.categorie, str(row.get_categorie_display()))]


def _by_body(row: Arret) -> list[tuple[int, str]]:
    return [(row.organisme_id or 0, str(row.organisme or "non dit"))]


def _columns(lieu: Cellule) -> tuple[Colonne, ...]:
    return (
        contract_column(read("marche.espace.titre")),
        Colonne("marche", "Marche", read("marche.code"), order_by=("marche__numero", "rang"), css="code",
                place=Place.LIGNE),
        Colonne("lieu", "Lieu", read("lieu"), lieu, order_by=("lieu",), place=Place.TITRE),
        day_column("jour", "Vu le", read("marche.jour"), order_by=("marche__jour", "marche__numero")),
        Colonne("sujet", "Sujet", lambda row: row.get_categorie_display(), place=Place.LIGNE),
        Colonne("urgence", "Urgence", lambda row: row.get_urgence_display(), order_by=("urgence",), place=Place.LIGNE),
        Colonne("constat", "Ce que l’on y voit", read("constat"), on_page=False),
        Colonne("organisme", "Qui peut agir", read("organisme.nom"), order_by=("organisme__nom",), place=Place.LIGNE),
        Colonne("etat", "État", lambda row: row.get_etat_display(), _states, order_by=("etat",), place=Place.ETAT),
        Colonne("suite", "Ce qui a été fait", read("suite"), on_page=False),
        Colonne("evolution", "Depuis la marche d’avant", lambda row: row.get_evolution_display(), on_page=False),
        Colonne("preconisation", "Préconisation", read("preconisation.code"), on_page=False),
    )  # fmt: skip


def list_of(lieu: Cellule = _lieu, **more: Any) -> Liste:
    """The list, on a page where each place leads where `lieu` says."""
    return Liste(
        "Lieux observés",
        _columns(lieu),
        noun="lieu",
        plural="lieux",
        genre="m",
        empty="Aucun lieu ne répond à ces filtres.",
        sort="-jour",
        tie=("rang", "pk"),
        groupings=(Groupement("sujet", "Sujet", _by_place), Groupement("organisme", "Qui peut agir", _by_body)),
        **more,
    )


ARRETS = list_of(choosable=True)
"""Where each place of a contract stands, the latest walk first."""


class FiltreDesArrets(django_filters.FilterSet):
    """Words, subject, urgency, state, who can act."""

    q = django_filters.CharFilter(label="Mots", method="with_words", max_length=100)
    sujet = django_filters.ChoiceFilter(
        label="Sujet", field_name="categorie", choices=Categorie.choices, empty_label="Tous"
    )
    urgence = django_filters.ChoiceFilter(label="Urgence", choices=Urgence.choices, empty_label="Toutes")
    etat = django_filters.ChoiceFilter(label="État", choices=EtatDArret.choices, empty_label="Tous")
    qui = django_filters.ChoiceFilter(label="Qui peut agir", method="by_body", empty_label="Tous")

    class Meta:
        model = Arret
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, espace: EspaceDeContrat, acces: Acces | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mine = bodies_of(acces, espace) if acces else set()
        self.filters["qui"].extra["choices"] = bodies_offered(self.queryset, "organisme", self.mine)

    def with_words(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those whose place, account or body hold every word."""
        return with_words(rows, value, "lieu", "constat", "organisme__nom")

    def by_body(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those of a body, or of the bodies she acts for."""
        return of_body(rows, value, "organisme", self.mine)
