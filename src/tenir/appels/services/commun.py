"""What the services of the room share: what a gesture is told of, a call held as it stands."""

from tenir.appels.models import AppelAProjets, DossierDeDemande
from tenir.core.requetes import still
from tenir.ecran.annulation.gestes import Chose

APPEL, DOSSIER = "appel à projets", "dossier de demande"
"""The kinds of the facts of the room in the trace."""
READ, UPDATE = "appel.read", "appel.update"
DOSSIERS_READ, FILL, INSTRUCT = "dossier.read", "dossier.update", "dossier.instruct"


def about_call(appel: AppelAProjets) -> Chose:
    """A call as what is done to it is told, and undone."""
    return Chose(appel, APPEL, appel.code, f"Appel à projets {appel.code}", UPDATE, appel.espace)


def locked(appel: AppelAProjets) -> AppelAProjets:
    """One as it stands now, held until the end of the transaction."""
    return still(AppelAProjets.objects.select_for_update(of=("self",)).select_related("espace"), appel)


def about_dossier(dossier: DossierDeDemande) -> Chose:
    """A dossier as what is done to it is told, and undone."""
    return Chose(dossier, DOSSIER, dossier.code, f"Dossier {dossier.code}", FILL, dossier.espace)


def locked_dossier(dossier: DossierDeDemande) -> DossierDeDemande:
    """One as it stands now, held until the end of the transaction."""
    rows = DossierDeDemande.objects.select_for_update(of=("self",))
    return still(rows.select_related("espace", "appel__espace"), dossier)
