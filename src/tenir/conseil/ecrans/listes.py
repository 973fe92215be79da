"""The list of the opinions asked of the council."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.html import format_html

from tenir.conseil.ecrans.commun import stamp_of_avis
from tenir.conseil.enums import Sens
from tenir.conseil.models import DemandeDAvis
from tenir.core.listes import Colonne, Liste, Place, day_column, read
from tenir.ecran.navigation import address
from tenir.habilitations.listes import contract_column, stamped


def _link(row: DemandeDAvis) -> str:
    return format_html('<a href="{}">{}</a>', address("avis-demande", row.espace, row.numero), row.objet)


AVIS = Liste(
    "Avis demandés au conseil citoyen",
    (
        contract_column(read("espace.titre")),
        Colonne("code", "Code", read("code"), order_by=("numero",), css="code", place=Place.LIGNE),
        Colonne("objet", "Avis demandé sur", read("objet"), _link, place=Place.TITRE),
        day_column("recue_le", "Reçu le", read("recue_le"), order_by=("recue_le",)),
        day_column("echeance", "Dernier jour", read("echeance"), order_by=("echeance",), place=Place.LIGNE),
        Colonne("silence", "Le silence", lambda row: row.get_silence_display()),
        Colonne("source", "Source de la règle", read("source")),
        Colonne("etat", "État", lambda row: row.etat.label, stamped(stamp_of_avis), place=Place.ETAT),
        Colonne("sens", "Avis", lambda row: row.get_sens_display()),
        Colonne("texte", "Ce que dit l’avis", read("texte"), on_page=False),
        day_column("rendu_le", "Rendu le", read("rendu_le", None), order_by=("rendu_le",)),
    ),
    noun="avis",
    empty="Aucun avis ne répond à ces filtres.",
    sort="-code",
    choosable=True,
)
"""The opinions, the latest first."""


class FiltreDesAvis(django_filters.FilterSet):
    """What was said, or that nothing was."""

    sens = django_filters.ChoiceFilter(
        label="Avis", choices=[("aucun", "pas rendu"), *Sens.choices], method="saying", empty_label="Tous"
    )

    class Meta:
        model = DemandeDAvis
        fields: tuple[str, ...] = ()

    def saying(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those that say it."""
        return rows.filter(sens="" if value == "aucun" else value)
