"""A full disk: what was sent is refused whole, nothing of it is left, and the page says so."""

import errno
import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.files.base import ContentFile
from django.db import OperationalError
from django.test import Client
from django.urls import path
from django.utils import timezone

from tenir.core.disque import UNFINISHED, StockageEntier, is_full

FAILING: list[Exception] = []


@login_not_required
def failing(request: object) -> None:
    raise FAILING[0]


urlpatterns = [path("panne", failing)]
handler500 = "tenir.core.panne.en_panne"


class Cut(ContentFile):  # type: ignore[type-arg]
    """What a disk takes the start of, then no more."""

    def chunks(self, chunk_size: int | None = None):
        yield b"le debut"
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_file_cut_by_a_full_disk_leaves_nothing(tmp_path: Path) -> None:
    storage = StockageEntier(location=tmp_path)
    for _ in range(3):
        with pytest.raises(OSError, match="No space"):
            storage.save("pieces/plan.pdf", Cut(b"x"))
    assert [one for one in tmp_path.rglob("*") if one.is_file()] == []


def test_a_file_is_kept_whole_under_a_name_of_its_own(tmp_path: Path) -> None:
    storage = StockageEntier(location=tmp_path, file_permissions_mode=0o600)
    names = [storage.save("pieces/plan.pdf", ContentFile(content)) for content in (b"un", b"deux")]
    assert len(set(names)) == 2
    assert [(tmp_path / name).read_bytes() for name in names] == [b"un", b"deux"]
    assert {(tmp_path / name).stat().st_mode & 0o777 for name in names} == {0o600}
    assert sum(1 for one in tmp_path.rglob("*") if one.is_file()) == 2


def test_what_a_killed_process_was_writing_is_removed_a_day_later(tmp_path: Path) -> None:
    storage, now = StockageEntier(location=tmp_path), timezone.now()
    (tmp_path / f"{UNFINISHED}abc").write_bytes(b"le debut")
    storage.drop_unfinished(now - timedelta(days=1))
    assert len(list(tmp_path.iterdir())) == 1, "it may still be written"
    storage.drop_unfinished(now + timedelta(days=1))
    assert list(tmp_path.iterdir()) == []


FULL = [
    OSError(errno.ENOSPC, "No space left on device"),
    OSError(errno.EDQUOT, "Disk quota exceeded"),
    OperationalError("database or disk is full"),
    OperationalError('could not extend file "base/1/2": No space left on device'),
]


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("error", FULL, ids=repr)
def test_a_full_disk_is_told_as_such(error: Exception) -> None:
    FAILING[:] = [error]
    answer = Client(raise_request_exception=False).get("/panne")
    assert answer.status_code == 503
    assert "Son disque est plein" in answer.content.decode()


def test_another_error_is_not_that_of_a_full_disk() -> None:
    assert not is_full(OSError(errno.EACCES, "Permission denied"))
    assert not is_full(OperationalError("connection refused"))
    assert not is_full(None)
