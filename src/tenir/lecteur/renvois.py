"""What words that refer to an orientation or to an action mean: its title, or its number as printed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tenir.fichier.mots import comparable
from tenir.lecteur.lexique import lexique
from tenir.lecteur.plan import Plan

_RANGS = re.compile(r"(?<![\w.])[A-Z]{0,3}\s?(?P<rang>\d{1,2}(?:\.\d{1,2})*)(?![\w%])")
_SUITE = re.compile(r"(?P<debut>\d{1,2})\s*(?:à|-|–)\s*(?P<fin>\d{1,2})")
COURT = 2  # words of a title that any sentence may hold


@dataclass(frozen=True)
class Renvois:
    """The orientations of a document by what may be said of them: their titles, their ranks, those of their actions."""

    titres: Mapping[str, str]
    rangs: Mapping[str, str]
    rangs_d_actions: Mapping[str, str]

    @classmethod
    def du(cls, plan: Plan, codes: Mapping[int, str]) -> "Renvois":
        """Those of a plan whose orientations have these codes, by the line of their heading."""
        titres: dict[str, str] = {}
        rangs: dict[str, str] = {}
        actions: dict[str, str] = {}
        twice: set[str] = set()
        for place in plan.orientations:
            code = codes[place.titre.debut]
            titres[comparable(place.titre.titre)] = code
            rangs.setdefault(place.titre.rang, code)
            for fiche in place.fiches:
                titres.setdefault(comparable(fiche.titre.titre), code)
                if actions.setdefault(fiche.titre.rang, code) != code:
                    twice.add(fiche.titre.rang)  # numbers that start again in each orientation tell nothing
        return cls(titres, rangs, {rang: code for rang, code in actions.items() if rang not in twice})

    def trouver(self, mots: str, tete: str = "") -> tuple[str, ...]:
        """The orientations that words refer to; `tete`: the head of the column they stand in, when they are a cell."""
        said = comparable(mots)
        titled = [code for titre, code in self.titres.items() if titre and self._holds(said, titre)]
        if titled:
            return tuple(dict.fromkeys(titled))
        kind = self._kind(mots) or self._kind(tete)
        ranks = self.rangs_d_actions if kind == "action" else self.rangs if kind == "orientation" else {}
        found = [ranks.get(rang) or self._above(rang, kind) for rang in self._ranks(mots)] if ranks else []
        return tuple(dict.fromkeys(code for code in found if code))

    @staticmethod
    def _holds(said: str, titre: str) -> bool:
        return said == titre or (len(titre.split()) > COURT and f" {titre} " in f" {said} ")

    def _above(self, rang: str, kind: str) -> str | None:
        """« 1.2.3 » stands under « 1.2 » when the actions have no number of their own."""
        return self.rangs.get(rang.rpartition(".")[0]) if kind == "action" and "." in rang else None

    @staticmethod
    def _kind(mots: str) -> str:
        """Whether words name an action or an orientation by the word of their series."""
        for kind, names in (("action", ("fiches",)), ("orientation", ("orientations", "objectifs_operationnels"))):
            if any(lexique().contient(name, mots) for name in names):
                return kind
        return ""

    @staticmethod
    def _ranks(mots: str) -> list[str]:
        """The numbers of a reference, « 3 à 5 » being three of them."""
        run = _SUITE.search(mots)
        if run and int(run["debut"]) < int(run["fin"]):
            return [str(n) for n in range(int(run["debut"]), int(run["fin"]) + 1)]
        return [found["rang"] for found in _RANGS.finditer(mots)]
