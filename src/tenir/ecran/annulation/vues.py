"""The gestures that may still be undone, and undoing one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from tenir.core import horloge
from tenir.core.typographie import accord, capital, en_lettres, typo
from tenir.ecran.annulation import barre
from tenir.ecran.annulation.annuler import (
    ChangeDepuis,
    DejaAnnule,
    Irrevocable,
    Objet,
    mark_of,
    require_undo,
    standing,
    undo,
)
from tenir.ecran.conflit import CONFLICT
from tenir.ecran.models import Geste
from tenir.ecran.navigation import address, context
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, may
from tenir.habilitations.vues import needs

LEDE = "Un geste s’annule pendant dix minutes, tant que personne n’a écrit par-dessus."


@needs("contrat.read")
def gestes(request: HttpRequest, acces: Acces, espace: EspaceDeContrat | None) -> HttpResponse:
    """Her gestures of the last minutes; to the team, those of the others too."""
    rows = Geste.objects.undoable(horloge.now()).filter(espace=espace).select_related("espace", "par")
    hers = rows.filter(par=acces.personne)
    others = rows.exclude(par=acces.personne).exclude(pk__in=Geste.objects.for_oneself().values("pk"))
    given = context(
        acces,
        espace,
        chapeau=LEDE,
        annulables=barre.shown(hers),
        autres=barre.shown(others) if may(acces, "geste.undo", espace) else [],
        retour=address("aujourdhui", espace) if espace else reverse("mes-contrats"),
    )
    return render(request, "ecran/annulation/gestes.html", given)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("contrat.read")
def geste(request: HttpRequest, acces: Acces, espace: EspaceDeContrat | None, numero: int) -> HttpResponse:
    """What undoing a gesture would do; by POST, undoing it."""
    found = get_object_or_404(Geste.objects.select_related("espace", "par"), espace=espace, pk=numero)
    require_undo(acces, found)
    if request.method != "POST":
        return _shown(request, acces, found, standing(found, acces))
    try:
        undo(by=acces, geste=found, shown=request.POST.get("apercu", ""))
        messages.success(request, typo(f"Geste annulé. {found.phrase}"))
    except DejaAnnule:
        messages.info(request, typo(f"Ce geste était déjà annulé. {found.phrase}"))
    except Irrevocable as late:
        messages.warning(request, typo(str(late)))
    except ChangeDepuis as since:
        return _shown(request, acces, found, since.objets, status=CONFLICT)
    return redirect(_back(request, espace))


def _shown(request: HttpRequest, acces: Acces, geste: Geste, objets: list[Objet], *, status: int = 200) -> HttpResponse:
    going, left = [one for one in objets if one.tient], [one for one in objets if not one.tient]
    given = context(
        acces,
        geste.espace,
        geste=geste,
        chapeau=_lede(geste, len(going), len(left)),
        vont=going,
        restent=left,
        possible=_possible(geste, going, left),
        bouton=_button(geste, len(going)),
        apercu=mark_of(objets),
        retour=_back(request, geste.espace),
    )
    return render(request, "ecran/annulation/geste.html", given, status=status)


def _possible(geste: Geste, going: list[Objet], left: list[Objet]) -> bool:
    open_still = not geste.annule_le and not geste.definitif and geste.expire_le > horloge.now()
    return open_still and bool(going) and (geste.lot or not left)


def _lede(geste: Geste, going: int, left: int) -> str:
    """What undoing would do, counted."""
    if geste.annule_le:
        return "Ce geste est déjà annulé."
    if geste.definitif or geste.expire_le <= horloge.now():
        return typo(geste.definitif or "Ce geste ne s’annule plus : son délai est passé.")
    if not left:
        return typo(f"Tout redeviendra comme avant ; c’est possible {barre.left(geste)}.")
    if not going or not geste.lot:
        return "Rien n’est annulé : ce que ce geste a écrit a changé depuis."
    stand = f"{en_lettres(going, 'f')} {accord(going, 'tient', 'tiennent')} encore"
    changed = f"{en_lettres(left, 'f')} {accord(left, 'a', 'ont')} changé depuis"
    return typo(f"{capital(stand)}, {changed} : rien n’est annulé tant que vous n’avez pas confirmé.")


def _button(geste: Geste, going: int) -> str:
    return typo(f"Annuler pour {accord(going, 'celle-ci', f'ces {en_lettres(going)}')}") if geste.lot else "Annuler"


def _back(request: HttpRequest, espace: EspaceDeContrat | None) -> str:
    """The page of this site that she comes from."""
    asked = (request.POST if request.method == "POST" else request.GET).get("retour", "")
    inside = url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if inside and asked.startswith("/") else address("gestes", espace)
