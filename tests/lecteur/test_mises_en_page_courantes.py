"""What common contracts print and the thirteenth sample missed: each mechanism, with words of its own."""

import pytest

from tenir.fichier.modeles import ContratDeVille
from tenir.lecteur.brouillon import lire
from tenir.lecteur.gabarit import Gabarit, RegleDeForme
from tenir.lecteur.lecture import read_content
from tenir.lecteur.noms import noms_masques
from tenir.lecteur.structure.roles import Role
from tests.lecteur.generateur import Piece, en_word
from tests.lecteur.textes import lire_texte

TETE = (
    Piece("Contrat de ville de Brévanne 2024-2030", niveau=1),
    Piece("Document fictif, écrit pour les essais du lecteur de Tenir, que nul n’a signé."),
)


def _lu(*pieces: Piece) -> ContratDeVille:
    return lire(read_content(en_word((*TETE, *pieces), reel=True))).contrat


def _fiche(titre: str, objectif: str) -> tuple[Piece, ...]:
    rows = (("Objectif stratégique", objectif), ("Porteur", "CAF"), ("Calendrier", "2025"))
    return (Piece(f"Fiche action n° {titre}", niveau=2), *(Piece(cellules=row) for row in rows), Piece("Suite."))


def test_a_sheet_whose_heading_gives_its_title_is_placed_by_what_its_table_recalls() -> None:
    contrat = _lu(
        Piece("Notre stratégie", niveau=1),
        Piece("Axe 1 – Mieux se soigner", niveau=2),
        Piece("Objectif stratégique 1.1 : Prévenir les maladies", niveau=3),
        Piece("Objectifs opérationnels :"),
        Piece("Dépister plus tôt les caries", puce=1),
        Piece("Objectif stratégique 1.2 : Circuler sans voiture", niveau=3),
        Piece("Annexe – Les fiches-actions", niveau=1),
        *_fiche("1 : Le bus dentaire", "1.1 Prévenir les maladies"),
        *_fiche("2 : Les vélos prêtés", "1.2 Circuler sans voiture"),
        *_fiche("3 : La piste des bois", "1.2 Circuler sans voiture"),
    )
    placed = {o.titre_imprime: [a.titre_imprime or a.titre for a in o.actions] for o in contrat.orientations}
    assert placed == {
        "Prévenir les maladies": ["Le bus dentaire"],
        "Circuler sans voiture": ["Les vélos prêtés", "La piste des bois"],
    }
    assert [b.texte for b in contrat.orientations[0].objectifs] == ["Dépister plus tôt les caries"]
    assert [axe.titre_imprime for axe in contrat.axes if axe.source] == ["Mieux se soigner"]


@pytest.mark.parametrize(("mot", "axes"), [("Défi", True), ("Volet", True), ("Enjeu", False)])
def test_a_word_that_divides_the_whole_is_an_axis_above_objectives_that_hold_actions(mot: str, axes: bool) -> None:
    contrat = _lu(
        *(
            piece
            for rang, (titre, objectif) in enumerate(
                (("Se loger", "Réparer les halls"), ("Se déplacer", "Prêter des bicyclettes")), 1
            )
            for piece in (
                Piece(f"{mot} {rang} : {titre}", niveau=2),
                Piece(f"Objectif opérationnel {rang}.1 : {objectif}", niveau=3),
                Piece("Actions :"),
                Piece(f"Atelier du {rang}er samedi (pilote : CAF ; partenaires : CCAS, MSA)", puce=1),
                Piece(f"Atelier du {rang + 4}e jeudi (pilote : CCAS ; partenaires : CAF)", puce=1),
            )
        )
    )
    titles = [o.titre_imprime for o in contrat.orientations]
    assert titles == (["Réparer les halls", "Prêter des bicyclettes"] if axes else ["Se loger", "Se déplacer"])
    assert bool([a for a in contrat.axes if a.source]) is axes


def test_each_bullet_of_a_cell_of_actions_is_one_and_the_row_speaks_for_all() -> None:
    heads = ("Objectifs opérationnels", "Actions", "Porteur", "Partenaires", "Indicateurs")
    rows = (
        ("Soigner", "• Bus dentaire\n• Points d’eau", "CAF", "CCAS", "Nombre de soins"),
        ("Circuler", "• Prêt de bicyclettes", "CCAS", "CAF", "Nombre de prêts"),
    )
    contrat = _lu(Piece("Orientation 1 : Vivre", niveau=2), *(Piece(cellules=row) for row in (heads, *rows)))
    actions = contrat.orientations[0].actions
    assert [a.titre_imprime or a.titre for a in actions] == ["Bus dentaire", "Points d’eau", "Prêt de bicyclettes"]
    assert [[p.nom for p in a.pilotes] for a in actions] == [["CAF"], ["CAF"], ["CCAS"]]
    assert [i.libelle for i in contrat.indicateurs] == ["Nombre de soins", "Nombre de prêts"]


