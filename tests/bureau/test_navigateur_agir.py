"""A late action settled from the desk, in a real Chromium: the taps are counted."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page

from tenir.core import horloge
from tenir.fiches.models import Jalon
from tenir.habilitations.models import EspaceDeContrat, Habilitation
from tenir.habilitations.roles import Role
from tenir.points.models import Destinataire, PointDEtape, Question
from tests.personnes import body, contract, member, person, referent
from tests.vie import fiche, jalon

TODAY = horloge.today()


class Doigt:
    """A finger that counts its taps."""

    def __init__(self) -> None:
        self.taps = 0

    def tap(self, target: Locator) -> None:
        """Touch something."""
        self.taps += 1
        target.click()


@pytest.fixture
def vallon(transactional_db: None) -> EspaceDeContrat:
    """Two late actions that the CCAS carries, where someone is known."""
    espace = contract("vallon", fictif=True)
    member("Basile Pivot", Role.EQUIPE, espace)
    referent(person("Ida Relais", signs_in=False), espace)
    for rank in (1, 2):
        late = fiche(espace, f"O01-A0{rank}", pilots=("ccas",))
        jalon(late, TODAY - timedelta(days=rank), titre=f"Étape {rank}")
    return espace


@pytest.mark.parametrize(
    ("path", "taps"), [(["Atteint aujourd’hui"], 1), (["Reporter", "d’un mois"], 2)], ids=["atteint", "reporté"]
)
def test_a_late_action_is_settled_from_the_desk_in_two_gestures_at_most(
    ouvrir: Callable[..., Page], axe: Callable[..., None], vallon: EspaceDeContrat, path: list[str], taps: int
) -> None:
    desk = reverse("aujourdhui", args=[vallon.slug])
    page = ouvrir(desk, by=Habilitation.objects.get(role=Role.EQUIPE).personne, width=360)
    late = page.get_by_role("region", name="En retard")
    line, finger = late.get_by_role("listitem").filter(has_text="Étape 2"), Doigt()
    for name in path:
        finger.tap(line.locator("button, summary").filter(has_text=name).first)
    page.wait_for_selector('[role="status"]')
    assert finger.taps == taps <= 2
    assert page.url.endswith(desk)
    assert "Étape 2" not in page.get_by_role("region", name="En retard").inner_text()
    assert "Annuler, encore" in page.get_by_role("status").inner_text()
    axe(page)
    done = Jalon.objects.get(titre="Étape 2")
    assert done.atteint_le == TODAY or done.revise_le == TODAY + timedelta(days=30)


def test_the_delegate_reads_which_bodies_are_silent_in_one_click(
    ouvrir: Callable[..., Page], axe: Callable[..., None], vallon: EspaceDeContrat
) -> None:
    someone = person("Noé Muet", signs_in=False)
    later = horloge.now() + timedelta(days=9)
    point = PointDEtape.objects.create(
        espace=vallon, titre="Automne", reponse_avant=TODAY, cree_par=someone, envoye_le=horloge.now()
    )
    asked = Destinataire.objects.create(point=point, personne=someone, organisation=body("caf"), expire_le=later)
    Question.objects.create(destinataire=asked, ordre=1, fiche=vallon.fiches.order_by("pk")[0])
    delegate = member("Ivo Pilote", Role.COPILOTE, vallon, of="ccas")
    page, finger = ouvrir(reverse("aujourdhui", args=[vallon.slug]), by=delegate, width=1280), Doigt()
    finger.tap(page.locator("header.tete").get_by_role("link", name="Copilotage", exact=True))
    silent = page.get_by_role("region", name="N’ont pas répondu")
    assert "CAF" in silent.inner_text()
    assert finger.taps == 1
    axe(page, phone=360)
