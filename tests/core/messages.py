"""The message by which an installation is tried (`tests/test_messages.py`)."""

from tenir.cli.verification import _send
from tests.lettres import Parts


def try_it(_: object) -> None:
    _send("ada@exemple.test")


MESSAGES = {"essai-d-installation": Parts(try_it, of_the_site=True)}
