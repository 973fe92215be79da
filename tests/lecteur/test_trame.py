"""What a document repeats says what it is: contracts made of words that nobody knows are read the same."""

import io
import random
from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from docx import Document
from docx.document import Document as Feuille

from tenir.fichier.modeles import ActionPrevue, ContratDeVille
from tenir.lecteur.brouillon import lire
from tenir.lecteur.lecture import read_content
from tenir.lecteur.lignes import Texte
from tenir.lecteur.personnes import annoncee, suites
from tenir.lecteur.structure.valeurs import CALENDRIER, CODE, CORPS, CREDITS, MESURE, TEXTE, sorte
from tests.lecteur.textes import lire_texte

ORGANISMES = (
    "Ville de Mélac",
    "Agence du Val",
    "Régie de Mélac",
    "CAF du Val",
    "Mission locale du Val",
    "Association Tandem",
    "Département du Val",
    "Maison des familles",
    "Centre social Pivoine",
    "Office de Mélac",
)
TITRES = (
    "Jardin des toits",
    "Bus des mots",
    "Point des devoirs",
    "Halte du soir",
    "Ferme en ville",
    "Relais des pères",
    "Cuisine ouverte",
    "Chantier du canal",
    "Bourse aux vélos",
)
MESURES = ("nombre de visites", "nombre d’enfants inscrits", "taux de présence", "part des femmes", "nombre de vélos")
MOTS = (("Zorbe", "Flinque", "Quartouze", "Mulpe", "Drinoche"), ("Balou", "Crespin", "Toulque", "Vram", "Ostie"))
OUVERTURE = ("Contrat de ville fictif 2024-2030 de Mélac", "Quartier prioritaire : La Plaine (QN99820M), à Mélac.")


@dataclass(frozen=True)
class Projet:
    """An action as the contract holds it."""

    titre: str
    pilote: str
    partenaires: tuple[str, ...]
    an: str
    credit: str
    mesure: str

    @property
    def valeurs(self) -> tuple[str, ...]:
        return (self.pilote, ", ".join(self.partenaires), self.an, self.credit, self.mesure)


def _projets(seed: int) -> list[Projet]:
    drawn = random.Random(seed)  # noqa: S311
    found = []
    for titre in TITRES:
        pilote, *others = drawn.sample(ORGANISMES, 3)
        partners = tuple(others[: drawn.choice((1, 2))])
        an, money = str(drawn.randrange(2024, 2030)), f"{pilote} : {drawn.randrange(1, 90)} 000 €"
        found.append(Projet(titre, pilote, partners, an, money, drawn.choice(MESURES)))
    return found


def _ligne(forme: str, rang: str, projet: Projet, mots: Sequence[str]) -> list[str]:
    porte, aide, quand, _argent, compte = mots
    avec = ", ".join(projet.partenaires)
    titre = f"{rang} {projet.titre}"
    if forme == "deux-points":
        labels = zip(mots, projet.valeurs, strict=True)
        return [titre, *(f"{label} : {value}" for label, value in labels), ""]
    if forme == "sans signe":
        said = (f"{porte} par {projet.pilote}", f"{aide} avec {avec}", f"{quand} en {projet.an}")
        return [titre, *said, f"{compte} sur {projet.mesure}", ""]
    if forme == "phrases":
        said = f"{projet.pilote} {porte.lower()} ce projet. Elle {aide.lower()} {avec}. "
        return [titre, f"{said}Le {compte.lower()} porte sur {projet.mesure}.", ""]
    if forme == "puces":
        return [f"- {projet.titre}. {porte} {projet.pilote}. {aide} {avec}. {compte} {projet.mesure}."]
    return [f"- {projet.titre} ({projet.pilote}, avec {avec} ; {projet.an})"]


def _texte(forme: str, projets: Sequence[Projet], mots: Sequence[str]) -> str:
    lines = [OUVERTURE[0], "", OUVERTURE[1], ""]
    for theme in range(3):
        lines += [f"Bourrée {theme + 1} : Thème {'ABC'[theme]} du projet", ""]
        for rank in range(3):
            lines += _ligne(forme, f"{theme + 1}.{rank + 1}", projets[theme * 3 + rank], mots)
        lines.append("")
    return "\n".join(lines) + "\n"


