"""A dossier in a real Chromium, on a phone: its link asked for, filled part by part, sent, with nothing typed twice."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core import mail
from playwright.sync_api import Page

from tenir.appels.enums import EtatDeDossier
from tenir.appels.models import AppelAProjets
from tenir.appels.services.liens import token_of
from tenir.habilitations.roles import Role
from tests.appels.appels import publie
from tests.appels.dossiers import here
from tests.appels.parcours import Axe, applies_on_a_phone
from tests.lettres import leave
from tests.personnes import acces, contract


@pytest.fixture
def appel(transactional_db: None) -> AppelAProjets:
    """A call that is open in a public contract."""
    espace = contract("vallon")
    here(espace)
    return publie(acces("Basile Pivot", Role.EQUIPE, espace), espace)


def test_an_association_applies_on_a_phone(
    ouvrir: Callable[..., Page], axe: Axe, appel: AppelAProjets, tmp_path: Path
) -> None:
    found = applies_on_a_phone(ouvrir, axe, appel, tmp_path, {"CCAS": "4 000"}, "4 000")
    assert found.etat == EtatDeDossier.DEPOSE
    leave()
    assert "récépissé" in mail.outbox[-1].body
    page = ouvrir(f"/dossier/{token_of(found)}/", width=360)
    with page.expect_download() as taken:
        page.get_by_role("link", name="Le dossier en PDF").click()
    assert Path(taken.value.path()).read_bytes().startswith(b"%PDF")
