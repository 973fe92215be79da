"""Labels that are signs, sentences that hold two values, tables told by their contents, levels that only labels say."""

from tenir.fichier.modeles import ContratDeVille
from tenir.lecteur.brouillon import lire
from tenir.lecteur.lecture import read_content
from tests.lecteur.generateur import Piece, en_word
from tests.lecteur.textes import lire_texte

TETE = (
    Piece("Contrat de ville de Brévanne 2024-2030", niveau=1),
    Piece("Document fictif, écrit pour les essais du lecteur de Tenir, que nul n’a signé."),
    Piece("Préambule", niveau=1),
    Piece("Les habitants et les services ont préparé ce texte pendant une année entière, au fil de douze rencontres."),
)
ACTIONS = (
    ("Le bus dentaire", "CPAM", "CCAS, ARS", "2025", "caries soignées"),
    ("La piste des bois", "Région", "CAF", "2026", "mètres tracés"),
    ("Le troc de livres", "CCAS", "Éducation nationale", "2027", "livres prêtés"),
    ("La chorale du soir", "CAF", "DRAC", "2024", "voix réunies"),
)


def _lu(*pieces: Piece) -> ContratDeVille:
    return lire(read_content(en_word((*TETE, *pieces), reel=True))).contrat


def _table(*rows: tuple[str, ...]) -> tuple[Piece, ...]:
    return (*(Piece(cellules=row) for row in rows), Piece("Suite du document."))


def test_signs_alone_are_labels_told_by_what_stands_after_them() -> None:
    blocs = "\n\n".join(
        f"* {titre}\n  § {pilote}\n  & {avec}\n  @ {quand}\n  # {compte}"
        for titre, pilote, avec, quand, compte in ACTIONS
    )
    contrat = lire_texte(
        f"CONTRAT DE VILLE FICTIF DE BRÉVANNE 2024-2030\n\n1 APPRENDRE\n\n1.1 Grandir\n\n{blocs}\n"
    ).contrat
    actions = [a for o in contrat.orientations for a in o.actions]
    assert [a.titre_imprime or a.titre for a in actions] == [titre for titre, *_ in ACTIONS]
    assert [[p.nom for p in a.pilotes] for a in actions] == [["CPAM"], ["Région"], ["CCAS"], ["CAF"]]
    assert [p.nom for p in actions[0].partenaires] == ["CCAS", "ARS"]
    assert [i.libelle for i in contrat.indicateurs] == [compte for *_, compte in ACTIONS]


def test_signs_that_come_back_twice_say_nothing() -> None:
    blocs = "\n\n".join(f"- {titre}\n  § {pilote}\n  & {avec}" for titre, pilote, avec, *_ in ACTIONS[:2])
    text = f"CONTRAT DE VILLE FICTIF DE BRÉVANNE 2024-2030\n\nOrientation 1 : Apprendre\n\nActions\n{blocs}\n"
    assert not any(a.pilotes for o in lire_texte(text).contrat.orientations for a in o.actions)


def test_the_words_in_the_middle_of_a_sentence_part_its_two_values_and_a_sum_is_its_giver_s() -> None:
    sommes = ("12 000 € de l’État", "3 000 € de la CAF et 500 € du CCAS", "900 € de la DRAC", "800 € de l’ARS")
    contrat = _lu(
        Piece("Quelle école demain ?", niveau=2),
        *(
            piece
            for (titre, pilote, avec, quand, compte), somme in zip(ACTIONS, sommes, strict=True)
            for piece in (
                Piece(titre, niveau=3),
                Piece(
                    f"On doit à {pilote} de tenir la barre, secondé par {avec}. L’essor vient en {quand}. "
                    f"Cela engage {somme}. On y verra le nombre de {compte}."
                ),
            )
        ),
    )
    actions = contrat.orientations[0].actions
    assert [[p.nom for p in a.pilotes] for a in actions] == [["CPAM"], ["Région"], ["CCAS"], ["CAF"]]
    assert [p.nom for p in actions[0].partenaires] == ["CCAS", "ARS"]
    told = [c.financeur for c in contrat.orientations[0].credits]
    assert told == ["État", "CAF", "CCAS", "DRAC", "ARS"]


