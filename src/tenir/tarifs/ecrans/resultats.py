"""What a scenario gives, in words, figures and rows, on the screen, on paper and in a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tenir.core.composants import Chiffre
from tenir.core.typographie import MINUS, NBSP, date_fr, nombre, typo
from tenir.financement.montants import ZERO, told
from tenir.tarifs.calcul import Bilan, Part
from tenir.tarifs.ecrans.commun import told_effort
from tenir.tarifs.lignes import Borne
from tenir.tarifs.models import GrilleTarifaire, ServiceTarife


@dataclass(frozen=True, slots=True)
class Rangee:
    """A row of the table of a scenario: who, the two prices, the change, what it weighs, how many, what it brings."""

    qui: str
    avant: str
    apres: str
    ecart: str
    effort: str
    unites: str
    recette: str
    sens: str


def signed(amount: Decimal) -> str:
    """« +0,40 € », « −1 200,00 € », « 0 € »."""
    if not amount:
        return told(ZERO)
    return f"{'+' if amount > 0 else MINUS}{told(abs(amount))}"


def table_of(bilan: Bilan, service: ServiceTarife) -> list[Rangee]:
    """The rows of a scenario, in the order of its grid."""
    return [_row(one, alone=_alone(bilan, one)) for one in bilan.parts]


def _alone(bilan: Bilan, part: Part) -> bool:
    return sum(one.categorie == part.categorie for one in bilan.parts) == 1


def _row(part: Part, *, alone: bool) -> Rangee:
    weight = told_effort(part.apres, Borne(part.categorie, part.de, part.a, alone)) if part.apres is not None else ""
    return Rangee(
        str(part),
        told(part.avant) or "pas de tarif",
        told(part.apres) or "pas de tarif",
        _change(part),
        weight,
        _units(part),
        _receipts(part),
        _way(part),
    )


def _change(part: Part) -> str:
    if part.ecart is None:
        return "non comparable"
    if not part.ecart:
        return "même prix"
    rate = f" ({_rate(part.ecart * 100 / part.avant)})" if part.avant else ""
    return typo(f"{signed(part.ecart)}{rate}")


def _rate(value: Decimal) -> str:
    rounded = int(value.quantize(Decimal(1)))
    return f"{'+' if rounded > 0 else MINUS if rounded < 0 else ''}{abs(rounded)}{NBSP}%"


def _way(part: Part) -> str:
    if not part.ecart:
        return ""
    return "paie plus" if part.ecart > 0 else "paie moins"


def _units(part: Part) -> str:
    if part.unites is None or part.supposees is None:
        return "non dit"
    if part.supposees == part.unites:
        return f"{nombre(part.unites)}{' environ' if part.partagee else ''}"
    return typo(f"{nombre(part.unites)} → {nombre(part.supposees)}")


def _receipts(part: Part) -> str:
    if part.recette_avant is None or part.recette_apres is None:
        return "non calculé"
    return signed(part.recette_apres - part.recette_avant)


def sentence(bilan: Bilan, scenario: GrilleTarifaire) -> str:
    """« Sur la fréquentation de 2025, ce scénario coûterait 4 210,00 € de plus par an à la collectivité. »"""
    year = f"Sur la fréquentation de {scenario.annee}" if scenario.annee else "Sans fréquentation dite"
    if not bilan.dites:
        return typo(f"{year}, ce que donnerait ce scénario ne peut pas encore être calculé.")
    part = "" if bilan.complet else " (sur les tranches dont tout est dit)"
    if bilan.surcout is None:
        moves = f"les recettes changeraient de {signed(bilan.ecart)} par an"
    elif not bilan.surcout:
        moves = "ce scénario ne coûterait rien de plus"
    else:
        more = "coûterait" if bilan.surcout > 0 else "allégerait la charge de"
        moves = f"ce scénario {more} {told(abs(bilan.surcout))}{' de plus' if bilan.surcout > 0 else ''} par an"
        moves += " à la collectivité" if bilan.surcout > 0 else " pour la collectivité"
    return typo(f"{year}{part}, {moves}.")


def figures(bilan: Bilan, scenario: GrilleTarifaire) -> list[Chiffre]:
    """The figures that count: receipts before and after, what moves, what stays to the collectivity."""
    if not bilan.dites:
        return []
    units = scenario.service.pluriel
    found = [
        Chiffre(
            "Recettes, grille en vigueur", told(bilan.recette_avant), typo(f"{nombre(bilan.unites_avant)} {units}")
        ),
        Chiffre("Recettes, scénario", told(bilan.recette_apres), typo(f"{nombre(bilan.unites_apres)} {units}")),
        Chiffre("Écart de recettes", signed(bilan.ecart)),
    ]
    if bilan.reste_avant is not None and bilan.reste_apres is not None:
        before = f"{told_reste(bilan.reste_avant)} aujourd’hui"
        found.append(Chiffre("Reste à charge, scénario", told_reste(bilan.reste_apres), typo(before)))
    return found


def told_reste(amount: Decimal) -> str:
    """An amount that may be under nought: the service then brings in more than it costs."""
    return told(amount) if amount >= 0 else f"{MINUS}{told(-amount)}"


HEADINGS = (
    "Contrat", "Service", "Scénario", "Fréquentation de", "Tranche", "Prix en vigueur", "Prix du scénario", "Écart",
    "Unités comptées", "Évolution supposée (%)", "Unités supposées", "Recettes en vigueur", "Recettes du scénario",
    "Ce qui manque",
)  # fmt: skip


def export_rows(bilan: Bilan, scenario: GrilleTarifaire) -> Iterator[list[Any]]:
    """The rows of the file of a scenario, the headings first, the total last."""
    yield list(HEADINGS)
    service = scenario.service
    first = [service.espace.titre, service.libelle, scenario.titre, scenario.annee]
    for one in bilan.parts:
        yield [
            *first, str(one), one.avant, one.apres, one.ecart, one.unites, one.evolution, one.supposees,
            one.recette_avant, one.recette_apres, ", ".join(one.raisons),
        ]  # fmt: skip
    yield [
        *first, "Total", None, None, None, bilan.unites_avant, None, bilan.unites_apres,
        bilan.recette_avant, bilan.recette_apres, " ".join(bilan.manques),
    ]  # fmt: skip


def told_decision(scenario: GrilleTarifaire) -> str:
    """« Délibération 2026-45 du 3 mars 2026 »."""
    return typo(f"{scenario.decision} du {date_fr(scenario.decidee_le)}") if scenario.decidee_le else ""
