"""Which words two titles share, once what every title says is left out: how an action meets its indicators."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tenir.fichier.modeles import ActionPrevue, ContratDeVille, Indicateur, Orientation
from tenir.fichier.mots import words
from tenir.regles.memoire import des_mots

ROOT, SHORTEST = 7, 4
"""How many letters make the root of a word, and how short a word may be to count."""
EVERYWHERE = 3
"""A word that more than one orientation in three uses says nothing of any; in three orientations it is let pass."""
MEASURES = frozenset(
    {"nombre", "taux", "part", "evoluti", "progres", "activit", "quartie", "contrat", "action", "habitan", "pour"}
    | {"avec", "dans", "leur", "entre", "autre", "vers", "creatio", "nouveau", "nouvell", "contre", "tous", "toute"}
    | {"personn", "former", "mettre", "place", "faire", "renforc", "develop", "prise", "compte", "presenc"}
)
"""Roots that belong to the way of saying, not to what is said."""


@dataclass(frozen=True, slots=True)
class Rapprochement:
    """An action and an indicator that share words: two or more make it sure, one makes it possible."""

    action: ActionPrevue
    indicateur: Indicateur
    communs: frozenset[str]

    @property
    def surete(self) -> str:
        """How sure it is."""
        return "sûr" if len(self.communs) > 1 else "possible"


@dataclass(frozen=True, slots=True)
class Mesure:
    """The actions of an orientation, the indicators that cover it, and which meet which."""

    orientation: Orientation
    indicateurs: Sequence[Indicateur]
    rapprochements: Sequence[Rapprochement]

    @property
    def actions_seules(self) -> list[ActionPrevue]:
        """The actions that no indicator speaks of."""
        met = {one.action.code for one in self.rapprochements}
        return [action for action in self.orientation.actions if action.code not in met]


def mesures(contrat: ContratDeVille) -> list[Mesure]:
    """For each orientation, what measures what."""
    said = {action.code: _said(action) for one in contrat.orientations for action in one.actions}
    common = _common(contrat, said)
    told = [(one, roots(one.libelle) - common) for one in contrat.indicateurs if not one.repete]
    return [_mesure(orientation, told, said) for orientation in contrat.orientations]


def _mesure(
    orientation: Orientation, told: list[tuple[Indicateur, frozenset[str]]], said: dict[str, frozenset[str]]
) -> Mesure:
    here = [(one, words) for one, words in told if orientation.code in one.orientations]
    met = [
        Rapprochement(action, indicateur, shared)
        for action in orientation.actions
        for indicateur, words in here
        if (shared := said[action.code] & words)
    ]
    return Mesure(orientation, [one for one, _ in here], met)


def _said(action: ActionPrevue) -> frozenset[str]:
    """The roots of an action: its title, the heading above it, its parts."""
    return roots(" ".join([action.titre, action.sous_theme or "", *(part.titre for part in action.sous_actions)]))


def _common(contrat: ContratDeVille, said: dict[str, frozenset[str]]) -> frozenset[str]:
    """The roots found in the actions of too many orientations to mean one of them."""
    orientations = contrat.orientations
    used = Counter(root for one in orientations for root in {root for a in one.actions for root in said[a.code]})
    return frozenset(root for root, count in used.items() if count > max(EVERYWHERE, len(orientations) / 3))


@des_mots(8192)
def roots(title: str) -> frozenset[str]:
    """The roots of the words that say what a title is about."""
    return frozenset(word[:ROOT] for word in words(title) if len(word) >= SHORTEST) - MEASURES
