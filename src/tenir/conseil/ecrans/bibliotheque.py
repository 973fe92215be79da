"""What the councils of one site share: the files that each chose to share, and their meetings to come."""

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from tenir.conseil.ecrans.commun import PAGE
from tenir.conseil.models import PieceDuConseil
from tenir.core import horloge
from tenir.core.composants import Item
from tenir.core.fichiers import to_be_kept
from tenir.core.prive import private
from tenir.core.typographie import date_fr, typo
from tenir.ecran.navigation import address, context
from tenir.gouvernance.ecrans.commun import name_of
from tenir.gouvernance.models import Convocation, Reunion, Siege
from tenir.gouvernance.regles import CONSEIL
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs

PUBLIC = EspaceDeContrat.Etat.PUBLIE


@needs("conseil.read")
def bibliotheque(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """The files shared by the councils of this site, and the meetings where they sit."""
    rows = PieceDuConseil.objects.shared().order_by("-ajoutee_le", "-pk")
    given = context(
        acces,
        espace,
        PAGE,
        pieces=[_piece(espace, one) for one in rows],
        rencontres=[_meeting(one) for one in _meetings(espace)],
        retour=address("conseil", espace),
    )
    return render(request, "conseil/bibliotheque.html", given)


def _piece(espace: EspaceDeContrat, one: PieceDuConseil) -> Item:
    url = address("conseil-piece-partagee", espace, one.pk) if one.fichier else one.lien
    told = f"{one.get_genre_display()} · {one.espace.titre} · {date_fr(horloge.day_of(one.ajoutee_le))}"
    return Item("", one.titre, url, typo(told))


def _meetings(espace: EspaceDeContrat) -> list[Reunion]:
    """The public meetings to come, of every public contract of the site, where a council sits or is invited."""
    today = horloge.today(espace)
    invited = Convocation.objects.filter(organisation__nature=CONSEIL).values("reunion")
    seats = Siege.objects.filter(organisation__nature=CONSEIL).on(today).values("instance")
    rows = Reunion.objects.public().to_come().filter(espace__etat=PUBLIC, jour__gte=today)
    rows = rows.filter(Q(pk__in=invited) | Q(instance__in=seats)).order_by("jour", "pk")
    return list(rows.select_related("espace", "instance__instance", "instance__espace"))


def _meeting(one: Reunion) -> Item:
    url = reverse("reunion-publique", args=[one.espace.slug, one.pk])
    return Item("", name_of(one), url, typo(f"{one.espace.titre}{f' · {one.lieu}' if one.lieu else ''}"))


@needs("conseil.read")
def piece(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """A file that a council shares.

    Raises:
        Http404: no such file, or it is not shared.
    """
    found = get_object_or_404(PieceDuConseil.objects.shared(), pk=numero)
    if not found.fichier:
        raise Http404
    return private(to_be_kept(found.fichier, found.nom))
