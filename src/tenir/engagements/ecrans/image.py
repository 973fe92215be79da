"""Who keeps its promises, in one picture: a bar of squares for each signatory."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from tenir.contrat.models import Signataire
from tenir.core.carres import Carre, Rang, Rangs, picture, ranked
from tenir.ecran.navigation import address
from tenir.engagements.ecrans.commun import at
from tenir.engagements.models import SuiviDEngagement
from tenir.engagements.signes import ORDRE, sign_of
from tenir.habilitations.models import EspaceDeContrat

NO_PROMISE = "Aucun engagement n’est écrit en son nom."


def by_signatory(espace: EspaceDeContrat, on: date) -> Rangs:
    """The promises of each signatory of a contract on a day, those who promised nothing included; two queries."""
    rows = SuiviDEngagement.objects.of(espace).select_related("espace", "engagement")
    rows = rows.order_by("engagement__signataire__ordre", "engagement__ordre")
    held = {pk: list(found) for pk, found in groupby(rows, key=lambda one: one.engagement.signataire_id)}
    return picture(
        (_row(one, held.get(one.pk, ()), on) for one in Signataire.objects.of(espace).select_related("espace")), ORDRE
    )


def squares(promises: Iterable[SuiviDEngagement], on: date) -> tuple[Carre, ...]:
    """Promises as a bar, each leading to its page."""
    return ranked((Carre(sign_of(one, on), str(one), at(one)) for one in promises), ORDRE)


def _row(signed: Signataire, promises: Iterable[SuiviDEngagement], on: date) -> Rang:
    url = address("suivi-engagements-etat", signed.espace, signed.code)
    return Rang(signed.nom, squares(promises, on), url, vide=NO_PROMISE, ordre=ORDRE)
