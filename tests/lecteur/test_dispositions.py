"""Foreign layouts, written by hand with what is expected of each, and the readers that must fail."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tenir.fichier.modeles import ActionPrevue, Axe, ContratDeVille, Orientation
from tenir.lecteur.brouillon import lire
from tenir.lecteur.lecture import read_content
from tests.lecteur.generateur import Piece, en_word
from tests.lecteur.mesure import GENRES, Mesure, mesurer, score
from tests.lecteur.textes import lire_texte

ICI = Path(__file__).parent / "dispositions"
CONNUES = sorted(path.stem for path in ICI.glob("*.txt"))
EN_WORD = sorted(path.name.removesuffix(".word.yaml") for path in ICI.glob("*.word.yaml"))


def _expected(nom: str) -> dict[str, list[str]]:
    return yaml.safe_load((ICI / f"{nom}.yaml").read_text(encoding="utf-8"))


def _text(nom: str) -> str:
    return (ICI / f"{nom}.txt").read_text(encoding="utf-8")


def table(mesures: dict[str, dict[str, Mesure]]) -> str:
    """Precision and recall by kind, all layouts together, as Markdown."""
    lines = ["| genre | attendus | trouvés | justes | précision | rappel |", "|---|---|---|---|---|---|"]
    for genre in GENRES:
        m = [measured[genre] for measured in mesures.values()]
        total = Mesure(sum(x.attendus for x in m), sum(x.trouves for x in m), sum(x.justes for x in m))
        rates = f"{total.precision:.2f} | {total.rappel:.2f}"
        lines.append(f"| {genre} | {total.attendus} | {total.trouves} | {total.justes} | {rates} |")
    return "\n".join(lines)


@pytest.mark.parametrize("nom", CONNUES)
def test_a_layout_is_read(nom: str) -> None:
    measured = mesurer(_expected(nom), lire_texte(_text(nom)).contrat)
    floor = _expected(nom).get("plancher", 1.0)
    assert score(measured) >= float(floor), {g: m for g, m in measured.items() if m.justes < max(m.attendus, m.trouves)}


@pytest.mark.parametrize("nom", EN_WORD)
def test_a_layout_in_word_is_read(nom: str) -> None:
    expected = yaml.safe_load((ICI / f"{nom}.word.yaml").read_text(encoding="utf-8"))
    pieces = (piece for each in expected["document"] for piece in _pieces(each))
    measured = mesurer(expected, lire(read_content(en_word(pieces, reel=True))).contrat)
    assert score(measured) == 1, {g: m for g, m in measured.items() if m.justes < max(m.attendus, m.trouves)}


def _pieces(written: str | dict[str, Any]) -> list[Piece]:
    """One entry of a Word layout: prose, a heading, or a table."""
    if isinstance(written, str):
        return [Piece(written)]
    if "titre" in written:
        return [Piece(written["titre"], niveau=written["niveau"])]
    return [*(Piece(cellules=tuple(str(cell) for cell in row)) for row in written["tableau"]), Piece()]


def test_every_layout_says_that_it_is_invented() -> None:
    assert all("fictif" in _text(nom).lower() for nom in CONNUES)


@pytest.mark.parametrize("nom", CONNUES)
def test_nothing_is_lost(nom: str) -> None:
    """Only what has a known reason is left over, never a line of the body."""
    reasons = {reste.raison for reste in lire_texte(_text(nom)).restes}
    assert "Hors de toute partie reconnue." not in reasons


def _contract(orientations: tuple[Orientation, ...]) -> ContratDeVille:
    whole = lire_texte(_text("piliers")).contrat
    axe = Axe(code="A", titre="Tout", titre_imprime="Tout", orientations=orientations)
    return ContratDeVille(format=whole.format, slug="tout", identite=whole.identite, axes=(axe,))


@pytest.mark.parametrize("nom", CONNUES)
def test_degenerate_readers_score_nothing(nom: str) -> None:
    """Everything in one string, and everything left over, are worth nothing by our own measure."""
    whole = ActionPrevue(code="O01-A01", titre="Tout", texte=_text(nom))
    one_string = Orientation(code="O01", titre="Tout", titre_imprime="Tout", actions=(whole,))
    assert score(mesurer(_expected(nom), _contract((one_string,)))) == 0
    assert score(mesurer(_expected(nom), _contract(()))) == 0
