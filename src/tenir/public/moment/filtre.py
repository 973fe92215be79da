"""What narrows « En ce moment »: a theme of the contract, a quarter, how far around today one looks."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from tenir.contrat.models import Axe, Orientation
from tenir.habilitations.models import EspaceDeContrat
from tenir.public.moment.faits import FaitDuMoment

TROIS_MOIS = 91
PERIODES = {31: "un mois", TROIS_MOIS: "trois mois", 365: "un an"}
"""How many days around today, in words."""


class FiltreDuMoment(forms.Form):
    """A theme is an axis or an orientation; the quarter is asked where the contract prints several."""

    theme = forms.ChoiceField(label="Thème", required=False)
    quartier = forms.ChoiceField(label="Quartier", required=False)
    periode = forms.TypedChoiceField(
        label="Autour d’aujourd’hui",
        choices=[("", PERIODES[TROIS_MOIS]), *((days, name) for days, name in PERIODES.items() if days != TROIS_MOIS)],
        coerce=int,
        required=False,
        empty_value=None,
    )

    def __init__(self, espace: EspaceDeContrat, data: MultiValueDict[str, Any] | None) -> None:
        super().__init__(data)
        orientations = list(Orientation.objects.of(espace))
        self.fields["theme"].choices = [("", "Tout"), *_themes(espace, orientations)]  # type: ignore[attr-defined]
        quarters = sorted({one.quartiers for one in orientations if one.quartiers})
        self.fields["quartier"].choices = [("", "Tous"), *((one, one) for one in quarters)]  # type: ignore[attr-defined]
        if len(quarters) < 2:
            del self.fields["quartier"]

    @property
    def readable(self) -> bool:
        """Whether every filter is one of those offered."""
        return not self.is_bound or self.is_valid()

    @property
    def jours(self) -> int:
        """How many days around today."""
        return self._asked("periode") or TROIS_MOIS

    def keep(self, faits: Iterable[FaitDuMoment]) -> list[FaitDuMoment]:
        """The facts of the theme and of the quarter that are asked."""
        theme, quarter = self._asked("theme"), self._asked("quartier")
        return [
            one
            for one in faits
            if (not theme or theme in one.axes | one.orientations) and (not quarter or quarter in one.quartiers)
        ]

    def _asked(self, name: str) -> Any:
        return self.cleaned_data.get(name) if self.is_bound and self.is_valid() else None


def _themes(espace: EspaceDeContrat, orientations: Iterable[Orientation]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Each axis, whole, then its orientations."""
    under: dict[int, list[tuple[str, str]]] = {}
    for one in orientations:
        under.setdefault(one.axe_id, []).append((one.code, f"{one.code} {one.titre}"))
    return [
        (f"Axe {axe.code} {axe.titre}", [(axe.code, f"Tout l’axe {axe.code}"), *under.get(axe.pk, [])])
        for axe in Axe.objects.of(espace)
    ]