def _word(forme: str, projets: Sequence[Projet], mots: Sequence[str]) -> bytes:
    document = Document()
    for line in OUVERTURE:
        document.add_paragraph(line)
    for theme in range(3):
        document.add_heading(f"Bourrée {theme + 1} : Thème {'ABC'[theme]} du projet", 1)
        held = projets[theme * 3 : theme * 3 + 3]
        if forme == "colonnes":
            rows = [
                ("Code", "Gloupe", *mots),
                *((f"{theme + 1}.{n}", p.titre, *p.valeurs) for n, p in enumerate(held, 1)),
            ]
            _table(document, rows)
        for projet in held if forme != "colonnes" else ():
            document.add_heading(projet.titre, 2)
            if forme == "fiches":
                _table(document, list(zip(mots, projet.valeurs, strict=True)))
            else:
                for label, value in zip(mots, projet.valeurs, strict=True):
                    paragraph = document.add_paragraph()
                    paragraph.add_run(f"{label} ").bold = True
                    paragraph.add_run(value)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def _table(document: Feuille, rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, cells in enumerate(rows):
        for column, words in enumerate(cells):
            table.cell(row, column).text = words


def _actions(contrat: ContratDeVille) -> dict[str, ActionPrevue]:
    return {(a.titre_imprime or a.texte or "").strip(" ."): a for o in contrat.orientations for a in o.actions}


def _assert_same(contrat: ContratDeVille, projets: Sequence[Projet]) -> None:
    assert [o.titre_imprime for o in contrat.orientations] == [f"Thème {letter} du projet" for letter in "ABC"]
    read = _actions(contrat)
    assert list(read) == [projet.titre for projet in projets]
    for projet in projets:
        assert [body.nom for body in read[projet.titre].pilotes] == [projet.pilote]
        assert [body.nom for body in read[projet.titre].partenaires] == list(projet.partenaires)


@pytest.mark.parametrize("mots", MOTS)
@pytest.mark.parametrize("forme", ["deux-points", "sans signe", "phrases", "puces", "parenthèses"])
def test_labels_that_no_word_tells_are_read_by_their_values(forme: str, mots: Sequence[str]) -> None:
    projets = _projets(len(forme))
    contrat = lire_texte(_texte(forme, projets, mots)).contrat
    _assert_same(contrat, projets)
    if forme != "parenthèses":
        assert [i.libelle for i in contrat.indicateurs] == [projet.mesure for projet in projets]


@pytest.mark.parametrize("mots", MOTS)
@pytest.mark.parametrize("forme", ["fiches", "gras", "colonnes"])
def test_so_are_those_of_word_and_the_heads_of_tables(forme: str, mots: Sequence[str]) -> None:
    projets = _projets(len(forme))
    contrat = lire(read_content(_word(forme, projets, mots))).contrat
    _assert_same(contrat, projets)
    assert [i.libelle for i in contrat.indicateurs] == [projet.mesure for projet in projets]
    assert sum(len(o.credits) for o in contrat.orientations) == len(projets)


def test_lines_that_open_alike_without_bodies_are_no_template() -> None:
    lines = [
        f"{n}.{k} Chapitre du jour\nNous avons vu {n + k} choses.\nElles ont plu à {n} voisins.\n"
        for n in (1, 2)
        for k in (1, 2)
    ]
    texte = read_content("\n".join([*OUVERTURE, *lines]).encode())
    assert not Texte(texte).trame.marques


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["CCAS", "Ville de Mélac", "Val Habitat", "Néant"], CORPS),
        (["Jardin des toits", "Bus des mots", "Halte du soir"], TEXTE),
        (["2024", "rentrée 2025", "chaque année", "2024-2030"], CALENDRIER),
        (["État : 5 000 €", "CAF 3 000 euros", "Néant"], CREDITS),
        (["nombre de visites", "40 enfants inscrits", "12 %"], MESURE),
        (["A1", "A2", "1.3"], CODE),
        ([], TEXTE),
    ],
)
def test_the_kind_of_values_is_told_by_most_of_them(values: list[str], kind: str) -> None:
    assert sorte(values) == kind


ARTICLES = """CONTRAT DE VILLE FICTIF DE MÉLAC 2024-2030

TITRE Ier – OBJET

Article 1er – Parties
Le contrat lie ses parties.

TITRE II – GRANDIR

Chapitre 1er – Lire

Article 2 – Le bus des mots
La ville de Mélac conduit cette action. Elle y associe la CAF du Val. L’État y consacre 5 000 euros.

Article 3 – Le point des devoirs
Le CCAS conduit cette action. Elle y associe l’Éducation nationale. La CAF du Val y consacre 7 000 euros.

TITRE III – RIRE

Chapitre 2 – Jouer

Article 4 – La halte du soir
La Région conduit cette action. Elle y associe la ville de Mélac. L’État y consacre 2 000 euros.

TITRE IV – POUR MÉMOIRE

Article 5 – L’État
a) Il paie un adulte-relais.

Article 6 – La ville de Mélac
a) Elle prête une salle.

Article 7 – Le Département du Val
a) Il garde une assistante sociale.

TITRE V – DIVERS

Article 8 – Comité de pilotage
Le comité de pilotage se réunit une fois par an.

Article 9 – Conseil citoyen
Le conseil citoyen se réunit chaque mois.
"""


