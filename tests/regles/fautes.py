"""A clean contract and its document, and for each rule one fault to plant in them."""

from dataclasses import dataclass
from pathlib import Path

from tenir.fichier import canonique
from tenir.fichier.document import DocumentNormalise, read_document
from tenir.fichier.modeles import ContratDeVille
from tests.fabriques import edited

HERE = Path(__file__).parent
PROPRE = (HERE / "propre.yaml").read_text()
MOTS = (HERE / "propre.txt").read_text()
SCHEMES = ", ".join(f"Fonds {rank}" for rank in range(1, 10))
SIGNED = "document: {titre: Clair, sha256: " + "a" * 64 + ", lignes: 32, noms_masques: '15[1-9]'}\n"


@dataclass(frozen=True)
class Faute:
    """What to change in the file, in the words, and the item that the anomaly must be on (none: the whole contract)."""

    element: str
    fichier: tuple[tuple[str, str], ...] = ()
    mots: tuple[tuple[str, str], ...] = ()

    def contrat(self) -> ContratDeVille:
        return canonique.load(edited(PROPRE, *self.fichier))

    def document(self) -> DocumentNormalise:
        return read_document(edited(MOTS, *self.mots).encode())


def fichier(element: str, old: str, new: str) -> Faute:
    return Faute(element, fichier=((old, new),))


def mots(element: str, old: str, new: str) -> Faute:
    return Faute(element, mots=((old, new),))


LOGEMENTS = "libelle: logements, valeur: 300, unite: logements, periode: '2022', perimetre: quartier, origine: INSEE"
PILOTE = "        pilotes:\n          - {nom: La CAF, organisme: caf-songe-et-brume}\n"
ANAH = "- {code: O02-F01, nature: droit commun, financeur: ANAH, dispositifs: [Aide aux travaux], source: 15}"
I02 = "- {code: I02, libelle: Nombre de logements rénovés, cible: '40', orientations: [O02]}"
VISITEES = "libelle: Nombre d’entreprises visitées"
VISITES = f"  - {{code: I03, {VISITEES}, cible: '12', orientations: [O01]}}\n"
LOUES = "  - {code: I04, libelle: Nombre de logements rénovés ou loués en un an, cible: '9', orientations: [O02]}\n"
SUIVRE = "- {code: S01-E01, titre: Suivre le contrat, orientations: [O01], source: 17}\n"
DEROGATION = "derogations:\n  - {regle: GOV001, element: G01, motif: Prévu., auteur: Pilote, fin: '2027-06-30'}\n"
TRAJET = "libelle: trajet, valeur: 30, unite: minutes, perimetre: du quartier à la gare, origine: Région"
HAUSSE = "libelle: hausse de la population, valeur: 25, unite: '%', periode: 2015-2020, perimetre: quartier"


def lignes_de(*names: str) -> str:
    """The credits of an organisation under several names."""
    return "\n          ".join(
        f"- {{code: O02-F0{rank}, nature: droit commun, financeur: {name}, organisme: caf-songe-et-brume, "
        f"dispositifs: [Aide {rank}]}}"
        for rank, name in enumerate(names, start=1)
    )


RUE = "titre: Rénover les logements d’une rue, source: 14}\n"
DATEES = "titre: Rénover les logements d’une rue, horizon: '2027', source: 14}\n" + "".join(
    f"          - {{code: O02-A0{rank}, titre: Rénover les logements du {rank}, horizon: '2027'}}\n"
    for rank in (2, 3, 4)
)
FINANCEES = "\n          ".join(
    f"- {{code: O02-F0{rank}, nature: droit commun, financeur: {name}{scheme}}}"
    for rank, (name, scheme) in enumerate(
        [(name, ", dispositifs: [Aide aux travaux]") for name in ("ANAH", "Région", "FSE")] + [("Bailleur", "")] * 3,
        start=1,
    )
)