ORIENTATION = (
    Piece("Orientation 1 : Apprendre", niveau=2),
    *_table(("Action", "Pilote"), ("Ouvrir une étude", "CAF"), ("Prêter un vélo", "CCAS")),
)


def test_a_table_whose_rows_are_bodies_of_governance_tells_no_action() -> None:
    contrat = _lu(
        *ORIENTATION,
        Piece("Comment s’en parle-t-on ?", niveau=2),
        *_table(
            ("Qui se voit", "Combien de fois", "Pour quoi faire"),
            ("Comité de pilotage", "1 fois par an", "Arrêter le programme"),
            ("Équipe technique", "Tous les mois", "Préparer et suivre"),
            ("Conseil des Saules", "Chaque trimestre", "Donner un avis"),
        ),
    )
    assert [i.nom for i in contrat.instances] == ["Comité de pilotage", "Équipe technique", "Conseil des Saules"]
    assert len([a for o in contrat.orientations for a in o.actions]) == 2


def test_programmes_number_orientations_and_columns_are_told_by_their_values() -> None:
    heads = ("Ce que c’est", "Tenue par", "Soutenue par", "L’argent", "Le signe que ça marche")
    contrat = _lu(
        *(
            piece
            for rang, pair in enumerate((ACTIONS[:2], ACTIONS[2:]), 1)
            for piece in (
                Piece(f"Programme {rang} · Vivre {rang} fois mieux", niveau=2),
                *_table(heads, *((t, p, a.split(",")[0], f"{p} : {rang} 000 €", c) for t, p, a, _q, c in pair)),
            )
        )
    )
    assert [o.titre_imprime for o in contrat.orientations] == ["Vivre 1 fois mieux", "Vivre 2 fois mieux"]
    assert [c.financeur for o in contrat.orientations for c in o.credits] == [pilote for _t, pilote, *_ in ACTIONS]
    assert [i.libelle for i in contrat.indicateurs] == [compte for *_, compte in ACTIONS]


def test_tabbed_labels_that_divide_the_only_list_of_sheets_are_its_levels() -> None:
    niveaux = (("Se soigner", "Prévenir"), ("Se cultiver", "Lire"), ("Se cultiver", "Lire"), ("Se cultiver", "Chanter"))
    contrat = _lu(
        Piece("Annexe. Les opérations", niveau=1),
        *(
            piece
            for rang, ((titre, pilote, avec, quand, _c), (enjeu, visee)) in enumerate(
                zip((*ACTIONS, *(("Bis " + a[0], *a[1:]) for a in ACTIONS)), niveaux * 2, strict=True), 1
            )
            for piece in (
                Piece(f"Opération {rang} – {titre}", niveau=3),
                Piece(f"Enjeu\t{enjeu}"),
                Piece(f"Visée\t{visee}"),
                Piece(f"Tête de réseau\t{pilote}"),
                Piece(f"Alliés\t{avec}"),
                Piece(f"Top départ\t{quand}"),
            )
        ),
    )
    placed = {o.titre_imprime: len(o.actions) for o in contrat.orientations}
    assert placed == {"Prévenir": 2, "Lire": 4, "Chanter": 2}
    assert [a.titre_imprime for a in contrat.axes if a.source] == ["Se soigner", "Se cultiver"]


def test_parties_numbered_with_a_degree_sign_promise_what_their_sentence_says() -> None:
    contrat = _lu(
        *ORIENTATION,
        Piece("Obligations réciproques", niveau=2),
        Piece("1° L’État maintient son appui en ingénierie."),
        Piece("2° La Région finance un atelier de chant."),
    )
    promised = {s.nom: [(e.texte or "").strip(" .") for e in s.engagements] for s in contrat.signataires}
    assert promised == {"État": ["maintient son appui en ingénierie"], "Région": ["finance un atelier de chant"]}
