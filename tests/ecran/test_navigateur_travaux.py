"""A long work in a real Chromium: followed without a gesture, cancelled by the keyboard, readable on a phone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tenir.core.models import Travail
from tenir.core.piece import Piece
from tenir.core.travaux.boucle import advance_works
from tenir.core.travaux.chantier import Chantier, Fin, Pas, Suivi
from tenir.core.travaux.demande import Demande
from tenir.ecran import travaux
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import acces_of
from tenir.habilitations.roles import Role
from tests.personnes import contract, member
from tests.pieces import beside

STEPS = 4


def by_steps(travail: Travail, suivi: Suivi) -> Pas | Fin:
    """What the work of this journey does."""
    rank = travail.marque.get("rang", 0) + 1
    if rank == STEPS:
        return Fin("Tout est lu.", suite=travail.retour)
    return Pas({"rang": rank}, rank, STEPS, f"Feuille {rank} lue")


@pytest.fixture
def vallon(transactional_db: None, monkeypatch: pytest.MonkeyPatch, settings, tmp_path: Path) -> EspaceDeContrat:
    """A contract in which works may be asked."""
    settings.MEDIA_ROOT = tmp_path
    beside(monkeypatch, Piece("essai", works={"essai": Chantier(by_steps, "fiche.read")}))
    return contract("vallon")


def one_step() -> None:
    """What the loop does before it is asked to stop."""
    asked: list[bool] = []
    advance_works(stop=lambda: len(asked) > 1 or bool(asked.append(True)))


@pytest.mark.parametrize("width", [1280, 360])
def test_a_work_is_followed_to_its_result_without_a_gesture(
    page_of: Callable[..., Page], axe: Callable[[Page], None], vallon: EspaceDeContrat, width: int
) -> None:
    basile = member("Basile Pivot", Role.EQUIPE, vallon)
    asked = Demande("essai", "Lecture du classeur « un-nom-de-fichier-tres-long.xlsx »", "/espace/vallon/")
    travail = travaux.ask(acces_of(basile), vallon, asked)
    page = page_of(basile, travaux.page_of(travail), width=width)
    expect(page.get_by_text("Il attend son tour.")).to_be_visible()
    axe(page)
    annuler = page.get_by_role("link", name="Annuler")
    annuler.focus()
    one_step()
    expect(page.get_by_text("Feuille 1 lue")).to_be_visible()
    expect(page.get_by_role("progressbar", name="Feuille 1 lue")).to_be_visible()
    expect(annuler).to_be_focused()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    advance_works()
    expect(page.get_by_role("link", name="Voir le résultat")).to_be_visible()
    axe(page)


def test_a_work_is_cancelled_by_the_keyboard_once_confirmed(
    page_of: Callable[..., Page], axe: Callable[[Page], None], vallon: EspaceDeContrat
) -> None:
    basile = member("Basile Pivot", Role.EQUIPE, vallon)
    travail = travaux.ask(acces_of(basile), vallon, Demande("essai", "Un essai", "/espace/vallon/"))
    page = page_of(basile, travaux.page_of(travail), width=1280)
    page.get_by_role("link", name="Annuler").press("Enter")
    page.wait_for_url("**/annuler/")
    axe(page)
    page.get_by_role("button", name="Annuler ce travail").press("Enter")
    expect(page.get_by_text("Annulé avant de commencer.")).to_be_visible()
    axe(page)
