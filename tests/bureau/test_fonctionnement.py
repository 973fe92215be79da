"""The page of the administration of the platform: what runs, what is late, and why."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tenir.core import taches
from tenir.core.models import Execution, TacheDeFond

PAGE = "/plateforme/fonctionnement/"


@pytest.fixture
def page(as_: Callable[[str], Client], settings, tmp_path: Path) -> Callable[[], str]:
    """The page, as the administration reads it."""
    settings.COURRIELS = tmp_path
    client = as_("administration")
    return lambda: client.get(PAGE).content.decode()


def test_an_installation_without_a_loop_is_told_what_it_lacks(page: Callable[[], str]) -> None:
    shown = page()
    assert "La boucle n’a jamais tourné" in shown
    assert "Aucune sauvegarde depuis deux nuits" in shown
    assert "La boucle n’a encore rien fait" in shown


def test_what_ran_is_shown_with_how_it_ended(page: Callable[[], str]) -> None:
    now = timezone.now()
    taches.note("sauvegarder", debut=now, bilan="tenir.zip : 12 lignes.")
    row = TacheDeFond.objects.create(nom="relever-trace", prochaine_le=now, battue_le=now)
    Execution.objects.create(tache=row, debut=now, fin=now, etat="echouee", bilan="OSError : disque <plein>")
    shown = page()
    assert "Aucune sauvegarde" not in shown
    assert "La boucle" not in shown.replace("Dernier tour de la boucle", "")
    assert shown.count("disque &lt;plein&gt;") == 2
    assert "échouée" in shown


def test_messages_that_no_server_took_are_counted(page: Callable[[], str], settings, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    (tmp_path / "1.log").write_text("x")
    assert "Aucun serveur de courriel" in page()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert "Aucun serveur de courriel" not in page()


def test_the_page_costs_the_same_whatever_has_run(page: Callable[[], str], django_assert_max_num_queries) -> None:
    for rank in range(40):
        taches.note("sauvegarder", debut=timezone.now(), bilan=f"n° {rank}")
    with django_assert_max_num_queries(17):
        shown = page()
    assert shown.count("n° ") <= 31 + 31


def test_the_menu_of_the_administration_leads_to_it_from_everywhere_and_no_other_menu_does(
    as_: Callable[[str], Client], vallon
) -> None:
    in_a_contract = reverse("droits", args=[vallon.slug])
    for url in (reverse("plateforme-droits"), reverse("mes-contrats"), in_a_contract):
        assert PAGE in as_("administration").get(url).content.decode()
    assert PAGE not in as_("equipe").get(in_a_contract).content.decode()
