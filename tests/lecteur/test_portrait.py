"""What the prose before the orientations holds: figures of the diagnosis, places, lessons of the previous contract."""

import pytest

from tenir.fichier.modeles import ContratDeVille
from tests.lecteur.textes import lire_texte

DOCUMENT = """Contrat de ville fictif d’Ormeval, 2024-2030

PRÉAMBULE

Ce contrat fictif suit celui de 2015-2023, signé le 12 mai 2015. Il tient en 3 axes.

I. LE DIAGNOSTIC

A. La population

Le quartier compte 2 340 habitants (INSEE 2019), contre 2 412 en 2013. Un habitant sur 4 a plus de 65 ans.
Le taux de pauvreté atteint 46,5 % ; il est de 19 à 21 % dans l’agglomération.

B. Les lieux du quartier

1 - Gymnase du Lavoir, salle des fêtes
2 - École Fictive (cantine, préau)

II. LE BILAN DU CONTRAT 2015-2023

Deux réunions ont préparé ce bilan.

o Le centre social a réussi son ouverture le soir.

o L’emploi a progressé. Quelques limites sont apparues : manque de suivi des jeunes, trop peu d’entreprises.

Les halls ont été livrés, mais la voie verte reste inachevée.

III. ORIENTATIONS ET PLAN D’ACTIONS

ORIENTATION 1 : Agir

ACTIONS
- Ouvrir un lieu
"""


@pytest.fixture(scope="module")
def contrat() -> ContratDeVille:
    return lire_texte(DOCUMENT).contrat


def test_figures_of_the_prose_are_read_with_their_unit_and_year(contrat: ContratDeVille) -> None:
    """Neither the years, the dates, the ages, « un sur 4 » nor the count of the axes."""
    read = [(d.imprime, d.unite, d.periode, d.origine) for d in contrat.diagnostic]
    assert read == [
        ("2 340", "habitants", "2019", "insee"),
        ("2 412", None, "2013", None),
        ("46,5 %", "%", None, None),
        ("19 à 21 %", "%", None, None),
    ]


def test_each_figure_has_the_words_of_its_own_clause(contrat: ContratDeVille) -> None:
    assert [d.texte for d in contrat.diagnostic][:3] == [
        "Le quartier compte 2 340 habitants (INSEE 2019)",
        "contre 2 412 en 2013",
        "Le taux de pauvreté atteint 46,5 %",
    ]


def test_places_of_a_legend_are_read_with_their_mark(contrat: ContratDeVille) -> None:
    assert [(lieu.nom, lieu.repere) for lieu in contrat.lieux] == [
        ("Gymnase du Lavoir", "1"), ("salle des fêtes", "1"), ("École Fictive", "2"), ("cantine", "2"), ("préau", "2"),
    ]  # fmt: skip


def test_places_of_a_table_are_read_with_their_kind() -> None:
    table = """Lieu                 Nature                  Adresse
Gymnase du Lavoir    salle omnisports        2, rue du Pré
École Fictive        école, 120 élèves       4, rue du Pré
"""
    legend = DOCUMENT[DOCUMENT.index("1 - Gymnase") : DOCUMENT.index("II. LE BILAN")]
    lieux = lire_texte(DOCUMENT.replace(legend, table + "\n")).contrat.lieux
    assert [(lieu.nom, lieu.nature) for lieu in lieux] == [
        ("Gymnase du Lavoir", "salle omnisports"),
        ("École Fictive", "école"),
    ]


def test_lessons_are_bullets_limits_told_one_by_one_and_the_paragraphs_after(contrat: ContratDeVille) -> None:
    previous = contrat.contrat_precedent
    assert previous is not None
    assert (previous.periode.debut, previous.periode.fin) == (2015, 2023)
    assert [(e.sens, e.texte) for e in previous.enseignements] == [
        ("acquis", "Le centre social a réussi son ouverture le soir."),
        ("acquis", "L’emploi a progressé."),
        ("limite", "manque de suivi des jeunes"),
        ("limite", "trop peu d’entreprises."),
        ("mixte", "Les halls ont été livrés, mais la voie verte reste inachevée."),
    ]


def test_no_lesson_is_read_without_the_years_of_a_previous_contract() -> None:
    assert lire_texte(DOCUMENT.replace("2015-2023", "précédent")).contrat.contrat_precedent is None


def test_the_years_of_the_contract_are_not_those_of_the_one_before(contrat: ContratDeVille) -> None:
    assert (contrat.identite.periode.debut, contrat.identite.periode.fin) == (2024, 2030)


PROMESSES = """CONTRAT DE VILLE FICTIF D’ORMEVAL, 2024-2030

ORIENTATION 1 : Agir

ACTIONS
- Ouvrir un lieu

LES ENGAGEMENTS DES SIGNATAIRES

1. La CAF

La CAF connaît le quartier. Elle a déjà rénové la crèche et agrandi le centre social. Elle s’engage à :
- ouvrir le samedi

2. France Travail

France Travail s’engage à tenir une permanence, à former ses agents et à publier ses résultats.
"""


def test_a_sentence_that_promises_three_things_is_three_commitments() -> None:
    """And one that recalls two achievements is two recalls, wherever it stands."""
    caf, travail = lire_texte(PROMESSES).contrat.signataires
    assert [r.texte for r in caf.rappels] == ["Elle a déjà rénové la crèche", "et agrandi le centre social."]
    assert [e.texte for e in caf.engagements] == ["ouvrir le samedi"]
    assert [e.texte for e in travail.engagements] == [
        "France Travail s’engage à tenir une permanence,",
        "à former ses agents",
        "et à publier ses résultats.",
    ]
