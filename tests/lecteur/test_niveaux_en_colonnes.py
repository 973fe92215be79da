"""What no heading says: levels in merged cells, labels that dots lead from, columns known by what stands under them."""

from tenir.fichier.modeles import ContratDeVille
from tenir.lecteur.brouillon import lire
from tenir.lecteur.noms import noms_masques
from tenir.lecteur.texte import read_text

FUSIONNE = """CONTRAT DE VILLE FICTIF DE VALBERGE 2024-2030

Programme d’actions

Thème\tFamille\tIntitulé du projet\tQui porte\tAvec
Apprendre\tLire\tLire le soir\tCCAS\tCAF
\t\tPrêter des livres\tFrance Travail\tCAF
\tCompter\tCompter le matin\tCCAS\tCAF
Circuler\tRouler\tPrêter des vélos\tCroix-Rouge\tCAF
"""
CONDUITE = """CONTRAT DE VILLE FICTIF DE VALBERGE 2024-2030

I. APPRENDRE

Opération I.1 : Lire le soir
Conduite par .......... CCAS
Concours .............. CAF
Aides demandées ....... État 5 000 €

Opération I.2 : Compter le matin
Conduite par .......... France Travail
Concours .............. CAF
Aides demandées ....... Région 7 000 €

II. CIRCULER

Opération II.1 : Prêter des vélos
Conduite par .......... Croix-Rouge
Concours .............. CAF
Aides demandées ....... Département 9 000 €

Opération II.2 : Tracer une piste
Conduite par .......... CCAS
Concours .............. CAF
Aides demandées ....... État 2 000 €
"""
DEVINE = """CONTRAT DE VILLE FICTIF DE VALBERGE 2024-2030

Priorité 1. Apprendre

Ce qui sera fait|Par|Avec le soutien de|Quand
Lire le soir|CCAS|CAF|2025
Compter le matin|France Travail|CAF|2026

Priorité 2. Circuler

Ce qui sera fait|Par|Avec le soutien de|Quand
Prêter des vélos|Croix-Rouge|CAF|2025
Tracer une piste|CCAS|CAF|2026
"""


def _read(text: str) -> ContratDeVille:
    return lire(read_text(text.encode())).contrat


def _carried(contrat: ContratDeVille) -> list[tuple[str, str]]:
    return [(a.titre, a.pilotes[0].nom) for o in contrat.orientations for a in o.actions]


def test_cells_merged_over_rows_are_the_axes_and_the_orientations_of_the_only_table() -> None:
    contrat = _read(FUSIONNE)
    assert [(axe.titre_imprime, [o.titre_imprime for o in axe.orientations]) for axe in contrat.axes] == [
        ("Apprendre", ["Lire", "Compter"]),
        ("Circuler", ["Rouler"]),
    ]
    assert [a.titre for a in contrat.axes[0].orientations[0].actions] == ["Lire le soir", "Prêter des livres"]


def test_dots_lead_from_a_label_as_a_colon_does() -> None:
    contrat = _read(CONDUITE)
    assert _carried(contrat) == [
        ("Lire le soir", "CCAS"),
        ("Compter le matin", "France Travail"),
        ("Prêter des vélos", "Croix-Rouge"),
        ("Tracer une piste", "CCAS"),
    ]
    paid = [line.financeur for o in contrat.orientations for line in o.credits]
    assert paid == ["État", "Région", "Département", "État"]


def test_columns_under_unknown_heads_are_told_by_what_stands_in_them() -> None:
    assert _carried(_read(DEVINE)) == [
        ("Lire le soir", "CCAS"),
        ("Compter le matin", "France Travail"),
        ("Prêter des vélos", "Croix-Rouge"),
        ("Tracer une piste", "CCAS"),
    ]


def test_a_first_name_before_a_territory_names_nobody() -> None:
    assert noms_masques(read_text("Alban Communauté prolonge la navette.\n".encode())) == ()
    assert noms_masques(read_text(b"Alban Feintise prolonge la navette.\n")) != ()
