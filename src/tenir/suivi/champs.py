"""Who reads each field of a fiche action: read this table and you know it. Labels and kinds are those of the model."""

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

from django.db import models

from tenir.acteurs.models import Organisation, Personne
from tenir.core.typographie import date_fr
from tenir.suivi.enums import UNDECLARED, Niveau, Statut
from tenir.suivi.models import FicheAction

NIVEAUX = {
    "statut": Niveau.PUBLIC,
    "motif": Niveau.PARTENAIRES,
    "organisme_en_charge": Niveau.PUBLIC,
    "personne_en_charge": Niveau.PARTENAIRES,
    "public_vise": Niveau.PUBLIC,
    "debut_prevu": Niveau.PUBLIC,
    "fin_prevue": Niveau.PUBLIC,
    "debut_revise": Niveau.PARTENAIRES,
    "fin_revisee": Niveau.PARTENAIRES,
    "debut_reel": Niveau.PUBLIC,
    "fin_reelle": Niveau.PUBLIC,
    "prochaine_etape": Niveau.PUBLIC,
    "prochaine_etape_le": Niveau.PUBLIC,
    "difficultes": Niveau.EQUIPE,
    "aide_demandee": Niveau.EQUIPE,
}
"""The fields one writes on a fiche, in the order of its page."""

AUTOUR = {
    "jalons": Niveau.PARTENAIRES,
    "nouvelles": Niveau.PARTENAIRES,
    "date de la dernière nouvelle": Niveau.PUBLIC,
    "partenaires et leur part": Niveau.PUBLIC,
    "retard et silence": Niveau.PARTENAIRES,
    "écart entre le statut déclaré et les faits": Niveau.PARTENAIRES,
    "pièces et liens": Niveau.PARTENAIRES,
    "histoire": Niveau.PARTENAIRES,
}
"""What hangs around a fiche; a pièce may also be opened to anyone, or kept to the team, one by one."""

ASSIGNED = frozenset({"organisme_en_charge", "personne_en_charge"})
"""The fields that say who carries an action: the team's to write (right `fiche.assign`)."""


def champs(niveau: Niveau) -> list[str]:
    """The fields that a level reads, in the order of the page."""
    return [name for name, needed in NIVEAUX.items() if needed <= niveau]


@cache
def field(name: str) -> "models.Field[Any, Any]":
    """The field of the model."""
    found = FicheAction._meta.get_field(name)
    assert isinstance(found, models.Field)  # noqa: S101 (what a written field is)
    return found


def label(name: str) -> str:
    """The noun of a field, as screens, spreadsheets and the trace write it."""
    return str(field(name).verbose_name)


def told(name: str, value: Any) -> str:
    """A value in French, as a page or the trace tells it: a person by her number, never by her name."""
    if name == "statut":
        return Statut(value).label if value else UNDECLARED
    for kind, write in _TOLD.items():
        if isinstance(value, kind):
            return write(value)
    return str(value or "")


_TOLD: dict[type, Callable[[Any], str]] = {
    date: date_fr,
    Organisation: lambda body: str(body.nom),
    Personne: lambda someone: f"personne n° {someone.pk}",
}
