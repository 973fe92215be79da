"""Whom the messages and the pages of a contract come from: its public contact, else the person who writes."""

import re

from tenir.acteurs.models import Personne
from tenir.core.lettre import Expediteur, of_the_site
from tenir.core.noms import de
from tenir.habilitations.models import EspaceDeContrat

BESIDE = re.compile(r"\s*(?:\(fictif\)|[,(]?\s*\d{4}\s*[-–—/]\s*\d{4}\)?)\s*$")
"""What a title adds to the name: its years, that it is fictitious (the subject says so in its own way)."""
PLACE = re.compile(r"^contrat de ville (?:de |d’|d')(?=\S)", re.IGNORECASE)


def sender_of(espace: EspaceDeContrat | None, writer: Personne | None = None) -> Expediteur:
    """Whom to answer and to call; without a contract, whoever publishes the site."""
    if espace is None:
        return of_the_site()
    contact = (espace.contact_nom, espace.contact_telephone, espace.contact_courriel, espace.contact_adresse)
    if not espace.contact_nom and writer:
        contact = (str(writer), writer.telephone, writer.email, "")
    return Expediteur(name_of(espace), place_of(espace), *contact, fictif=espace.fictif)


def name_of(espace: EspaceDeContrat) -> str:
    """« Contrat de ville de Songe », without its years."""
    return BESIDE.sub("", BESIDE.sub("", espace.titre)) or espace.titre


def place_of(espace: EspaceDeContrat) -> str:
    """« Songe », what tells ten messages apart in a list: the title without what all contracts say."""
    return PLACE.sub("", name_of(espace))


def team_of(espace: EspaceDeContrat) -> str:
    """« l’équipe du contrat de ville de Songe »."""
    return f"l’équipe {de(name_of(espace)[:1].lower() + name_of(espace)[1:])}"


def whom_to_write(espace: EspaceDeContrat | None) -> str:
    """The sentence that ends a dead end: whom to write to, or to call; empty when nobody said."""
    de_qui = sender_of(espace)
    ways = [de_qui.courriel, de_qui.telephone and f"au {de_qui.telephone}", de_qui.adresse]
    named = ", ".join(part for part in (de_qui.service, *ways) if part)
    return f"À qui vous adresser : {named}." if named else ""
