"""The messages of the site itself: an installation that is tried, the heads of the trace (`tests/test_messages.py`)."""

from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction
from django.test import override_settings

from tenir.cli.verification import _send
from tenir.core import horloge, nuit
from tenir.core.trace import Auteur, Fait, record
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.services import trace_of
from tests.lettres import Parts, leave


def try_it(_: object) -> None:
    _send("ada@exemple.test")


def keep_heads(espace: EspaceDeContrat) -> None:
    """The heads of a night, in a folder of their own."""
    with TemporaryDirectory() as folder, transaction.atomic():
        record(trace_of(espace), Auteur(commande="tests"), [Fait("contrat", espace.slug)])
        with override_settings(RELEVES=Path(folder) / "releves.csv", RELEVES_ADRESSE="archives@exemple.test"):
            nuit.keep_heads(horloge.now())
            leave()


MESSAGES = {
    "essai-d-installation": Parts(try_it, of_the_site=True),
    "releve-de-trace": Parts(keep_heads, of_the_site=True),
}
