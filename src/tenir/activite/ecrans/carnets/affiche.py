"""What is printed and put on a wall: the code to photograph, drawn here and never fetched (ISO/IEC 18004, `segno`)."""

from datetime import date

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from tenir.activite.ecrans.bloc import month_fr
from tenir.activite.models import LienDeCarnet
from tenir.activite.services.liens_de_carnet import token_of
from tenir.core import horloge


def url_of(lien: LienDeCarnet) -> str:
    """The address that the code holds."""
    return f"{settings.ADRESSE}{reverse('mon-carnet', args=[token_of(lien)])}"


def code_of(lien: LienDeCarnet) -> SafeString:
    """The code, drawn: nothing in it but squares; damaged up to a seventh, it is still read."""
    drawn = segno.make(url_of(lien), error="m", micro=False)
    return mark_safe(drawn.svg_inline(omitsize=True, border=2, svgclass="code-a-photographier", lineclass=None))  # noqa: S308


def until(lien: LienDeCarnet) -> str:
    """« novembre 2027 »: the month in which it stops opening anything."""
    day: date = horloge.day_of(lien.expire_le, lien.carnet.espace)
    return month_fr(day)
