"""Levels that only a list says, objectives of sheets and columns, names that end items, tables cut by a page."""

from dataclasses import replace

import pytest

from tenir.fichier.modeles import ContratDeVille
from tenir.lecteur.brouillon import lire
from tenir.lecteur.document import LigneLue
from tenir.lecteur.lecture import read_content
from tenir.lecteur.tableaux_coupes import recousus
from tests.lecteur.generateur import Piece, en_word
from tests.lecteur.textes import lire_texte

TETE = (
    Piece("Contrat de ville de Brévanne 2024-2030", niveau=1),
    Piece("Document fictif, écrit pour les essais du lecteur de Tenir, que nul n’a signé."),
)
STRATEGIE = (
    Piece("Priorité 1 : Vivre mieux", niveau=2),
    Piece("Objectif 1.1 – Se soigner près de chez soi", puce=1),
    Piece("Objectif 1.2 – Circuler sans voiture", puce=1),
)


def _fiche(rang: int, titre: str, objectif: str, *autres: tuple[str, str]) -> tuple[Piece, ...]:
    rows = (
        (f"Fiche action n° {rang}", titre),
        ("Objectif", objectif),
        ("Pilote", "CAF"),
        ("Calendrier", "2025"),
        *autres,
    )
    return (*(Piece(cellules=row) for row in rows), Piece("Voir aussi les annexes."))


def _lu(*pieces: Piece) -> ContratDeVille:
    return lire(read_content(en_word((*TETE, *pieces), reel=True))).contrat


def test_a_list_gives_the_levels_that_sheets_recall_and_nothing_else_prints() -> None:
    contrat = _lu(
        Piece("Notre stratégie", niveau=1),
        *STRATEGIE,
        Piece("Fiches actions", niveau=1),
        *_fiche(1, "Ouvrir une maison de la prévention", "1.1 – Se soigner près de chez soi"),
        *_fiche(2, "Prêter des bicyclettes", "1.2 – Circuler sans voiture"),
        *_fiche(3, "Tracer une piste cyclable", "1.2 – Circuler sans voiture"),
    )
    assert [axe.titre_imprime for axe in contrat.axes] == ["Vivre mieux"]
    assert {o.titre_imprime: len(o.actions) for o in contrat.orientations} == {
        "Se soigner près de chez soi": 1,
        "Circuler sans voiture": 2,
    }
    assert not any(o.objectifs for o in contrat.orientations)


def test_the_objective_of_a_sheet_that_names_no_heading_is_one_of_its_orientation() -> None:
    contrat = _lu(
        Piece("Orientation 1 : Se soigner près de chez soi", niveau=2),
        *_fiche(1, "Ouvrir une maison de la prévention", "Suivre deux cents patients"),
        *_fiche(2, "Former des médiateurs", "Accompagner les personnes isolées"),
    )
    objectifs = contrat.orientations[0].objectifs
    assert [o.texte for o in objectifs] == ["Suivre deux cents patients", "Accompagner les personnes isolées"]
    assert [o.sous_theme for o in objectifs] == ["Ouvrir une maison de la prévention", "Former des médiateurs"]


ACTIONS = ("Ouvrir une maison de la prévention", "Prêter des bicyclettes")


@pytest.mark.parametrize(
    "rows",
    [
        (
            ("Objectif opérationnel", "Action", "Pilote", "Échéance"),
            ("Faciliter les soins", ACTIONS[0], "CAF", "2025"),
            ("Déplacer autrement", ACTIONS[1], "Région", "2026"),
        ),
        (
            ("Action", "Pilote", "Échéance"),
            ("Objectif opérationnel : Faciliter les soins", "", ""),
            (ACTIONS[0], "CAF", "2025"),
            ("Objectif opérationnel : Déplacer autrement", "", ""),
            (ACTIONS[1], "Région", "2026"),
        ),
        (
            ("Action", "Pilote", "Échéance"),
            ("Objectif opérationnel : Faciliter", "les soins", ""),
            (ACTIONS[0], "CAF", "2025"),
            ("Objectif opérationnel : Déplacer", "autrement", ""),
            (ACTIONS[1], "Région", "2026"),
        ),
    ],
    ids=["colonne", "bandeau", "bandeau coupé"],
)
def test_the_objective_of_a_column_or_of_a_row_across_is_read(rows: tuple[tuple[str, ...], ...]) -> None:
    table = (Piece(cellules=row) for row in rows)
    orientation = _lu(Piece("Orientation 1 : Vivre mieux", niveau=2), *table).orientations[0]
    assert [o.texte for o in orientation.objectifs] == ["Faciliter les soins", "Déplacer autrement"]
    assert [(a.titre_imprime or a.texte, a.pilotes[0].nom) for a in orientation.actions] == [
        (ACTIONS[0], "CAF"),
        (ACTIONS[1], "Région"),
    ]


LISTES = {
    "après un tiret": "{} – {}",
    "entre parenthèses": "{} ({})",
    "sans deux-points": "{} (pilote : {} – avec Département)",
}


@pytest.mark.parametrize("forme", LISTES.values(), ids=list(LISTES))
def test_who_carries_is_read_at_the_end_of_items_that_end_alike(forme: str) -> None:
    carried = ((ACTIONS[0], "CAF"), (ACTIONS[1], "Régie de quartier"), ("Fleurir les balcons", "Association Pétales"))
    bullets = (Piece(forme.format(*each), puce=1) for each in carried)
    contrat = _lu(Piece("Orientation 1 : Vivre mieux", niveau=2), Piece("Actions", niveau=3), *bullets)
    actions = contrat.orientations[0].actions
    assert [(a.titre_imprime, [p.nom for p in a.pilotes]) for a in actions] == [(t, [p]) for t, p in carried]


