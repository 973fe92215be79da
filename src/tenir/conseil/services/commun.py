"""What the services of the room share: what a gesture is told of, the numbers of a contract."""

from tenir.conseil.models import AppelACandidatures, Candidature, Mandat
from tenir.ecran.annulation.gestes import Chose

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


def about_mandat(mandat: Mandat) -> Chose:
    """A mandate as what is done to it is told, and undone: on the page of the council."""
    titre = f"Mandat de la candidature n° {mandat.candidature.numero}"
    return Chose(mandat, CONSEIL, COUNCIL, titre, RIGHT, mandat.espace)
