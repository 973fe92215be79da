"""Who funds: the organisation where it is recognised, the printed name where it is not."""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.text import slugify

from tenir.contrat.models import LigneDeCredits
from tenir.contrat.models.element import ElementSigneQuerySet
from tenir.core.composants import Lien
from tenir.core.typographie import NBSP
from tenir.fichier.mots import plain
from tenir.public.listes import Choices

PARTS = {
    "credits": "Les lignes de crédits",
    "dispositifs": "Les dispositifs",
    "credits-tableau": "Le tableau des financeurs",
    "argent-du-contrat": "L’argent",
}
SILENT = "rien n’est annoncé"


@dataclass(frozen=True, slots=True)
class Financeur:
    """A funder; `cle` stands for it in addresses."""

    cle: str
    nom: str
    reconnu: bool = True


def funder(line: LigneDeCredits) -> Financeur:
    """The funder of a line (its organisation selected)."""
    return (
        _funder(line.financeur, line.organisation.identifiant, line.organisation.nom)
        if line.organisation
        else (_funder(line.financeur, None, None))
    )


def _funder(printed: str, identifiant: str | None, nom: str | None) -> Financeur:
    if identifiant:
        return Financeur(identifiant, nom or printed)
    return Financeur(f"nom-{slugify(printed)}", printed, reconnu=False)


class FinanceursDuContrat:
    """The funders of some lines, to choose among. One query."""

    def __init__(self, lines: ElementSigneQuerySet[LigneDeCredits]) -> None:
        named = lines.order_by().values_list("financeur", "organisation__identifiant", "organisation__nom").distinct()
        self.par_cle: dict[str, Financeur] = {}
        self.imprimes: dict[str, list[str]] = {}
        for printed, identifiant, nom in named:
            found = _funder(printed, identifiant, nom)
            self.par_cle.setdefault(found.cle, found)
            self.imprimes.setdefault(found.cle, []).append(printed)

    def choices(self) -> Choices:
        """The funders in alphabetical order, as choices of a filter."""
        found = sorted(self.par_cle.values(), key=lambda one: (plain(one.nom), one.cle))
        return [(one.cle, one.nom if one.reconnu else f"«{NBSP}{one.nom}{NBSP}»") for one in found]

    def condition(self, cle: str, to_line: str = "") -> Q:
        """What holds of the lines of a funder; `to_line` leads to the line, as in « ligne__ »."""
        if self.par_cle[cle].reconnu:
            return Q(**{f"{to_line}organisation__identifiant": cle})
        return Q(**{f"{to_line}organisation": None, f"{to_line}financeur__in": self.imprimes[cle]})


def parts(slug: str, current: str) -> list[Lien]:
    """The three pages of the catalogue."""
    return [Lien(text, reverse(name, args=[slug]), current=name == current) for name, text in PARTS.items()]
