"""A whole campaign on the fictitious contract, in a real Chromium: opened, sent to all who signed, answered on phones,
handed over, refused, read, closed, and its synthesis frozen."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import docx
import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from tenir.acteurs.models import Organisation
from tenir.contrat.chargement import load_contract
from tenir.core.courriels import send_due
from tenir.demonstration.personnes import seed
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.roles import Role
from tenir.points.models import Destinataire, RefusDeSollicitation
from tenir.points.services.reponses import nothing_new
from tests.personnes import member, person, referent

ROOT = Path(__file__).parents[2]
SLUG = "virelande-fictif-2024-2030"
BODIES = 10
Axe = Callable[[Page], None]


@pytest.fixture
def fictif(transactional_db: None, settings) -> EspaceDeContrat:
    """The fictitious contract, its people, and whom to ask in each body that signs."""
    settings.DEMONSTRATION = True
    espace = load_contract((ROOT / f"contrats/fictif/{SLUG}.yaml").read_text(), commande="tests").espace
    seed(SLUG)
    for body in Organisation.objects.filter(signatures__espace=espace):
        referent(person(f"Contact {body.identifiant}", signs_in=False), espace, of=body.identifiant)
    return espace


def link_in(message: mail.EmailMessage) -> str:
    return "/" + next(word for word in message.body.split() if "/point/" in word).split("/", 3)[3]


def launched(page: Page, axe: Axe) -> None:
    """The team says about what, looks at whom, passes over what is missing, and sends."""
    page.get_by_label("Titre").fill("Automne")
    page.get_by_label("Réponse attendue pour le").fill((timezone.localdate() + timedelta(days=15)).isoformat())
    page.get_by_role("button", name="Enregistrer").click()
    axe(page)
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_label("Pourquoi").fill("vu en réunion")
    page.get_by_role("button", name="Passer outre ce qui est coché").click()
    page.get_by_role("button", name="Envoyer").click()
    page.get_by_role("link", name="Lire les réponses").wait_for()


def focus(page: Page, name: str) -> None:
    """Reach a button by the Tab key alone."""
    wanted = page.get_by_role("button", name=name)
    for _ in range(200):
        page.keyboard.press("Tab")
        if wanted.evaluate("found => found === document.activeElement"):
            return
    raise AssertionError(f"« {name} » ne s’atteint pas au clavier.")


def answered_with_the_keyboard(page: Page, axe: Axe) -> None:
    """At 320 px: nothing new, in three keys once there."""
    focus(page, "Rien de nouveau pour tout")
    page.keyboard.press("Enter")
    page.get_by_text("Vous avez répondu à tout").wait_for()
    axe(page)
    focus(page, "J’ai terminé")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Merci, c’est terminé").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def handed_over(page: Page, axe: Axe) -> None:
    page.get_by_role("link", name="Transmettre à un collègue").click()
    axe(page)
    page.get_by_label("Son prénom et son nom").fill("Ugo Fictif")
    page.get_by_label("Son adresse électronique").fill("ugo@exemple.test")
    page.get_by_role("button", name="Transmettre").click()
    page.get_by_text("vous pouvez encore lire les réponses").wait_for()
    expect(page.get_by_role("button", name="Rien de nouveau")).to_have_count(0)


def left_alone(page: Page, axe: Axe) -> None:
    page.get_by_role("link", name="Ne plus être sollicité·e").click()
    axe(page)
    page.get_by_role("button", name="Ne plus me solliciter").click()
    page.get_by_text("vous ne serez plus sollicité·e").wait_for()


def concluded(page: Page, axe: Axe, folder: Path) -> Path:
    """The team accepts what is plain, closes, looks at the synthesis, freezes it, and takes the Word file."""
    page.get_by_role("link", name="Lire les réponses").click()
    page.get_by_role("button", name="Accepter").first.click()
    page.get_by_text("Aucune réponse n’attend").wait_for()
    page.get_by_role("link", name="Retour au point d’étape").click()
    page.get_by_role("link", name="Clore").click()
    page.get_by_role("button", name="Clore").click()
    page.get_by_role("link", name="Préparer la synthèse").click()
    axe(page)
    page.get_by_role("button", name="Figer cette synthèse").click()
    page.get_by_text("La synthèse est figée").wait_for()
    axe(page)
    with page.expect_download() as brought:
        page.get_by_role("link", name="Télécharger en Word").click()
    brought.value.save_as(folder / "synthese.docx")
    return folder / "synthese.docx"


def test_a_campaign_from_its_opening_to_its_synthesis(
    page_of: Callable[..., Page], ouvrir: Callable[..., Page], axe: Axe, fictif: EspaceDeContrat, tmp_path: Path
) -> None:
    team = page_of(member("Basile Pivot", Role.EQUIPE, fictif), reverse("point-nouveau", args=[SLUG]), width=1280)
    launched(team, axe)
    send_due(timezone.now())
    asked = mail.outbox[:]
    here = Destinataire.objects.filter(point__titre="Automne")
    assert len(here.values_list("organisation").distinct()) >= BODIES
    assert all(one.subject.startswith("[fictif]") for one in asked)
    answered_with_the_keyboard(ouvrir(link_in(asked[0]), width=320), axe)
    handed_over(ouvrir(link_in(asked[1]), width=360), axe)
    send_due(timezone.now())
    hers = ouvrir(link_in(next(one for one in mail.outbox if one.to == ["ugo@exemple.test"])), width=360)
    hers.get_by_role("button", name="Rien de nouveau pour tout").click()
    hers.get_by_text("Vous avez répondu à tout").wait_for()
    left_alone(ouvrir(link_in(asked[2]), width=360), axe)
    assert RefusDeSollicitation.objects.count() == 1
    silent = here.get(personne=RefusDeSollicitation.objects.get().personne)
    for one in here.exclude(pk=silent.pk).filter(transmis_a=None):
        nothing_new(destinataire=one, questions=one.questions.waiting())
    team.reload()
    file = docx.Document(str(concluded(team, axe, tmp_path)))
    told = "\n".join(one.text for one in file.paragraphs)
    assert f"N’ont donné aucune réponse : {silent.organisation}" in told.replace("\xa0", " ")
    assert "fictif" in file.sections[0].header.paragraphs[0].text
