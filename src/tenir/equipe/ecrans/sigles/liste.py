"""The list of the acronyms of a contract: what each means, where that comes from, those whose words are missing."""

from collections.abc import Mapping
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.safestring import SafeString

from tenir.core.cellules import second_line, stamp, together, written
from tenir.core.composants import Ton
from tenir.core.listes import Colonne, Liste, Place, read
from tenir.ecran.navigation import address
from tenir.equipe.models import Sigle
from tenir.fichier.mots import plain
from tenir.habilitations.listes import contract_column
from tenir.habilitations.models import EspaceDeContrat

MANQUENT, ECARTES = "manquent", "ecartes"
SANS_MOTS = Q(mots="", imprime="", ecarte=False)


def liste_of(espace: EspaceDeContrat, connus: Mapping[str, str]) -> Liste:
    """The acronyms, each leading to its page. `connus`: the names of the bodies, by their acronyms."""

    def named(row: Sigle) -> SafeString:
        return written('<a href="{}">{}</a>', address("sigle", espace, row.pk), row.sigle)

    return Liste(
        "Sigles",
        (
            contract_column(lambda row: espace.titre),
            Colonne("sigle", "Sigle", read("sigle"), named, order_by=("sigle",), place=Place.TITRE),
            Colonne(
                "mots", "Ses mots", lambda row: _said(row, connus), lambda row: _words(row, connus), place=Place.LIGNE
            ),
            Colonne("source", "D’où", lambda row: source_of(row, connus), place=Place.LIGNE),
            Colonne("ligne", "Ligne du document", read("ligne"), order_by=("ligne",), usual=False),
            Colonne("imprime", "Mots imprimés", read("imprime"), usual=False),
        ),
        noun="sigle",
        genre="m",
        empty="Aucun sigle ici : ajoutez-en un, ou changez les filtres.",
        sort="sigle",
        choosable=True,
    )


def source_of(row: Sigle, connus: Mapping[str, str]) -> str:
    """Where its words come from."""
    if row.ecarte:
        return "écarté"
    if row.mots:
        return "donnés par l’équipe"
    if row.imprime:
        return "imprimés dans le document"
    return "nom de l’organisme" if row.sigle in connus else "nulle part"


def _said(row: Sigle, connus: Mapping[str, str]) -> str:
    return row.mots or row.imprime or connus.get(row.sigle, "")


def _words(row: Sigle, connus: Mapping[str, str]) -> SafeString:
    said = _said(row, connus)
    if row.ecarte:
        return together([stamp("écarté"), second_line(said)])
    if not said:
        return stamp("à donner", Ton.ATTENTION)
    return together([said, second_line(f"le document écrit : {row.imprime}" if row.mots and row.imprime else "")])


class FiltreDesSigles(django_filters.FilterSet):
    """Words, and those that wait for something."""

    q = django_filters.CharFilter(label="Mots", method="with_words", max_length=200)
    etat = django_filters.ChoiceFilter(
        label="Lesquels",
        choices=[(MANQUENT, "Ceux dont les mots manquent"), (ECARTES, "Ceux qui sont écartés")],
        empty_label="Tous",
        method="in_state",
    )

    class Meta:
        model = Sigle
        fields: tuple[str, ...] = ()

    def __init__(self, data: Any = None, *args: Any, connus: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__({} if data is None else data, *args, **kwargs)  # filters even when nothing is asked
        self.connus = connus

    def with_words(self, rows: QuerySet[Sigle], name: str, value: str) -> QuerySet[Sigle]:
        """Those that hold every word asked."""
        asked = plain(value).split()
        told = ((row.pk, plain(f"{row.sigle} {row.mots} {row.imprime}")) for row in rows)
        return rows.filter(pk__in=[pk for pk, said in told if all(word in said for word in asked)])

    def in_state(self, rows: QuerySet[Sigle], name: str, value: str) -> QuerySet[Sigle]:
        """Those whose words nobody gave; or those set aside."""
        return rows.filter(ecarte=True) if value == ECARTES else rows.filter(SANS_MOTS).exclude(sigle__in=self.connus)
