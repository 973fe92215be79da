"""What the eye and the keyboard need of any page: charts legible in forced colours, nothing over what has the focus."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tenir.habilitations.models import EspaceDeContrat
from tenir.indicateurs.models import SuiviDIndicateur
from tests.fiches import test_navigateur_tableau
from tests.mesures import releve
from tests.vie import indicateur

vallon, team = test_navigateur_tableau.vallon, test_navigateur_tableau.team
READABLE = 4.5
"""Contrast of a text of ordinary size (RGAA 3.2)."""
GROUND = """element => {
    for (let one = element; one; one = one.parentElement) {
        const ground = getComputedStyle(one).backgroundColor;
        if (!/, 0\\)$/.test(ground)) return ground;
    }
    return 'rgb(0, 0, 0)';
}"""
COVERED = """() => {
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    const boxes = [...one.getClientRects()].filter(box => box.width > 2 && box.height > 2);
    const over = box => {
        const middle = (low, high, size) => (Math.max(0, low) + Math.min(size, high)) / 2;
        const [x, y] = [middle(box.left, box.right, innerWidth), middle(box.top, box.bottom, innerHeight)];
        const top = document.elementFromPoint(x, y);
        const labels = [...(one.labels || [])];
        const mine = top && (one.contains(top) || top.contains(one) || labels.some(label => label.contains(top)));
        return mine ? null : `${top ? top.outerHTML.slice(0, 80) : 'hors écran'} sur ${one.outerHTML.slice(0, 120)}`;
    };
    const told = boxes.map(over);
    return told.length && told.every(Boolean) ? told[0] : '';
}"""


def luminance(colour: str) -> float:
    """The relative luminance of « rgb(r, g, b) »."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """How far two colours are told apart, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.fixture
def measured(vallon: EspaceDeContrat) -> SuiviDIndicateur:
    """An indicator with a chart."""
    of = indicateur(vallon, unite="personnes")
    for year, value in ((2024, "12"), (2025, "18")):
        releve(of, value, date(year, 6, 30), statut="valide")
    return of


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_the_letters_of_a_chart_are_legible_in_forced_colours(
    team: Callable[..., Page], measured: SuiviDIndicateur, scheme: str
) -> None:
    page = team(reverse("suivi-indicateur", args=[measured.espace.slug, measured.code]))
    page.emulate_media(forced_colors="active", color_scheme=scheme)
    letters = page.locator(".graphique svg text:visible").all()
    assert letters
    for one in letters:
        ink, ground = one.evaluate("e => getComputedStyle(e).fill"), one.evaluate(GROUND)
        assert contrast(ink, ground) >= READABLE, f"{one.text_content()} : {ink} sur {ground}"


BAR = """() => {
    const bar = document.createElement('div');
    Object.assign(bar.style, {position: 'fixed', bottom: 0, left: 0, right: 0, height: '120px', background: 'white'});
    document.body.append(bar);
}"""
MOST = 400
"""Stops of the keyboard on one page: a walk that goes on for longer turns in circles."""


def covered(page: Page) -> list[str]:
    """Tab through a whole page: what stands over each thing that takes the focus."""
    told: list[str] = []
    page.keyboard.press("Tab")
    while (over := page.evaluate(COVERED)) is not None:
        told.append(over)
        assert len(told) < MOST
        page.keyboard.press("Tab")
    assert len(told) > 20
    return [over for over in told if over]


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("name", ["fiches", "actions"])
def test_nothing_stands_over_what_has_the_focus_in_a_list_of_actions(
    team: Callable[..., Page], vallon: EspaceDeContrat, name: str, width: int
) -> None:
    page = team(reverse(name, args=[vallon.slug]), width=width)
    assert covered(page) == []


def test_a_bar_that_stays_at_the_bottom_of_the_screen_is_seen(
    team: Callable[..., Page], vallon: EspaceDeContrat
) -> None:
    page = team(reverse("fiches", args=[vallon.slug]))
    page.evaluate(BAR)
    assert covered(page)
