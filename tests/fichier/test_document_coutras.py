"""The contract of Coutras against its signed document, where it is given.

Neither the document nor its sentences are ever written here: what is checked is counted, or found by its shape.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tenir.fichier import canonique
from tenir.fichier.couverture import claims_by_line
from tenir.fichier.document import MASK, DocumentNormalise, read_document
from tenir.fichier.modeles import (
    DocumentCadre,
    Donnee,
    Indicateur,
    Lieu,
    LigneDeCredits,
    NatureDePartie,
    OrganismeCite,
    Orientation,
    Signataire,
)
from tenir.fichier.mots import words
from tenir.fichier.objet import Objet, walk
from tenir.fichier.source import Plage
from tenir.fichier.validation import validate

FILE = Path(__file__).parents[2] / "contrats" / "coutras-2024-2030.yaml"
CONTRAT = canonique.load(FILE.read_text("utf-8"))
SKIPPED = re.compile(r"\[…\]|…")
"""Marks words left out of a printed field; what is on both sides must be found, in this order."""

RECOMPOSED = {
    "O09-F01": "linking words left out of one scheme of several",
    "O09-F10": "linking words left out of one scheme of several",
    "O10-F01": "schemes that share one parenthesis, each with its own share of it",
    "O11-F13": "the trailing « ,.. » of a list left out",
    "O01-F04": "a sub-line: its funder is printed on the line above",
    "O01-F05": "a sub-line: its funder is printed on the line above",
    "O04-F05": "a sub-line: its funder is printed on the line above",
    "O04-F06": "a sub-line: its funder is printed on the line above",
    **dict.fromkeys(
        ("T01", "T07", "T10", "T12", "T14", "T24", "T25", "T28", "T31", "T42", "T43", "T44"),
        "a label printed once, before or after the several figures it stands for",
    ),
    **dict.fromkeys(
        ("O01-D02", "O02-D02", "O02-D03", "O02-D05", "O02-D06", "O02-D08", "O02-D09", "O03-D01", "O03-D02", "O03-D03"),
        "a heading or a total, then its parts: each part takes the label of the whole",
    ),
    **dict.fromkeys(
        ("O04-D02", "O04-D03", "O05-D02", "O05-D05", "O05-D06", "O11-D04", "O14-D02"),
        "one sentence that holds several figures: each takes the words that the others share",
    ),
    **dict.fromkeys(
        ("O12-D01", "O12-D02", "O12-D03", "O12-D04", "O12-D05", "O12-D06"),
        "one sentence that holds two figures, under a heading printed once",
    ),
    **dict.fromkeys(("G03", "G04", "G05"), "no name printed: one working group for each axis, named after it"),
    **dict.fromkeys(("G06", "G07", "G08", "G09"), "no name printed: one committee for each theme, numbered by us"),
    "G01": "a member told by another passage on governance",
    "G02": "a member told by another passage on governance",
}
"""The items whose printed words do not follow each other in their own lines, and why; each word is printed nearby."""
AROUND = 12
"""How many lines before its own an item may take a word from."""

GIVEN_AND_FAMILY = re.compile(r"[A-ZÉÈÀ](?:\.|[\w’-]+)(?: [A-ZÉÈÀ][\w’-]+)+")
"""The shape of « Prénom NOM » and of « P. Nom »."""
INITIAL = re.compile(r"(?<=\S )[A-ZÉ]\. ?[A-ZÉÈ]\w+")
PERSON = re.compile(r"\b[A-ZÉÈ][a-zéèêïëç]{2,}(?:-[A-ZÉÈ][a-zéèêïëç]+)? [A-ZÉÈ]{4,}\b")
NO_PERSON = {
    "Abattement", "Aide", "Bibliothèques", "Cali", "Département", "Départementaux", "Enveloppe", "Etat", "Libournais",
    "Logement", "Mésolia", "Opérationnel", "Rénov", "Sous-Préfecture",
}  # fmt: skip
"""Words that stand before an acronym in the document."""


@pytest.fixture(scope="module")
def brut(coutras_document: Path) -> DocumentNormalise:
    """The document as it is, names included."""
    return read_document(coutras_document.read_bytes())


@pytest.fixture(scope="module")
def masque(coutras_document: Path) -> DocumentNormalise:
    """The document as anyone may see it."""
    return read_document(coutras_document.read_bytes(), CONTRAT.spans_of_names)


def test_each_of_the_1995_lines_belongs_to_one_thing(brut: DocumentNormalise) -> None:
    assert sum(bool(line.strip()) for line in brut.lignes_brutes) == 1995
    assert [str(fault) for fault in validate(FILE.read_text("utf-8"), brut).fautes] == []


def test_the_columns_of_a_shared_line_leave_no_word_out(brut: DocumentNormalise) -> None:
    left = {}
    for number, taken in claims_by_line(CONTRAT, brut).items():
        line = list(brut.lignes_brutes[number - 1])
        for claim in taken:
            first, last = claim.plage.colonne_debut or 1, claim.plage.colonne_fin or len(line)
            line[first - 1 : last] = [" "] * (last - first + 1)
        if re.search(r"\w", "".join(line)):
            left[number] = len("".join(line).strip())
    assert left == {}


# ── What is printed is printed ────────────────────────────────────────────────────────────────────────────────────


def letters(text: str) -> str:
    """Text without blanks, hyphens, bullets nor case: what a line end, a cut or a capital does not change."""
    return re.sub(r"[\s\-‑–\u00ad•]", "", text.casefold().replace("’", "'"))


def lines(document: DocumentNormalise, source: tuple[Plage, ...], before: int = 0) -> str:
    """The lines of a source, columns respected unless lines before it are asked."""
    rows = document.lignes_brutes
    if before:
        first, last = min(one.debut for one in source), max(one.fin for one in source)
        return "\n".join(rows[max(0, first - 1 - before) : last + 3])
    return "\n".join(
        rows[number - 1] if one.colonne_debut is None else rows[number - 1][one.colonne_debut - 1 : one.colonne_fin]
        for one in source
        for number in one.lignes
    )


def holds(where: str, printed: str) -> bool:
    """Whether the printed words are there, in this order; marked gaps apart."""
    text, at = letters(where), 0
    for piece in map(letters, SKIPPED.split(printed)):
        at = text.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return True


def every_source(objet: Objet) -> tuple[Plage, ...]:
    fields = ("source", "source_protocole")
    return tuple(one for place in walk(objet) for field in fields for one in getattr(place.objet, field, ()))


def parts_of(orientation: Orientation, nature: NatureDePartie) -> tuple[Plage, ...]:
    return tuple(one for partie in orientation.parties if partie.nature is nature for one in partie.source)


Printed = tuple[str, str | None, tuple[Plage, ...]]
"""A code, what the file says is printed, and the lines that should print it."""

FIELDS: dict[type, tuple[str, ...]] = {
    Donnee: ("libelle", "imprime"),
    LigneDeCredits: ("financeur",),
    Signataire: ("nom",),
    Lieu: ("nom",),
    Indicateur: ("libelle",),
    DocumentCadre: ("titre", "periode"),
}


def titles() -> Iterator[Printed]:
    for one in (*CONTRAT.axes, *CONTRAT.orientations):
        yield one.code, one.titre_imprime, one.source
        yield one.code, one.titre_protocole, one.source_protocole


def plain_fields() -> Iterator[Printed]:
    for item in CONTRAT.items.values():
        for field in FIELDS.get(type(item), ()):
            yield item.code, getattr(item, field), item.source


def cited(code: str, bodies: tuple[OrganismeCite, ...], source: tuple[Plage, ...]) -> Iterator[Printed]:
    return ((code, one.nom, source) for one in bodies)


def of_orientations() -> Iterator[Printed]:
    for one in CONTRAT.orientations:
        yield from cited(one.code, one.pilotes, parts_of(one, NatureDePartie.PILOTES))
        yield from cited(one.code, one.services_associes, parts_of(one, NatureDePartie.SERVICES))
        for action in one.actions:
            yield action.code, action.horizon, action.source
            yield action.code, action.sous_theme, every_source(one)
            yield from cited(action.code, (*action.pilotes, *action.partenaires), action.source)
        for line in one.credits:
            for scheme in line.dispositifs:
                yield line.code, scheme.nom, line.source
                yield line.code, scheme.sous_theme, every_source(one)


def of_governance() -> Iterator[Printed]:
    for one in CONTRAT.instances:
        yield one.code, one.nom, every_source(one)
        yield from cited(one.code, (*one.presidence, *one.composition), every_source(one))
    headings = tuple(
        one for part in CONTRAT.parties if part.nature is NatureDePartie.INDICATEURS for one in part.source
    )
    for indicator in CONTRAT.indicateurs:
        yield indicator.code, indicator.groupe, headings
        yield indicator.code, indicator.sous_groupe, headings


@pytest.mark.parametrize(
    "printed", [titles, plain_fields, of_orientations, of_governance], ids=lambda one: one.__name__
)
def test_what_the_file_says_is_printed_is_printed(brut: DocumentNormalise, printed: object) -> None:
    rows = [(code, text, source) for code, text, source in printed() if text]
    assert len(rows) > 20
    missing = [(c, text) for c, text, source in rows if c not in RECOMPOSED and not holds(lines(brut, source), text)]
    assert missing == []


def test_a_recomposed_field_uses_no_word_that_is_not_printed_nearby(brut: DocumentNormalise) -> None:
    every = [*plain_fields(), *of_orientations()]
    rows = [(code, text, source) for code, text, source in every if text and code in RECOMPOSED]
    invented = [
        (code, sorted(set(words(text)) - set(words(lines(brut, source, AROUND))))) for code, text, source in rows
    ]
    assert [(code, new) for code, new in invented if new] == []


def test_no_exception_is_kept_that_is_not_needed(brut: DocumentNormalise) -> None:
    every = [*titles(), *plain_fields(), *of_orientations(), *of_governance()]
    apart = {code for code, text, source in every if text and not holds(lines(brut, source), text)}
    assert set(RECOMPOSED) - apart == set()


# ── Names of persons ──────────────────────────────────────────────────────────────────────────────────────────────


def test_each_masked_span_covers_a_whole_name(brut: DocumentNormalise) -> None:
    assert CONTRAT.spans_of_names
    for plage in CONTRAT.spans_of_names:
        line = brut.lignes_brutes[plage.debut - 1]
        assert plage.colonne_debut
        covered, rest = line[plage.colonne_debut - 1 : plage.colonne_fin], line[plage.colonne_fin :]
        has_shape, goes_on = bool(GIVEN_AND_FAMILY.fullmatch(covered)), bool(re.match(r"[\w-]", rest))
        assert (has_shape, goes_on) == (True, False), plage  # the name itself never shows, not even here


def test_no_line_shows_what_looks_like_a_person(masque: DocumentNormalise) -> None:
    shown = enumerate(masque.lignes, 1)
    found = [(n, len(hit)) for n, line in shown for hit in PERSON.findall(line) if hit.split()[0] not in NO_PERSON]
    assert found == [(1236, 13)]  # « la résidence … », cut at the line end: a place


def test_an_initial_before_a_name_is_that_of_a_place(masque: DocumentNormalise) -> None:
    places = " ".join(item.nom for item in CONTRAT.lieux)
    hits = [(number, hit) for number, line in enumerate(masque.lignes, 1) for hit in INITIAL.findall(line)]
    assert hits
    assert [number for number, hit in hits if hit not in places] == []


def test_the_two_names_leave_no_word_of_theirs(brut: DocumentNormalise, masque: DocumentNormalise) -> None:
    names = {
        word.casefold()
        for plage in CONTRAT.spans_of_names
        for word in brut.lignes_brutes[plage.debut - 1][plage.colonne_debut - 1 : plage.colonne_fin].split()
    }
    shown = set(re.findall(r"[\w’-]+", "\n".join(masque.lignes).casefold()))
    assert len(names) == 4
    assert len(names & shown) == 0
    assert "\n".join(masque.lignes).count(MASK) == 2


def test_the_file_itself_names_neither(brut: DocumentNormalise) -> None:
    text = FILE.read_text("utf-8").casefold()
    families = [
        brut.lignes_brutes[plage.debut - 1][plage.colonne_debut - 1 : plage.colonne_fin].split()[-1].casefold()
        for plage in CONTRAT.spans_of_names
    ]
    assert sum(family in text for family in families) == 0
