"""The list of what was done, and the page of one entry."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tenir.activite.droits import niveau_of
from tenir.activite.ecrans import page as shown
from tenir.activite.ecrans.commun import ONGLET, entree_or_404, exported, kept_here, read_by, whole, writable
from tenir.activite.ecrans.liste.chapeau import lede
from tenir.activite.ecrans.liste.filtres import FiltreDesEntrees, asks
from tenir.activite.ecrans.liste.liste import liste_of, views
from tenir.activite.histoire import history_of
from tenir.activite.models import Entree
from tenir.activite.services.entree import GENRE, RIGHT
from tenir.core import horloge
from tenir.core.emplacements import VIENT_DE, links_of
from tenir.core.listes import Vue, answer
from tenir.core.listes.choix import quick
from tenir.ecran.annulation.barre import undoable
from tenir.ecran.histoire import records
from tenir.ecran.listes import CHANGES, paged
from tenir.ecran.navigation import address, context
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.niveaux import Niveau
from tenir.habilitations.rights import Acces, may, reach
from tenir.habilitations.vues import needs


@needs("activite.read")
def activite(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, format: str = "") -> HttpResponse:
    """What was done, or its export: filtered, sorted, grouped, with the columns chosen."""
    rows = exported(acces, espace) if format else read_by(acces, espace)
    filtre = FiltreDesEntrees(request.GET or None, queryset=rows, espace=espace, **asks(acces, espace))
    readable = not filtre.is_bound or filtre.is_valid()
    found = filtre.qs
    judge = may(acces, "entree.judge", espace)
    vue = Vue(
        liste_of(espace, found if format else None),
        whole(found),
        request.GET,
        filtre=quick(filtre.form),
        tick=(lambda row: row.numero) if judge else None,
        prevues=() if format else views(rows, request.GET, horloge.today(espace)),
    )
    vue.hors_fichier = "" if format else kept_here(found)
    given = context(
        acces,
        espace,
        ONGLET,
        chapeau="" if format else lede(found, horloge.today(), asked=bool(vue.actifs())),
        nouvelle=address("entree-nouvelle", espace) if reach(acces, RIGHT, espace) else "",
        importer=address("activite-importer", espace) if reach(acces, RIGHT, espace) else "",
        agenda=address("agenda-importer", espace) if reach(acces, RIGHT, espace) else "",
        lot=address("activite-lot", espace) if judge else "",
        vue=request.GET.urlencode(),
        csv=address("activite-export", espace, "csv"),
        xlsx=address("activite-export", espace, "xlsx"),
    )
    return answer(
        request,
        "activite/liste.html",
        vue,
        readable=readable,
        export_name=f"{espace.slug}-activite",
        format=format,
        context=given,
    )


@needs("activite.read")
def entree(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """One entry: what was done, its numbers, where, with whom, for which actions, its history."""
    found = entree_or_404(acces, espace, numero)
    niveau = niveau_of(acces, espace)
    given = context(
        acces,
        espace,
        ONGLET,
        entree=found,
        titre=shown.title(found),
        surtitre=shown.overline(found),
        chapeau=shown.lede(found),
        tampons=shown.stamps(found),
        nombres=shown.numbers(found),
        faits=shown.facts(found),
        actions=shown.actions(found),
        origine=shown.origin(found),
        vient_de=links_of(VIENT_DE, request, found),
        note=found.note if niveau >= Niveau.EQUIPE else "",
        equipe=niveau >= Niveau.EQUIPE,
        gestes=shown.gestures(acces, found),
        dupliquer=_like(acces, found),
        histoire=paged(request, records(history_of(found, niveau)), CHANGES, "histoire"),
        annulables=undoable(acces, espace, genre=GENRE, code=found.code),
        liste=address(ONGLET, espace),
    )
    return render(request, "activite/entree.html", given)


def _like(acces: Acces, entree: Entree) -> str:
    """The address of the form of an entry like this one; empty for whoever may write none under its kind."""
    espace, code = entree.espace, entree.mots.code
    if not reach(acces, RIGHT, espace) or code not in [one.nature for one in writable(acces, espace)]:
        return ""
    return f"{address('entree-inscrire', espace, code)}?{urlencode({'comme': entree.numero})}"
