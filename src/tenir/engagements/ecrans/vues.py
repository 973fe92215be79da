"""The list of promises, and the page of one."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tenir.contrat.absences import told_of, unread
from tenir.contrat.emplacements import ACTIONS
from tenir.core import horloge
from tenir.core.composants import Lien, Renseignement
from tenir.core.emplacements import COMMENTAIRES, DECIDE, block_of, links_of
from tenir.core.listes import respond
from tenir.core.typographie import capital, date_fr, pluriel, typo
from tenir.ecran.annulation.barre import undoable
from tenir.ecran.champs import label, told
from tenir.ecran.histoire import records
from tenir.ecran.listes import CHANGES, paged
from tenir.ecran.mots import UNDECLARED
from tenir.ecran.navigation import address, context
from tenir.engagements.champs import NIVEAUX
from tenir.engagements.droits import niveau_of
from tenir.engagements.ecrans.commun import ONGLET, at, stamp, suivi_or_404
from tenir.engagements.ecrans.image import by_signatory
from tenir.engagements.ecrans.liste import FiltreDesEngagements, acting, rows
from tenir.engagements.histoire import history_of
from tenir.engagements.models import SuiviDEngagement
from tenir.engagements.services.engagement import GENRE
from tenir.fichier.enums import Contenu
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.organismes import bodies_of
from tenir.habilitations.rights import Acces, may
from tenir.habilitations.vues import needs


@needs("fiche.read")
def engagements(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, format: str = "") -> HttpResponse:
    """The promises of a contract, or their export."""
    return respond(
        request,
        "engagements/liste.html",
        liste=told_of(acting(acces, espace), espace, Contenu.ENGAGEMENTS),
        filtre=partial(FiltreDesEngagements, espace=espace, mine=bodies_of(acces, espace)),
        rows=rows(espace),
        export_name=f"{espace.slug}-suivi-des-engagements",
        format=format,
        context=context(
            acces,
            espace,
            ONGLET,
            chapeau="" if format else _lede(espace),
            image=None if format else by_signatory(espace, horloge.today()),
            ouverte=not request.GET,
            csv=address("suivi-engagements-export", espace, "csv"),
            xlsx=address("suivi-engagements-export", espace, "xlsx"),
        ),
    )


@needs("fiche.read")
def engagement(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str) -> HttpResponse:
    """One promise: where it stands, what is awaited, what proves it, what was said."""
    suivi = suivi_or_404(espace, code)
    history = history_of(suivi, niveau_of(acces, suivi))
    given = context(
        acces,
        espace,
        ONGLET,
        suivi=suivi,
        tampon=stamp(suivi),
        chapeau=typo(_sentence(suivi)),
        lignes=_lines(acces, suivi),
        annulables=undoable(acces, espace, genre=GENRE, code=code),
        gestes=_gestures(acces, suivi),
        actions=_actions(request, suivi),
        indicateurs=_indicators(suivi),
        preuves=list(suivi.preuves.all()),
        decide=block_of(DECIDE, acces, espace, suivi),
        commentaires=block_of(COMMENTAIRES, acces, espace, suivi),
        nouvelles=list(suivi.nouvelles.select_related("auteur", "pour")),
        histoire=paged(request, records(history), CHANGES, "histoire"),
        trace=address("trace-objet", espace, "engagement", code) if may(acces, "trace.read", espace) else "",
        publique=reverse("engagement", args=[espace.slug, code]) if espace.etat == EspaceDeContrat.Etat.PUBLIE else "",
        liste=address("suivi-engagements", espace),
        etat=address("suivi-engagements-etat", espace, suivi.engagement.signataire.code),
    )
    return render(request, "engagements/engagement.html", given)


def _lede(espace: EspaceDeContrat) -> str:
    """How many promises, how many of which nobody said anything, how many late."""
    found = SuiviDEngagement.objects.of(espace)
    total, silent, late = found.count(), found.undeclared().count(), found.late(horloge.today()).count()
    if unread(espace, Contenu.ENGAGEMENTS):
        return ""
    count = pluriel(total, "engagement", lettres=True)
    told = f"{count[:1].upper()}{count[1:]} ; rien n’est annoncé pour {silent}"
    return typo(f"{told} ; {late} en retard." if late else f"{told}.")


def _sentence(suivi: SuiviDEngagement) -> str:
    who = suivi.engagement.signataire.nom
    since = f", depuis le {date_fr(suivi.etat_depuis)}" if suivi.etat_depuis else ""
    why = f" : {suivi.motif}" if suivi.motif else ""
    return f"{who} : {suivi.get_etat_display() or UNDECLARED}{since}{why}."


def _lines(acces: Acces, suivi: SuiviDEngagement) -> list[Renseignement]:
    reads = niveau_of(acces, suivi)
    names = [name for name, needed in NIVEAUX.items() if needed <= reads and name not in ("etat", "motif")]
    model = SuiviDEngagement
    return [Renseignement(capital(label(name, model)), told(name, getattr(suivi, name), model)) for name in names]


def _gestures(acces: Acces, suivi: SuiviDEngagement) -> dict[str, str]:
    """What the reader may do: addresses, empty for what she may not."""
    given: dict[str, str] = {}
    if may(acces, "engagement.update", suivi.espace, suivi):
        given |= {"dire": at(suivi, "dire"), "preuve": at(suivi, "preuve-nouvelle")}
    if may(acces, "engagement.define", suivi.espace, suivi):
        given |= {"definir": at(suivi, "definir"), "rattacher": at(suivi, "rattacher")}
    return given


def _actions(request: HttpRequest, suivi: SuiviDEngagement) -> list[Lien]:
    return list(links_of(ACTIONS, request, suivi.actions.select_related("espace").order_by("ordre")))


def _indicators(suivi: SuiviDEngagement) -> list[Lien]:
    linked: Any = suivi.indicateurs.order_by("ordre")
    return [Lien(one.libelle, address("suivi-indicateur", suivi.espace, one.code), one.code) for one in linked]
