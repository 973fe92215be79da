"""Levels told by the words that the document prints, however its pages are laid out."""

from collections.abc import Iterable

import pytest

from tenir.fichier.modeles import ContratDeVille
from tenir.lecteur.brouillon import lire
from tenir.lecteur.lecture import read_content
from tests.lecteur.generateur import Piece, en_word
from tests.lecteur.textes import lire_texte

Arbre = dict[str, dict[str, list[str]]]
"""By axis, by orientation: its actions."""

ENTETE = ("Contrat de ville de Belmont", "", "Le présent contrat engage les parties pour six ans.", "")


def en_texte(*lignes: str) -> ContratDeVille:
    return lire_texte("\n".join((*ENTETE, *lignes, ""))).contrat


def en_docx(pieces: Iterable[Piece]) -> ContratDeVille:
    entete = (Piece(line) for line in ENTETE if line)
    return lire(read_content(en_word((*entete, *pieces), reel=True))).contrat


def arbre(contrat: ContratDeVille) -> Arbre:
    return {
        axe.titre_imprime: {
            o.titre_imprime: [(a.titre_imprime or a.texte or a.titre).split(".")[0] for a in o.actions]
            for o in axe.ensembles
        }
        for axe in contrat.axes
    }


def objectifs(contrat: ContratDeVille) -> list[str]:
    return [b.texte for o in contrat.orientations for b in o.objectifs]


ATTENDU: Arbre = {
    "Grandir": {"Lire et compter": ["Le bus des livres", "La malle"], "Se retrouver": ["Le café du lundi"]},
    "Travailler": {"Apprendre un métier": ["Le chantier école", "La visite"]},
}


def _fiches(*titres: str) -> list[Piece]:
    return [
        Piece(f"{titre}. Porteur : MJC. Partenaires : CAF, école. Indicateur : venues.", puce=0) for titre in titres
    ]


@pytest.mark.parametrize(
    ("haut", "moyen"),
    [
        ("Article {n} – Axe {r} : ", "{n}.{k}. Orientation : "),
        ("{r}. Ambition : ", "{n}.{k}. Enjeu : "),
        ("Pilier – ", "Thématique – "),
    ],
)
def test_the_word_of_a_level_is_heard_through_another_numbering(haut: str, moyen: str) -> None:
    pieces: list[Piece] = []
    for n, (axe, orientations) in enumerate(ATTENDU.items(), 1):
        pieces.append(Piece(haut.format(n=n, r="I" * n) + axe, niveau=2))
        for k, (titre, actions) in enumerate(orientations.items(), 1):
            pieces.append(Piece(moyen.format(n=n, k=k) + titre, niveau=2))
            pieces.append(Piece(f"{n}.{k}.1. Tenir la promesse « {titre} »"))
            pieces += _fiches(*actions)
    contrat = en_docx(pieces)
    assert arbre(contrat) == ATTENDU
    assert objectifs(contrat) == [f"Tenir la promesse « {o} »" for each in ATTENDU.values() for o in each]


def test_an_axis_comes_back_to_its_level_in_a_plain_text() -> None:
    lines: list[str] = []
    for n, (axe, orientations) in enumerate(ATTENDU.items(), 1):
        lines += [f"Axe {n} - {axe}", ""]
        for k, (titre, actions) in enumerate(orientations.items(), 1):
            lines += [f"Thématique {'I' * n}.{k} - {titre}", ""]
            for action in actions:
                lines += [f"- {action}. Porteur : MJC. Partenaires : CAF, école."]
            lines.append("")
    assert arbre(en_texte(*lines)) == ATTENDU


def test_a_recalled_axis_is_not_a_heading() -> None:
    pieces = []
    for titre in ("Le bus des livres", "La malle", "Le café du lundi"):
        pieces += [Piece(titre, niveau=3), Piece("Axe : Grandir", niveau=4), Piece("Porteur : MJC")]
        pieces.append(Piece("Partenaires : CAF, école"))
    contrat = en_docx([Piece("Orientation 1 – Lire", niveau=2), *pieces])
    assert [list(o) for o in arbre(contrat).values()] == [["Lire"]]


