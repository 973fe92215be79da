"""The list of the bodies of governance, and its filters; the articles as a list to take away."""

from collections.abc import Iterable
from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.utils.safestring import SafeString

from tenir.contrat.models import InstanceDeGouvernance, OrganismeCite
from tenir.contrat.models.element import contract_of
from tenir.core.cellules import TexteOuAbsence
from tenir.fichier.mots import plain
from tenir.public.cellules import link
from tenir.public.listes import FiltreDuContrat, ListeDuContrat, alphabetical, one_a_line

NOT_WRITTEN = "non précisé"


class Instances(ListeDuContrat):
    """The bodies of governance of a contract (`presidence`, `membres` prefetched)."""

    code = tables.Column(order_by="ordre", attrs={"td": {"class": "code"}})
    nom = tables.Column(verbose_name="Instance")
    presidence = tables.Column(verbose_name="Préside ou anime", orderable=False, empty_values=())
    membres = tables.Column(verbose_name="Composition", orderable=False, empty_values=())
    roles = tables.Column(verbose_name="Rôle", orderable=False, empty_values=())
    frequence = TexteOuAbsence(NOT_WRITTEN, verbose_name="Rythme écrit", orderable=False)
    reunions_par_an = tables.Column(verbose_name="Réunions par an", default="", attrs={"td": {"class": "chiffre"}})
    regles = tables.Column(verbose_name="Règles d’ordre", visible=False, empty_values=())
    source = tables.Column(verbose_name="Lignes du document", visible=False)

    caption = "Instances de gouvernance écrites dans le contrat"
    noun = "instance"

    class Meta:
        empty_text = "Aucune instance ne répond à ces filtres."

    def render_nom(self, value: str, record: InstanceDeGouvernance) -> SafeString:
        """The body, leading to its page."""
        return link(record.espace.slug, record.code, value)

    def value_nom(self, value: str) -> str:
        """The name alone."""
        return value

    def render_presidence(self, value: list[OrganismeCite]) -> str | SafeString:
        """Who chairs."""
        return one_a_line((_with_role(one) for one in value), "à désigner")

    def value_presidence(self, value: list[OrganismeCite]) -> str:
        """Who chairs."""
        return _joined(value)

    def render_membres(self, value: list[OrganismeCite]) -> str | SafeString:
        """Who sits."""
        return one_a_line((_with_role(one) for one in value), NOT_WRITTEN)

    def value_membres(self, value: list[OrganismeCite]) -> str:
        """Who sits."""
        return _joined(value)

    def render_roles(self, value: list[str]) -> str | SafeString:
        """What it does."""
        return one_a_line(value, NOT_WRITTEN)

    def value_roles(self, value: list[str]) -> str:
        """What it does."""
        return " ; ".join(value)

    def value_regles(self, record: InstanceDeGouvernance) -> str:
        """The rules that order it."""
        return " ; ".join(rule.titre for rule in record.regles.all())

    def order_nom(self, rows: QuerySet[Any], is_descending: bool) -> tuple[QuerySet[Any], bool]:
        """French order."""
        return alphabetical(rows, "nom", is_descending)


class Articles(ListeDuContrat):
    """The articles of the protocol, to take away."""

    code = tables.Column()
    titre = tables.Column(verbose_name="Titre abrégé")
    mots = tables.Column(verbose_name="Mots signés")
    source = tables.Column(verbose_name="Lignes du document")
    note = tables.Column(verbose_name="Note")


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
