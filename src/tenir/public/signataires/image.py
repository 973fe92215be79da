"""Who keeps its promises, as anyone may read it: a bar of squares for each signatory, where the team publishes it."""

from itertools import groupby

from tenir.contrat.adresses import address
from tenir.contrat.models import Engagement, Signataire
from tenir.core.carres import Carre, Rang, Rangs, picture, ranked
from tenir.engagements.signes import DE_L_ETAT, EN_RETARD, ORDRE
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.publications import Genre, publishes
from tenir.public.signataires.suivi import is_late, suivi_of

NO_PROMISE = "Aucun engagement n’est écrit en son nom."


def by_signatory(espace: EspaceDeContrat) -> Rangs:
    """The promises of each signatory, from the facts of their stamps; nothing where the team keeps their states."""
    if not publishes(espace, Genre.ENGAGEMENTS):
        return Rangs((), ())
    rows = Engagement.objects.of(espace).comptes().select_related("suivi", "espace")
    rows = rows.order_by("signataire__ordre", "ordre")
    held = {pk: list(found) for pk, found in groupby(rows, key=lambda one: one.signataire_id)}
    signed = Signataire.objects.of(espace)
    return picture((_row(espace.slug, one, held.get(one.pk, [])) for one in signed), ORDRE)


def _row(slug: str, signed: Signataire, promises: list[Engagement]) -> Rang:
    squares = ranked((_square(slug, one) for one in promises), ORDRE)
    return Rang(signed.nom, squares, address(slug, signed.code), vide=NO_PROMISE, ordre=ORDRE)


def _square(slug: str, one: Engagement) -> Carre:
    suivi = suivi_of(one)
    sign = EN_RETARD if is_late(one) else DE_L_ETAT[suivi.etat if suivi else ""]
    return Carre(sign, f"{one.code} {one.titre}", address(slug, one.code))
