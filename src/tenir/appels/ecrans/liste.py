"""The list of calls for projects: that of the team, that of the public site."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.html import format_html

from tenir.appels.ecrans.commun import stamp_of
from tenir.appels.models import AppelAProjets
from tenir.core import horloge
from tenir.core.listes import Colonne, Liste, Place, day_column, read
from tenir.ecran.navigation import address
from tenir.habilitations.listes import YES, contract_column, stamped
from tenir.habilitations.models import EspaceDeContrat


def _titre(row: AppelAProjets) -> str:
    return format_html('<a href="{}">{}</a>', address("appel-a-projets", row.espace, row.numero), row.titre)


def calls(titre: Any, **more: Any) -> Liste:
    """The list, on a page where the title of a call leads where `titre` says."""
    return Liste(
        "Appels à projets",
        (
            contract_column(read("espace.titre")),
            Colonne("code", "Code", read("code"), order_by=("numero",), css="code", place=Place.LIGNE),
            Colonne("titre", "Appel", read("titre"), titre, place=Place.TITRE),
            Colonne("annee", "Année", lambda row: str(row.annee), order_by=("annee", "numero")),
            day_column("ouvre_le", "Ouvre le", read("ouvre_le"), order_by=("ouvre_le",)),
            day_column(
                "ferme_le", "Dernier jour", read("ferme_le"), order_by=("ferme_le",), place=Place.LIGNE,
                mot="dernier jour", absence="sans date",
            ),
            day_column("comite_le", "Comité des financeurs", read("comite_le", None), order_by=("comite_le",)),
            day_column("reponse_le", "Réponse avant le", read("reponse_le", None), order_by=("reponse_le",)),
            Colonne("priorites", "Priorités", lambda row: ", ".join(row.codes), on_page=False),
            Colonne("etat", "État", lambda row: row.moment.label, stamped(stamp_of), place=Place.ETAT),
        ),
        noun="appel à projets",
        plural="appels à projets",
        empty="Aucun appel à projets ne répond à ces filtres.",
        sort="-code",
        **more,
    )  # fmt: skip


APPELS = calls(_titre, choosable=True)
"""Those of a contract, the latest first."""


class FiltreDesAppels(django_filters.FilterSet):
    """A year, or what is open today."""

    annee = django_filters.NumberFilter(label="Année", min_value=1900, max_value=2200)
    ouvert = django_filters.ChoiceFilter(
        label="Ouvert aujourd’hui", method="that_is_open", choices=YES, empty_label="Peu importe"
    )

    class Meta:
        model = AppelAProjets
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, espace: EspaceDeContrat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.espace = espace

    def that_is_open(self, rows: Any, name: str, value: str) -> QuerySet[Any]:
        """Those to which a dossier may be sent."""
        return rows.open_on(horloge.today(self.espace))  # type: ignore[no-any-return]
