"""Tables and columns that a text file only shows by its blanks and its signs are read as those of a Word file."""

from functools import cache

import pytest

from tenir.fichier.modeles import ContratDeVille
from tenir.lecteur.lecture import read_content
from tenir.lecteur.lignes import Texte
from tenir.lecteur.texte import COLONNES, TABLEAUX, read_text
from tests.lecteur.textes import lire_texte

ACTIONS = (
    ("N°", "Action", "Pilote", "Partenaires", "Indicateur", "Départ 2023", "Cible 2030"),
    ("1.1", "Un car du matin", "France Travail", "CAF ; CCAS", "Trajets effectués", "12", "80"),
    ("1.2", "Le café des parents", "CCAS", "", "Parents venus trois fois", "35 %", "60 %"),
    ("1.3", "Une halte-garderie", "CAF", "Département", "", "", ""),
)
PROMESSES = (
    ("Signataire", "Représenté par", "S’engage à"),
    ("CAF", "Mme Ada Fictive, directrice", "garder les enfants le soir ; publier ses horaires"),
    ("France Travail", "M. Ben Fictif, directeur", "recevoir chaque mardi dans le quartier"),
)
INSTANCES = (
    ("Instance", "Présidence", "Rythme"),
    ("Comité de pilotage", "Préfet", "deux fois par an"),
    ("Comité technique", "CCAS", "tous les mois"),
)
CHIFFRES = (
    ("", "Les Ormes", "Agglomération"),
    ("Taux de pauvreté", "43,1 %", "15,2 %"),
    ("Nombre d’habitants", "2 310", "61 300"),
)
QUARTIERS = (("Code", "Quartier", "Commune", "Code INSEE"), ("QN99801M", "Les Ormes", "Fictive-sur-Aire", "99801"))
Table = tuple[tuple[str, ...], ...]


def by_tabs(table: Table) -> str:
    return "\n".join("\t".join(row) for row in table)


def by_bars(table: Table) -> str:
    rule = "|" + "|".join("---" for _ in table[0]) + "|"
    rows = [f"| {' | '.join(row)} |" for row in table]
    return "\n".join([rows[0], rule, *rows[1:]])


def by_frames(table: Table) -> str:
    widths = [max(len(row[k]) for row in table) for k in range(len(table[0]))]
    rule = "+" + "+".join("-" * (width + 2) for width in widths) + "+"
    rows = ["|" + "|".join(f" {cell:{w}} " for cell, w in zip(row, widths, strict=True)) + "|" for row in table]
    return "\n".join([rule, rows[0], rule, *rows[1:], rule])


def by_spaces(table: Table) -> str:
    widths = [max(len(row[k]) for row in table) for k in range(len(table[0]))]
    return "\n".join("   ".join(f"{c:{w}}" for c, w in zip(row, widths, strict=True)).rstrip() for row in table)


LAYOUTS = {"tabulations": by_tabs, "bars": by_bars, "frames": by_frames}


def contract(layout: str) -> str:
    made = LAYOUTS[layout]
    return f"""Contrat de ville de Fictive 2024-2030

1. Le territoire
{made(QUARTIERS)}

2. Les chiffres
{made(CHIFFRES)}

3. La gouvernance
{made(INSTANCES)}

4. Le programme
Priorité 1 : Aller au travail
{made(ACTIONS)}

5. Les engagements des signataires
{made(PROMESSES)}
"""


@cache
def read(layout: str) -> ContratDeVille:
    return lire_texte(contract(layout)).contrat


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_row_of_a_list_of_actions_is_one(layout: str) -> None:
    (orientation,) = read(layout).orientations
    assert [a.titre_imprime or a.texte for a in orientation.actions] == [row[1] for row in ACTIONS[1:]]
    assert [[p.nom for p in a.pilotes] for a in orientation.actions] == [["France Travail"], ["CCAS"], ["CAF"]]
    assert [[p.nom for p in a.partenaires] for a in orientation.actions] == [["CAF", "CCAS"], [], ["Département"]]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_values_beside_an_indicator_are_its_own(layout: str) -> None:
    found = [(i.libelle, i.depart, i.cible) for i in read(layout).indicateurs]
    assert found == [
        ("Trajets effectués", "12 en 2023", "80 en 2030"),
        ("Parents venus trois fois", "35 % en 2023", "60 % en 2030"),
    ]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_promise_of_a_cell_is_one_of_its_signatory(layout: str) -> None:
    assert {s.nom: [e.texte for e in s.engagements] for s in read(layout).signataires} == {
        "CAF": ["garder les enfants le soir", "publier ses horaires"],
        "France Travail": ["recevoir chaque mardi dans le quartier"],
    }