SIGNE = """CONTRAT DE VILLE FICTIF DE BRÉVANNE 2024-2030

Orientation 1 : Apprendre

Actions
- Ouvrir une étude
- Tenir une permanence

Engagements des signataires

L’État
- Maintenir deux postes
La Ville de Brévanne
- Rénover l’école
Brévanne Agglomération
- Prolonger la ligne 3

{signature}
"""


@pytest.mark.parametrize("lieu", ["Fait à Brévanne, le 3 mars 2024", "À Brévanne, le 3 mars 2024"])
def test_names_side_by_side_under_their_functions_are_hidden(lieu: str) -> None:
    lines = (lieu, "La préfète du Val Le maire de Brévanne", "Xulie Ancelorme Yorick Bertelande", "Le directeur de")
    read = read_content(SIGNE.format(signature="\n".join((*lines, "Brévanne Habitat"))).encode())
    hidden = {n for plage in noms_masques(read) for n in range(plage.debut, plage.fin + 1)}
    assert {line.texte for line in read.lignes if line.numero in hidden} == {"Xulie Ancelorme Yorick Bertelande"}


def test_a_body_whose_acronym_is_a_first_name_is_no_person() -> None:
    read = read_content(SIGNE.format(signature="Avec l’appui de l’ALEC du Val et de la CCI.").encode())
    assert not noms_masques(read)


def test_who_signs_for_a_body_is_no_signatory_beside_it() -> None:
    rows = (("Le préfet du Val\nXulie ANCELORME", "La maire de Brévanne\nZoé BERTELANDE"),)
    names = ("L’État", "La Ville de Brévanne", "Brévanne Agglomération")
    contrat = _lu(
        Piece("Orientation 1 : Apprendre", niveau=2),
        Piece("Actions :"),
        Piece("Ouvrir une étude", puce=1),
        Piece("Tenir une permanence", puce=1),
        Piece("Les engagements des signataires", niveau=1),
        *(piece for nom in names for piece in (Piece(nom, niveau=2), Piece("Maintenir deux postes", puce=1))),
        Piece("Signatures", niveau=1),
        *(Piece(cellules=row) for row in rows),
    )
    assert [s.nom for s in contrat.signataires] == list(names)


def test_the_only_agglomeration_is_whom_its_part_speaks_of() -> None:
    contrat = _lu(
        Piece("Orientation 1 : Apprendre", niveau=2),
        *(
            Piece(cellules=row)
            for row in (("Action", "Pilote"), ("Ouvrir une étude", "CAF"), ("Prêter un vélo", "CCAS"))
        ),
        Piece("Les engagements des signataires", niveau=1),
        Piece("État", niveau=2),
        Piece("L’État maintient deux postes."),
        Piece("Communauté d’agglomération du Val de Brévanne", niveau=2),
        Piece("L’agglomération finance une étude. Elle prolonge la ligne 3."),
        Piece("Brévanne Habitat", niveau=2),
        Piece("Brévanne Habitat répare les halls."),
    )
    promised = {s.nom: [(e.texte or "").strip(" .") for e in s.engagements] for s in contrat.signataires}
    assert promised["Communauté d’agglomération du Val de Brévanne"] == ["finance une étude", "prolonge la ligne 3"]


CHIFFRES = """CONTRAT DE VILLE FICTIF DE BRÉVANNE 2024-2030

1. Diagnostic

Le dernier bus part à 19 h 40 et le guichet ouvre avant 8 heures. Le taux de chômage atteint 23 %.

2. Projet

Orientation 1 : Apprendre

Actions
- Ouvrir une étude
- Tenir une permanence
"""


def test_a_time_of_the_day_measures_nothing() -> None:
    assert [d.valeur for d in lire_texte(CHIFFRES).contrat.diagnostic] == [23]


def test_titles_with_their_rank_are_no_figures_and_a_year_is_no_label() -> None:
    suite = (
        Piece("Diagnostic", niveau=1),
        *(
            Piece(cellules=row)
            for row in (("Défi", "Objectifs"), ("Soins", "1.1 Mieux soigner"), ("Air", "2.1 Mieux respirer"))
        ),
        Piece("Les chiffres suivent."),
        *(Piece(cellules=row) for row in (("Année", "Élèves"), ("2021", "140"), ("2022", "152"))),
        Piece("Orientation 1 : Apprendre", niveau=1),
        Piece("Actions :"),
        Piece("Ouvrir une étude", puce=1),
        Piece("Tenir une permanence", puce=1),
    )
    told = [(d.libelle, d.valeur, d.periode) for d in _lu(*suite).diagnostic]
    assert told == [("Élèves", 140, "2021"), ("Élèves", 152, "2022")]


