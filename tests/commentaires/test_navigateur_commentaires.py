"""A journey in a real browser: a comment that tells someone without an account, and her answer."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.core import mail
from django.utils import timezone
from playwright.sync_api import Page

from tenir.core.courriels import send_due
from tenir.ecran.navigation import address
from tenir.habilitations.roles import Role
from tests.personnes import acces, contract, person, referent
from tests.vie import fiche


def link() -> str:
    """The address that the last message gives."""
    send_due(timezone.now())
    text = str(mail.outbox[-1].body)
    return urlsplit(next(line for line in text.splitlines() if "/commentaire/" in line)).path


def test_someone_told_answers_without_an_account(
    ouvrir: Callable[..., Page], axe: Callable[..., None], transactional_db: None
) -> None:
    espace = contract("vallon", etat="signe", fictif=True)
    by = acces("Basile Pivot", Role.EQUIPE, espace)
    referent(person("Ida Citée", signs_in=False), espace, of="caf")
    found = fiche(espace, pilots=("caf",))
    page = ouvrir(address("fiche", espace, found.code), by=by.personne, width=1280)
    page.locator("summary", has_text="Commenter").click()
    page.get_by_label("Votre commentaire").fill("Qui ouvre la salle ?")
    page.get_by_text("Prévenir quelqu’un").click()
    page.get_by_label("Ida Citée, CAF").check()
    axe(page, phone=360)
    page.get_by_role("button", name="Commenter").click()
    page.get_by_text("Le commentaire est écrit.").wait_for()
    assert "Prévenus\xa0: Ida Citée" in page.inner_text("#commentaires")

    hers = ouvrir(link(), width=360)
    axe(hers, phone=320)
    hers.get_by_label("Votre réponse").fill("C’est nous.")
    hers.get_by_role("button", name="Répondre").click()
    hers.get_by_role("button", name="Reprendre ma réponse").wait_for()
    page.reload()
    assert "Ida Citée, CAF, le" in page.inner_text("#commentaires")
