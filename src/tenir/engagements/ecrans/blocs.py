"""What engagements bring to the desk: what is new in them."""

from collections.abc import Iterator
from datetime import datetime

from tenir.ecran.blocs import Nouveaute, news
from tenir.ecran.navigation import address
from tenir.engagements.models import NouvelleDEngagement, SuiviDEngagement, SuiviDEngagementQuerySet
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.organismes import bodies_of
from tenir.habilitations.rights import Acces, Portee, may, reach


def hers(acces: Acces, espace: EspaceDeContrat) -> SuiviDEngagementQuerySet:
    """The engagements whose news concern someone: those of the bodies a partner acts for, all for the others."""
    found = SuiviDEngagement.objects.of(espace)
    if may(acces, "copilotage.read", espace):
        return found
    if reach(acces, "engagement.update", espace) == Portee.SIENNE:
        return found.filter(engagement__signataire__organisation__identifiant__in=bodies_of(acces, espace))
    return found


def novelties(acces: Acces, espace: EspaceDeContrat, since: datetime) -> Iterator[Nouveaute]:
    """The news that others gave of those that concern her; one query."""
    rows = NouvelleDEngagement.objects.filter(suivi__in=hers(acces, espace), enregistree_le__gt=since)
    rows = rows.exclude(auteur=acces.personne)
    columns = ("enregistree_le", "suivi__engagement__code", "suivi__engagement__titre", "auteur", "pour__nom", "le")
    for moment, code, title, author, body, day, text in rows.values_list(*columns, "texte"):
        url = address("suivi-engagement", espace, code)
        yield Nouveaute(moment, code, title, url, news(day, text), author, body or "")