@pytest.mark.parametrize("layout", LAYOUTS)
def test_bodies_figures_and_quarters_keep_their_rows(layout: str) -> None:
    contrat = read(layout)
    assert [(i.nom, i.frequence) for i in contrat.instances] == [
        ("Comité de pilotage", "deux fois par an"),
        ("Comité technique", "tous les mois"),
    ]
    assert {(d.libelle, d.perimetre, float(d.valeur or 0)) for d in contrat.diagnostic} == {
        ("Taux de pauvreté", "Les Ormes", 43.1),
        ("Taux de pauvreté", "Agglomération", 15.2),
        ("Nombre d’habitants", "Les Ormes", 2310),
        ("Nombre d’habitants", "Agglomération", 61300),
    }
    assert [(q.code, q.nom) for q in contrat.identite.quartiers] == [("QN99801M", "Les Ormes")]


def test_columns_that_only_spaces_hold_are_read_under_known_heads() -> None:
    text = contract("tabulations").replace(by_tabs(ACTIONS), by_spaces(ACTIONS))
    (orientation,) = lire_texte(text).contrat.orientations
    assert [a.titre_imprime or a.texte for a in orientation.actions] == [row[1] for row in ACTIONS[1:]]
    assert [[p.nom for p in a.pilotes] for a in orientation.actions] == [["France Travail"], ["CCAS"], ["CAF"]]


def test_a_text_read_again_says_the_same() -> None:
    first = read_content(contract("tabulations").encode())
    assert read_content(first.texte.encode()).texte == first.texte
    assert first.remarques == (TABLEAUX,)


@pytest.mark.parametrize(
    "text",
    [
        "•\tFaire\n•\tDéfaire\n",
        "1.\tFaire\n2.\tDéfaire\n",
        "Préambule\t3\nOrientation\t5\nAnnexe\t12\n",
        "Pilote\tCCAS\nPartenaires\tCAF\n",
        "Porteur | CCAS\n\nItinéraire A1 | Agir\n",
        "Une ligne\tseule\n",
        "Mot   et   autre   chose\nEncore   des   mots   ici\n",
    ],
)
def test_what_only_looks_like_a_table_is_none(text: str) -> None:
    assert all(ligne.tableau is None for ligne in read_text(text.encode()).lignes)


def test_a_bullet_that_a_tabulation_parts_from_its_words_keeps_them() -> None:
    assert [ligne.texte for ligne in read_text(b"-\tFaire\n-\tRefaire\n").lignes] == ["- Faire", "- Refaire"]


LEFT = """ENJEU 1 : APPRENDRE
Ce que nous visons, dans ce quartier comme
ailleurs, est que chaque enfant sache lire
avant la fin de sa première année, et que les
parents sachent où demander de l’aide.

Actions
1.1 Un atelier du soir
    Pilote : CCAS
    Partenaires : CAF, association Cap vers
    demain, Éducation nationale
1.2 Un orchestre""".splitlines()
RIGHT = """    Pilote : Conservatoire

ENJEU 2 : TRAVAILLER
Le nombre des habitants sans emploi est trop
élevé : il faut que les employeurs viennent à
eux, une fois par mois.

Actions
2.1 Une tournée des employeurs qui
    recrutent près de la ville
    Pilote : France Travail
    Partenaires : CAF""".splitlines()


def side_by_side(left: list[str], right: list[str], gap: int = 4) -> str:
    return "\n".join(f"{a:{46 + gap}}{b}".rstrip() for a, b in zip(left, right, strict=True))


