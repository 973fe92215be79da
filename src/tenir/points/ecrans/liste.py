"""The list of the points d'étape of a contract."""

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import Count, Q, QuerySet
from django.utils.html import format_html

from tenir.core.cellules import stamp
from tenir.core.composants import Ton
from tenir.core.listes import Liste
from tenir.core.typographie import date_fr
from tenir.ecran.navigation import address
from tenir.habilitations.models import EspaceDeContrat
from tenir.points.models import PointDEtape, Question

TONS = {"brouillon": Ton.MUET, "en cours": Ton.ATTENTION, "clos": Ton.FAIT}
ETATS = [("brouillon", "Brouillons"), ("en-cours", "En cours"), ("clos", "Clos")]


def rows(espace: EspaceDeContrat) -> QuerySet[PointDEtape]:
    """The points d'étape of a contract, with how many were asked and how many answers wait to be read."""
    to_read = Q(destinataires__questions__etat=Question.Etat.REPONDUE)
    counted = PointDEtape.objects.filter(espace=espace).select_related("espace").defer("synthese")
    return counted.annotate(
        sollicites=Count("destinataires", distinct=True),
        a_lire=Count("destinataires__questions", filter=to_read, distinct=True),
    )


class Points(Liste):
    """The points d'étape, the latest first."""

    caption = "Points d’étape"
    noun, noun_plural, genre = "point d’étape", "points d’étape", "m"

    contrat = tables.Column(accessor="espace__titre", verbose_name="Contrat", visible=False)
    titre = tables.Column(verbose_name="Point d’étape")
    etat = tables.Column(verbose_name="État", orderable=False)
    reponse_avant = tables.Column(verbose_name="Réponse attendue pour le")
    sollicites = tables.Column(verbose_name="Personnes", attrs={"td": {"class": "chiffre"}})
    a_lire = tables.Column(verbose_name="Réponses à lire", attrs={"td": {"class": "chiffre"}})
    envoye_le = tables.Column(verbose_name="Envoyé le", default="")

    class Meta:
        empty_text = "Aucun point d’étape : ouvrez-en un pour demander des nouvelles à ceux qui se sont engagés."
        order_by = "-reponse_avant"

    def render_titre(self, record: PointDEtape) -> str:
        """The title leads to the point d'étape."""
        return format_html('<a href="{}">{}</a>', address("point", record.espace, record.pk), record.titre)

    def value_titre(self, value: str) -> str:
        """The title alone."""
        return value

    def render_etat(self, value: str) -> str:
        """Draft, under way, closed."""
        return stamp(value, TONS[value])

    def value_etat(self, value: str) -> str:
        """The word alone."""
        return value

    def render_reponse_avant(self, record: PointDEtape) -> str:
        """A day as it is read."""
        return date_fr(record.reponse_avant)

    def value_reponse_avant(self, record: PointDEtape) -> str:
        """A day as it is sorted."""
        return record.reponse_avant.isoformat()

    def render_envoye_le(self, record: PointDEtape) -> str:
        """The day it left."""
        return date_fr(record.envoye_le.date()) if record.envoye_le else ""


class FiltreDesPoints(django_filters.FilterSet):
    """State."""

    etat = django_filters.ChoiceFilter(label="État", choices=ETATS, empty_label="Tous", method="in_state")

    class Meta:
        model = PointDEtape
        fields: tuple[str, ...] = ()

    def in_state(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Drafts, those under way, those closed."""
        wanted: dict[str, dict[str, Any]] = {
            "brouillon": {"envoye_le": None},
            "en-cours": {"envoye_le__isnull": False, "clos_le": None},
            "clos": {"clos_le__isnull": False},
        }
        return rows.filter(**wanted[value])
