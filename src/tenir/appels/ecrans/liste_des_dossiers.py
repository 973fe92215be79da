"""The list of dossiers."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.html import format_html

from tenir.appels.ecrans.dossier import stamp_of
from tenir.appels.enums import TON_DU_RENDU, EtatDeDossier, Rendu
from tenir.appels.models import AppelAProjets, DossierDeDemande
from tenir.core.cellules import stamp
from tenir.core.listes import Colonne, Liste, Place, day_column, read
from tenir.ecran.navigation import address
from tenir.financement.montants import told
from tenir.habilitations.listes import contract_column, stamped, with_words
from tenir.habilitations.models import EspaceDeContrat


def _titre(row: DossierDeDemande) -> str:
    return format_html('<a href="{}">{}</a>', address("dossier-de-demande", row.espace, row.numero), row.titre)


def _note(row: DossierDeDemande) -> int | None:
    """What its notes come to on average, of the funders who gave all of them."""
    found: float | None = getattr(row, "moyenne", None)
    return None if found is None else round(found)


def _rendu(row: DossierDeDemande) -> str:
    """Where it stands with its report; nothing where none is due."""
    found: int | None = getattr(row, "rendu", None)
    return "" if found is None else str(Rendu(found).label)


def _stamped_rendu(row: DossierDeDemande) -> str:
    found: int | None = getattr(row, "rendu", None)
    return "" if found is None else stamp(str(Rendu(found).label), TON_DU_RENDU[Rendu(found)])


RENDUS = {
    "non-rendu": (Rendu.EN_RETARD, Rendu.A_REMETTRE),
    **{one.name.lower().replace("_", "-"): (one,) for one in Rendu},
}
"""What each choice of the filter keeps."""
NON_RENDU = ("non-rendu", "en retard ou à remettre")


DOSSIERS = Liste(
    "Dossiers de demande",
    (
        contract_column(read("espace.titre")),
        Colonne("code", "Code", read("code"), order_by=("numero",), css="code", place=Place.LIGNE),
        Colonne("titre", "Action", read("titre"), _titre, place=Place.TITRE),
        Colonne("nom", "Organisme", read("nom"), order_by=("nom",), place=Place.LIGNE),
        Colonne("siret", "SIRET", read("siret"), on_page=False),
        Colonne("rna", "RNA", read("rna"), on_page=False),
        Colonne("appel", "Appel", read("appel.titre")),
        Colonne("servies", "Actions servies", read("servies"), on_page=False),
        Colonne("charges", "Budget", lambda row: row.charges, lambda row: told(row.charges), order_by=("charges",)),
        Colonne("note", "Note sur cent", _note, lambda row: "" if _note(row) is None else str(_note(row)),
                order_by=("moyenne",)),
        day_column("depose_le", "Déposé le", read("depose_le", None), order_by=("depose_le",), place=Place.LIGNE,
                   mot="déposé le", absence="non déposé"),
        Colonne("rendu", "Compte rendu", _rendu, _stamped_rendu, order_by=("rendu",), place=Place.LIGNE,
                mot="compte rendu"),
        Colonne("etat", "État", lambda row: row.get_etat_display(), stamped(stamp_of), place=Place.ETAT),
    ),
    noun="dossier",
    genre="m",
    empty="Aucun dossier ne répond à ces filtres.",
    sort="-code",
    choosable=True,
)  # fmt: skip
"""Those of a contract, the latest first."""


class FiltreDesDossiers(django_filters.FilterSet):
    """Words, a state, a call, where its report stands."""

    q = django_filters.CharFilter(label="Mots", method="with_words", max_length=100)
    etat = django_filters.ChoiceFilter(label="État", choices=EtatDeDossier.choices, empty_label="Tous")
    rendu = django_filters.ChoiceFilter(
        label="Compte rendu", method="with_rendu", empty_label="Tous",
        choices=[NON_RENDU, *((one.name.lower().replace("_", "-"), str(one.label)) for one in Rendu)],
    )  # fmt: skip
    appel = django_filters.ChoiceFilter(label="Appel", field_name="appel__numero", empty_label="Tous")

    class Meta:
        model = DossierDeDemande
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, espace: EspaceDeContrat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        calls = AppelAProjets.objects.of(espace).order_by("-numero")
        self.filters["appel"].extra["choices"] = [(str(one.numero), one.titre) for one in calls]

    def with_rendu(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those whose report stands so."""
        return rows.filter(rendu__in=[one.value for one in RENDUS[value]])

    def with_words(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those whose title or body holds every word."""
        return with_words(rows, value, "intitule", "nom")