MAIRIE = "la mairie."
AXES = "la mairie.\nAxe 1 : Rue\nLe comité suit cet axe.\nAxe 2 : Place\nLe comité suit cet axe.\nAxe 3 : Cour\nIci."
PILOTES = "la mairie.\nPilote : État\nPilote : région\nPilote : commune\nPilote : département\nPilote : banque du Val"
PAIENT = "la mairie.\nCoût : État 41 000 €, région 42 000 €, département 43 000 €, commune 44 000 €\n" + "\n".join(
    f"{one} s’engage à :\n- verser {amount} 000 € sur la durée du contrat"
    for one, amount in (("L’État", 41), ("La région", 42), ("Le département", 43), ("La commune", 54))
)
PREAU = (
    "la mairie.\nAction 1 : Bâtir un préau vitré\nCalendrier : fini en mai 2026\n- livrer le préau vitré en mars 2028"
)
DOTE = PREAU.replace(
    "Calendrier : fini en mai 2026\n- livrer le préau vitré en mars 2028",
    "Coût : 90 000 €\n- financer le préau vitré à hauteur de 80 000 €",
)
LIGNES = "la mairie.\nRégion  40  20  30\nDépartement  5  5  10\nCommune  2  4  6\nÉtat  –  –  –"
DEUX_DUREES = (
    "la mairie.\nAction 1 : Lire au port\nUne convention est conclue pour une durée de trois ans.\nAction 2 : Peindre\n"
    "Des murs.\nAction 3 : Coudre\nUn atelier.\nAnnexe\nLes séances suivent la convention de 48 mois de l’action n° 1."
)
SERVIS = "la mairie.\nObjectif 1.1 : Lire\nObjectif 1.2 : Rire" + "".join(
    f"\nAction {rank} : {verb}\nObjectif : 1.1"
    for rank, verb in enumerate(("Jouer", "Courir", "Peindre", "Coudre", "Ouïr"))
)
PARTIES = "la mairie.\nSignataires : l’État, la région, le département, la commune et la banque du Val."
MESURES = "la mairie. On y prête des vélos, des livres, des outils et des jeux.\n" + "\n".join(
    f"{one} prêtés dans le quartier chaque année : 0 en 2024, 90 en 2027"
    for one in ("Vélos de ville", "Livres de classe", "Outils de jardin", "Jeux de société")
)
MESURES_DEUX_FOIS = f"{MESURES}\nVélos de ville prêtés dans le quartier chaque année : 0 en 2024, 80 en 2028"
MESURES_D_AILLEURS = f"{MESURES}\nBornes électriques de recharge posées : 0 en 2024, 80 en 2028"
GROUPES = "la mairie.\n" + "\n".join(
    f"Le groupe {one} réunit les signataires {when}. Il est présidé par la commune." for one, when in
    (("Rue", "chaque mois"), ("Place", "en mars"), ("Cour", "chaque été"))
)  # fmt: skip
SANS_RYTHME = GROUPES.replace(" chaque été", "")
SANS_PRESIDENCE = GROUPES.removesuffix(" Il est présidé par la commune.")
DOTATIONS = "la mairie. La commune verse 3 000 € par an au conseil citoyen. Le conseil citoyen reçoit 4 000 € par an."
EVENEMENT = "la mairie. La passerelle du lavoir est livrée en mai 2026. La passerelle du lavoir sera livrée en 2028."
NOMMEE = "la mairie. Le suivi est assuré par Mme [nom masqué], cheffe de projet."
RELEVES = "la mairie. Les indicateurs sont relevés chaque année."


