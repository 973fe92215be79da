"""Who reads each field of the money. Labels and kinds are those of the models.

What the contract prints is public. What became of it since is read by those of the contract, then by anyone once the
team opens it (`Genre.FINANCEMENTS`); sources, proofs and reasons never are.
"""

from tenir.habilitations.niveaux import JAMAIS, Levels, Niveau, SelonLeContrat
from tenir.habilitations.publications import Genre

OPENED = (
    *("registre", "orientation", "fiche", "projet", "financeur", "financeur_imprime", "imprimee", "annee"),
    *("etat", "etat_le", "montant", "compte", "annonce", "demande", "vote", "verse"),
)
"""What a team opens to everyone, or keeps."""
MOUVEMENT = ("etat", "montant", "le", "source", "preuve", "motif")
"""What one writes of a dated row, in the order in which it is told."""
PUBLICATION = (
    *("beneficiaire", "siret", "rna", "convention_le", "reference", "objet", "nature", "conditions"),
    *("debut", "fin", "dispositif", "rae", "ue", "part"),
)
"""What one writes of a subsidy to publish."""
BUDGET, ENVELOPPE = ("montant",), ("montant", "plafond")

LECTURE: dict[str, Levels] = {
    "LigneDeFinancement": {
        **dict.fromkeys(OPENED, SelonLeContrat((Genre.FINANCEMENTS,))),
        **dict.fromkeys(("numero", "version", "suivie_depuis"), Niveau.PARTENAIRES),
    },
    "MouvementDeFinancement": dict.fromkeys(
        ("ligne", "rang", *MOUVEMENT, "auteur", "pour", "inscrit_le"), Niveau.PARTENAIRES
    ),
    "BudgetDAction": dict.fromkeys(
        ("orientation", "fiche", "projet", "annee", "montant", "version"), Niveau.PARTENAIRES
    ),
    "Enveloppe": dict.fromkeys(("financeur", "annee", "montant", "plafond", "version"), Niveau.PARTENAIRES),
    "LigneDecidee": dict.fromkeys(("ligne", "decision"), Niveau.PARTENAIRES),
    "VersionFigee": dict.fromkeys(
        ("numero", "annee", "decision", "contenu", "sha256", "figee_par", "figee_le"), Niveau.PARTENAIRES
    ),
    "FicheDeDispositif": {
        **dict.fromkeys(
            ("nom", "pour_qui", "pour_quoi", "quand", "ferme_le", "ou", "disparu_le", "verifie_le", "verifie_par"),
            Niveau.PUBLIC,
        ),
        **dict.fromkeys(("cle", "version", "suivie_depuis"), Niveau.PARTENAIRES),
    },
    "Scenario": dict.fromkeys(
        ("numero", "annee", "nom", "adopte_par", "adopte_le", "retire_le", "version"), Niveau.PARTENAIRES
    ),
    "MontantPropose": dict.fromkeys(
        ("scenario", "orientation", "fiche", "projet", "financeur", "montant"), Niveau.PARTENAIRES
    ),
    "RapprochementDeSubventions": {},
    "SubventionAPublier": dict.fromkeys(("ligne", *PUBLICATION, "version"), Niveau.PARTENAIRES),
    "ReponseDeFinanceur": dict.fromkeys(("etat_dit", "montant", "le"), Niveau.PARTENAIRES),
    "DemandeAuFinanceur": {
        "alea": JAMAIS,
        **dict.fromkeys(
            ("financeur", "annee", "demandee_le", "close_le", "arretee_le", "repondu_le", "rien"), Niveau.PARTENAIRES
        ),
    },
}
"""Who reads each field of the models of the room. What is not here is for the team."""
