"""A code to photograph: drawn here and never fetched (ISO/IEC 18004, `segno`)."""

import segno
from django.utils.safestring import SafeString, mark_safe


def square_of(url: str) -> SafeString:
    """An address as a code: nothing in it but squares; damaged up to a seventh, it is still read."""
    drawn = segno.make(url, error="m", micro=False)
    return mark_safe(drawn.svg_inline(omitsize=True, border=2, svgclass="code-a-photographier", lineclass=None))  # noqa: S308
