"""The words that generated contracts are made of: French, plausible, of no real contract."""

VERBES = (
    "Ouvrir", "Créer", "Organiser", "Développer", "Accompagner", "Installer", "Renforcer", "Former", "Rénover",
    "Soutenir", "Proposer", "Réduire", "Mettre en place", "Faire connaître",
)  # fmt: skip
OBJETS = (
    "un lieu d’accueil pour les parents", "des ateliers de lecture", "une permanence d’accès aux droits",
    "le parvis du collège et ses abords", "douze logements passerelles", "un jardin au pied des immeubles",
    "la médiation de rue en soirée", "des cours de français", "une aide au permis de conduire",
    "le transport à la demande vers la zone d’activités", "les bénévoles des clubs de sport", "deux salles de classe",
    "un comptoir de l’emploi", "les halls de la résidence du Moulin", "la crèche aux horaires décalés",
    "l’accueil de loisirs du mercredi", "le repérage des jeunes sans solution", "un verger partagé",
)  # fmt: skip
SUITES = (
    "", "", "", " avec les habitants", " pendant les vacances scolaires, du lundi au vendredi", " d’ici 2027",
    " pour les familles monoparentales et les personnes âgées qui vivent seules dans leur logement",
    " (quatre fois par an)", " ; le service est gratuit", " en 2026, puis chaque année jusqu’à la fin du contrat",
)  # fmt: skip
THEMES = (
    "La réussite éducative", "L’accès à la santé", "Le retour à l’emploi", "Un cadre de vie apaisé", "Bien vieillir",
    "La tranquillité publique", "Se déplacer sans voiture", "Lutter contre les discriminations", "L’accès aux droits",
    "Des logements rénovés", "Apprendre le français", "Vivre le sport et la culture pour tous",
)  # fmt: skip
DOMAINES = ("Cohésion sociale", "Emploi et économie", "Cadre de vie et habitat", "Jeunesse et citoyenneté")
COMPTES = (
    "Nombre de logements sociaux", "Nombre d’allocataires", "Demandeurs d’emploi", "Places en crèche",
    "Élèves au collège", "Naissances",
)  # fmt: skip
PARTS = (
    "Taux de chômage des femmes", "Part des familles monoparentales", "Taux de pauvreté", "Ménages sans voiture",
    "Part des moins de vingt-cinq ans", "Logements vacants",
)  # fmt: skip
INDICATEURS = (
    "Nombre de familles accueillies", "Part des jeunes en emploi après six mois", "Délai moyen de réponse",
    "Taux de participation aux réunions", "Nombre de logements rénovés", "Évolution du nombre d’adhérents",
    "Nombre d’heures de médiation", "Part des habitants qui connaissent le lieu",
)  # fmt: skip
CORPS = (
    "France Travail", "Éducation nationale", "Préfecture", "Défenseur des droits", "Action Logement", "Bpifrance",
    "Agence nationale du sport", "Agence nationale de l’habitat", "Gendarmerie nationale", "Cap emploi", "ANCT",
    "Assurance maladie", "Caisse des dépôts et consignations",
)  # fmt: skip
SIGNATAIRES = (
    "L’État",
    "France Travail",
    "Action Logement",
    "L’Assurance maladie",
    "La Caisse des dépôts et consignations",
)
DISPOSITIFS = (
    "cités éducatives", "contrats aidés", "adultes-relais", "programme de réussite éducative", "postes FONJEP",
    "emplois francs", "quartiers d’été",
)  # fmt: skip
INSTANCES = ("Comité de pilotage", "Comité technique", "Équipe projet", "Conseil citoyen", "Conférence des financeurs")
RYTHMES = ((" une fois par an", 1), (" deux fois par an", 2), (" chaque trimestre", 4), (" une fois par mois", 12))
COMMUNES = ("Ormeval", "Saint-Fictif-sur-Berle", "Pont-aux-Ânes", "Villeneuve-l’Inventée")
