"""What the workshop says on the desk of a contract: a text in preparation, a signed contract that is not public."""

from collections.abc import Iterator
from datetime import date

from tenir.atelier.ecrans.commun import open_draft
from tenir.atelier.services.brouillon import OUVERT, RIGHT
from tenir.core.composants import Item
from tenir.core.typographie import capital, pluriel, typo
from tenir.ecran.blocs import Annonce, Section
from tenir.ecran.navigation import address
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, may


def sections(acces: Acces, espace: EspaceDeContrat, on: date) -> Iterator[Section]:
    """The draft that is open, and what is left to settle in it."""
    if not may(acces, RIGHT, espace):
        return
    found = open_draft(espace)
    if found is None:
        return
    doubts = sum(one["etat"] == OUVERT for one in found.doutes.values())
    told = f"{pluriel(doubts, 'doute')} à trancher" if doubts else "aucun doute à trancher"
    line = Item("", capital(str(found)), address("atelier", espace), typo(f"{found.get_etat_display()} · {told}"))
    announced = Annonce("texte", "attend d’être signé", "attendent d’être signés", "m") if found.modifiable else None
    yield Section("texte", "Texte en préparation", [line], announced)
