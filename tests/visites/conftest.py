"""The kept visit: one planted contract, each address asked once as each reader, for all the checks of this folder.

Each file holds one thing against the same answers; one process of the tests has them all (`tests/conftest.py`).
"""

import tempfile
from collections.abc import Iterator

import pytest
from django.test import override_settings

from tests.parcours import Parcours
from tests.partage import shared
from tests.vecu import lived


@pytest.fixture(scope="package")
def _lived(django_db_setup: None, django_db_blocker) -> Iterator[Parcours]:
    with (
        tempfile.TemporaryDirectory() as folder,
        override_settings(MEDIA_ROOT=folder),
        shared(django_db_blocker, lived) as found,
    ):
        yield found


@pytest.fixture
def parcours(_lived: Parcours, db: None) -> Parcours:
    """The contract planted, its readers, and what they were shown."""
    return _lived
