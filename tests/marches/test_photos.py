"""A photograph of a place is kept without what the camera wrote in it."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tenir.marches import photos
from tenir.marches.photos import COTE, photo_of
from tests.marches.marches import APPAREIL, PLACE, telephone


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_it_says_neither_where_nor_with_what_it_was_taken(kind: str) -> None:
    given = telephone(kind=kind)
    assert opened(given.read()).getexif().get_ifd(PLACE)
    given.seek(0)
    kept = photo_of(given)
    assert not dict(opened(kept).getexif())
    assert APPAREIL.encode() not in kept
    assert b"Exif" not in kept
    assert opened(kept).format == "JPEG"


def test_it_stands_upright_and_is_no_larger_than_a_page_needs() -> None:
    kept = opened(photo_of(telephone(4000, 2000, turned=True)))
    assert kept.size == (COTE // 2, COTE)


def test_a_transparent_picture_is_kept_too() -> None:
    made = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(made, "PNG")
    assert opened(photo_of(SimpleUploadedFile("plan.png", made.getvalue()))).mode == "RGB"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("note.pdf", b"%PDF-1.4\n", "JPEG ou en PNG"),
        ("photo.jpg", b"\xff\xd8\xff" + b"x" * 50, "ne se lit pas"),
        ("photo.jpg", b"", "vide"),
        ("photo.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 30, "ne se lit pas"),
        ("photo.heic", b"....ftypheic", "n’est pas accepté"),
        ("photo.jpg", b"<svg onload=alert(1)>", "n’est pas un vrai"),
    ],
)
def test_what_is_no_photograph_is_refused_with_what_to_do(name: str, content: bytes, told: str) -> None:
    with pytest.raises(ValidationError) as refused:
        photo_of(SimpleUploadedFile(name, content))
    assert told in refused.value.message_dict["fichier"][0]


def test_a_picture_that_would_fill_the_memory_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photos, "PIXELS", 100)
    with pytest.raises(ValidationError) as refused:
        photo_of(telephone())
    assert "trop grande" in refused.value.message_dict["fichier"][0]


def test_a_cut_photograph_is_refused() -> None:
    whole = telephone(800, 600).read()
    with pytest.raises(ValidationError):
        photo_of(SimpleUploadedFile("coupee.jpg", whole[: len(whole) // 2]))
