"""Saying at once that a body just asked for something cannot be written to: a link unreceived asks nothing."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest

from tenir.acteurs.models import Organisation
from tenir.habilitations.joignables import unreached
from tenir.habilitations.models import EspaceDeContrat


def warn_unreached(request: HttpRequest, espace: EspaceDeContrat, bodies: Iterable[Organisation]) -> None:
    """Name those of some bodies whom no message reaches; say nothing when all are written to."""
    if told := unreached(espace, bodies):
        messages.warning(request, told)