@pytest.mark.parametrize(
    "codes",
    [
        ("I-1)", "I-2)", "I-3)", "II-4)", "II-5)"),
        ("AB1", "AB2", "AB3", "C1", "C2"),
        ("A.1", "A.2", "A.3", "B.1", "B.2"),
    ],
)
@pytest.mark.parametrize("filet", ["~", "-", "*"])
def test_codes_number_the_actions_of_a_plain_text(codes: tuple[str, ...], filet: str) -> None:
    lines: list[str] = []
    rest = iter(codes)
    for n, (axe, orientations) in enumerate(ATTENDU.items(), 1):
        lines += ["=" * 60, f"AXE {n} - {axe.upper()}", "=" * 60, ""]
        for titre, actions in orientations.items():
            lines += [
                f"Priorité : {titre}",
                filet * 50,
                "Nos objectifs :",
                f"  * tenir la promesse de {titre.lower()}",
                "",
            ]
            for action in actions:
                lines += [f"  {next(rest)}  {action}", "      Porteur : MJC", "      Avec : CAF, école", ""]
    contrat = en_texte(*lines)
    assert arbre(contrat) == {axe.upper(): below for axe, below in ATTENDU.items()}
    assert objectifs(contrat) == [f"tenir la promesse de {o.lower()}" for each in ATTENDU.values() for o in each]


def test_a_coded_title_goes_on_under_itself_and_its_letters_are_not_words() -> None:
    contrat = en_texte(
        "Orientation 1 - Lire",
        "",
        "  LP1  Le bus des livres, y compris au moment",
        "       des vacances",
        "       Porteur : MJC",
        "       Avec : CAF",
        "",
        "  LP2  La malle",
        "       Porteur : CAF",
        "       Avec : MJC",
    )
    assert list(arbre(contrat).values()) == [
        {"Lire": ["Le bus des livres, y compris au moment des vacances", "La malle"]}
    ]


def test_one_code_is_a_place_or_a_programme() -> None:
    contrat = en_texte(
        "Orientation 1 - Lire", "", "Actions :", "- Le bus des livres", "- La malle", "", "P147 Crédits de l’État"
    )
    assert [len(o.actions) for o in contrat.orientations] == [2]


def test_each_funder_is_said_before_its_amount() -> None:
    contrat = en_texte(
        "Orientation 1 - Lire",
        "",
        "  LP1  Le bus des livres",
        "       Porteur : MJC",
        "       Avec : CAF",
        "       Crédits : CAF, 85 000 € + Région, 4 500 €",
        "       On mesurera : nombre de sorties",
        "",
        "  LP2  La malle",
        "       Porteur : CAF",
        "       Avec : MJC",
        "       Crédits : Région (FSE), 4 500 €",
        "       On mesurera : nombre de livres prêtés",
    )
    assert [c.financeur for o in contrat.orientations for c in o.credits] == ["CAF", "Région", "Région (FSE)"]
    assert [i.libelle for i in contrat.indicateurs] == ["nombre de sorties", "nombre de livres prêtés"]


def test_objectives_said_on_the_line_of_their_label() -> None:
    lignes = (
        "Priorité 1 - Lire",
        "",
        "Ce que nous visons : ouvrir la salle le soir ; rapprocher les familles de",
        "l’école des Prés.",
        "",
        "Actions :",
        "- Le bus des livres",
        "- La malle",
    )
    contrat = en_texte(*lignes)
    assert [b.texte for o in contrat.orientations for b in o.objectifs] == [
        "ouvrir la salle le soir",
        "rapprocher les familles de l’école des Prés",
    ]
    pieces = [Piece("Priorité 1 – Lire", niveau=2), Piece("Objectifs : ouvrir la salle ; rapprocher les familles.")]
    pieces += [Piece("Actions", niveau=3), Piece("Le bus des livres", puce=0), Piece("La malle", puce=0)]
    assert objectifs(en_docx(pieces)) == ["ouvrir la salle", "rapprocher les familles"]


def test_promises_are_listed_under_the_name_of_who_makes_them() -> None:
    contrat = en_texte(
        "Priorité 1 - Lire",
        "",
        "Actions :",
        "- Le bus des livres",
        "- La malle",
        "",
        "ENGAGEMENTS",
        "-----------",
        "  Région :",
        "    - ouvrir une ligne de nuit",
        "  Val Habitat :",
        "    - publier le bilan de l’abattement",
        "    - reloger les ménages qui le souhaitent",
    )
    assert {s.nom: [e.texte for e in s.engagements] for s in contrat.signataires} == {
        "Région": ["ouvrir une ligne de nuit"],
        "Val Habitat": ["publier le bilan de l’abattement", "reloger les ménages qui le souhaitent"],
    }
