"""The messages of subscriptions (`tests/test_messages.py`)."""

from datetime import timedelta

from django.db.models import F

from tenir.abonnements.models import Abonnement
from tenir.abonnements.services.abonnements import CONFIRMATION, NOUVELLES, ask, tell_news
from tenir.core import horloge
from tenir.habilitations.models import EspaceDeContrat
from tests.abonnements.suivis import ADRESSE, abonnement
from tests.lettres import Parts, leave
from tests.vie import fiche


def asked(espace: EspaceDeContrat) -> None:
    abonnement(espace, confirme=False)
    leave()


def asked_again(espace: EspaceDeContrat) -> None:
    abonnement(espace)
    Abonnement.objects.update(demande_le=F("demande_le") - timedelta(hours=2))
    ask(espace=espace, adresse=ADRESSE)
    leave()


def told(espace: EspaceDeContrat) -> None:
    EspaceDeContrat.objects.filter(pk=espace.pk).update(etat="publie")
    abonnement(espace)
    fiche(espace, statut="en-cours", debut_reel=horloge.today())
    tell_news(horloge.now())
    leave()


MESSAGES = {CONFIRMATION: Parts(asked, asked_again), NOUVELLES: Parts(told)}