def test_a_common_word_names_no_quarter_and_an_acronym_no_commune() -> None:
    contrat = lire_texte(
        """CONTRAT DE VILLE FICTIF DE BRÉVANNE 2024-2030

Le quartier Le Port (QN99799M) se trouve à Brévanne. Une formation commune des ATSEM y est prévue.

Orientation 1 : Apprendre

Actions
- L’école des métiers du port (pilote : CAF)
- Un incubateur au Port (pilote : CCAS)
"""
    ).contrat
    assert [list(a.quartiers) for a in contrat.orientations[0].actions] == [[], ["Le Port"]]
    assert "Les ATSEM" not in [c.nom for c in contrat.identite.communes]


ENJEUX = tuple(
    piece
    for rang, (titre, objectif) in enumerate((("Se loger", "Réparer les halls"), ("Bouger", "Prêter des vélos")), 1)
    for piece in (
        Piece(f"Enjeu {rang} : {titre}", niveau=2),
        *(
            Piece(cellules=row)
            for row in (
                ("Objectif opérationnel", "Action", "Porteur"),
                (objectif, f"Atelier du {rang}er samedi", "CAF"),
                (f"{objectif} encore", f"Atelier du {rang + 4}e jeudi", "CCAS"),
            )
        ),
        Piece("Suite."),
    )
)


@pytest.mark.parametrize(
    "gabarit",
    [
        Gabarit(colonnes={"Objectif opérationnel": "orientation"}),
        Gabarit(roles=(RegleDeForme(forme="mot:enjeu", role=Role.AXE),)),
    ],
    ids=["la colonne est une orientation", "l’enjeu est un axe"],
)
def test_one_example_on_either_level_moves_both(gabarit: Gabarit) -> None:
    contrat = lire(read_content(en_word((*TETE, *ENJEUX), reel=True)), gabarit).contrat
    assert [a.titre_imprime for a in contrat.axes if a.source] == ["Se loger", "Bouger"]
    assert [(o.titre_imprime, len(o.actions)) for o in contrat.orientations] == [
        ("Réparer les halls", 1),
        ("Réparer les halls encore", 1),
        ("Prêter des vélos", 1),
        ("Prêter des vélos encore", 1),
    ]


def test_orientations_said_to_be_axes_leave_their_place_to_the_objectives_below() -> None:
    pieces = tuple(
        piece
        for rang, titre in enumerate(("Se loger", "Bouger"), 1)
        for piece in (
            Piece(f"Enjeu {rang} : {titre}", niveau=2),
            Piece(f"Objectif opérationnel {rang}.1 : {titre} mieux", niveau=3),
            Piece("Actions :"),
            Piece(f"Atelier du {rang}er samedi (pilote : CAF ; partenaires : CCAS, MSA)", puce=1),
            Piece(f"Atelier du {rang + 4}e jeudi (pilote : CCAS ; partenaires : CAF)", puce=1),
        )
    )
    told = Gabarit(roles=(RegleDeForme(forme="mot:enjeu", role=Role.AXE),))
    contrat = lire(read_content(en_word((*TETE, *pieces), reel=True)), told).contrat
    assert [o.titre_imprime for o in contrat.orientations] == ["Se loger mieux", "Bouger mieux"]
    assert [len(o.actions) for o in contrat.orientations] == [2, 2]


def test_bold_rubrics_of_the_size_of_numbered_headings_stand_under_them() -> None:
    pieces = tuple(
        piece
        for rang, titre in enumerate(("La santé", "Les trajets"), 1)
        for piece in (
            Piece(f"Priorité {rang} – {titre}", niveau=2),
            *(
                one
                for k in (1, 2)
                for one in (
                    Piece(f"Orientation {rang}.{k} – {titre} d’abord {k}", niveau=3),
                    Piece("Les actions à conduire", niveau=3),
                    Piece(f"Atelier du {rang + k}e jeudi", puce=1),
                    Piece("Pilote : CAF. Partenaires : CCAS, ARS."),
                    Piece(f"Atelier du {rang + k + 4}e jeudi", puce=1),
                    Piece("Pilote : CCAS. Partenaires : CAF."),
                )
            ),
        )
    )
    contrat = _lu(*pieces)
    assert [a.titre_imprime for a in contrat.axes if a.source] == ["La santé", "Les trajets"]
    assert [(o.titre_imprime, len(o.actions)) for o in contrat.orientations] == [
        (f"{titre} d’abord {k}", 2) for titre in ("La santé", "Les trajets") for k in (1, 2)
    ]


