"""What rooms bring, for a test: those of the test alone, or beside the real ones."""

import pytest

from tenir.core import piece
from tenir.core.piece import Piece


def only(monkeypatch: pytest.MonkeyPatch, *pieces: Piece) -> None:
    """No room brings anything, but these."""
    monkeypatch.setattr(piece, "_declared", {one.nom: one for one in pieces})


def beside(monkeypatch: pytest.MonkeyPatch, *pieces: Piece) -> None:
    """These rooms too."""
    monkeypatch.setattr(piece, "_declared", piece._declared | {one.nom: one for one in pieces})
