"""What the screens of the room share: finding a thing, the way back to it, its stamps."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from tenir.conseil.enums import TON_DE_L_APPEL
from tenir.conseil.models import AppelACandidatures, Candidature
from tenir.conseil.services.commun import CONSEIL
from tenir.core.composants import Tampon
from tenir.core.typographie import date_fr, typo
from tenir.ecran.edition import Sujet
from tenir.ecran.navigation import address
from tenir.gouvernance.ecrans.commun import history_of
from tenir.habilitations.models import EspaceDeContrat

PAGE = "conseil"
"""The page of the navigation."""
BOTH = ["GET", "HEAD", "POST"]


def appel_or_404(espace: EspaceDeContrat, numero: int) -> AppelACandidatures:
    """A call of this contract; any other does not exist."""
    return get_object_or_404(AppelACandidatures.objects.of(espace), numero=numero)


def candidature_or_404(espace: EspaceDeContrat, numero: int) -> Candidature:
    """A candidate of this contract; any other does not exist.

    Raises:
        Http404: no such number here.
    """
    found = Candidature.objects.of(espace).filter(numero=numero).first()
    if found is None:
        raise Http404
    return found


def stamp_of_appel(appel: AppelACandidatures) -> Tampon:
    """Where a call stands."""
    etat = appel.etat
    return Tampon(etat.label, TON_DE_L_APPEL[etat])


def dates_of(appel: AppelACandidatures) -> str:
    """« du 1er mars au 30 avril 2026 »."""
    return typo(f"du {date_fr(appel.ouvre_le)} au {date_fr(appel.ferme_le)}")


def about_council(espace: EspaceDeContrat) -> Sujet:
    """The council as its small pages show it."""
    return Sujet(espace, "", "Conseil citoyen", address("conseil", espace), PAGE, lambda _: [])


def about_appel(appel: AppelACandidatures) -> Sujet:
    """A call as its small pages show it."""
    espace = appel.espace
    url = address("appel", espace, appel.numero)
    titre = typo(f"Appel à candidatures n° {appel.numero}")
    return Sujet(espace, "", titre, url, PAGE, lambda _: history_of(espace, CONSEIL, appel.code))


def about_candidature(candidature: Candidature) -> Sujet:
    """A candidate, by its number, as its small pages show it."""
    espace, appel = candidature.espace, candidature.appel
    url = address("appel", espace, appel.numero) if appel else address("conseil", espace)
    titre = typo(f"Candidature n° {candidature.numero}")
    return Sujet(espace, "", titre, url, PAGE, lambda _: history_of(espace, CONSEIL, candidature.code))
