"""The numbers of an entry as they are asked: those of its kind, each total first, its parts under it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms

from tenir.core.nombres import NombreField
from tenir.core.typographie import typo
from tenir.ecran.formulaires import Formulaire
from tenir.natures.modeles import Mesure, NatureEntiere


@dataclass(frozen=True, slots=True)
class Demande:
    """One measure as it is asked: its total, none when it is counted by choice; its parts, each a field."""

    question: str
    total: forms.BoundField | None
    parts: list[forms.BoundField]


class NombresForm(Formulaire):
    """The numbers of an entry of a kind."""

    def __init__(self, nature: NatureEntiere, data: Any = None) -> None:
        super().__init__(data)
        self.nature = nature
        for mesure in nature.mesures:
            if not mesure.choix:
                self.fields[name_of(mesure)] = self._field(mesure, mesure.asked, mesure.code == nature.principale)
            for code, said in mesure.modalites.items():
                self.fields[name_of(mesure, code)] = self._field(mesure, said, False)

    def demandes(self) -> Iterator[Demande]:
        """Each measure, in the order in which it is asked: the one that must be given first."""
        for one in sorted(self.nature.mesures, key=lambda mesure: mesure.code != self.nature.principale):
            parts = [self[name_of(one, code)] for code in one.modalites]
            yield Demande(typo(one.asked), None if one.choix else self[name_of(one)], parts)

    def _field(self, mesure: Mesure, label: str, needed: bool) -> NombreField:
        return NombreField(label=typo(label), required=needed)


def name_of(mesure: Mesure, modalite: str = "") -> str:
    """The name of the field of a number: « presents », « presents:sexe:f »."""
    return f"{mesure.code}:{modalite}" if modalite else mesure.code
