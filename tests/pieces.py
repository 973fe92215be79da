"""What rooms bring, for a test: those of the test alone, or beside the real ones."""

import pytest
from django.test import Client
from django.urls import reverse

from tenir.core import piece
from tenir.core.piece import Piece, each
from tenir.ecran.navigation import Page
from tenir.habilitations.models import EspaceDeContrat


def only(monkeypatch: pytest.MonkeyPatch, *pieces: Piece) -> None:
    """No room brings anything, but these."""
    monkeypatch.setattr(piece, "_declared", {one.nom: one for one in pieces})


def beside(monkeypatch: pytest.MonkeyPatch, *pieces: Piece) -> None:
    """These rooms too."""
    monkeypatch.setattr(piece, "_declared", piece._declared | {one.nom: one for one in pieces})


def open_entries(client: Client, espace: EspaceDeContrat) -> tuple[list[str], list[str]]:
    """The entries of the bar, then of the account menu, that the rooms declare and of which a page opens to someone."""
    pages = sorted(each("pages"), key=lambda page: page.rang)
    opened = {page.sous or page.name for page in pages if client.get(_url(page, espace)).status_code == 200}
    entries = [page for page in pages if not page.sous and page.name in opened]
    return [one.text for one in entries if not one.compte], [one.text for one in entries if one.compte]


def _url(page: Page, espace: EspaceDeContrat) -> str:
    return reverse(page.name, args=[] if page.platform else [espace.slug])