def test_items_that_end_with_no_body_are_left_whole() -> None:
    ends = ("Paris – Lyon", "Montagnes et vallées – Été", "Lire – Écrire")
    bullets = (Piece(f"Monter le spectacle {end}", puce=1) for end in ends)
    contrat = _lu(Piece("Orientation 1 : Vivre mieux", niveau=2), Piece("Actions", niveau=3), *bullets)
    assert [a.texte for a in contrat.orientations[0].actions] == [f"Monter le spectacle {end}" for end in ends]
    assert not any(a.pilotes for a in contrat.orientations[0].actions)


def test_labels_closed_by_a_full_stop_are_labels_where_they_come_back() -> None:
    contrat = lire_texte(
        "CONTRAT DE VILLE DE BRÉVANNE 2024-2030\n\nDocument fictif.\n\n"
        + "".join(
            f"Orientation {rang}-1. {titre}\n\nObjectifs. Faciliter {quoi} ; prévenir {mal}.\n\n"
            f"Actions :\n- {action} (pilote : CAF)\n- Former des {relais} (pilote : Région)\n\n"
            for rang, titre, quoi, mal, action, relais in (
                (1, "Se soigner près de chez soi", "les soins", "les chutes", ACTIONS[0], "relais"),
                (2, "Circuler sans voiture", "les trajets", "les accidents", ACTIONS[1], "guides"),
            )
        )
    ).contrat
    assert [o.titre_imprime for o in contrat.orientations] == ["Se soigner près de chez soi", "Circuler sans voiture"]
    assert [[b.texte for b in o.objectifs] for o in contrat.orientations] == [
        ["Faciliter les soins", "prévenir les chutes"],
        ["Faciliter les trajets", "prévenir les accidents"],
    ]


def _cell(numero: int, texte: str, page: int, *tableau: int) -> LigneLue:
    return LigneLue(numero, texte, page, tableau=(tableau[0], tableau[1], tableau[2]))


CUT = [
    _cell(1, "Action", 1, 1, 1, 1),
    _cell(2, "Pilote", 1, 1, 1, 2),
    _cell(3, "Échéance", 1, 1, 1, 3),
    _cell(4, "Éclairer les", 1, 1, 2, 1),
    _cell(5, "CAF", 1, 1, 2, 2),
    _cell(6, "chemins", 2, 2, 1, 1),
    _cell(7, "Planter", 2, 2, 2, 1),
    _cell(8, "Région", 2, 2, 2, 2),
]


def test_a_table_that_a_page_cuts_goes_on_with_its_rows() -> None:
    places = [ligne.tableau for ligne in recousus(CUT)]
    assert places[5:] == [(1, 2, 1), (1, 3, 1), (1, 3, 2)]


PAIRES = [
    _cell(1, "L’État", 1, 1, 1, 1),
    _cell(2, "Maintenir deux", 1, 1, 1, 2),
    _cell(3, "postes", 2, 2, 1, 2),
    _cell(4, "La Région", 2, 2, 2, 1),
    _cell(5, "Ouvrir un atelier", 2, 2, 2, 2),
]


def test_a_table_of_names_goes_on_where_the_page_opens_with_what_is_said_of_one() -> None:
    assert [ligne.tableau for ligne in recousus(PAIRES)][2:] == [(1, 1, 2), (1, 2, 1), (1, 2, 2)]
    whole = [PAIRES[0], PAIRES[1], *PAIRES[3:]]
    renumbered = [replace(ligne, numero=rank) for rank, ligne in enumerate(whole, 1)]
    assert recousus(renumbered) == renumbered


def test_two_tables_of_one_page_stay_apart() -> None:
    lines = [replace(ligne, page=1) for ligne in CUT]
    assert recousus(lines) == lines


@pytest.mark.parametrize(
    "titre", ["Ce que font les signataires", "Chacun à l’œuvre"], ids=["mot inconnu", "titre inconnu"]
)
def test_paragraphs_that_say_what_bodies_do_are_their_promises(titre: str) -> None:
    contrat = _lu(
        Piece("Orientation 1 : Vivre mieux", niveau=2),
        *_fiche(1, ACTIONS[0], "Suivre deux cents patients"),
        Piece(titre, niveau=1),
        Piece("L’État maintient deux postes de médiateurs."),
        Piece("La Région ouvre vingt places de formation."),
        Piece("Le Département finance la maison de la prévention."),
    )
    promised = {s.nom: [e.texte for e in s.engagements] for s in contrat.signataires}
    assert len(promised) == 3
    assert ["ouvre vingt places de formation"] in promised.values()


def test_a_sheet_that_lists_actions_is_that_of_its_theme() -> None:
    rows = (("Objectifs visés", "Soigner"), ("Pilotes", "CAF"), ("Indicateurs", "Nombre de visites"))
    contrat = _lu(
        Piece("Axe 1 : Vivre mieux", niveau=2),
        Piece("Thème 1.1 : Se soigner", niveau=3),
        Piece(cellules=("Actions programmées", f"- {ACTIONS[0]}\n- {ACTIONS[1]}")),
        *(Piece(cellules=row) for row in rows),
        Piece("Thème 1.2 : Circuler", niveau=3),
        Piece(cellules=("Actions programmées", "- Tracer une piste\n- Ouvrir un atelier de vélos")),
        *(Piece(cellules=row) for row in rows),
    )
    assert [axe.titre_imprime for axe in contrat.axes] == ["Vivre mieux"]
    assert [o.titre_imprime for o in contrat.orientations] == ["Se soigner", "Circuler"]
    assert [len(o.actions) for o in contrat.orientations] == [2, 2]