FAUTES = {
    "CHF001": fichier("O01-D05", "valeur: 28.9", "valeur: 289"),
    "CHF002": Faute(
        "O01-D02",
        fichier=(
            ("valeur: 164", "valeur: 461"),
            ("libelle: dont femmes, ", "libelle: dont jeunes, "),
        ),
    ),
    "CHF003": fichier("O01-D06", "25-59 ans", "25-29 ans"),
    "CHF004": fichier(
        "O02-D01", "logements, valeur: 300, unite: logements", "Demandeurs, valeur: 310, unite: personnes"
    ),
    "CHF005": fichier("O01", "valeur: 43.7, unite: '%', periode: '2022', ", "valeur: 43.7, unite: '%', "),
    "CHF006": Faute(
        "O01-D01",
        fichier=(("libelle: dont hommes, valeur: 136", "libelle: dont hommes, valeur: 146"),),
    ),
    "CHF007": fichier("T03", "valeur: 25,", "valeur: 35,"),
    "CHF008": fichier("O01-D08", "valeur: 26.1", "valeur: 25.3"),
    "CHF009": fichier("O01-D08", "valeur: 26.1", "valeur: 55.0"),
    "CHF010": mots("O01-D04", "des femmes (54,7 %)", "des femmes (34,7 %)"),
    "CHF011": fichier("T03", HAUSSE, HAUSSE.replace("population", "criminalité")),
    "CHF012": fichier("", TRAJET, TRAJET.replace(", origine: Région", "")),
    "CHF013": fichier("", TRAJET, TRAJET.replace(", perimetre: du quartier à la gare", "")),
    "CHF014": fichier("O01-D04", "valeur: 54.7", "valeur: 64.7"),
    "CHF015": fichier("O01-D05", "valeur: 27.4", "valeur: 37.4"),
    "CHF016": mots("O01-B01", "(permanences, visites)", "(une baisse du chômage de 120 %)"),
    "CHF017": mots("O02-D01", "compte 300 logements", "compte 300 logements, dont 400 logements sociaux,"),
    "CHF018": Faute(
        "O01-D05", fichier=(("Part des 0-24 ans", "Part des femmes"), ("Part des 25-59 ans", "Part des hommes"))
    ),
    "CHF019": mots("O01-A01", "en 2026, avec", "en 2026 pour 120 demandeurs sur 300, soit 60 %, avec"),
    "CHF020": mots("O02-D01", "en 2022.", "en 2022. La vacance recule, passant de 12 % à 18 %."),
    "CHF021": mots("O01-B01", "(permanences, visites)", "(352 % des jeunes cherchent)"),
    "CHF022": mots("", "la mairie.", "la mairie.\nVille  10  20  30\nRégion  5  5  10\nTotal  15  52  40"),
    "CHF023": mots(
        "",
        "la mairie.",
        "la mairie. Les ménages se répartissent ainsi : 42 % seuls, 33 % en couple et 15 % en famille.",
    ),
    "CHF024": mots(
        "", "la mairie.", "la mairie.\nTaux de chômage : 24 % (2021)\nTaux de chômage des habitants : 19 % (2020)"
    ),
    "CHF025": mots("", MAIRIE, "la mairie. Le Clos compte 300 habitants. Le Clos compte 420 habitants."),
    "STR001": fichier("O01", PILOTE, ""),
    "STR002": fichier("O02-A01", "les logements d’une rue", "les logements, imprimee_sous: constat"),
    "STR003": fichier("O02", "titre_imprime: Habiter", "titre_imprime: Habiter\n        titre_protocole: Loger"),
    "STR004": fichier("O01-A01", "horizon: '2026'", "horizon: fin 2022"),
    "STR005": fichier("G01", "instances:\n", f"{DEROGATION}instances:\n"),
    "STR006": mots("", "le décret n° 2023-1314", "le décret n°........"),
    "STR007": mots("O01-A02", "voir annexe Visites", "voir annexe Entreprises"),
    "STR008": mots("", "Article 3 :", "Article 5 :"),
    "STR009": mots("", "les six signataires", "les neuf signataires"),
    "STR010": mots(
        "O02-A01",
        "- Rénover les logements d’une rue",
        "- Ouvrir un comptoir de l’emploi en 2026, avec la Caisse d’allocations familiales (CAF)",
    ),
    "STR011": mots("S02-E01", "Basse en 2027", "Basse avant 2019"),
    "STR012": mots("", "31 décembre 2030", "31 décembre 2028"),
    "STR013": mots("", "4 mars 2024", "4 mars 2014"),
    "STR014": mots("", "Orientation 2 : Habiter", "Orientation 2 : Vivre au quartier"),
    "STR015": mots("O02-B01", "logements du quartier", "logements du quartier prioritaire de la Roseraie"),
    "STR016": mots("", MAIRIE, SERVIS),
    "STR017": mots("", MAIRIE, "la mairie. Le présent contrat a été signé le 9 mai 2024."),
    "STR018": mots("", MAIRIE, DEUX_DUREES),
    "STR019": mots("", MAIRIE, "la mairie, fermée le 31 juin."),
    "STR020": mots("", MAIRIE, EVENEMENT),
    "IND001": fichier(
        "I02", I02, I02.replace("logements rénovés", "retours à l’emploi").replace("O02]", "O02], repete: I01")
    ),
    "IND002": fichier("", ", cible: '40'", ""),
    "IND003": fichier("O02", "cible: '40', orientations: [O02]", "cible: '40', orientations: [O01]"),
    "IND004": Faute(
        "I04",
        fichier=(
            (VISITES, f"{VISITES}{LOUES}"),
            ("libelle: Nombre de logements rénovés,", "libelle: Nombre de logements rénovés et loués en un an,"),
        ),
    ),
    "IND005": fichier("I03", "Nombre d’entreprises visitées", "Augmenter le nombre d’entreprises visitées"),
    "IND006": fichier("I03", f"{VISITEES}, cible: '12'", VISITEES.replace("Nombre d’", "Accueil des ")),
    "IND007": Faute(
        "O01",
        fichier=(
            ("titre: Ouvrir un comptoir de l’emploi", "titre: Ouvrir un comptoir"),
            ("titre: Organiser des visites d’entreprises", "titre: Organiser des visites d’entreprises pour l’emploi"),
        ),
    ),
    "IND008": fichier("I03", "Nombre d’entreprises visitées", "Nombre de scooters électriques loués"),
    "IND009": fichier("I02", "logements rénovés, cible: '40'", "logements vides à réduire (départ 30), cible: '40'"),
    "IND010": fichier("I02", "cible: '40'", "cible: 40 en 2035"),
    "IND011": mots("", MAIRIE, MESURES_DEUX_FOIS),
    "IND012": mots("", MAIRIE, MESURES_D_AILLEURS),
    "FIN001": fichier("O02", ", dispositifs: [Aide aux travaux]", ""),
    "FIN002": fichier("O02", "ANAH, dispositifs: [Aide aux travaux]", f"CAF, dispositifs: [{SCHEMES}]"),
    "FIN003": fichier("O02-F01", ANAH, lignes_de("CAF", "Caisse", "Allocations familiales")),
    "FIN004": Faute(
        "O02-F01",
        fichier=(
            ("Fonds 8, Fonds 9]", "Fonds 8, Fonds des parents]"),
            ("[Aide aux travaux]", "[{nom: Fonds des parentts, nom_usuel: Fonds des parents}]"),
        ),
    ),
    "FIN005": fichier("O02-F01", "dispositifs: [Aide aux travaux]", "dispositifs: [Aide de 20 000 €]"),
    "FIN006": mots("O02-F01", "Aide aux travaux", "Aide aux travaux (études, )"),
    "FIN007": fichier("", RUE, DATEES),
    "FIN008": fichier("O02-F04", ANAH, FINANCEES),
    "FIN009": mots("", "la mairie.", "la mairie. Coût : 90 000 € (État 60 000 €, Région 40 000 €)."),
    "FIN010": mots("", MAIRIE, DOTATIONS),
    "FIN011": mots("", MAIRIE, LIGNES),
    "GOV001": fichier("G02", "    reunions_par_an: 2\n    source: 24\n", "    source: 24\n"),
    "GOV002": fichier(
        "O02",
        "        pilotes:\n          - {nom: Commune, organisme: commune-virelande}\n",
        "        pilotes:\n          - {nom: Les membres du groupe}\n",
    ),
    "GOV003": Faute("G02", fichier=(("    reunions_par_an: 2\n    source: 23\n", "    source: 23\n"),)),
    "GOV004": fichier("G01", "    presidence:\n      - {nom: L’État, organisme: etat}\n", ""),
    "GOV005": mots("G01", "Pour tout renseignement", "Le comité de pilotage se réunit chaque mois. Pour tout"),
    "GOV006": mots("", "Pour tout renseignement :", "Le comité prépare l’évaluation de 2026 :"),
    "GOV007": mots("", "une autre en 2030", "une autre en 2033"),
    "GOV008": fichier(
        "O02",
        "{nom: Commune, organisme: commune-virelande}\n        credits",
        "{nom: Ville de Hautmont}\n        credits",
    ),
    "GOV009": mots("G01", "Pour tout renseignement :", "Le comité de pilotage est présidé par le maire :"),
    "GOV010": mots("", "Une évaluation est menée en 2027, une autre en 2030, au terme du contrat.", "Il est public."),
    "GOV011": mots("", MAIRIE, AXES),
    "GOV012": mots("", MAIRIE, PILOTES),
    "GOV013": mots("", MAIRIE, RELEVES),
    "GOV014": mots("", MAIRIE, SANS_RYTHME),
    "GOV015": mots("", MAIRIE, SANS_PRESIDENCE),
    "GOV016": mots("", MAIRIE, "la mairie. Le comité des artisans valide la liste des chantiers."),
    "GOV017": mots("", MAIRIE, "la mairie.\nLa CAF du Clair promet une salle.\nLa CAF du Tardif y vient le mardi."),
    "ENG001": Faute(
        "S01",
        fichier=((f"    engagements:\n      {SUIVRE}", ""),),
        mots=(("L’État promet de suivre le contrat.", "Le contrat se lit ainsi."),),
    ),
    "ENG002": fichier("S01", "periode: 2023-2031", "periode: 2016 - 2021"),
    "ENG003": fichier("S01", SUIVRE, SUIVRE.replace(", orientations: [O01]", "")),
    "ENG004": fichier("O02", "la rue Basse, orientations: [O02]", "la rue Basse, orientations: [O01]"),
    "ENG005": mots("S06-E01", "La CAF promet une permanence par semaine", "La CAF a ouvert une permanence"),
    "ENG006": mots("", "Pour tout renseignement :", "Il s’inscrit dans le plan de l’habitat 2014-2019 :"),
    "ENG007": mots("", MAIRIE, PAIENT),
    "ENG008": mots("", MAIRIE, PREAU),
    "ENG009": mots("", MAIRIE, PARTIES),
    "ENG010": mots("", MAIRIE, DOTE),
    "RED001": mots("", "une permanence par", "une permanence QZX par"),
    "RED002": mots("O01-B01", "(permanences, visites)", "(permanences, visites"),
    "RED003": mots("O02-A01", "- Rénover les logements d’une rue", "- Une réflexion peut être menée sur une rue"),
    "RED004": mots("S02-E01", "de la rue Basse", "du de la rue Basse"),
    "RED005": mots("O02-F01", "Aide aux travaux", "Aide aux travaux (à valider par le service)"),
    "RED006": mots("", "la mairie.", "la mairie.\nFiche 1 : Lire\nFiche 2 : Rire\nFiche 2 : Chanter\nFiche 3 : Danser"),
    "DRT001": fichier("O02-F01", "axes:\n  - code: A\n", f"{SIGNED}axes:\n  - code: A\n"),
    "DRT002": Faute(
        "",
        fichier=(("nom: Conseil citoyen", "nom: Assemblée des commerçants"),),
        mots=(("Le conseil citoyen se", "L’assemblée des commerçants se"),),
    ),
    "DRT003": fichier("", "nom: La région", "nom: La caisse des dépôts"),
    "DRT004": mots("", "n° 2014-173", "n° 2004-173"),
    "DRT005": mots("", "la mairie.", "06 39 98 00 02."),
    "DRT006": mots("", MAIRIE, NOMMEE),
}