def test_an_act_in_articles_has_the_levels_of_its_cuts_and_parts_told_by_what_they_hold() -> None:
    contrat = lire_texte(ARTICLES).contrat
    assert [axe.titre_imprime for axe in contrat.axes] == ["GRANDIR", "RIRE"]
    assert [o.titre_imprime for o in contrat.orientations] == ["Lire", "Jouer"]
    assert [len(o.actions) for o in contrat.orientations] == [2, 1]
    assert [c.financeur for o in contrat.orientations for c in o.credits] == ["L’État", "La CAF du Val", "L’État"]
    assert [s.nom for s in contrat.signataires] == ["L’État", "La ville de Mélac", "Le Département du Val"]
    assert all(len(s.engagements) == 1 for s in contrat.signataires)
    assert [i.nom for i in contrat.instances] == ["Comité de pilotage", "Conseil citoyen"]


def test_a_table_of_bodies_and_of_what_each_does_is_that_of_promises_whatever_its_heads() -> None:
    document = Document()
    document.add_paragraph(OUVERTURE[0])
    document.add_heading("Bourrée 1 : Lire", 1)
    _table(document, [("Action", "Pilote"), ("Bus des mots", "CCAS"), ("Halte du soir", "CAF")])
    document.add_heading("Bourrée 2 : Jouer", 1)
    _table(document, [("Action", "Pilote"), ("Ferme en ville", "CCAS"), ("Relais des pères", "CAF")])
    document.add_heading("Ce qui vient de chaque maison", 1)
    rows = [
        ("L’État", "Payer un adulte-relais"),
        ("Ville de Mélac", "prête une salle au conseil"),
        ("Région", "Ouvrir un campus"),
    ]
    _table(document, [("Grimpe", "Moulage"), *rows])
    document.add_heading("Annexe", 1)
    content = io.BytesIO()
    document.save(content)
    contrat = lire(read_content(content.getvalue())).contrat
    assert {s.nom: [e.texte for e in s.engagements] for s in contrat.signataires} == {a: [b] for a, b in rows}


def test_levels_that_sheets_alone_recall_are_read() -> None:
    document = Document()
    document.add_paragraph(OUVERTURE[0])
    document.add_heading("Les fiches", 1)
    for rank, projet in enumerate(_projets(3)[:6]):
        rows = [("Intitulé", projet.titre), ("Priorité", ("Lire", "Jouer")[rank // 3]), ("Pilote", projet.pilote)]
        _table(document, [*rows, ("Partenaires", ", ".join(projet.partenaires))])
        document.add_paragraph("")
    content = io.BytesIO()
    document.save(content)
    contrat = lire(read_content(content.getvalue())).contrat
    assert [(o.titre_imprime, len(o.actions)) for o in contrat.orientations] == [("Lire", 3), ("Jouer", 3)]


def test_the_title_of_the_document_is_no_part_whatever_its_words() -> None:
    document = Document()
    document.add_heading("Mélac : nos quartiers, nos engagements", 1)
    for theme in ("Lire", "Jouer", "Courir"):
        document.add_heading(theme, 2)
        document.add_heading("Ce que nous ferons", 3)
        for what in ("Ouvrir une salle le soir", "Former des bénévoles"):
            document.add_paragraph(what, style="List Bullet")
    content = io.BytesIO()
    document.save(content)
    contrat = lire(read_content(content.getvalue())).contrat
    assert [o.titre_imprime for o in contrat.orientations] == ["Lire", "Jouer", "Courir"]
    assert [len(o.actions) for o in contrat.orientations] == [2, 2, 2]


@pytest.mark.parametrize(
    ("line", "person"),
    [
        ("Le préfet du Val, Évrard Tastevin", True),
        ("Fait à Mélac. Le maire, Honorin Castelviel", True),
        ("Le maire de Mélac, Évrard Tastevin et les associations décident.", False),
    ],
)
def test_a_function_that_opens_its_line_before_two_words_names_who_signs(line: str, *, person: bool) -> None:
    assert any(annoncee(suite) for suite in suites(line)) is person
