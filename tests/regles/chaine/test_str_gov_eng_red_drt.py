"""From the document to the rule, for the words themselves: each fault is told on its line, whatever the layout."""

import re
from pathlib import Path

import pytest

from tenir.regles.anomalie import Anomalie
from tests.regles.chaine.outils import controle

HERE = Path(__file__).parent
TEXTES = {
    name: (HERE / f"{name}.txt").read_text() for name in ("str_chapitres", "gov_recit", "drt_reserves", "organisation")
}
FAMILLES = ("STR", "GOV", "ENG", "RED", "DRT")
LEGAL = "DRT003"
"""These contracts lack signatories that the law expects: short documents say nothing else."""


def told(text: str) -> list[Anomalie]:
    return [one for one in controle(text.encode(), familles=FAMILLES).anomalies if one.regle != LEGAL]


@pytest.mark.parametrize("name", TEXTES)
def test_nothing_is_said_of_a_clean_document(name: str) -> None:
    assert [(one.regle, one.phrase) for one in told(TEXTES[name])] == []


CHAPITRES = [
    ("STR006", "le 21 juin 2024.", "le … / … / 2024."),
    ("STR006", "Les quatre signataires", "[nom à compléter] Les quatre signataires"),
    ("STR007", "dans les conditions de l’article 2", "dans les conditions de l’article 8"),
    ("STR007", "que délimite le décret", "dessiné en annexe 2, que délimite le décret"),
    ("STR007", "dans les conditions de l’article 2", "comme le dit la partie « Nos moyens communs »"),
    ("STR008", "Article 3 – Suivi", "Article 6 – Suivi"),
    ("STR008", "Orientation 2 –", "Orientation 1 –"),
    ("STR009", "Les quatre signataires", "Les neuf signataires"),
    ("STR009", "trois orientations", "cinq orientations"),
    (
        "STR010",
        "- Planter une haie le long de la rocade",
        "- Installer une bibliothèque de rue au pied des tours en 2025",
    ),
    ("STR010", "- Planter une haie le long de la rocade", "- donner le goût de lire aux enfants du quartier"),
    ("STR011", "prolonger la ligne de bus 4 avant 2027", "prolonger la ligne de bus 4 avant 2017"),
    ("STR011", "- isoler les façades de quatre immeubles.", "- isoler les façades de quatre immeubles d’ici 2036."),
    ("STR012", "s’achève le 31 décembre 2030", "s’achève le 31 décembre 2026"),
    ("STR013", "le 21 juin 2024", "le 21 juin 2015"),
    ("STR014", "2. La gouvernance\n\n", "2. Qui décide de quoi\n\n"),
    ("STR015", "aux apprentis du quartier", "aux apprentis du QPV Les Marronniers"),
    ("GOV001", "il se réunit tous les deux mois", "il prépare les décisions"),
    ("GOV001", "il se réunit tous les deux mois", "il réunit deux membres de chaque conseil citoyen"),
    ("GOV005", "Article 3 – Suivi. Les", "Article 3 – Suivi. Le comité de pilotage se réunit tous les mois. Les"),
    ("GOV006", "Article 3 – Suivi. Les", "Article 3 – Suivi. L’avenant suit l’évaluation de 2029. Les"),
    ("GOV007", "l’évaluation finale en 2030", "l’évaluation finale en 2034"),
    ("GOV008", "animé par la commune de Belcombe", "animé par la communauté de communes du Haut-Vernet"),
    ("GOV009", "Article 3 – Suivi. Les", "Article 3 – Suivi. Le comité de pilotage est présidé par la Région. Les"),
    ("GOV009", "Suivi. Les", "Suivi. Le comité de pilotage, présidé par la Région, décide. Les"),
    ("GOV010", "L’évaluation à mi-parcours aura lieu en 2027, l’évaluation finale en 2030.", "Suivi et évaluation"),
    ("ENG001", "- isoler les façades de quatre immeubles.", ""),
    ("ENG005", "- ouvrir la bibliothèque de rue en 2025.", "- a ouvert une bibliothèque en 2021."),
    ("ENG006", "Article 3 – Suivi. Les", "Article 3 – Suivi. Il s’inscrit dans le plan de l’habitat 2012-2018. Les"),
    ("RED003", "- Planter une haie le long", "- Étudier la possibilité de planter une haie le long"),
    ("RED005", "- Prêter soixante vélos aux", "- Prêter soixante vélos (à confirmer avec le service) aux"),
    ("RED005", "- Prêter soixante vélos aux", "- Prêter soixante vélos (cf. mail du 3 mai) aux"),
    ("DRT004", "loi n° 2014-173", "loi n° 2014-137"),
    ("DRT004", "décret n° 2023-1314 du 28 décembre 2023", "décret n° 2023-1314 du 28 décembre 2022"),
    ("DRT005", "Article 3 – Suivi. Les", "Article 3 – Suivi (06 39 98 00 07). Les"),
]
RECIT = [
    ("STR008", "Priorité n° 2 :", "Priorité n° 1 :"),
    ("STR009", "Il porte deux priorités", "Il porte six priorités"),
    (
        "STR010",
        "– Faire venir un dentiste deux jours par mois",
        "– Rénover la halle et ses abords avant la fin de 2026",
    ),
    ("STR011", "travaux de la halle avant 2027", "travaux de la halle avant 2019"),
    ("STR012", "une durée de six ans", "une durée de trois ans"),
    ("STR013", "le 2 septembre 2024", "le 2 septembre 2004"),
    ("STR015", "Aider dix marchands", "Aider dix marchands du quartier prioritaire de la Tuilerie"),
    ("GOV005", "Il porte deux", "La commission des habitants se réunit une fois par an. Il porte deux"),
    ("GOV006", "Elle se réunit chaque mois, salle des Glycines.", "Elle prépare l’évaluation de 2026."),
    ("GOV007", "une évaluation est prévue en 2027", "une évaluation est prévue en 2033"),
    ("ENG005", "– envoyer un dentiste deux jours par mois.", "– avoir envoyé un dentiste."),
    ("RED003", "– Ouvrir un cabinet", "– Réfléchir à l’ouverture d’un cabinet"),
    ("DRT004", "n° 2014-173 du 21 février 2014", "n° 2014-173 du 24 février 2014"),
    ("DRT001", "(la chambre de métiers s’en charge)", "(Mme Ada Fictive, 06 39 98 00 08, s’en charge)"),
]

