"""Someone who may sign in, and what she receives."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from tenir.acteurs.models import Personne
from tests.personnes import person

CODE = re.compile(r"Tenir : (\S+)")


@pytest.fixture
def ada(db: None) -> Personne:
    """A person with an account and no password."""
    return person("Ada Sommet")


def last_code() -> str:
    """The code in the last message sent."""
    found = CODE.search(mail.outbox[-1].body)
    assert found
    return found[1]


@pytest.fixture
def ask(client: Client) -> Callable[..., str]:
    """Ask for a code at an address, and return it."""

    def asked(email: str, following: str = "") -> str:
        query = f"?next={following}" if following else ""
        client.post(reverse("account_request_login_code") + query, {"email": email})
        return last_code()

    return asked


def signed_in(client: Client) -> bool:
    """Whether the browser carries a session of an account."""
    return "_auth_user_id" in client.session
