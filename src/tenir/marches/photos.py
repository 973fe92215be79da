"""Photographs of places: made again without what the camera wrote in them, and no larger than a page needs."""

import io

from django.core.exceptions import ValidationError
from django.core.files.base import File

from tenir.core.fichiers import read_file

COTE = 1600
"""The longest side of a photograph that is kept, in pixels."""
PIXELS = 60_000_000
"""The most pixels that are decoded: no camera of a telephone makes more."""
QUALITE = 82
IMAGES = (".jpg", ".jpeg", ".png")


def photo_of(file: "File[bytes]") -> bytes:
    """A photograph as it is kept: JPEG, upright, without place, day or name of the device (Exif, XMP, IPTC).

    Raises:
        ValidationError: it is no photograph that can be read, or is larger than any camera makes.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    nom, content = read_file(file)
    if not nom.lower().endswith(IMAGES):
        raise ValidationError({"fichier": "Donnez une photographie, en JPEG ou en PNG."})
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as opened:
            if opened.width * opened.height > PIXELS:
                raise ValidationError({"fichier": "Cette photographie est trop grande : réduisez-la."})
            upright = ImageOps.exif_transpose(opened).convert("RGB")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        raise ValidationError(
            {"fichier": "Cette photographie ne se lit pas : reprenez-la, ou enregistrez-la de nouveau."}
        ) from error
    upright.thumbnail((COTE, COTE))
    plain = Image.new("RGB", upright.size)
    plain.paste(upright)
    made = io.BytesIO()
    plain.save(made, "JPEG", quality=QUALITE, optimize=True)
    return made.getvalue()
