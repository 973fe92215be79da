"""The list of what moved, thing by thing: its columns, its filters. It comes of a snapshot, read whole."""

from collections.abc import Callable
from typing import Any

from django import forms

from tenir.core.cellules import second_line, stamp, together, written
from tenir.core.listes import Colonne, Groupement, Liste, Place, read
from tenir.core.listes.choix import ListeDeChoix
from tenir.ecran.navigation import address
from tenir.evaluation.ecrans.commun import ACROSS, stamp_of_move
from tenir.evaluation.enums import Mouvement, Sorte
from tenir.evaluation.instantane.comparer import Comparaison, Ecart
from tenir.evaluation.models import Evaluation
from tenir.fichier.mots import plain
from tenir.habilitations.listes import contract_column

PAGES = {Sorte.ACTION: "fiche", Sorte.ENGAGEMENT: "suivi-engagement", Sorte.INDICATEUR: "suivi-indicateur"}
"""Where a thing is read as it stands today."""


def list_of(evaluation: Evaluation, found: Comparaison) -> Liste:
    """The list of one comparison."""
    titles = {one["code"]: one["titre"] for one in found.orientations}
    ranks = {one["code"]: rank for rank, one in enumerate(found.orientations)}
    espace = evaluation.espace

    def orientation(row: Ecart) -> str:
        return f"{row.orientation} {titles.get(row.orientation, '')}".strip() or ACROSS

    def where(row: Ecart) -> Any:
        if row.sorte in PAGES and row.code and row.mouvement != Mouvement.SORTI:
            return written('<a href="{}">{}</a>', address(PAGES[row.sorte], espace, row.code), row.titre)
        return row.titre

    return Liste(
        "Ce qui a bougé",
        (
            contract_column(lambda _: espace.titre),
            Colonne("evaluation", "Évaluation", lambda _: evaluation.code, on_page=False),
            Colonne("orientation", "Orientation", orientation, key=lambda row: ranks.get(row.orientation, len(ranks)),
                    place=Place.LIGNE, usual=False),
            Colonne("sorte", "Quoi", lambda row: str(row.sorte.label),
                    key=lambda row: list(Sorte).index(row.sorte), place=Place.LIGNE),
            Colonne("code", "Code", read("code"), key=read("code"), css="code", place=Place.LIGNE),
            Colonne("titre", "Titre", read("titre"), where, key=lambda row: plain(row.titre), place=Place.TITRE),
            Colonne("avant", "Avant", read("avant"), place=Place.LIGNE, mot="avant :"),
            Colonne("apres", "Après", read("apres"), place=Place.LIGNE, mot="après :"),
            Colonne("mouvement", "Ce qui a bougé", lambda row: str(row.mouvement.label), _move,
                    key=lambda row: list(Mouvement).index(row.mouvement), place=Place.ETAT),
            Colonne("raison", "Pourquoi", read("raison"), on_page=False),
            Colonne("source", "Source, ou signataire", read("source"), on_page=False),
        ),
        noun="ligne",
        plural="lignes",
        genre="f",
        empty="Rien ne répond à ces filtres.",
        groupings=(
            Groupement("orientation", "Orientation",
                       lambda row: [(ranks.get(row.orientation, len(ranks)), orientation(row))],
                       "Ce qui sert plusieurs orientations figure sous chacune"),
            Groupement("mouvement", "Ce qui a bougé",
                       lambda row: [(list(Mouvement).index(row.mouvement), str(row.mouvement.label))]),
        ),
        per_page=100,
        choosable=True,
    )  # fmt: skip


def _move(row: Ecart) -> Any:
    found = stamp_of_move(row)
    said = stamp(found.word, found.tone)
    return together([said, second_line(row.raison)], "") if row.raison else said


class FiltreDesEcarts(forms.Form):
    """Words, orientation, kind of thing, what became of it."""

    q = forms.CharField(label="Mots", required=False, max_length=100)
    orientation = forms.ChoiceField(label="Orientation", required=False, widget=ListeDeChoix)
    sorte = forms.ChoiceField(label="Quoi", required=False, widget=ListeDeChoix, choices=[("", "Tout"), *Sorte.choices])
    mouvement = forms.ChoiceField(
        label="Ce qui a bougé", required=False, widget=ListeDeChoix, choices=[("", "Tout"), *Mouvement.choices]
    )

    def __init__(self, data: Any, found: Comparaison) -> None:
        super().__init__(data)
        self.rows = found.ecarts
        offered = [(one["code"], f"{one['code']} {one['titre']}") for one in found.orientations]
        self.fields["orientation"].choices = [("", "Toutes"), *offered]  # type: ignore[attr-defined]

    def kept(self) -> list[Ecart]:
        """The rows that answer every filter that can be read."""
        self.is_valid()
        given = getattr(self, "cleaned_data", {}) if self.is_bound else {}
        tests = [_TESTS[name](value) for name, value in given.items() if value]
        return [row for row in self.rows if all(test(row) for test in tests)]


def _with_words(text: str) -> Callable[[Ecart], bool]:
    asked = plain(text).split()
    return lambda row: all(word in plain(f"{row.code} {row.titre} {row.avant} {row.apres}") for word in asked)


_TESTS: dict[str, Callable[[str], Callable[[Ecart], bool]]] = {
    "q": _with_words,
    "orientation": lambda value: lambda row: row.orientation == value,
    "sorte": lambda value: lambda row: row.sorte.value == value,
    "mouvement": lambda value: lambda row: row.mouvement.value == value,
}
