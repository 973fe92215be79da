"""What contacts bring to the desk: the signatories in which nobody is known."""

from collections.abc import Iterator
from datetime import date

from tenir.core.composants import Item
from tenir.ecran.blocs import Annonce, Section
from tenir.ecran.navigation import address
from tenir.equipe.organismes import signatories_without_contact, theirs
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Portee, reach


def sections(acces: Acces, espace: EspaceDeContrat, on: date) -> Iterator[Section]:
    """The signatories without a contact, among those whose contacts she keeps; one query."""
    if reach(acces, "contact.update", espace) == Portee.AUCUNE:
        return
    bodies = theirs(acces, "contact.update", espace, signatories_without_contact(espace, on))
    new = address("contact-nouveau", espace)
    lines = [Item("", str(body), f"{new}?organisme={body.pk}", "Ajouter qui appeler") for body in bodies]
    annonce = Annonce("signataire", "n’a pas de contact", "n’ont pas de contact", "m")
    yield Section("contacts", "Signataires sans contact", lines, annonce, address("contacts", espace))