def test_an_article_that_a_table_of_parties_fills_is_no_party() -> None:
    contrat = _lu(
        Piece("Orientation 1 : Apprendre", niveau=2),
        *(
            Piece(cellules=row)
            for row in (("Action", "Pilote"), ("Ouvrir une étude", "CAF"), ("Prêter un vélo", "CCAS"))
        ),
        Piece("Titre V – Les engagements des signataires", niveau=1),
        Piece("Article 11 – Mobilisation du droit commun", niveau=2),
        Piece("Chaque signataire s’engage dans les conditions suivantes."),
        *(
            Piece(cellules=row)
            for row in (
                ("Signataire", "Engagements pris"),
                ("L’État", "• Maintenir deux postes\n• Ouvrir une permanence"),
                ("La commune de Brévanne", "• Rénover l’école"),
            )
        ),
        Piece("Suite du document."),
    )
    assert {s.nom: [e.texte for e in s.engagements] for s in contrat.signataires} == {
        "L’État": ["Maintenir deux postes", "Ouvrir une permanence"],
        "La commune de Brévanne": ["Rénover l’école"],
    }


def test_a_body_in_the_plural_is_named_up_to_its_verb() -> None:
    contrat = lire_texte(
        SIGNE.format(
            signature="Gouvernance\n\nLes conseils citoyens désignent deux habitants. Le comité de pilotage se réunit."
        )
    ).contrat
    assert "Conseils citoyens" in [i.nom for i in contrat.instances]


def test_an_acronym_and_its_place_alone_on_a_line_sign_nothing() -> None:
    lines = ("Fait à Brévanne, le 3 mars 2024", "", "Pilote", "CAF du Val", "BERTELANDE Yorick")
    read = read_content(SIGNE.format(signature="\n".join(lines)).encode())
    hidden = {n for plage in noms_masques(read) for n in range(plage.debut, plage.fin + 1)}
    assert {line.texte for line in read.lignes if line.numero in hidden} == {"BERTELANDE Yorick"}


def test_numbers_and_what_comes_back_tell_levels_of_one_typography() -> None:
    commun = tuple(
        piece
        for rang, titre in enumerate(("La santé", "Les trajets"), 1)
        for piece in (
            Piece(f"Défi n° {rang} : {titre}", niveau=2),
            Piece(f"Objectif opérationnel {rang}.1 – {titre} d’abord", niveau=2),
            Piece("Actions communes :"),
            Piece(f"Atelier du {rang}er samedi (pilote : CAF ; partenaires : CCAS, ARS)", puce=1),
            Piece(f"Atelier du {rang + 4}e jeudi (pilote : CCAS ; partenaires : CAF)", puce=1),
        )
    )
    propres = tuple(
        piece
        for nom, code in (("Les Saules", "QN99701M"), ("Les Ormes", "QN99702M"))
        for piece in (
            Piece(f"Projet de quartier {nom} ({code})", niveau=2),
            Piece("Un quartier où l’on vit depuis longtemps et que l’on quitte peu, au bord de la rivière."),
            Piece("Les priorités des habitants", niveau=2),
            Piece("Retrouver une place", puce=1),
            Piece("Les actions phares", niveau=2),
            Piece("Ouvrir un jardin (porteur : CCAS)", puce=1),
            Piece("Peindre les halls (porteur : CAF)", puce=1),
        )
    )
    contrat = _lu(Piece("Nos défis", niveau=1), *commun, Piece("Les projets de quartier", niveau=1), *propres)
    assert [a.titre_imprime for a in contrat.axes if a.source] == ["La santé", "Les trajets"]
    projets = {quartier: len(p.actions) for axe in contrat.axes for p in axe.projets for quartier in p.quartiers}
    assert projets == {"Les Saules": 2, "Les Ormes": 2}
    assert len([a for o in contrat.orientations for a in o.actions]) == 8


def test_names_are_hidden_under_a_heading_of_signatures_too() -> None:
    lines = ("SIGNATURES", "La préfète du Val Le maire de Brévanne", "Xulie Ancelorme Yorick Bertelande")
    read = read_content(SIGNE.format(signature="\n".join(lines)).encode())
    hidden = {n for plage in noms_masques(read) for n in range(plage.debut, plage.fin + 1)}
    assert {line.texte for line in read.lignes if line.numero in hidden} == {"Xulie Ancelorme Yorick Bertelande"}
