"""Whom one calls about a contract: at the foot of each of its public pages, and of what it sends."""

import pytest

from tenir.core.lettre import Message, compose
from tenir.habilitations.correspondance import sender_of, whom_to_write
from tenir.habilitations.models import EspaceDeContrat

GIVEN = {
    "contact_nom": "Service du contrat (fictif)",
    "contact_telephone": "05 36 49 00 01",
    "contact_courriel": "equipe@exemple.test",
    "contact_adresse": "1 place Fictive",
}
PAGES = ("", "actions/", "actions/O01-A01", "signataires/S01", "engagements/S01-E01", "recherche/?q=parents")


@pytest.mark.parametrize("path", PAGES)
def test_every_page_says_at_its_foot_whom_to_call(petit, page, path):
    assert "l’équipe ne l’a pas encore dit" in page(petit, path)
    EspaceDeContrat.objects.filter(pk=petit.pk).update(**GIVEN)
    foot = page(petit, path).partition("<footer")[2]
    assert all(value in foot for value in GIVEN.values())
    assert 'href="tel:0536490001"' in foot
    assert 'href="mailto:equipe@exemple.test"' in foot


def test_every_message_does_too(petit):
    EspaceDeContrat.objects.filter(pk=petit.pk).update(**GIVEN)
    petit.refresh_from_db()
    body = compose(Message("a@exemple.test", "Objet", "Texte.", sender_of(petit))).body
    assert all(value in body for value in GIVEN.values())
    assert all(value in whom_to_write(petit) for value in GIVEN.values())
