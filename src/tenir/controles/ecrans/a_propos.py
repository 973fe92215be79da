"""What the rules find on the item that a page is about, for those who may read it: a slot of every page."""

from django.http import HttpRequest

from tenir.controles.gravites import stamp_of
from tenir.controles.models import AnomalieRelevee
from tenir.core import horloge
from tenir.core.composants import Lien
from tenir.core.typographie import typo
from tenir.ecran.navigation import address
from tenir.habilitations.middleware import acces_of_request
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import may

PAGES = frozenset(
    {"axe", "orientation", "action", "signataire", "engagement", "indicateur", "instance"}
    | {"fiche", "suivi-engagement", "suivi-indicateur"}
)
"""The pages of one item, by the name of their address."""


def anomalies_of_item(request: HttpRequest, espace: EspaceDeContrat | None) -> list[Lien]:
    """The anomalies in force on the item of the page; nothing for the public, who costs no query."""
    match = request.resolver_match
    if espace is None or match is None or match.url_name not in PAGES or not request.user.is_authenticated:
        return []
    acces = acces_of_request(request)
    if acces is None or not may(acces, "anomalie.read", espace):
        return []
    code = match.kwargs["code"]
    rows = AnomalieRelevee.objects.of(espace).standing(horloge.today()).at(code)
    url = f"{address('qualite', espace)}?element={code}"
    return [Lien(typo(one.phrase), url, one.regle, stamp=stamp_of(one.gravite)) for one in rows]
