"""Who reads each field of bodies, meetings and what follows. Labels and kinds are those of the models.

A meeting says who reads it (`Reunion.niveau`): those of the contract, then anyone once the team published it; its
decisions and its proposals follow it. Notes, attendance and answers are never public.
"""

from tenir.habilitations.niveaux import JAMAIS, Levels, Niveau, SelonLaLigne

REUNION = ("objet", "jour", "debut", "fin", "lieu")
"""What one writes of a meeting, in the order in which it is told."""
PREPAREE = (*REUNION, "documents")
"""The same, and what is to be read before it, which is never public."""
POINT = ("rang", "titre", "notes", "avis", "pour", "contre", "abstentions")
DECISION = ("texte", "organisme", "pour_le", "fiche", "engagement", "avenant")
"""What was decided; the team writes it."""
SUITE = ("etat", "suite")
"""Where a decision stands; the body that carries it out says it too."""
_SELON = SelonLaLigne("niveau")

LECTURE: dict[str, Levels] = {
    "InstanceSuivie": dict.fromkeys(
        ("instance", "suivie_depuis", "nom_propre", "cree_par_quoi", "reunions_par_an", "action", "compte"),
        Niveau.PUBLIC,
    ),
    "Siege": dict.fromkeys(
        ("organisation", "fonction", "qualite", "college", "du", "au", "decision"), Niveau.PARTENAIRES
    ),
    "RegleDeGouvernance": dict.fromkeys(
        ("genre", "titre", "nombre", "avant", "organisme", "nature", "source", "du", "au"), Niveau.PARTENAIRES
    ),
    "Reunion": {
        **dict.fromkeys((*REUNION, "etat", "sequence"), _SELON),
        **dict.fromkeys(
            ("motif", "convoquee_le", "version", "creee_par", "creee_le", "diffuse_le", "diffusions", "approuve_en"),
            Niveau.PARTENAIRES,
        ),
        **dict.fromkeys(("documents", "femmes", "hommes"), Niveau.PARTENAIRES),
    },
    "DossierDeReunion": dict.fromkeys(
        ("numero", "contenu", "pdf", "sha256", "fige_le", "fige_par"), Niveau.PARTENAIRES
    ),
    "AgendaPersonnel": {"alea": JAMAIS, "fait_le": Niveau.PARTENAIRES},
    "PorteDeReunion": {"alea": JAMAIS, **dict.fromkeys(("ouverte_par", "ouverte_le"), Niveau.PARTENAIRES)},
    "PointDOrdreDuJour": {
        "titre": SelonLaLigne("niveau"),
        **dict.fromkeys(
            ("rang", "notes", "avis", "pour", "contre", "abstentions", "version", "compte_rendu"), Niveau.PARTENAIRES
        ),
    },
    "CorrectionDeCompteRendu": dict.fromkeys(
        ("organisation", "texte", "recue_le", "suite", "motif"), Niveau.PARTENAIRES
    ),
    "EntreeDeReunion": dict.fromkeys(("reunion", "entree"), Niveau.PARTENAIRES),
    "EcartMotive": dict.fromkeys(("cle", "phrase", "source", "motif", "le"), Niveau.PARTENAIRES),
    "Convocation": {
        "alea": JAMAIS,
        **dict.fromkeys(
            ("compte", "reponse", "repondu_le", "presence", "a_la_porte", "represente_par"), Niveau.PARTENAIRES
        ),
    },
    "Sondage": dict.fromkeys(
        ("instance", "objet", "reponse_avant", "clos_le", "motif", "reunion", "cree_par", "cree_le"), Niveau.PARTENAIRES
    ),
    "DateProposee": dict.fromkeys(("jour", "debut", "fin"), Niveau.PARTENAIRES),
    "OrganismeSonde": {"alea": JAMAIS, **dict.fromkeys(("repondu_le", "relance_le"), Niveau.PARTENAIRES)},
    "Disponibilite": {"possible": Niveau.PARTENAIRES},
    "Decision": {
        **dict.fromkeys((*DECISION, *SUITE, "numero", "etat_le"), _SELON),
        **dict.fromkeys(("avenant", "version"), Niveau.PARTENAIRES),
    },
    "Proposition": {"numero": _SELON, "texte": _SELON, "organisme": _SELON, "motif": _SELON},
}
"""Who reads each field of the models of the room. What is not here is for the team."""
