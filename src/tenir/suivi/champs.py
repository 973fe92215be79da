"""Who reads each field of a fiche action: read this table and you know it. Labels and kinds are those of the model."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from django.db import models

from tenir.acteurs.models import Organisation, Personne
from tenir.core.typographie import date_fr, nombre
from tenir.suivi.enums import UNDECLARED, Niveau
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

ENGAGEMENT = {
    "etat": Niveau.PARTENAIRES,
    "motif": Niveau.PARTENAIRES,
    "jugement": Niveau.PARTENAIRES,
    "attendu_pour": Niveau.PARTENAIRES,
    "attendu_cette_annee": Niveau.PARTENAIRES,
    "difficultes": Niveau.EQUIPE,
}
"""The fields one writes on the life of a promise; its news, proofs and links are for the partenaires."""

DEFINED = frozenset({"jugement", "attendu_pour", "attendu_cette_annee"})
"""What is awaited of a promise: the team's to write (right `engagement.define`)."""

INDICATEUR = {
    "organisme": Niveau.PARTENAIRES,
    "personne": Niveau.PARTENAIRES,
    "unite": Niveau.PARTENAIRES,
    "frequence": Niveau.PARTENAIRES,
    "reference": Niveau.PARTENAIRES,
    "reference_le": Niveau.PARTENAIRES,
    "reference_source": Niveau.PARTENAIRES,
}
"""The fields that define how an indicator is followed; its targets and readings are for the partenaires.

Counts of people stay off public pages until suppression exists, so no reading is public.
"""

ASSIGNED = frozenset({"organisme_en_charge", "personne_en_charge"})
"""The fields that say who carries an action: the team's to write (right `fiche.assign`)."""


def champs(niveau: Niveau) -> list[str]:
    """The fields that a level reads, in the order of the page."""
    return [name for name, needed in NIVEAUX.items() if needed <= niveau]


@cache
def field(name: str, model: type[models.Model] = FicheAction) -> "models.Field[Any, Any]":
    """The field of the model."""
    found = model._meta.get_field(name)
    assert isinstance(found, models.Field)  # noqa: S101 (what a written field is)
    return found


def label(name: str, model: type[models.Model] = FicheAction) -> str:
    """The noun of a field, as screens, spreadsheets and the trace write it."""
    return str(field(name, model).verbose_name)


def told(name: str, value: Any, model: type[models.Model] = FicheAction) -> str:
    """A value in French, as a page or the trace tells it: a person by her number, never by her name."""
    if choices := field(name, model).flatchoices:
        return str(dict(choices).get(value) or DECLARED.get(name, ""))
    for kind, write in _TOLD.items():
        if isinstance(value, kind):
            return write(value)
    return str(value or "")


DECLARED = {"statut": UNDECLARED, "etat": UNDECLARED}
"""What is said of a field that nobody filled, where silence means something."""

_TOLD: dict[type, Callable[[Any], str]] = {
    date: date_fr,
    Decimal: lambda value: nombre(value.normalize()),
    Organisation: lambda body: str(body.nom),
    Personne: lambda someone: f"personne n° {someone.pk}",
}
