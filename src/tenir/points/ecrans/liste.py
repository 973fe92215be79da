"""The list of the points d'étape of a contract."""

from typing import Any

import django_filters
from django.db.models import Count, Q, QuerySet
from django.utils.html import format_html

from tenir.core import horloge
from tenir.core.cellules import stamp
from tenir.core.composants import Ton
from tenir.core.listes import Colonne, Liste, Place, day_column, read
from tenir.core.typographie import date_fr
from tenir.ecran.navigation import address
from tenir.habilitations.listes import contract_column
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


def _title(row: PointDEtape) -> str:
    """The title leads to the point d'étape."""
    return format_html('<a href="{}">{}</a>', address("point", row.espace, row.pk), row.titre)


def _left(row: PointDEtape) -> str:
    """The day it left."""
    return date_fr(horloge.day_of(row.envoye_le)) if row.envoye_le else ""


POINTS = Liste(
    "Points d’étape",
    (
        contract_column(read("espace.titre")),
        Colonne("titre", "Point d’étape", read("titre"), _title, order_by=("titre",), place=Place.TITRE),
        Colonne("etat", "État", read("etat"), lambda row: stamp(row.etat, TONS[row.etat]), place=Place.ETAT),
        day_column(
            "reponse_avant",
            "Réponse attendue pour le",
            read("reponse_avant", None),
            order_by=("reponse_avant",),
            place=Place.LIGNE,
            mot="réponse pour le",
        ),
        Colonne("sollicites", "Personnes", read("sollicites"), order_by=("sollicites",), css="chiffre"),
        Colonne(
            "a_lire",
            "Réponses à lire",
            read("a_lire"),
            order_by=("a_lire",),
            css="chiffre",
            place=Place.LIGNE,
            mot="réponses à lire :",
        ),
        Colonne("envoye_le", "Envoyé le", _left, order_by=("envoye_le",)),
    ),
    noun="point d’étape",
    plural="points d’étape",
    genre="m",
    empty="Aucun point d’étape : ouvrez-en un pour demander des nouvelles à ceux qui se sont engagés.",
    sort="-reponse_avant",
    choosable=True,
)
"""The points d'étape, the latest first."""


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
