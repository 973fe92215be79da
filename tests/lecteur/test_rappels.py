"""Actions printed apart from what they stand under, which they recall: by title, by number, in a row or a column."""

import pytest

from tests.lecteur.generateur import Piece
from tests.lecteur.test_niveaux import arbre, en_docx, en_texte, objectifs

CADRE = {"Grandir": ["Lire et compter", "Se retrouver ensemble"], "Travailler": ["Apprendre un métier"]}
ACTIONS = ["Le bus des livres", "Le café du lundi", "Le chantier école"]
PLACES = [("1.1", "Lire et compter"), ("1.2", "Se retrouver ensemble"), ("2.1", "Apprendre un métier")]
ATTENDU = {
    "Grandir": {"Lire et compter": ["Le bus des livres"], "Se retrouver ensemble": ["Le café du lundi"]},
    "Travailler": {"Apprendre un métier": ["Le chantier école"]},
}
VISEES = ["ouvrir la salle le soir", "rapprocher les familles"]


def _cadre(haut: str, moyen: str) -> list[Piece]:
    pieces = [Piece("Notre stratégie", niveau=1), Piece("Deux caps pour six ans.")]
    for n, (axe, orientations) in enumerate(CADRE.items(), 1):
        pieces.append(Piece(f"{haut} {n} – {axe}", niveau=2))
        for k, titre in enumerate(orientations, 1):
            pieces.append(Piece(f"{moyen} {n}.{k} – {titre}", niveau=3))
            pieces.append(Piece("Les habitants le demandent. Les signataires se donnent pour objectifs :"))
            pieces += [Piece(f"{visee} ;", puce=0) for visee in VISEES]
    return [*pieces, Piece("Les actions, une à une", niveau=1)]


@pytest.mark.parametrize(
    ("haut", "moyen", "ligne", "dit"),
    [
        ("Ambition", "Enjeu", "Enjeu", "{rang} – {titre}"),
        ("Axe", "Orientation", "Orientation stratégique", "{titre}"),
        ("Pilier", "Thématique", "Thématique", "{rang}"),
        ("Axe", "Objectif stratégique", "Se rattache à", "Objectif stratégique {rang}"),
    ],
)
def test_a_table_a_sheet_recalls_its_parent(haut: str, moyen: str, ligne: str, dit: str) -> None:
    pieces = _cadre(haut, moyen)
    for n, (action, (rang, titre)) in enumerate(zip(ACTIONS, PLACES, strict=True), 1):
        rows = [(f"Fiche action n° {n}", action), (ligne, dit.format(rang=rang, titre=titre)), ("Porteur", "MJC")]
        pieces += [Piece(cellules=row) for row in [*rows, ("Partenaires", "CAF, école")]]
        pieces.append(Piece("* * *"))
    contrat = en_docx(pieces)
    assert arbre(contrat) == ATTENDU
    assert objectifs(contrat) == [f"{visee} ;" for _ in ACTIONS for visee in VISEES]


def test_a_list_recalls_in_a_column() -> None:
    rows = [("Orientation", "Action", "Porteur", "Partenaires")]
    rows += [(f"{rang} {titre}", action, "MJC", "CAF") for action, (rang, titre) in zip(ACTIONS, PLACES, strict=True)]
    assert arbre(en_docx([*_cadre("Axe", "Orientation"), *(Piece(cellules=row) for row in rows)])) == ATTENDU


def test_labels_recall_in_a_plain_text() -> None:
    lines = ["Notre stratégie", "===============", ""]
    for n, (axe, orientations) in enumerate(CADRE.items(), 1):
        lines += [f"Axe {n} - {axe}", "-" * 20, ""]
        for k, titre in enumerate(orientations, 1):
            lines += [f"Orientation {n}.{k} - {titre}", "~" * 30, "Les habitants le demandent depuis longtemps.", ""]
    lines += ["Les actions, une à une", "======================", ""]
    for n, (action, (_rang, titre)) in enumerate(zip(ACTIONS, PLACES, strict=True), 1):
        lines += [f"A{n}. {action}", f"   S'inscrit dans : {titre}", "   Porteur : MJC", "   Avec : CAF", ""]
    assert arbre(en_texte(*lines)) == ATTENDU


def test_a_run_in_title_is_cut_from_its_prose() -> None:
    pieces = [Piece("Ambition 1 – Grandir", niveau=2)]
    for k, titre in enumerate(CADRE["Grandir"], 1):
        pieces.append(Piece(f"Enjeu 1.{k} : {titre}. Les écarts se creusent. Les parties visent plusieurs objectifs :"))
        pieces.append(Piece("ouvrir la salle le soir ;", puce=0))
        pieces += [Piece(cellules=row) for row in (("Intitulé", ACTIONS[k - 1]), ("Porteur", "MJC"), ("Avec", "CAF"))]
    contrat = en_docx(pieces)
    assert arbre(contrat) == {"Grandir": ATTENDU["Grandir"]}
    assert len(objectifs(contrat)) == 2


def test_the_project_of_a_quarter_keeps_what_recalls_a_theme() -> None:
    lines = ["Quartier prioritaire : Les Vignes (QN99901M)", "", "Orientation 1 - Lire et compter", "-" * 20, ""]
    lines += ["  A1  La malle", "      Porteur : MJC", "      Avec : CAF", ""]
    lines += ["PROJET DE QUARTIER : LES VIGNES", "-" * 20, ""]
    for n, action in enumerate(ACTIONS, 1):
        lines += [
            f"  V{n}  {action}",
            "      Se rattache à : Lire et compter",
            "      Porteur : MJC",
            "      Avec : CAF",
            "",
        ]
    contrat = en_texte(*lines)
    assert [o for axe in arbre(contrat).values() for o in axe.values()] == [["La malle"], ACTIONS]
