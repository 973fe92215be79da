"""Saying what is published of a subsidy: who receives it, since when, how it is paid."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.financement.champs import PUBLICATION
from tenir.financement.enums import Registre
from tenir.financement.models import LigneDeFinancement, SubventionAPublier
from tenir.financement.services.commun import UPDATE, about_line, locked
from tenir.gouvernance.services.commun import rewrite
from tenir.habilitations.rights import Acces, require

NEW = 0
"""The version of what is not there yet."""


def publication_of(ligne: LigneDeFinancement) -> SubventionAPublier:
    """What is known to publish a line, or a new one."""
    found = SubventionAPublier.objects.filter(ligne=ligne).first()
    made = found or SubventionAPublier(ligne=ligne, version=NEW)
    made.ligne = ligne
    return made


@transaction.atomic
def describe_subsidy(
    *, by: Acces, ligne: LigneDeFinancement, version: int, changes: Mapping[str, Any]
) -> SubventionAPublier:
    """Say what is published of a line.

    Raises:
        Refus: she may not, on this line.
        Conflit: someone said it since that version.
        ValidationError: a line of droit commun; a number whose key is wrong, a period that ends before it begins.
    """
    held = locked(ligne)
    require(by, UPDATE, held.espace, held)
    if held.registre != Registre.SPECIFIQUE:
        raise ValidationError("Le droit commun n’est pas une subvention : il ne se publie pas ici.")
    found = publication_of(held)
    rewrite(by, about_line(held), found, version, changes, PUBLICATION)
    return found
