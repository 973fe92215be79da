"""A plain-language contract: what each brings, who does what with whom, who chairs and how often."""

import pytest

from tenir.fichier.modeles import ContratDeVille
from tenir.lecteur.titres import titre_court
from tests.lecteur.textes import lire_texte

HEAD = """CONTRAT DE VILLE 2024-2030 DE VALSERRE

1. PRÉAMBULE
Le contrat couvre le quartier prioritaire des Ormes.

2. GOUVERNANCE
Les signataires retiennent trois instances :
- le comité de pilotage, coprésidé par le préfet et le président de l’agglomération, deux fois par an ;
- le comité technique, animé par la cheffe de projet, chaque trimestre ;
- le conseil citoyen.

3. ORIENTATIONS
Objectif stratégique 1 : Un quartier où l’on se soigne
Objectif opérationnel 1.1 : Rapprocher les soins
Action 1 : Ouvrir une permanence de dépistage
Qui : la Maison de santé. Avec : le CCAS, la CPAM. Quand : 2025.
Objectif opérationnel 1.2 : Aller vers les jeunes
Action 2 : Équipe mobile de santé mentale
Qui : le centre hospitalier. Avec : la Mission locale.
"""
BROUGHT = """
La Ville
- met à disposition un local de 60 m² ;
- affecte un agent à mi-temps.
Le Département
- finance deux postes d’éducateurs.
La CAF
- maintient ses permanences ;
- ouvre un point relais.
"""
NUMBERED = """
1. La Ville s’engage à :
- mettre à disposition un local de 60 m² ;
- affecter un agent à mi-temps.
2. Le Département s’engage à :
- financer deux postes d’éducateurs.
3. La CAF s’engage à :
- maintenir ses permanences ;
- ouvrir un point relais.
"""
TITLES = (
    "CE QUE CHACUN APPORTE",
    "CE QUE CHACUN MET",
    "CE QUE CHAQUE PARTENAIRE APPORTE",
    "CONTRIBUTIONS DES PARTENAIRES",
    "APPORTS DES SIGNATAIRES",
)


@pytest.mark.parametrize("titre", TITLES)
@pytest.mark.parametrize("liste", [BROUGHT, NUMBERED], ids=["noms", "numeros"])
def test_what_each_brings_is_what_each_promises(titre: str, liste: str) -> None:
    read = contract(f"{HEAD}\n4. {titre}{liste}")
    assert [one.nom for one in read.signataires] == ["La Ville", "Le Département", "La CAF"]
    assert [len(one.engagements) for one in read.signataires] == [2, 1, 2]


def test_who_does_it_and_with_whom_are_no_part_of_the_title() -> None:
    first, second = contract(f"{HEAD}\n4. {TITLES[0]}{BROUGHT}").axes[0].orientations[0].actions
    assert first.titre == "Ouvrir une permanence de dépistage"
    assert [one.nom for one in first.pilotes] == ["la Maison de santé"]
    assert [one.nom for one in first.partenaires] == ["le CCAS", "la CPAM"]
    assert [one.nom for one in second.pilotes] == ["le centre hospitalier"]


def test_the_bodies_that_signatories_keep_are_no_signatories_and_a_rhythm_chairs_nothing() -> None:
    read = contract(f"{HEAD}\n4. {TITLES[0]}{BROUGHT}")
    assert [one.nom for one in read.instances] == ["Comité de pilotage", "Comité technique", "Conseil citoyen"]
    assert [one.nom for one in read.instances[1].presidence] == ["la cheffe de projet"]
    assert read.instances[1].reunions_par_an == 4


def contract(text: str) -> ContratDeVille:
    return lire_texte(text).contrat


PARTIES = """CONTRAT DE VILLE DE BRUMELLE 2024-2030

Entre les soussignés :
L’État, représenté par le préfet de la Brumaie ;
La commune de Brumelle, représentée par sa maire ;
{lien}
La Région Grand-Couchant ;
Le Département de la Brumaie ;
Habitat du Val, bailleur social ;
Il est convenu ce qui suit.

Axe 1. Se loger mieux
Orientation 1 – Réhabiliter les immeubles
Action 1.1 Isoler trois cents logements
"""


@pytest.mark.parametrize("lien", ["Et :", "Et", "ET", "D’autre part,", "Et d’autre part :"])
def test_a_link_alone_on_its_line_parts_a_list_of_parties_and_does_not_end_it(lien: str) -> None:
    assert [one.nom for one in contract(PARTIES.format(lien=lien)).signataires] == [
        *("L’État", "La commune de Brumelle", "La Région Grand-Couchant", "Le Département de la Brumaie"),
        "Habitat du Val",
    ]


BODIES = """Comité de pilotage : préfet, président de l’agglomération, maire – une fois par an
Équipe projet : cheffe de projet, délégué du préfet – chaque mois
"""


def test_lines_that_each_open_with_a_body_are_as_many_bodies_with_their_own_rhythm() -> None:
    text = HEAD[: HEAD.index("Les signataires retiennent")] + BODIES + HEAD[HEAD.index("\n3. ORIENTATIONS") :]
    said = [(one.nom, one.reunions_par_an) for one in contract(text).instances]
    assert said == [("Comité de pilotage", 1), ("Équipe projet", 12)]


BY_LINES = """
État : 120 000 € par an, un délégué du préfet
Agglomération : 60 000 € par an, une cheffe de projet
Commune : locaux du centre social
Caf : maintien des prestations
"""


@pytest.mark.parametrize("signe", ["", "- ", "• "])
def test_lines_that_each_open_with_a_party_are_what_each_promises(signe: str) -> None:
    lines = "".join(f"\n{signe}{one}" for one in BY_LINES.strip().splitlines())
    read = contract(f"{HEAD}\n4. CE QUE CHACUN MET{lines}\n")
    assert [(one.nom, len(one.engagements)) for one in read.signataires] == [
        *(("État", 1), ("Agglomération", 1), ("Commune", 1), ("Caf", 1)),
    ]


def test_a_title_does_not_cut_a_number_in_two() -> None:
    assert titre_court("maintient un délégué du préfet et verse 120 000 € par an") == (
        "Maintient un délégué du préfet et verse 120 000 €"
    )


def test_what_follows_a_body_is_said_of_it_until_another_one_opens() -> None:
    said = (
        "Le comité de pilotage se réunit deux fois par an. Il est coprésidé par l’État et l’agglomération.\n"
        "Le comité technique se réunit tous les deux mois.\n"
    )
    text = HEAD[: HEAD.index("Les signataires retiennent")] + said + HEAD[HEAD.index("\n3. ORIENTATIONS") :]
    pilotage, technique = contract(text).instances
    assert [one.nom for one in pilotage.presidence] == ["l’État", "l’agglomération"]
    assert (pilotage.reunions_par_an, technique.presidence) == (2, ())
