"""The messages of sign-in (`tests/test_messages.py`)."""

from django.core.cache import cache
from django.test import Client

from tenir.acteurs.services import open_account
from tests.lettres import Parts

ASK = "/compte/connexion/"


def to_an_account(_: object) -> None:
    open_account(email="ada@exemple.test", nom="Ada Fictive")
    ask("ada@exemple.test")


def to_nobody(_: object) -> None:
    ask("personne@exemple.test")


def ask(email: str) -> None:
    """Ask for a code, as if for the first time."""
    cache.clear()
    Client().post(ASK, {"email": email})


MESSAGES = {
    "account/email/login_code": Parts(to_an_account, of_the_site=True),
    "account/email/unknown_account": Parts(to_nobody, of_the_site=True),
}
