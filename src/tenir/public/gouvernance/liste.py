"""The list of the bodies of governance, and its filters; the articles as a list to take away."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.safestring import SafeString

from tenir.contrat.models import InstanceDeGouvernance, OrganismeCite
from tenir.contrat.models.element import contract_of
from tenir.core.listes import Colonne, Liste, Place, read, text_column
from tenir.fichier.mots import plain
from tenir.public.cellules import link
from tenir.public.listes import CONTRAT, FiltreDuContrat, french, one_a_line

NOT_WRITTEN = "non précisé"


def _name(row: InstanceDeGouvernance) -> SafeString:
    """The body, leading to its page."""
    return link(row.espace.slug, row.code, row.nom)


def _cited(name: str, titre: str, absence: str, **options: Any) -> Colonne:
    """A column of the bodies that an attribute holds, one a line."""

    def cell(row: Any) -> str | SafeString:
        return one_a_line((_with_role(one) for one in getattr(row, name)), absence)

    return Colonne(name, titre, lambda row: _joined(getattr(row, name)), cell, **options)


INSTANCES = Liste(
    "Instances de gouvernance écrites dans le contrat",
    (
        CONTRAT,
        Colonne("code", "Code", read("code"), order_by=("ordre",), css="code", place=Place.LIGNE),
        Colonne("nom", "Instance", read("nom"), _name, key=french("nom"), place=Place.TITRE),
        _cited("presidence", "Préside ou anime", "à désigner", place=Place.LIGNE),
        _cited("membres", "Composition", NOT_WRITTEN),
        Colonne(
            "roles",
            "Rôle",
            lambda row: " ; ".join(row.roles),
            lambda row: one_a_line(row.roles, NOT_WRITTEN),
        ),
        text_column("frequence", "Rythme écrit", absence=NOT_WRITTEN, place=Place.LIGNE),
        Colonne(
            "reunions_par_an",
            "Réunions par an",
            read("reunions_par_an"),
            order_by=("reunions_par_an",),
            css="chiffre",
        ),
        Colonne(
            "regles", "Règles d’ordre", lambda row: " ; ".join(one.titre for one in row.regles.all()), on_page=False
        ),
        Colonne("source", "Lignes du document", read("source"), on_page=False),
    ),
    noun="instance",
    filters="Filtrer les instances",
    empty="Aucune instance ne répond à ces filtres.",
    tie=("ordre", "pk"),
)
"""The bodies of governance of a contract (`presidence`, `membres` prefetched)."""

ARTICLES = Liste(
    "Articles du protocole",
    (
        CONTRAT,
        Colonne("code", "Code", read("code")),
        Colonne("titre", "Titre abrégé", read("titre")),
        Colonne("mots", "Mots signés", read("mots")),
        Colonne("source", "Lignes du document", read("source")),
        Colonne("note", "Note", read("note")),
    ),
)
"""The articles of the protocol, to take away."""


def _joined(cited: Iterable[OrganismeCite]) -> str:
    return " ; ".join(_with_role(one) for one in cited)


def _with_role(one: OrganismeCite) -> str:
    return f"{one.nom} ({one.fonction})" if one.fonction else one.nom


class FiltreDesInstances(FiltreDuContrat):
    """Filters by a body that chairs or sits, and by words."""

    organisme = django_filters.ChoiceFilter(label="Organisme qui y siège", method="with_body", empty_label="Tous")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cited = OrganismeCite.objects.filter(instance__in=self.queryset.order_by().values("pk"))
        known = cited.exclude(organisation=None).values_list("organisation__identifiant", "organisation__nom")
        self.offer("organisme", sorted(set(known), key=lambda choice: plain(choice[1] or "")))

    def with_body(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The bodies of governance where an organisation chairs or sits."""
        cited = OrganismeCite.objects.filter(espace=contract_of(self.queryset), organisation__identifiant=value)
        return rows.filter(pk__in=cited.exclude(instance=None).order_by().values("instance"))