def test_the_right_column_follows_the_left_one() -> None:
    document = read_text(f"Contrat de ville\n\n{side_by_side(LEFT, RIGHT)}\n".encode())
    assert [ligne.texte for ligne in document.lignes[2:]] == [*LEFT, *RIGHT]
    assert document.remarques == (COLONNES,)


def test_actions_cross_from_one_column_to_the_other() -> None:
    orientations = lire_texte(f"Contrat de ville\n\n{side_by_side(LEFT, RIGHT)}\n").contrat.orientations
    assert [[p.nom for a in o.actions for p in a.pilotes] for o in orientations] == [
        ["CCAS", "Conservatoire"],
        ["France Travail"],
    ]


def test_rows_of_two_cells_are_no_columns() -> None:
    left = [f"Un organisme du quartier n° {n}" for n in range(12)]
    right = ["promet de tenir toute sa part du"] * 12
    document = read_text(side_by_side(left, right).encode())
    assert len(document.lignes) == 12


CODEES = """Contrat de ville de Fictive 2024-2030

1. Le cadre
Trois signataires s’engagent : l’État, Fictive Agglomération, Toit Fictif (société d’habitations).

2. Le programme
Priorité 1 : Aller au travail
Actions
- Ouvrir un guichet
- Former des jeunes

3. Les engagements des signataires
E1. L’État verse 10 000 euros par an.
E2. L’État nomme un délégué à plein temps.
E3. Fictive Agglomération paie la cheffe de projet.
E4. Toit Fictif répond en huit jours.
"""


def test_coded_sentences_promise_for_the_parties_that_a_sentence_names() -> None:
    signataires = lire_texte(CODEES).contrat.signataires
    assert [(s.nom, len(s.engagements)) for s in signataires] == [
        ("l’État", 2),
        ("Fictive Agglomération", 1),
        ("Toit Fictif", 1),
    ]


SANS_FOLIOS = """Contrat de ville de Fictive 2024-2030

Sommaire
Première partie. Le programme
Deuxième partie. Ce que promet chacun
Annexe 1. Les sigles

Première partie. Le programme
Orientation 1 : Aller au travail
Actions
- Ouvrir un guichet

Deuxième partie. Ce que promet chacun
L’État s’engage à nommer un délégué.

Annexe 1. Les sigles
CAF.
"""


def test_a_table_of_contents_without_page_numbers_opens_nothing() -> None:
    texte = Texte(read_content(SANS_FOLIOS.encode()))
    assert texte.sommaire == {3, 4, 5, 6}
    assert len(lire_texte(SANS_FOLIOS).contrat.orientations) == 1


def test_a_title_of_the_contents_printed_otherwise_below_does_not_end_it() -> None:
    changed = SANS_FOLIOS.replace(
        "Deuxième partie. Ce que promet chacun\nAnnexe", "Deuxième partie. Promesses\nAnnexe", 1
    )
    changed += "\nAnnexe 2. Le plan\nRien.\n"
    listed = changed.replace("Annexe 1. Les sigles\n", "Annexe 1. Les sigles\nAnnexe 2. Le plan\n", 1)
    assert Texte(read_content(listed.encode())).sommaire == {3, 4, 5, 6, 7}


def test_names_beside_their_promises_need_no_head() -> None:
    bare = (("CAF", "garder les enfants le soir ; publier ses horaires"), ("France Travail", "recevoir le mardi"))
    text = contract("tabulations").replace(by_tabs(PROMESSES), by_tabs(bare))
    assert [(s.nom, len(s.engagements)) for s in lire_texte(text).contrat.signataires] == [
        ("CAF", 2),
        ("France Travail", 1),
    ]


def test_two_tables_that_follow_one_another_stay_two() -> None:
    document = read_text(f"{by_tabs(ACTIONS)}\n{by_tabs(INSTANCES)}\n".encode())
    assert {ligne.tableau[0] for ligne in document.lignes if ligne.tableau} == {1, 2}
