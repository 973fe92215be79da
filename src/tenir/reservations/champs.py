"""Who reads each field of rooms and of what is booked: anyone, the permanences of a room that shows them.

Of a confidential booking, a page says « pris » to everyone but the body that holds it; its body is in the trace, which
the team reads.
"""

from tenir.habilitations.niveaux import Levels, Niveau, SelonLaLigne

WRITTEN = (
    "nom", "lieu_ouvert", "autre_lieu", "organisme", "jours", "ouvre", "ferme", "pas", "sauf_feries", "affichee",
)  # fmt: skip
"""The fields of a room that the team writes."""

LECTURE: dict[str, Levels] = {
    "Salle": {
        **dict.fromkeys(("nom", "lieu_ouvert"), SelonLaLigne("lecture")),
        **dict.fromkeys(
            ("numero", "autre_lieu", "organisme", "jours", "ouvre", "ferme", "pas", "sauf_feries", "affichee",
             "ouverte_le", "fermee_le", "version"),
            Niveau.PARTENAIRES,
        ),
    },
    "Reservation": {
        **dict.fromkeys(("titre", "organisme"), SelonLaLigne("niveau")),
        **dict.fromkeys(
            ("numero", "salle", "genre", "debut", "fin", "semaines", "jours", "version"), Niveau.PARTENAIRES
        ),
    },
    "QuartDHeure": dict.fromkeys(("salle", "jour", "debut", "reservation"), Niveau.PARTENAIRES),
}  # fmt: skip
"""Who reads each field of the models of the room. What is not here is for the team."""
