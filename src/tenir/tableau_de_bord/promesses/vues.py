"""The list of promises, and the page of one."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tenir.core import horloge
from tenir.core.composants import Lien, Renseignement
from tenir.core.listes import respond
from tenir.core.typographie import date_fr, pluriel, typo
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, may
from tenir.habilitations.vues import needs
from tenir.suivi.champs import ENGAGEMENT, label, told
from tenir.suivi.droits import bodies_of
from tenir.suivi.enums import UNDECLARED
from tenir.suivi.histoire import history_of_promesse
from tenir.suivi.models import SuiviDEngagement
from tenir.tableau_de_bord.fiche.commun import status_stamp
from tenir.tableau_de_bord.fiche.page import records
from tenir.tableau_de_bord.fiche.vues import CHANGES, paged
from tenir.tableau_de_bord.navigation import address, context
from tenir.tableau_de_bord.promesses.commun import ONGLET, at, niveau, promesse_or_404, stamp
from tenir.tableau_de_bord.promesses.liste import FiltreDesPromesses, Promesses, rows


@needs("fiche.read")
def promesses(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, format: str = "") -> HttpResponse:
    """The promises of a contract, or their export."""
    return respond(
        request,
        "tableau_de_bord/promesses/liste.html",
        liste=Promesses,
        filtre=partial(FiltreDesPromesses, espace=espace, mine=bodies_of(acces, espace)),
        rows=rows(espace),
        export_name=f"{espace.slug}-suivi-des-engagements",
        format=format,
        context=context(
            acces,
            espace,
            ONGLET,
            chapeau="" if format else _lede(espace),
            csv=address("promesses-export", espace, "csv"),
            xlsx=address("promesses-export", espace, "xlsx"),
        ),
    )


@needs("fiche.read")
def promesse(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str) -> HttpResponse:
    """One promise: where it stands, what is awaited, what proves it, what was said."""
    suivi = promesse_or_404(espace, code)
    history = history_of_promesse(suivi, niveau(acces, suivi))
    given = context(
        acces,
        espace,
        ONGLET,
        suivi=suivi,
        tampon=stamp(suivi),
        chapeau=typo(_sentence(suivi)),
        lignes=_lines(acces, suivi),
        gestes=_gestures(acces, suivi),
        actions=_actions(suivi),
        indicateurs=_indicators(suivi),
        preuves=list(suivi.preuves.all()),
        nouvelles=list(suivi.nouvelles.select_related("auteur", "pour")),
        histoire=paged(request, records(history), CHANGES, "histoire"),
        trace=address("trace-objet", espace, "engagement", code) if may(acces, "trace.read", espace) else "",
        publique=reverse("engagement", args=[espace.slug, code]) if espace.etat == EspaceDeContrat.Etat.PUBLIE else "",
        liste=address("promesses", espace),
        etat=address("promesses-etat", espace, suivi.engagement.signataire.code),
    )
    return render(request, "tableau_de_bord/promesses/promesse.html", given)


def _lede(espace: EspaceDeContrat) -> str:
    """How many promises, how many of which nobody said anything, how many late."""
    found = SuiviDEngagement.objects.of(espace)
    total, silent, late = found.count(), found.undeclared().count(), found.late(horloge.today()).count()
    count = pluriel(total, "engagement", lettres=True)
    told = f"{count[:1].upper()}{count[1:]} ; rien n’est annoncé pour {silent}"
    return typo(f"{told} ; {late} en retard." if late else f"{told}.")


def _sentence(suivi: SuiviDEngagement) -> str:
    who = suivi.engagement.signataire.nom
    since = f", depuis le {date_fr(suivi.etat_depuis)}" if suivi.etat_depuis else ""
    why = f" : {suivi.motif}" if suivi.motif else ""
    return f"{who} : {suivi.get_etat_display() or UNDECLARED}{since}{why}."


def _lines(acces: Acces, suivi: SuiviDEngagement) -> list[Renseignement]:
    reads = niveau(acces, suivi)
    names = [name for name, needed in ENGAGEMENT.items() if needed <= reads and name not in ("etat", "motif")]
    model = SuiviDEngagement
    return [Renseignement(label(name, model).capitalize(), told(name, getattr(suivi, name), model)) for name in names]


def _gestures(acces: Acces, suivi: SuiviDEngagement) -> dict[str, str]:
    """What the reader may do: addresses, empty for what she may not."""
    given: dict[str, str] = {}
    if may(acces, "engagement.update", suivi.espace, suivi):
        given |= {"dire": at(suivi, "dire"), "preuve": at(suivi, "preuve-nouvelle")}
    if may(acces, "engagement.define", suivi.espace, suivi):
        given |= {"definir": at(suivi, "definir"), "rattacher": at(suivi, "rattacher")}
    return given


def _actions(suivi: SuiviDEngagement) -> list[Lien]:
    linked = suivi.actions.select_related("action").order_by("action__ordre")
    return [
        Lien(one.action.titre, address("fiche", suivi.espace, one.code), one.code, stamp=status_stamp(one))
        for one in linked
    ]


def _indicators(suivi: SuiviDEngagement) -> list[Lien]:
    linked: Any = suivi.indicateurs.order_by("ordre")
    return [Lien(one.libelle, address("suivi-indicateur", suivi.espace, one.code), one.code) for one in linked]