VERGER = "quarante pommiers choisis et taillés avec les élèves de cinquième."
LOGER = "Priorité 2 – Se loger"
ORGANISATION = [
    ("STR007", "chapitre « Les promesses »", "chapitre « Qui paie quoi »"),
    ("STR008", "Fiche action 6 – Planter", "Fiche action 8 – Planter"),
    ("STR009", "six fiches action", "neuf fiches action"),
    ("STR009", "les cinq indicateurs", "les onze indicateurs"),
    ("STR009", "les deux quartiers prioritaires", "les quatre quartiers prioritaires"),
    ("STR009", "en six exemplaires", "en sept exemplaires"),
    ("STR010", VERGER, "un conseiller reçoit les locataires le mardi et relit leurs factures."),
    ("STR015", VERGER, "quarante pommiers offerts aux écoliers de la cité du Moulin-Neuf."),
    ("STR015", "arroser les pommiers", "arroser les pommiers du quartier de Montfaucon"),
    ("GOV011", f"{LOGER}\nLe comité technique anime cette priorité avec", f"{LOGER}\nElle traite des charges avec"),
    ("GOV012", "Porteur : Région", "Porteur : société d’aménagement du Val"),
    ("GOV012", "Budget : 40 000 € (Département", "Budget : 40 000 € (Chambre de commerce"),
    ("GOV013", "Bresloir Métropole renseigne les cinq indicateurs de l’annexe", "Les indicateurs sont relevés"),
    ("ENG007", "verser 80 000 € sur", "verser 95 000 € sur"),
    ("ENG008", "ouvrir la pépinière de la filature en avril 2026", "ouvrir la pépinière de la filature en mai 2028"),
    ("ENG009", "six signataires suivants : l’État,", "six signataires suivants : la banque du Val, l’État,"),
]
RESTE = [
    ("STR009", "Priorité 2 – Se loger", "Priorité 2 – Se loger\nCette priorité compte deux fiches action."),
    ("STR015", VERGER, "quarante pommiers, comme dans le quartier voisin de Montfaucon."),
    ("STR015", VERGER, "quarante pommiers le long de la rue du quartier de la Gare."),
    ("STR009", "en six exemplaires", "en deux exemplaires"),
    ("STR015", VERGER, "quarante pommiers près de la maison de quartier des Sources."),
    ("GOV011", f"{LOGER}\nLe", f"Le groupe logement suit les priorités 1 et 2.\n\n{LOGER}\nIci, le"),
    ("GOV012", "Porteur : Région", "Porteur : association Les Toqués"),
    ("GOV012", "Porteur : Région", "Porteur : service jeunesse de la ville"),
    ("GOV013", "Bresloir Métropole renseigne les cinq", "Sont renseignés par la métropole les cinq"),
    ("ENG008", "ouvrir la pépinière de la filature en avril 2026", "ouvrir la pépinière chaque jour dès mai 2026"),
    ("ENG009", "Description : six mois", "Description : avec le CFA du Val, six mois"),
]
"""What looks like a fault and is none."""


@pytest.mark.parametrize(("code", "old", "new"), RESTE)
def test_what_only_looks_like_a_fault_is_let_pass(code: str, old: str, new: str) -> None:
    clean = TEXTES["organisation"]
    assert clean.count(old) == 1
    assert [one.phrase for one in told(clean.replace(old, new)) if one.regle == code] == []


@pytest.mark.parametrize(
    ("name", "code", "old", "new"),
    [
        *(("str_chapitres", *one) for one in CHAPITRES),
        *(("gov_recit", *one) for one in RECIT),
        *(("organisation", *one) for one in ORGANISATION),
    ],
)
def test_a_fault_is_told_on_its_line(name: str, code: str, old: str, new: str) -> None:
    clean = TEXTES[name]
    assert clean.count(old) >= 1
    line = clean[: clean.index(old)].count("\n") + 1
    found = [one for one in told(clean.replace(old, new, 1)) if one.regle == code]
    assert found
    assert any(line in _lines(one) or not one.plages or code == "ENG001" for one in found)


def _lines(one: Anomalie) -> set[int]:
    said = re.findall(r"ligne (\d+)", one.phrase)
    return {number for plage in one.plages for number in plage.lignes} | {int(number) for number in said}
