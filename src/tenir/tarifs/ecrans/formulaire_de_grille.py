"""The form of a grid: a row of cells for each tranche, and a few empty ones."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from tenir.core.nombres import NombreField
from tenir.core.typographie import typo
from tenir.ecran.formulaires import Formulaire, JourField
from tenir.financement.montants import MontantField
from tenir.tarifs.ecrans.formulaires import EntierField
from tenir.tarifs.enums import Repartition
from tenir.tarifs.lignes import PLUS, Ligne
from tenir.tarifs.models import ANNEES, BAISSE, HAUSSE, PRIX_MAX, QUOTIENT_MAX, GrilleTarifaire, Tranche

VIDES, DEPART = 3, 6
"""How many empty rows follow those of a grid, and how many a first grid begins with."""
CELLULES = ("categorie", "seuil", "prix")
TITRES = {
    "categorie": "Catégorie (vide : tous)",
    "seuil": "À partir du quotient (vide : 0)",
    "prix": "Prix, en euros",
    "evolution": "Fréquentation supposée, en % (vide : la même)",
}
"""What heads the cells of a row."""


class EvolutionField(NombreField):
    """How much attendance is supposed to move: « −10 », « 25 », in hundredths."""

    def to_python(self, value: Any) -> Any:
        """The whole number; none when nothing is typed."""
        found = super().to_python(value)
        if found is None:
            return None
        if found != int(found) or not BAISSE <= found <= HAUSSE:
            raise forms.ValidationError(typo("Un nombre entier, de −50 à +200."))
        return int(found)


class PrixField(MontantField):
    """A price: exact, in euros and cents."""

    def prepare_value(self, value: Any) -> Any:
        """A price as it is read, its cents whole."""
        return f"{value:.2f}".replace(".", ",") if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Any:
        """The price; refused when no service asks as much."""
        found = super().to_python(value)
        if found is not None and found >= PRIX_MAX:
            raise forms.ValidationError(typo("Un prix va de 0 à 9 999,99 €."))
        return found


class GrilleForm(Formulaire):
    """A grid typed row by row. `lignes`: its rows, once valid."""

    applicable_le = JourField(label="Applicable à partir du")
    cellules: Sequence[str] = CELLULES
    lignes: list[Ligne]

    def __init__(self, tranches: Iterable[Tranche], data: Any = None, **initial: Any) -> None:
        super().__init__(data, initial=initial)
        held = list(tranches)
        self.rangs = range(1, min(PLUS, len(held) + VIDES if held else DEPART) + 1)
        for rang in self.rangs:
            self._row(rang, held[rang - 1] if rang <= len(held) else None)

    def _row(self, rang: int, tranche: Tranche | None) -> None:
        made: dict[str, forms.Field] = {
            "categorie": forms.CharField(label=f"Catégorie, ligne {rang}", max_length=80, required=False),
            "seuil": EntierField(f"À partir du quotient, ligne {rang}", QUOTIENT_MAX),
            "prix": PrixField(f"Prix en euros, ligne {rang}"),
            "evolution": EvolutionField(label=f"Évolution supposée en %, ligne {rang}", required=False),
        }
        for name in self.cellules:
            made[name].initial = (getattr(tranche, name) or held_as_empty(name)) if tranche else None
            self.fields[f"{name}_{rang}"] = made[name]

    @property
    def titres(self) -> list[str]:
        """What heads the cells of each row."""
        return [typo(TITRES[name]) for name in self.cellules]

    @property
    def rangees(self) -> list[list[tuple[str, forms.BoundField]]]:
        """The cells of each row, each under its head."""
        return [[(typo(TITRES[name]), self[f"{name}_{rang}"]) for name in self.cellules] for rang in self.rangs]

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields that are no cell of a row."""
        cells = {f"{name}_{rang}" for name in self.cellules for rang in self.rangs}
        return [("", [bound for bound in self.visible_fields() if bound.name not in cells])]

    def clean(self) -> dict[str, Any] | None:
        """The rows that say something; each has a price."""
        given = super().clean() or {}
        found = [self._line(given, rang) for rang in self.rangs]
        self.lignes = [one for one in found if one is not None]
        return given

    def _line(self, given: dict[str, Any], rang: int) -> Ligne | None:
        """A row; nothing where it is empty, or where a cell was refused already."""
        names = {name: f"{name}_{rang}" for name in self.cellules}
        if any(name in self.errors for name in names.values()):
            return None
        cells = {name: given.get(field) for name, field in names.items()}
        if cells["prix"] is None:
            if cells["categorie"] or cells["seuil"] is not None or cells.get("evolution"):
                self.add_error(names["prix"], "Donnez le prix de cette tranche : 0 si c’est gratuit.")
            return None
        return Ligne(
            (cells["categorie"] or "").strip(), cells["seuil"] or 0, cells["prix"], cells.get("evolution") or 0
        )


class ScenarioForm(GrilleForm):
    """A scenario: its name, the attendance that it is reckoned on, its rows, what is supposed of each."""

    cellules = (*CELLULES, "evolution")
    applicable_le = None  # type: ignore[assignment]  # a scenario has no day
    titre = forms.CharField(label="Nom du scénario", max_length=80)
    annee = forms.TypedChoiceField(label="Fréquentation de l’année", coerce=int, required=False, empty_value=None)
    repartition = forms.ChoiceField(
        label="Si une tranche de la grille en vigueur est coupée, sa fréquentation est", choices=Repartition.choices,
        widget=forms.RadioSelect, initial=Repartition.PROPORTIONNELLE,
    )  # fmt: skip

    def __init__(self, tranches: Iterable[Tranche], years: Sequence[int], data: Any = None, **initial: Any) -> None:
        super().__init__(tranches, data, **initial)
        offered = [(str(one), str(one)) for one in years] or [("", "aucune fréquentation n’est dite")]
        self.fields["annee"].choices = offered  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What it says apart from its rows."""
        return {name: self.cleaned_data[name] for name in ("titre", "annee", "repartition")}


def held_as_empty(name: str) -> Any:
    """What a cell shows of nought: nothing is supposed; a price or a quotient of nought is said."""
    return {"evolution": None, "categorie": ""}.get(name, Decimal(0) if name == "prix" else 0)


def of_scenario(grille: GrilleTarifaire) -> dict[str, Any]:
    """What the form of a scenario begins with."""
    return {"titre": grille.titre, "annee": grille.annee, "repartition": grille.repartition}


def years_offered(today: date) -> list[int]:
    """The years of which attendance may be typed: this one and the five before."""
    return [one for one in range(today.year, today.year - 6, -1) if ANNEES[0] <= one <= ANNEES[1]]
