"""A journey in a real browser: a resident follows a contract by e-mail, on a phone, then stops."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.core import mail
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from tenir.core.courriels import send_due
from tests.personnes import contract
from tests.vie import fiche


def test_one_follows_a_contract_and_stops(
    ouvrir: Callable[..., Page], axe: Callable[..., None], transactional_db: None
) -> None:
    espace = contract("vallon", fictif=True)
    fiche(espace)
    page = ouvrir(reverse("en-ce-moment", args=[espace.slug]), width=1280)
    page.get_by_role("link", name="Suivre par courriel").click()
    axe(page, phone=320)
    page.get_by_label("Votre adresse électronique").fill("voisine@exemple.test")
    page.get_by_role("button", name="Suivre").click()
    page.get_by_text("Un message part à cette adresse").wait_for()
    send_due(timezone.now())
    link = next(line for line in str(mail.outbox[-1].body).splitlines() if "/suivi/" in line)
    page = ouvrir(urlsplit(link).path, width=1280)
    axe(page, phone=320)
    page.get_by_role("button", name="Oui, suivre").click()
    page.get_by_role("button", name="Ne plus suivre").click()
    page.get_by_role("heading", name="Abonnement fini").wait_for()
    axe(page, phone=320)
