"""Contracts made at random, in plausible French, and the layouts that print them.

A layout lays out a contract as `Piece`s; `en_texte` and `en_word` print them. What a layout cannot say is left out of
what is expected of it (`attendu`), never forgiven when it is read wrong.
"""

import io
import textwrap
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from docx import Document
from hypothesis import strategies as st

from tenir.fichier.modeles import ContratDeVille
from tenir.fichier.mots import words
from tests.lecteur.mots_plausibles import (
    COMMUNES,
    COMPTES,
    CORPS,
    DISPOSITIFS,
    DOMAINES,
    INDICATEURS,
    INSTANCES,
    OBJETS,
    PARTS,
    RYTHMES,
    SIGNATAIRES,
    SUITES,
    THEMES,
    VERBES,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph to print: a heading with its level, a bullet with its depth, a row of a table, or prose."""

    texte: str = ""
    niveau: int = 0
    puce: int | None = None
    cellules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decor:
    """How a text is printed: bullets, width of the lines, words cut at their ends, a table of contents, notes."""

    glyphes: tuple[str, str] = ("•", "o")
    largeur: int = 100
    retrait: int = 0
    cesure: bool = False
    sommaire: bool = False
    notes: bool = False


@dataclass(frozen=True, slots=True)
class Disposition:
    """A way to lay contracts out: the kinds it prints, and how."""

    genres: frozenset[str]
    pieces: Callable[[ContratDeVille], Iterable[Piece]]
    bornes: tuple[int, int] = (1, 3)  # orientations under an axe


def some(values: Iterable[Any], least: int = 0, most: int = 3) -> st.SearchStrategy[list[Any]]:
    """A few values, each once."""
    return st.lists(st.sampled_from(list(values)), min_size=least, max_size=most, unique=True)


propositions = st.tuples(st.sampled_from(VERBES), st.sampled_from(OBJETS), st.sampled_from(SUITES)).map(
    lambda parts: f"{parts[0]} {parts[1]}{parts[2]}"
)
# The bullet that a PDF loses leaves one space, and lines that are not set in.
PUCES = [(glyphs, indent) for glyphs in (("•", "o"), ("-", "•"), ("▪", "–"), ("1)", "a)")) for indent in (0, 2)]
decors = st.builds(
    lambda puces, **others: Decor(glyphes=puces[0], retrait=puces[1], **others),
    puces=st.sampled_from([*PUCES, (("", "o"), 0)]),
    largeur=st.sampled_from([80, 100, 120]),
    cesure=st.booleans(),
    sommaire=st.booleans(),
    notes=st.booleans(),
)


def _donnee(draw: st.DrawFn, code: str, count: bool) -> dict[str, Any]:
    """A figure as documents print them: « 1 415 », « 47,4 % », « 13.2 % », « 22 à 24 % »."""
    if count:
        value = draw(st.integers(11, 19_000))
        printed = f"{value:,}".replace(",", " ")
        return {"code": code, "libelle": draw(st.sampled_from(COMPTES)), "imprime": printed, "valeur": value}
    value = Decimal(draw(st.integers(1, 899))) / 10
    high = value + 2 if draw(st.booleans()) else None
    mark, unit = draw(st.sampled_from([",", "."])), draw(st.sampled_from([" %", "%"]))
    printed = " à ".join(str(v).replace(".", mark) for v in (value, high) if v is not None) + unit
    libelle = draw(st.sampled_from(PARTS))
    return {"code": code, "libelle": libelle, "imprime": printed, "valeur": value, "valeur_max": high, "unite": "%"}


def _orientation(draw: st.DrawFn, code: str, titre: str, mots: Iterator[str]) -> dict[str, Any]:
    def bodies(most: int = 3) -> list[dict[str, str]]:
        return [{"nom": nom} for nom in draw(some(CORPS, 1, most))]

    def credits(nature: str) -> list[dict[str, Any]]:
        return [
            {"nature": nature, "financeur": nom, "dispositifs": draw(some(DISPOSITIFS))}
            for nom in draw(some(CORPS, 1, 4))
        ]

    lines = [*credits("droit commun"), *credits("spécifique")]
    return {
        "code": code,
        "titre": titre,
        "titre_imprime": titre,
        "texte": titre,
        "donnees": [
            _donnee(draw, f"{code}-D{n:02d}", draw(st.booleans())) for n in range(1, draw(st.integers(1, 4)) + 1)
        ],
        "objectifs": [
            {"code": f"{code}-B{n:02d}", "titre": mot, "texte": mot}
            for n, mot in enumerate([next(mots) for _ in range(draw(st.integers(1, 3)))], 1)
        ],
        "actions": [_action(draw, f"{code}-A{n:02d}", mots, bodies) for n in range(1, draw(st.integers(2, 5)) + 1)],
        "pilotes": bodies(),
        "services_associes": bodies(),
        "credits": [{"code": f"{code}-F{n:02d}", **line} for n, line in enumerate(lines, 1)],
    }


def _action(draw: st.DrawFn, code: str, mots: Iterator[str], bodies: Callable[[], Any]) -> dict[str, Any]:
    texte = next(mots)
    parts = [next(mots) for _ in range(draw(st.sampled_from([0, 0, 0, 2])))]
    texte = f"{texte} :" if parts else texte
    return {
        "code": code,
        "titre": texte,
        "texte": texte,
        "pilotes": bodies(),
        "partenaires": bodies(),
        "sous_actions": [{"code": f"{code}-{n}", "titre": mot, "texte": mot} for n, mot in enumerate(parts, 1)],
    }


@st.composite
def contrats_plausibles(draw: st.DrawFn) -> ContratDeVille:
    """A contract as an author could have written it; no two of its promises, actions or objectives are worded alike."""
    mots = iter(draw(st.lists(propositions, min_size=90, max_size=90, unique=True)))
    titres = draw(some(THEMES, 2, 5))
    cut = draw(st.integers(1, len(titres) - 1))
    domaines = draw(some(DOMAINES, 2, 2))
    orientations = [_orientation(draw, f"O{n:02d}", titre, mots) for n, titre in enumerate(titres, 1)]
    held = (orientations[:cut], orientations[cut:])
    signataires = draw(some(SIGNATAIRES, 1, 3))
    instances = draw(some(INSTANCES, 1, 4))
    indicateurs = draw(some(INDICATEURS, 2, 5))
    return ContratDeVille.model_validate(
        {
            "format": "tenir/contrat/1",
            "slug": "plausible",
            "fictif": True,
            "identite": {
                "titre": f"Contrat de ville fictif de {draw(st.sampled_from(COMMUNES))}",
                "periode": {"debut": 2024, "fin": 2030},
            },
            "axes": [
                {"code": code, "titre": titre, "titre_imprime": titre, "orientations": under}
                for code, titre, under in zip("AB", domaines, held, strict=True)
            ],
            "signataires": [
                {
                    "code": f"S{rank:02d}",
                    "nom": nom,
                    "organisme": "etat",
                    "engagements": [
                        {"code": f"S{rank:02d}-E{n:02d}", "titre": mot, "texte": mot}
                        for n, mot in enumerate([next(mots) for _ in range(draw(st.integers(1, 3)))], 1)
                    ],
                }
                for rank, nom in enumerate(signataires, 1)
            ],
            "instances": [
                {"code": f"G{n:02d}", "nom": nom, "frequence": rythme[0].strip(), "reunions_par_an": rythme[1]}
                for n, nom in enumerate(instances, 1)
                for rythme in [draw(st.sampled_from(RYTHMES))]
            ],
            "indicateurs": [
                {"code": f"I{n:02d}", "libelle": mot, "texte": mot} for n, mot in enumerate(indicateurs, 1)
            ],
        }
    )


# ── What is expected of a reading ─────────────────────────────────────────────────────────────────────────────────


def attendu(contrat: ContratDeVille, genres: frozenset[str]) -> dict[str, list[tuple[object, ...]]]:
    """Codes, words, bodies and figures of every item of some kinds, the printed contract and its reading alike."""
    orientations = contrat.orientations
    found: dict[str, list[tuple[object, ...]]] = {
        "axes": [(a.code, _mots(a.titre_imprime), tuple(o.code for o in a.orientations)) for a in contrat.axes],
        "orientations": [(o.code, _mots(o.titre_imprime)) for o in orientations],
        "donnees": [
            (d.code, d.valeur, d.valeur_max, d.unite if d.unite == "%" else None, _mots(d.libelle))
            for o in orientations
            for d in o.donnees
        ],
        "objectifs": [(b.code, _mots(b.texte)) for o in orientations for b in o.objectifs],
        "actions": [(a.code, _mots(a.texte)) for o in orientations for a in o.actions],
        "sous-actions": [(p.code, _mots(p.texte)) for o in orientations for a in o.actions for p in a.sous_actions],
        "pilotes": [(o.code, *_noms(o.pilotes)) for o in orientations],
        "services associés": [(o.code, *_noms(o.services_associes)) for o in orientations],
        "porteurs d’action": [
            (a.code, *_noms(a.pilotes), "avec", *_noms(a.partenaires)) for o in orientations for a in o.actions
        ],
        "crédits": [
            (c.code, c.nature, _mots(c.financeur), *(_mots(d.nom) for d in c.dispositifs))
            for o in orientations
            for c in o.credits
        ],
        "indicateurs": [(i.code, _mots(i.libelle)) for i in contrat.indicateurs],
        "signataires": [(s.code, _mots(s.nom)) for s in contrat.signataires],
        "engagements": [(e.code, _mots(e.texte)) for s in contrat.signataires for e in s.engagements],
        "instances": [(g.code, _mots(g.nom), g.reunions_par_an) for g in contrat.instances],
    }
    return {genre: found[genre] for genre in found if genre in genres}


def _mots(text: str | None) -> str:
    return " ".join(words(text or ""))


def _noms(bodies: Iterable[Any]) -> tuple[str, ...]:
    return tuple(_mots(body.nom) for body in bodies)


# ── The layouts ───────────────────────────────────────────────────────────────────────────────────────────────────


def _liste(titre: str, mots: Iterable[str | None]) -> Iterator[Piece]:
    yield Piece(titre, niveau=4)
    yield from (Piece(mot or "", puce=0) for mot in mots)


def _actions(titre: str, actions: Iterable[Any]) -> Iterator[Piece]:
    yield Piece(titre, niveau=4)
    for action in actions:
        yield Piece(action.texte, puce=0)
        yield from (Piece(part.texte, puce=1) for part in action.sous_actions)


def _corps(titre: str, bodies: Iterable[Any]) -> Iterator[Piece]:
    yield Piece(titre, niveau=4)
    yield Piece(", ".join(body.nom for body in bodies))


def _credits(titre: str, commun: str, specifique: str, lignes: Iterable[Any]) -> Iterator[Piece]:
    yield Piece(titre, niveau=4)
    for nature, heading in (("droit commun", commun), ("spécifique", specifique)):
        yield Piece(heading, niveau=4)
        for ligne in (ligne for ligne in lignes if ligne.nature == nature):
            names = ", ".join(d.nom for d in ligne.dispositifs)
            yield Piece(f"{ligne.financeur} : {names}" if names else ligne.financeur)


def _donnees(titre: str, donnees: Iterable[Any]) -> Iterator[Piece]:
    yield Piece(titre, niveau=4)
    yield from (Piece(f"{d.libelle} : {d.imprime}") for d in donnees)


def _ouverture(contrat: ContratDeVille) -> Iterator[Piece]:
    yield Piece(contrat.identite.titre, niveau=1)
    yield Piece("Document fictif : tout y est inventé. Il court sur la période 2024-2030.")


def _fin(contrat: ContratDeVille, rangs: tuple[str, str, str]) -> Iterator[Piece]:
    """Signatories, governance and indicators, the same at the end of every layout that prints them."""
    yield Piece(f"{rangs[0]}LES ENGAGEMENTS DES SIGNATAIRES", niveau=1)
    for rank, signataire in enumerate(contrat.signataires, 1):
        yield Piece(f"{rank}. {signataire.nom}", niveau=2)
        yield from (Piece(e.texte or "", puce=0) for e in signataire.engagements)
    yield Piece(f"{rangs[1]}LA GOUVERNANCE", niveau=1)
    for rank, instance in enumerate(contrat.instances, 1):
        yield Piece(f"{rank}. {instance.nom}", niveau=2)
        yield Piece(f"Cette instance se réunit {instance.frequence}.")
    yield Piece(f"{rangs[2]}LES INDICATEURS", niveau=1)
    yield from (Piece(i.libelle, puce=0) for i in contrat.indicateurs)


def prose(contrat: ContratDeVille) -> Iterator[Piece]:
    """Capital headings over prose and bullets, Roman parts, an annex."""
    yield from _ouverture(contrat)
    yield Piece("I. ORIENTATIONS ET PLAN D’ACTIONS", niveau=1)
    for axe in contrat.axes:
        yield Piece(f"AXE {axe.code} : {axe.titre_imprime}", niveau=2)
        for o in axe.orientations:
            yield Piece(f"ORIENTATION N° {int(o.code[1:])} : {o.titre_imprime}", niveau=3)
            yield from _donnees("DONNÉES", o.donnees)
            yield Piece("CONSTAT", niveau=4)
            yield Piece("Les habitants le disent depuis longtemps. Rien n’a changé depuis le précédent contrat.")
            yield from _liste("OBJECTIFS", [b.texte for b in o.objectifs])
            yield from _actions("ACTIONS À CONDUIRE", o.actions)
            yield from _corps("PILOTES", o.pilotes)
            yield from _corps("SERVICES ASSOCIÉS", o.services_associes)
            yield from _credits(
                "MOBILISATION DES COFINANCEMENTS",
                "Droit commun mobilisable",
                "Financements spécifiques mobilisables",
                o.credits,
            )
    yield from _fin(contrat, ("II. ", "III. ", "ANNEXE : "))


def clair(contrat: ContratDeVille) -> Iterator[Piece]:
    """Plain-language headings, no capital."""
    yield from _ouverture(contrat)
    for rank, axe in enumerate(contrat.axes, 1):
        yield Piece(f"Axe {rank} : {axe.titre_imprime}", niveau=2)
        for o in axe.orientations:
            yield Piece(f"Orientation {int(o.code[1:])} : {o.titre_imprime}", niveau=3)
            yield from _donnees("Quelques chiffres", o.donnees)
            yield from _liste("Ce que nous voulons", [b.texte for b in o.objectifs])
            yield from _actions("Ce que nous allons faire", o.actions)
            yield from _corps("Qui fait quoi", o.pilotes)
            yield from _corps("Avec qui", o.services_associes)
            yield from _credits("Avec quel argent", "Droit commun", "Crédits spécifiques", o.credits)
    yield from _fin(contrat, ("", "", ""))


def quartiers(contrat: ContratDeVille) -> Iterator[Piece]:
    """A common base first (commitments, governance, indicators), then the part of each quarter."""
    yield from _ouverture(contrat)
    yield Piece("I. LE SOCLE COMMUN", niveau=1)
    yield Piece("Deux quartiers prioritaires, inventés comme le reste de ce document.")
    yield from _fin(contrat, ("II. ", "III. ", "IV. "))
    yield Piece("V. LES ORIENTATIONS PAR QUARTIER", niveau=1)
    for rank, axe in enumerate(contrat.axes, 1):
        yield Piece(f"AXE {rank} : {axe.titre_imprime}", niveau=2)
        for o in axe.orientations:
            yield Piece(f"ORIENTATION {int(o.code[1:])} : {o.titre_imprime}", niveau=3)
            yield from _liste("Objectifs", [b.texte for b in o.objectifs])
            yield from _actions("Actions prévues", o.actions)
            yield from _corps("Chefs de file", o.pilotes)
            yield from _corps("Partenaires mobilisés", o.services_associes)


def piliers(contrat: ContratDeVille) -> Iterator[Piece]:
    """Pilier 1, objectif stratégique 1.1, objectif opérationnel 1.1.2 with its own actions."""
    yield from _ouverture(contrat)
    for pilier, axe in enumerate(contrat.axes, 1):
        yield Piece(f"PILIER {pilier} – {axe.titre_imprime.upper()}", niveau=1)
        for rank, o in enumerate(axe.orientations, 1):
            yield Piece(f"Objectif stratégique {pilier}.{rank} : {o.titre_imprime}", niveau=2)
            for n, objectif in enumerate(o.objectifs):
                last = n + 1 == len(o.objectifs)
                yield Piece(f"Objectif opérationnel {pilier}.{rank}.{n + 1} : {objectif.texte}", niveau=3)
                yield from _actions("Actions", o.actions[n:] if last else o.actions[n : n + 1])
    yield from _fin(contrat, ("I. ", "II. ", "III. "))


def fiches(contrat: ContratDeVille) -> Iterator[Piece]:
    """A table for each action, its rows in an order and under labels that change."""
    yield from _ouverture(contrat)
    yield Piece("Programme d’actions", niveau=1)
    for axe in contrat.axes:
        yield Piece(f"Axe {axe.code} : {axe.titre_imprime}", niveau=2)
        for o in axe.orientations:
            yield Piece(f"Orientation {int(o.code[1:])} : {o.titre_imprime}", niveau=3)
            for rank, action in enumerate(o.actions, 1):
                yield Piece(cellules=(f"Fiche action n° {int(o.code[1:])}.{rank}", action.texte or ""))
                yield from _rows(action, rank)
                yield Piece()
    yield from _fin(contrat, ("I. ", "II. ", "III. "))


LIGNES_DE_FICHE = (
    ("Porteur", "Partenaires", "Calendrier"),
    ("Chef de file", "Partenaires associés", "Échéance"),
    ("Pilote", "Partenaires mobilisés", "Calendrier prévisionnel"),
)


def _rows(action: Any, rank: int) -> Iterator[Piece]:
    porteur, partenaires, quand = LIGNES_DE_FICHE[rank % 3]
    rows = [
        (porteur, ", ".join(b.nom for b in action.pilotes)),
        ("Quartier concerné", "Le Moulin"),
        (partenaires, ", ".join(b.nom for b in action.partenaires)),
        (quand, "2025-2027"),
    ]
    yield from (Piece(cellules=row) for row in (rows if rank % 2 else rows[::-1]))


_COMMUNS = frozenset({"axes", "orientations", "actions", "indicateurs", "signataires", "engagements", "instances"})
_LISTES = _COMMUNS | {"objectifs", "sous-actions", "pilotes", "services associés"}
DISPOSITIONS = {
    "prose": Disposition(_LISTES | {"donnees", "crédits"}, prose),
    "clair": Disposition(_LISTES | {"donnees", "crédits"}, clair),
    "quartiers": Disposition(_LISTES, quartiers),
    "piliers": Disposition(_COMMUNS | {"objectifs", "sous-actions"}, piliers),
    "fiches": Disposition(_COMMUNS | {"porteurs d’action"}, fiches),
}


# ── Printing ──────────────────────────────────────────────────────────────────────────────────────────────────────


def en_texte(pieces: Iterable[Piece], decor: Decor) -> str:
    """A text file as a PDF prints it: lines of one width, words cut at their ends, blank lines before headings."""
    lines: list[str] = []
    body = list(pieces)
    for rank, piece in enumerate(body):
        if rank == 2 and decor.sommaire:
            lines += _contents(body)
        if piece.niveau and piece.niveau < 4:
            lines += ["", *_wrapped(piece.texte, decor, ""), ""]
        elif piece.cellules:
            lines += _wrapped(" : ".join(piece.cellules), decor, "")
        elif piece.puce is not None:
            indent = " " * decor.retrait * piece.puce
            lines += _wrapped(f"{indent}{_glyph(piece.puce, rank, decor)} {piece.texte}", decor, " " * decor.retrait)
        else:
            lines += _wrapped(piece.texte, decor, "")
    if decor.notes:
        lines += ["", "¹ Enquête auprès de quarante familles, printemps 2023."]
    return "\n".join(lines) + "\n"


def _glyph(puce: int, rank: int, decor: Decor) -> str:
    glyph = decor.glyphes[puce]
    return glyph if not glyph.endswith(")") or puce else f"{rank % 9 + 1})"


def _contents(pieces: Iterable[Piece]) -> list[str]:
    """A table of contents with dotted leaders."""
    titles = [piece.texte for piece in pieces if 0 < piece.niveau < 4][1:]
    return ["", "SOMMAIRE", *(f"{title[:70]} {'.' * 40} {page}" for page, title in enumerate(titles, 2)), ""]


def _wrapped(text: str, decor: Decor, indent: str) -> list[str]:
    """The lines of a paragraph; a word that does not fit is cut after four letters or more when the page hyphenates."""
    lines = textwrap.wrap(text, decor.largeur, subsequent_indent=indent, break_on_hyphens=False) or [""]
    if not decor.cesure:
        return lines
    for n in range(len(lines) - 1):
        word, _, rest = lines[n + 1].strip().partition(" ")
        room = decor.largeur - len(lines[n]) - 2
        if word.isalpha() and len(word) > 7 and room >= 4:
            lines[n] = f"{lines[n]} {word[:4]}-"
            lines[n + 1] = f"{indent}{word[4:]} {rest}".rstrip()
    return lines


def en_word(pieces: Iterable[Piece], reel: bool) -> bytes:
    """A Word file: real headings and lists, or bold paragraphs and typed bullets; tables in both."""
    document = Document()
    table: Any = None
    for piece in pieces:
        if piece.cellules:
            table = table or document.add_table(rows=0, cols=len(piece.cellules))
            for cell, text in zip(table.add_row().cells, piece.cellules, strict=True):
                cell.text = text
            continue
        table = None
        _paragraph(document, piece, reel)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _paragraph(document: Any, piece: Piece, reel: bool) -> None:
    if piece.niveau and reel:
        document.add_heading(piece.texte, piece.niveau)
    elif piece.niveau:
        document.add_paragraph().add_run(piece.texte).bold = True
    elif piece.puce is not None and reel:
        document.add_paragraph(piece.texte, style="List Bullet 2" if piece.puce else "List Bullet")
    elif piece.puce is not None:
        document.add_paragraph(f"{'•o'[piece.puce]} {piece.texte}")
    else:
        document.add_paragraph(piece.texte)
