"""What the readings of the indicators say of an orientation: its figures of today, to take up with their source."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from tenir.contrat.models import Orientation
from tenir.core.composants import Renseignement
from tenir.core.typographie import date_fr, typo
from tenir.ecran.navigation import address
from tenir.evaluation.models import Evaluation
from tenir.indicateurs.models import ReleveDIndicateur
from tenir.indicateurs.releves import latest, with_unit

ASKED = "releve"
"""What the address of the form names a reading by."""


def read_of(one: Orientation) -> list[ReleveDIndicateur]:
    """The last reading in force of each indicator of an orientation, each part of it when nobody gave the whole."""
    rows = ReleveDIndicateur.objects.in_force().filter(
        suivi__indicateur__orientations=one, suivi__indicateur__retire=False
    )
    found = sorted(rows.select_related("suivi__indicateur"), key=lambda row: row.suivi.indicateur.ordre)
    return [row for _, held in groupby(found, key=lambda row: row.suivi_id) for row in latest(held)]


def shown(found: Evaluation, one: Orientation, *, hers: bool) -> Iterator[Renseignement]:
    """Each reading with its period and what it is worth, which leads to the form that takes it up."""
    form = address("evaluation-chiffre-nouveau", found.espace, found.numero, one.code)
    for row in read_of(one):
        value = f"{with_unit(row.valeur, row.suivi)}, au {date_fr(row.fin)}, {row.get_statut_display()}"
        yield Renseignement(typo(_label(row)), typo(value), f"{form}?{ASKED}={row.pk}" if hers else "")


def initial(one: Orientation, asked: str) -> dict[str, Any]:
    """What the form holds when a reading is taken up; nothing when no such reading is of the orientation."""
    row = next((row for row in read_of(one) if str(row.pk) == asked), None)
    if row is None:
        return {}
    return {
        "libelle": _label(row)[:200],
        "valeur": row.valeur.normalize(),
        "unite": row.suivi.unite[:80],
        "annee": row.fin.year,
        "source": typo(f"Relevé {row.suivi.indicateur.code} : {row.source}")[:200],
    }


def _label(row: ReleveDIndicateur) -> str:
    label = row.suivi.indicateur.libelle
    return f"{label}, {row.ventilation}" if row.ventilation else label
