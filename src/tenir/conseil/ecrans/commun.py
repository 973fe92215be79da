"""What the screens of the room share: finding a thing, the way back to it, its stamps."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from tenir.conseil.enums import TON_DE_L_APPEL, TON_DE_L_AVIS
from tenir.conseil.models import AppelACandidatures, Candidature, DemandeDAvis
from tenir.conseil.services.commun import CONSEIL
from tenir.core.composants import Tampon
from tenir.core.typographie import date_fr, typo
from tenir.ecran.edition import Sujet
from tenir.ecran.histoire import history_of
from tenir.ecran.navigation import address
from tenir.habilitations.models import EspaceDeContrat

PAGE, AVIS = "conseil", "avis-liste"
"""The pages of the navigation."""
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


def avis_or_404(espace: EspaceDeContrat, numero: int) -> DemandeDAvis:
    """An opinion of this contract; any other does not exist."""
    return get_object_or_404(DemandeDAvis.objects.of(espace), numero=numero)


def stamp_of_avis(demande: DemandeDAvis) -> Tampon:
    """Where an opinion stands."""
    etat = demande.etat
    return Tampon(etat.label, TON_DE_L_AVIS[etat])


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


def about_opinions(espace: EspaceDeContrat) -> Sujet:
    """The opinions as the page that asks one shows them."""
    return Sujet(espace, "", "Tous les avis", address("avis-liste", espace), AVIS, lambda _: [])


def about_avis(demande: DemandeDAvis) -> Sujet:
    """An opinion as its small pages show it."""
    espace, code = demande.espace, demande.code
    url = address("avis-demande", espace, demande.numero)
    return Sujet(espace, code, demande.objet, url, AVIS, lambda _: history_of(espace, CONSEIL, code))
