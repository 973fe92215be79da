"""What is printed and put on a wall."""

from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString

from tenir.activite.models import LienDeCarnet
from tenir.activite.services.liens_de_carnet import token_of
from tenir.core import horloge
from tenir.core.code_photo import square_of
from tenir.core.typographie import month_fr


def url_of(lien: LienDeCarnet) -> str:
    """The address that the code holds."""
    return f"{settings.ADRESSE}{reverse('mon-carnet', args=[token_of(lien)])}"


def code_of(lien: LienDeCarnet) -> SafeString:
    """The code, drawn."""
    return square_of(url_of(lien))


def until(lien: LienDeCarnet) -> str:
    """« novembre 2027 »: the month in which it stops opening anything."""
    day: date = horloge.day_of(lien.expire_le, lien.carnet.espace)
    return month_fr(day)
