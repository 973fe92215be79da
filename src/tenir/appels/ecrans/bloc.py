"""What the room brings to the desk: calls that are drafts, calls that are open."""

from collections.abc import Iterator
from datetime import date

from tenir.appels.ecrans.commun import sentence_of, stamp_of
from tenir.appels.enums import EtatDAppelAProjets
from tenir.appels.models import AppelAProjets
from tenir.appels.services.commun import UPDATE
from tenir.core.composants import Item
from tenir.core.typographie import typo
from tenir.ecran.blocs import Annonce, Lignes, Section
from tenir.ecran.navigation import address
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, may


def sections(acces: Acces, espace: EspaceDeContrat, on: date) -> Iterator[Section]:
    """For the team: what waits to be published."""
    if not may(acces, UPDATE, espace):
        return
    found = list(AppelAProjets.objects.of(espace).filter(etat=EtatDAppelAProjets.BROUILLON).order_by("ouvre_le"))
    annonce = Annonce("appel", "est à publier", "sont à publier", "m")
    yield Section("appels-a-projets", "Appels à projets à publier", Lignes(found, _line), annonce, _all(espace))


def _line(one: AppelAProjets) -> Item:
    url = address("appel-a-projets", one.espace, one.numero)
    return Item(one.code, one.titre, url, typo(sentence_of(one)), stamp_of(one))


def _all(espace: EspaceDeContrat) -> str:
    return address("appels-a-projets", espace)
