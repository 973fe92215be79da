"""What the small pages of a dossier are about."""

from tenir.appels.models import DossierDeDemande
from tenir.appels.services.commun import DOSSIER
from tenir.ecran.edition import Sujet
from tenir.ecran.histoire import history_of
from tenir.ecran.navigation import address

PAGE = "dossiers-de-demande"
"""The page of the navigation."""


def about(dossier: DossierDeDemande) -> Sujet:
    """A dossier as its small pages show it."""
    espace, code = dossier.espace, dossier.code
    url = address("dossier-de-demande", espace, dossier.numero)
    return Sujet(espace, code, dossier.titre, url, PAGE, lambda _: history_of(espace, DOSSIER, code))
