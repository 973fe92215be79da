"""What contacts bring to the desk: the signatories in which nobody is known."""

from collections.abc import Iterator
from datetime import date

from tenir.core.composants import Item
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Portee, reach
from tenir.tableau_de_bord.contacts.organismes import signatories_without_contact, theirs
from tenir.tableau_de_bord.espace.sections import Annonce, Section
from tenir.tableau_de_bord.navigation import address


def sections(acces: Acces, espace: EspaceDeContrat, on: date) -> Iterator[Section]:
    """The signatories without a contact, among those whose contacts she keeps; one query."""
    if reach(acces, "contact.update", espace) == Portee.AUCUNE:
        return
    bodies = theirs(acces, "contact.update", espace, signatories_without_contact(espace, on))
    new = address("contact-nouveau", espace)
    lines = [Item("", str(body), f"{new}?organisme={body.pk}", "Ajouter qui appeler") for body in bodies]
    annonce = Annonce("signataire", "n’a pas de contact", "n’ont pas de contact", "m")
    yield Section("contacts", "Signataires sans contact", lines, annonce, address("contacts", espace))
