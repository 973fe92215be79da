"""The list of the ledger: every line, those that announce nothing first."""

from typing import Any

import django_filters
from django.db.models import Case, QuerySet, Value, When
from django.utils.html import format_html

from tenir.contrat.models import Orientation
from tenir.core.cellules import muted, second_line, together
from tenir.core.listes import Colonne, Groupement, Liste, Place, day_column, read
from tenir.ecran.navigation import address
from tenir.financement.ecrans.commun import stamp_of, told_year, years_of
from tenir.financement.enums import EtatDeFinancement, Registre
from tenir.financement.models import LigneDeFinancement
from tenir.financement.montants import told
from tenir.habilitations.listes import bodies_offered, contract_column, of_body, stamped, with_words
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.organismes import bodies_of
from tenir.habilitations.rights import Acces

NO_YEAR = "sans"
SEARCHED = ("projet", "fiche__action__titre", "orientation__titre", "financeur__nom", "financeur_imprime")
EMPTY = [("oui", "Imprimées, sans rien derrière"), ("non", "Les autres")]


def lines_of(espace: EspaceDeContrat) -> QuerySet[LigneDeFinancement]:
    """The lines of a contract: first those that it prints with nothing behind, then by orientation."""
    rank = Case(When(imprimee__vide=True, montant=None, then=Value(0)), default=Value(1))
    return LigneDeFinancement.objects.of(espace).order_by(rank, "orientation__ordre", "annee", "pk")


def _thing(row: LigneDeFinancement) -> str:
    url = address("financement", row.espace, row.code)
    under = "toute l’orientation" if not row.fiche and not row.projet else row.projet and "projet"
    return together([format_html('<a href="{}">{}</a>', url, row.objet), second_line(under or "")])


def _amount(row: LigneDeFinancement) -> str:
    return told(row.montant) or muted("non dit")


def _funder(row: LigneDeFinancement) -> list[tuple[str, str]]:
    return [(row.nom_du_financeur, row.nom_du_financeur)]


LIGNES = Liste(
    "Lignes de financement",
    (
        contract_column(read("espace.titre")),
        Colonne("code", "Code", read("code"), css="code", place=Place.LIGNE),
        Colonne("objet", "Pour quoi", read("objet"), _thing, place=Place.TITRE),
        Colonne(
            "financeur", "Financeur", read("nom_du_financeur"), order_by=("financeur__nom", "pk"), place=Place.LIGNE
        ),
        Colonne(
            "orientation", "Orientation", read("code_de_l_objet"), order_by=("orientation__ordre", "pk"), css="code"
        ),
        Colonne("registre", "Registre", lambda row: row.get_registre_display(), order_by=("registre", "pk")),
        Colonne(
            "annee", "Année", lambda row: told_year(row.annee), lambda row: told_year(row.annee),
            order_by=("annee", "pk"), place=Place.LIGNE,
        ),
        Colonne("etat", "État", lambda row: stamp_of(row).word, stamped(stamp_of), order_by=("etat", "pk"),
                place=Place.ETAT),
        Colonne("montant", "Montant", read("montant"), _amount, order_by=("montant", "pk"), css="chiffre",
                place=Place.LIGNE),
        Colonne("compte", "Compté", read("compte"), lambda row: told(row.compte), order_by=("compte", "pk"),
                css="chiffre", usual=False),
        day_column("etat_le", "Depuis le", read("etat_le", None), order_by=("etat_le", "pk"), absence="contrat signé"),
        Colonne("annonce", "Annoncé", read("annonce"), css="chiffre", usual=False),
        Colonne("demande", "Demandé", read("demande"), css="chiffre", usual=False),
        Colonne("vote", "Voté", read("vote"), css="chiffre", usual=False),
        Colonne("verse", "Versé", read("verse"), css="chiffre", usual=False),
    ),
    noun="ligne",
    empty="Aucune ligne ne répond à ces filtres.",
    groupings=(
        Groupement("financeur", "Financeur", _funder),
        Groupement(
            "orientation", "Orientation",
            lambda row: [(row.orientation.ordre, f"{row.orientation.code} {row.orientation.titre}")],
        ),
    ),
    choosable=True,
)  # fmt: skip
"""The lines of both ledgers; each says which is its own."""


class FiltreDesLignes(django_filters.FilterSet):
    """Words, ledger, funder, orientation, year, state, emptiness."""

    q = django_filters.CharFilter(label="Mots", method="with_words", max_length=100)
    vide = django_filters.ChoiceFilter(label="Annonce", method="empty_or_not", choices=EMPTY, empty_label="Toutes")
    registre = django_filters.ChoiceFilter(label="Registre", choices=Registre.choices, empty_label="Les deux")
    financeur = django_filters.ChoiceFilter(label="Financeur", method="of_funder", empty_label="Tous")
    orientation = django_filters.ChoiceFilter(label="Orientation", field_name="orientation__code", empty_label="Toutes")
    annee = django_filters.ChoiceFilter(label="Année", method="in_year", empty_label="Toutes")
    etat = django_filters.ChoiceFilter(label="État", choices=EtatDeFinancement.choices, empty_label="Tous")

    class Meta:
        model = LigneDeFinancement
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, espace: EspaceDeContrat, acces: Acces, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mine = bodies_of(acces, espace)
        rows = LigneDeFinancement.objects.filter(espace=espace)
        self.filters["financeur"].extra["choices"] = bodies_offered(rows, "financeur", self.mine)
        orientations = Orientation.objects.of(espace).values_list("code", "titre")
        self.filters["orientation"].extra["choices"] = [(code, f"{code} {titre}") for code, titre in orientations]
        years = [(str(one), str(one)) for one in years_of(espace)]
        self.filters["annee"].extra["choices"] = [*years, (NO_YEAR, "toute la durée")]

    def with_words(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those that hold every word."""
        return with_words(rows, value, *SEARCHED)

    def empty_or_not(self, rows: Any, name: str, value: str) -> QuerySet[Any]:
        """Those printed with nothing behind, or the others."""
        silent = rows.silent()
        return silent if value == "oui" else rows.exclude(pk__in=silent.order_by().values("pk"))  # type: ignore[no-any-return]

    def of_funder(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those of a funder, or of the bodies she acts for."""
        return of_body(rows, value, "financeur", self.mine)

    def in_year(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those of a year, or of all those of the contract."""
        return rows.filter(annee=None if value == NO_YEAR else int(value))
