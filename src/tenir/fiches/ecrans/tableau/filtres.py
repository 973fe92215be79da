"""What the address of the table asks: its filters. A view of the table is a link to share."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms

from tenir.acteurs.rattachements import with_ancestors, with_services
from tenir.core.listes.choix import ListeDeChoix
from tenir.ecran.mots import UNDECLARED
from tenir.fiches.ecrans.tableau.colonnes import bodies
from tenir.fiches.ecrans.tableau.lignes import Ligne
from tenir.fiches.enums import COMMENCEES, UNDER_WAY, Calcule, Statut
from tenir.fichier.mots import plain
from tenir.fichier.organisations import registry

Choices = list[tuple[str, str]]
Test = Callable[[Ligne], bool]
YES: Choices = [("", "Peu importe"), ("oui", "Oui")]
MINE = "moi"
ASKED: dict[str, tuple[str, ...]] = {"aucun": ("",), COMMENCEES: UNDER_WAY}
"""What is asked of statuses beside one of them."""


class Filtres(forms.Form):
    """Words, statuses, axis, orientation, who carries it; late, silent, to designate."""

    q = forms.CharField(label="Mots", required=False, max_length=100)
    statut = forms.ChoiceField(label="Statut", required=False, widget=ListeDeChoix)
    calcule = forms.ChoiceField(label="Ce que disent les faits", required=False, widget=ListeDeChoix)
    axe = forms.ChoiceField(label="Axe", required=False, widget=ListeDeChoix)
    orientation = forms.ChoiceField(label="Orientation", required=False, widget=ListeDeChoix)
    porteur = forms.ChoiceField(label="En charge", required=False, widget=ListeDeChoix)
    retard = forms.ChoiceField(label="En retard", required=False, widget=ListeDeChoix, choices=YES)
    silence = forms.ChoiceField(label="Sans nouvelles", required=False, widget=ListeDeChoix, choices=YES)
    designer = forms.ChoiceField(label="À désigner", required=False, widget=ListeDeChoix, choices=YES)
    ecart = forms.ChoiceField(label="Écart avec les faits", required=False, widget=ListeDeChoix, choices=YES)

    def __init__(self, data: Any, *, lines: list[Ligne], mine: set[str]) -> None:
        super().__init__(data)
        self.lines, self.mine = lines, mine
        self._offer("statut", "Tous", [("aucun", UNDECLARED), (COMMENCEES, "En cours ou réalisées"), *Statut.choices])
        self._offer("calcule", "Tout", Calcule.choices)
        above = [line.fiche.action.orientation for line in lines]
        self._offer("axe", "Tous", _titled(one.axe for one in above))
        self._offer("orientation", "Toutes", _titled(above))
        asked = (data or {}).get("porteur", "")
        self._offer("porteur", "Tous", [*self._own(asked), *_bodies(lines, asked)])

    def kept(self) -> list[Ligne]:
        """The lines that answer every filter that can be read."""
        self.is_valid()
        given = getattr(self, "cleaned_data", {}) if self.is_bound else {}
        tests = [self._test(name, value) for name, value in given.items() if value]
        return [line for line in self.lines if all(test(line) for test in tests)]

    def _offer(self, name: str, nothing: str, choices: Choices) -> None:
        self.fields[name].choices = [("", nothing), *choices]  # type: ignore[attr-defined]

    def _own(self, asked: str) -> Choices:
        return [(MINE, "Mon organisme")] if self.mine or asked == MINE else []

    def _test(self, name: str, value: str) -> Test:
        if name == "q":
            return _with_words(value)
        if name == "porteur":
            return _carried_by(self.mine if value == MINE else with_services(value))
        return _TESTS[name](value)


_TESTS: dict[str, Callable[[str], Test]] = {
    "statut": lambda value: lambda line: line.fiche.statut in ASKED.get(value, (value,)),
    "calcule": lambda value: lambda line: line.situation.calcule == value,
    "axe": lambda value: lambda line: line.fiche.action.orientation.axe.code == value,
    "orientation": lambda value: lambda line: line.fiche.action.orientation.code == value,
    "retard": lambda value: lambda line: bool(line.situation.retards),
    "silence": lambda value: lambda line: line.situation.silence_depuis is not None,
    "ecart": lambda value: lambda line: bool(line.situation.ecart),
    "designer": lambda value: lambda line: line.a_designer,
}


def _carried_by(wanted: set[str]) -> Test:
    return lambda line: any(body.identifiant in wanted for body in line.porteurs)


def _with_words(text: str) -> Test:
    asked = plain(text).split()
    return lambda line: all(word in _words(line) for word in asked)


def _words(line: Ligne) -> str:
    """What words are looked for in: nothing that is kept to the team."""
    fiche = line.fiche
    said = (fiche.action.titre, fiche.action.orientation.titre, bodies(line), fiche.prochaine_etape, fiche.public_vise)
    return plain(" ".join((line.code, *said)))


def _titled(elements: Iterable[Any]) -> Choices:
    found = sorted({(one.ordre, one.code, one.titre) for one in elements})
    return [(code, f"{code} {title}") for _, code, title in found]


def _bodies(lines: list[Ligne], asked: str) -> Choices:
    """The bodies that carry something, and those they are a service of; the one asked for, if it exists."""
    known = registry()
    named = {body.identifiant: body.nom for line in lines for body in line.porteurs}
    above = {one for body in named for one in with_ancestors(body) if one in known}
    named |= {one: known[one].nom for one in above | ({asked} & known.keys())}
    return sorted(named.items(), key=lambda pair: plain(pair[1]))
