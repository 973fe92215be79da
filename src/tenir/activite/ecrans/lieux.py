"""The places of a contract: where something is done, and what is done in each."""

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from tenir.activite.droits import niveau_of
from tenir.activite.ecrans.bloc import done
from tenir.activite.ecrans.flux.commun import feed_of_place
from tenir.activite.ecrans.series.page import at
from tenir.activite.enums import Confiance, Statut
from tenir.activite.models import Serie
from tenir.activite.rythmes import rhythm
from tenir.contrat.models import Lieu
from tenir.core import horloge
from tenir.core.composants import Lien
from tenir.core.typographie import capital, pluriel, typo
from tenir.ecran.navigation import address, context
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs

ONGLET = "activite-lieux"


@needs("activite.read")
def lieux(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """The places that the contract names, with what counts in each."""
    niveau = niveau_of(acces, espace)
    counted = Q(entrees__statut=Statut.TENUE, entrees__confiance=Confiance.RETENUE, entrees__niveau__lte=niveau)
    rows = Lieu.objects.of(espace).annotate(inscrites=Count("entrees", filter=counted)).order_by("ordre")
    found = [Lien(one.nom, address("activite-lieu", espace, one.code), note=_held(one.inscrites)) for one in rows]
    return render(request, "activite/lieux.html", context(acces, espace, ONGLET, lieux=found))


@needs("activite.read")
def lieu(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str) -> HttpResponse:
    """One place: what is done there over twelve months, what comes back."""
    found = get_object_or_404(Lieu.objects.of(espace), code=code)
    given = context(
        acces,
        espace,
        ONGLET,
        lieu=found,
        chapeau=typo(f"{capital(found.nature)}." if found.nature else "Lieu que le contrat nomme."),
        fait=done(acces, espace, found),
        series=_series(acces, espace, found),
        flux=feed_of_place(acces, espace, found),
        liste=address(ONGLET, espace),
    )
    return render(request, "activite/lieu.html", given)


def _held(count: int) -> str:
    return pluriel(count, "entrée", genre="f")


def _series(acces: Acces, espace: EspaceDeContrat, lieu: Lieu) -> list[Lien]:
    """What comes back in a place and goes on, for someone."""
    rows = Serie.objects.of(espace).filter(lieu=lieu, niveau__lte=niveau_of(acces, espace))
    going = rows.exclude(au__lt=horloge.today(espace)).select_related("espace")
    return [Lien(str(one), at(one), note=rhythm(one)) for one in going]
