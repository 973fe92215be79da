"""What the services of the room share: what a gesture is told of, the numbers of a contract."""

from typing import Any

from django.db.models import Max

from tenir.conseil.models import AppelACandidatures, Candidature, Mandat
from tenir.ecran.annulation.gestes import Chose
from tenir.habilitations.models import EspaceDeContrat

CONSEIL = "conseil citoyen"
"""The kind of the facts of the room in the trace."""
COUNCIL = "conseil"
"""The code of what is told of the council itself."""
RIGHT = "conseil.update"


def about_appel(appel: AppelACandidatures) -> Chose:
    """A call as what is done to it is told, and undone."""
    return Chose(appel, CONSEIL, appel.code, f"Appel à candidatures n° {appel.numero}", RIGHT, appel.espace)


def about_candidature(candidature: Candidature) -> Chose:
    """A candidate, by its number, as what is done to it is told, and undone."""
    titre = f"Candidature n° {candidature.numero}"
    return Chose(candidature, CONSEIL, candidature.code, titre, RIGHT, candidature.espace)


def next_number(model: Any, espace: EspaceDeContrat) -> int:
    """The next number of a contract, which this transaction holds: two who write at once have two."""
    EspaceDeContrat.objects.select_for_update().get(pk=espace.pk)
    last: int | None = model._default_manager.filter(espace=espace).aggregate(last=Max("numero"))["last"]
    return (last or 0) + 1


def about_mandat(mandat: Mandat) -> Chose:
    """A mandate as what is done to it is told, and undone: on the page of the council."""
    titre = f"Mandat de la candidature n° {mandat.candidature.numero}"
    return Chose(mandat, CONSEIL, COUNCIL, titre, RIGHT, mandat.espace)
