"""The list of bodies: its columns, its filters."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tenir.acteurs.models import Organisation
from tenir.core import horloge
from tenir.core.listes import Colonne, Groupement, Liste, Place, day_column, read, text_column
from tenir.ecran.navigation import address
from tenir.equipe.organismes import bodies_of
from tenir.fichier.mots import plain
from tenir.fichier.organisations.modeles import NatureDOrganisation
from tenir.habilitations.listes import contract_column
from tenir.habilitations.models import EspaceDeContrat


def liste_of(espace: EspaceDeContrat) -> Liste:
    """The bodies, each leading to its page in this contract."""

    def named(row: Organisation) -> SafeString:
        return format_html('<a href="{}">{}</a>', address("organisme", espace, row.pk), row.nom)

    return Liste(
        "Organismes",
        (
            contract_column(lambda row: espace.titre),
            Colonne("nom", "Organisme", read("nom"), named, order_by=("nom",), place=Place.TITRE),
            text_column("sigle", "Sigle", order_by=("sigle",), place=Place.LIGNE),
            text_column("nature", "Nature", order_by=("nature",), place=Place.LIGNE),
            Colonne("parent", "Rattaché à", _above, order_by=("parent__nom",)),
            Colonne("noms", "Connu aussi sous", _other_names),
            text_column("siret", "SIRET", order_by=("siret",), usual=False),
            text_column("rna", "Numéro RNA", order_by=("rna",), usual=False),
            day_column("fin", "N’existe plus depuis le", read("fin", None), order_by=("fin",)),
            Colonne("suite", "Repris par", _after, order_by=("suite__nom",), usual=False),
        ),
        noun="organisme",
        genre="m",
        empty="Aucun organisme ici : ajoutez-en un, ou changez les filtres.",
        sort="nom",
        groupings=(Groupement("nature", "Nature", lambda row: [(plain(row.nature), row.nature)]),),
        choosable=True,
    )


def _above(row: Organisation) -> str:
    return row.parent.nom if row.parent else ""


def _after(row: Organisation) -> str:
    return row.suite.nom if row.suite else ""


def _other_names(row: Organisation) -> str:
    """Its spellings and the names it bore."""
    return ", ".join([*(one.texte for one in row.graphies.all()), *(one.nom for one in row.noms_anterieurs.all())])


class FiltreDesOrganismes(django_filters.FilterSet):
    """Words, kind, those of the contract or of the installation, those that are no more."""

    q = django_filters.CharFilter(label="Mots", method="with_words", max_length=200)
    nature = django_filters.ChoiceFilter(
        label="Nature", choices=[(one.value, one.value) for one in NatureDOrganisation], empty_label="Toutes"
    )
    ou = django_filters.ChoiceFilter(
        label="Où",
        choices=[("ailleurs", "Pas encore dans ce contrat"), ("partout", "Toute l’installation")],
        empty_label="Dans ce contrat",
        method="known_in",
    )
    fin = django_filters.ChoiceFilter(
        label="Existence",
        choices=[("oui", "N’existent plus"), ("non", "Existent encore")],
        empty_label="Peu importe",
        method="ended",
    )

    class Meta:
        model = Organisation
        fields: tuple[str, ...] = ()

    def __init__(self, data: Any = None, *args: Any, espace: EspaceDeContrat, **kwargs: Any) -> None:
        super().__init__({} if data is None else data, *args, **kwargs)  # filters even when nothing is asked
        self.espace = espace

    def with_words(self, rows: QuerySet[Organisation], name: str, value: str) -> QuerySet[Organisation]:
        """The bodies that a name, an acronym, a spelling or a number holds every word of."""
        asked = plain(value).split()
        told = ((row.pk, plain(f"{row.nom} {row.sigle} {row.siret} {row.rna} {_other_names(row)}")) for row in rows)
        return rows.filter(pk__in=[pk for pk, said in told if all(word in said for word in asked)])

    def known_in(self, rows: QuerySet[Organisation], name: str, value: str) -> QuerySet[Organisation]:
        """All of them; or those that the contract does not have."""
        here = bodies_of(self.espace).order_by().values("pk")
        return rows.exclude(pk__in=here) if value == "ailleurs" else rows

    def ended(self, rows: QuerySet[Organisation], name: str, value: str) -> QuerySet[Organisation]:
        """Those that are no more today, or those that are."""
        over = Q(fin__lte=horloge.today(self.espace))
        return rows.filter(over) if value == "oui" else rows.exclude(over)

    def filter_queryset(self, queryset: QuerySet[Organisation]) -> QuerySet[Organisation]:
        """Those of the contract, unless asked otherwise."""
        rows: QuerySet[Organisation] = super().filter_queryset(queryset)
        if self.form.cleaned_data.get("ou"):
            return rows
        return rows.filter(pk__in=bodies_of(self.espace).order_by().values("pk"))
