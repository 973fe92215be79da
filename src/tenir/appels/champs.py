"""Who reads each field of calls for projects: anyone once the call is published, the team before."""

from dataclasses import dataclass

from tenir.appels.models.dossiers import AGES
from tenir.habilitations.niveaux import JAMAIS, Levels, Niveau, SelonLaLigne

APPEL = (
    *("annee", "titre", "texte", "ouvre_le", "ferme_le", "comite_le", "reponse_le"),
    *("priorites", "grille", "pieces_demandees"),
)
"""What the team writes of a call."""


INSTRUCTION = ("recevable", "avis", "propose", "condition", "motif")
"""What is said of a share before its funder decides."""


CONVENTION = ("modalites",)
"""What the team writes of a convention."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a dossier that is filled and saved at once: its title, the fields of the dossier that it writes."""

    titre: str
    champs: tuple[str, ...] = ()


SECTIONS = {
    "organisme": Section("L’organisme", ("nom", "siret", "rna", "adresse", "telephone")),
    "action": Section("L’action", ("intitule", "description", "servies")),
    "public": Section("Le public", ("public", *AGES, "du_quartier")),
    "lieux": Section("Les lieux et les dates", ("lieux", "debut", "fin")),
    "charges": Section("Ce que l’action coûte"),
    "produits": Section("Qui la paie"),
    "engagement": Section("Le contrat d’engagement républicain", ("cer",)),
    "pieces": Section("Les pièces"),
}
"""The parts of a dossier, in their order."""

COMPTE_RENDU = {
    "fait": Section("Ce qui a été fait", ("fait", "pas_eu_lieu", "ecarts")),
    "public": Section("Qui est venu", (*AGES, "du_quartier")),
    "charges": Section("Ce que l’action a coûté"),
    "produits": Section("Qui l’a payée"),
    "resultats": Section("Les indicateurs du contrat"),
}
"""The parts of a report, in their order."""

_SELON = SelonLaLigne("niveau")

LECTURE: dict[str, Levels] = {
    "AppelAProjets": dict.fromkeys((*APPEL, "numero", "etat", "version"), _SELON),
    "EnveloppeDAppel": dict.fromkeys(("appel", "financeur", "montant"), _SELON),
    "DossierDeDemande": {"alea": JAMAIS},
    "DemandeDInstruction": {
        "alea": JAMAIS,
        **dict.fromkeys(("appel", "financeur", "demandee_le", "close_le", "arretee_le"), Niveau.PARTENAIRES),
    },
    "PieceDAppel": dict.fromkeys(("appel", "titre", "fichier", "nom"), _SELON),
}
"""Who reads each field of the models of the room. What is not here is for the team."""
