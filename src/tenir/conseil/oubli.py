"""What the room keeps of people: how to reach candidates; where its texts that may name someone are changed."""

from itertools import groupby

from tenir.acteurs.models import Personne
from tenir.conseil.models import (
    AppelACandidatures,
    Candidature,
    DemandeDAvis,
    Mandat,
    MoyenDuConseil,
    PieceDuConseil,
    PresenceDeMembre,
    QuestionDuConseil,
)
from tenir.conseil.services.effacement import erase
from tenir.conseil.services.messages import forget_person
from tenir.core import horloge
from tenir.core.oubli import Marques
from tenir.core.piece import Answer
from tenir.ecran.navigation import address


def forget(personne: Personne, marques: Marques) -> None:
    """Erase the candidates whose contact is hers alone; one that only bears her name is a mention: people decide."""
    rows = Candidature.objects.reachable().select_related("espace").order_by("espace", "numero")
    forget_person(personne)
    hers = [one for one in rows if marques.reaches(one.contact)]
    for espace, found in groupby(hers, key=lambda one: one.espace):
        erase(espace, list(found), horloge.today(espace))


def _appel(row: AppelACandidatures) -> str:
    return address("appel", row.espace, row.numero)


def _candidature(row: Candidature) -> str:
    return address("candidature-corriger", row.espace, row.numero)


def _presence(row: PresenceDeMembre) -> str:
    return address("conseil", row.reunion.espace)


def _conseil(row: Mandat | MoyenDuConseil | PieceDuConseil | QuestionDuConseil) -> str:
    return address("conseil", row.espace)


def _avis(row: DemandeDAvis) -> str:
    return address("avis-demande", row.espace, row.numero)


WHERE: dict[str, Answer] = {
    AppelACandidatures._meta.label: _appel,
    Candidature._meta.label: _candidature,
    Mandat._meta.label: _conseil,
    PieceDuConseil._meta.label: _conseil,
    MoyenDuConseil._meta.label: _conseil,
    PresenceDeMembre._meta.label: _presence,
    QuestionDuConseil._meta.label: _conseil,
    DemandeDAvis._meta.label: _avis,
}
"""The words of the room."""
