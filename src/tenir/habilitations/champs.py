"""Who reads each field of the models of the room. What is not here is for the team."""

from tenir.habilitations.niveaux import JAMAIS, Levels, Niveau
from tenir.habilitations.publications import PUBLIE

LECTURE: dict[str, Levels] = {
    "EspaceDeContrat": dict.fromkeys(
        (
            *("slug", "titre", "fictif", "etat", "debut", "fin", "territoires", "mots", "cree_le", "fuseau"),
            *("contact_nom", "contact_telephone", "contact_courriel", "contact_adresse"),
            *PUBLIE.values(),
        ),
        Niveau.PUBLIC,
    ),
    "Habilitation": dict.fromkeys(("personne", "role", "organisation", "du", "au", "donnee_par"), Niveau.PARTENAIRES),
    "OrganismeRetenu": {"organisation": Niveau.PARTENAIRES},
    "Invitation": {"jeton": JAMAIS},
}
