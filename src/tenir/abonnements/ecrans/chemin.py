"""The way to the form of a subscription, from the public pages: light, as the site starts with it."""

from django.http import HttpRequest
from django.urls import reverse

from tenir.core.composants import Lien
from tenir.habilitations.models import EspaceDeContrat


def way_to_follow(_request: HttpRequest, followed: tuple[EspaceDeContrat, str]) -> list[Lien]:
    """The way to the form, from a page of a contract: what it follows is what the page is about."""
    espace, sur = followed
    url = reverse("abonnement-nouveau", args=[espace.slug])
    return [Lien("Suivre par courriel", f"{url}?sur={sur}" if sur else url)]
