"""Who reads each field of the models of the room. What is not here is for the team."""

from tenir.habilitations.niveaux import JAMAIS, Levels, Niveau

LECTURE: dict[str, Levels] = {
    "PointDEtape": dict.fromkeys(
        ("titre", "envoye_le", "synthese", "synthese_sha256", "synthese_le"), Niveau.PARTENAIRES
    ),
    "Dispense": dict.fromkeys(("cle", "motif"), Niveau.PARTENAIRES),
    "Destinataire": {"alea": JAMAIS},
    "EtatRemis": {"alea": JAMAIS},
    "Question": dict.fromkeys(("mots", "organisme", "du", "au"), Niveau.PARTENAIRES),
}
