"""The secrets of links: a new secret of the site leaves the former ones open; no kind of link is left uncounted."""

import pytest
from django.utils import timezone

from tenir.core import jetons
from tenir.core.piece import Piece, by_name
from tests.pieces import beside

FORMER, PRESENT = "d-avant-" * 8, "d-a-present-" * 8


@pytest.fixture
def link(monkeypatch: pytest.MonkeyPatch, settings) -> str:
    """A link of a kind of its own, made before the secret changed."""
    beside(monkeypatch, Piece("essai", links={"essai": lambda now: 3}))
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = FORMER, []
    made = jetons.make("essai", 7, "aléa")
    settings.SECRET_KEY = PRESENT
    return made


def test_a_link_of_before_opens_while_the_former_secret_is_kept(link: str, settings) -> None:
    assert not jetons.is_true(link, "essai", 7, "aléa")
    settings.SECRET_KEY_FALLBACKS = [FORMER]
    assert jetons.is_true(link, "essai", 7, "aléa")
    assert not jetons.is_true(link, "essai", 8, "aléa")
    assert not jetons.is_true(link, "essai", 7, "autre")


def test_a_link_is_made_with_the_present_secret(link: str, settings) -> None:
    settings.SECRET_KEY_FALLBACKS = [FORMER]
    assert jetons.make("essai", 7, "aléa") != link


def test_a_kind_of_link_that_no_room_counts_is_not_made() -> None:
    with pytest.raises(jetons.LienNonDeclare):
        jetons.make("inconnu", 7, "aléa")


@pytest.mark.django_db
def test_every_kind_of_link_is_counted(link: str) -> None:
    assert len(by_name("links")) == 20
    assert jetons.open_links(timezone.now()) == 3


def test_a_fingerprint_tells_two_secrets_apart_and_nothing_else(settings) -> None:
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = PRESENT, [FORMER]
    assert jetons.fingerprints() == [jetons.fingerprint(PRESENT), jetons.fingerprint(FORMER)]
    assert jetons.fingerprint(PRESENT) != jetons.fingerprint(FORMER)
    assert PRESENT not in jetons.fingerprint(PRESENT)
