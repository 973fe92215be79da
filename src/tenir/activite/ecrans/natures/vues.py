"""The list of the kinds of a contract, the page of one, their files, and what withdraws one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from tenir.activite.ecrans.natures import page as shown
from tenir.activite.ecrans.natures.commun import ONGLET, NaturesDuContrat, at, history_of, sujet, yaml_file
from tenir.activite.ecrans.natures.liste import NATURES, FiltreDesNatures, lines
from tenir.activite.services.natures import GENRE, RIGHT, withdraw_nature
from tenir.activite.services.natures import shown as read_of
from tenir.core import horloge
from tenir.core.composants import Lien
from tenir.core.listes import Vue, answer
from tenir.core.listes.choix import quick
from tenir.ecran.annulation.barre import undoable
from tenir.ecran.edition import Ecran, posted, read_mark
from tenir.ecran.edition import answer as answer_form
from tenir.ecran.formulaires import Formulaire
from tenir.ecran.histoire import records
from tenir.ecran.listes import CHANGES, paged
from tenir.ecran.navigation import address, context
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, may
from tenir.habilitations.vues import needs
from tenir.natures.ecriture import dump


@needs(RIGHT)
def natures(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, format: str = "") -> HttpResponse:
    """The kinds of a contract, those of Tenir and its own; withdrawn ones apart; or their export."""
    of = NaturesDuContrat(espace)
    rows = lines(of, horloge.today(espace))
    filtre = FiltreDesNatures(request.GET or None, rows)
    vue = Vue(NATURES, filtre.kept(), request.GET, filtre=quick(filtre))
    given = context(
        acces,
        espace,
        ONGLET,
        nouvelle=address("nature-nouvelle", espace),
        importer=address("natures-importer", espace),
        fichier=address("natures-fichier", espace) if of.own else "",
        retirees=[Lien(one.libelle, at(espace, one.nature.nature)) for one in rows if one.retiree],
        annulables=undoable(acces, espace, genre=GENRE),
        csv=address("natures-export", espace, "csv"),
        xlsx=address("natures-export", espace, "xlsx"),
    )
    readable = not filtre.is_bound or filtre.is_valid()
    name = f"{espace.slug}-natures"
    return answer(
        request, "activite/natures/liste.html", vue, readable=readable, export_name=name, format=format, context=given
    )


@needs(RIGHT)
def nature(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str) -> HttpResponse:
    """One kind: what it asks, what it feeds, what comes of it, its former words, its history."""
    of = NaturesDuContrat(espace)
    of.row(code)
    one, history = of.whole[code], history_of(espace, code)
    given = context(
        acces,
        espace,
        ONGLET,
        nature=one,
        retiree=of.withdrawn(code),
        chapeau=shown.lede(one),
        gestes=shown.gestures(of, code),
        mesures=shown.measures(of, one),
        etats=shown.states(one),
        champs=shown.fields(of, one),
        identite=shown.identity(of, one, history),
        alimente=shown.feeds(espace, one),
        actions=shown.actions(espace, one),
        enfants=shown.children(of, code),
        avant=shown.former_words(espace, one),
        histoire=paged(request, records(history), CHANGES, "histoire"),
        depuis=shown.opened(espace, history),
        trace=address("trace-objet", espace, GENRE, code) if may(acces, "trace.read", espace) else "",
        annulables=undoable(acces, espace, genre=GENRE, code=code),
        entrees=shown.written(espace, one),
        liste=address(ONGLET, espace),
    )
    return render(request, "activite/natures/nature.html", given)


@needs(RIGHT)
def fichier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str) -> HttpResponse:
    """The file of one kind."""
    return yaml_file(NaturesDuContrat(espace).row(code).texte, f"nature-{code}")


@needs(RIGHT)
def toutes(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """The file of all the kinds that the contract made or changed."""
    of = NaturesDuContrat(espace)
    return yaml_file(dump(of.own[code] for code in sorted(of.own)), f"{espace.slug}-natures")


RETIRER = Ecran(
    "Retirer cette nature ?",
    "Retirer cette nature",
    "La nature est retirée : on n’y inscrit plus rien.",
    "On n’y inscrira plus rien. Ce qui y est inscrit reste, et compte. Elle se reprend quand vous voulez.",
)
REPRENDRE = Ecran(
    "Reprendre cette nature ?",
    "Reprendre cette nature",
    "La nature est reprise : on peut de nouveau y inscrire.",
    "Elle sera de nouveau offerte à qui inscrit une activité.",
)


@require_http_methods(["GET", "POST"])
@needs(RIGHT)
def retirer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str) -> HttpResponse:
    """Withdraw a kind, once confirmed."""
    return _withdraw(request, acces, espace, code, RETIRER, retiree=True)


@require_http_methods(["GET", "POST"])
@needs(RIGHT)
def reprendre(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str) -> HttpResponse:
    """Take back a withdrawn kind, once confirmed."""
    return _withdraw(request, acces, espace, code, REPRENDRE, retiree=False)


def _withdraw(
    request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str, ecran: Ecran, *, retiree: bool
) -> HttpResponse:
    row = NaturesDuContrat(espace).row(code)
    return answer_form(
        request,
        acces,
        sujet(row),
        Formulaire(posted(request)),
        ecran,
        lambda: withdraw_nature(by=acces, espace=espace, code=code, retiree=retiree, lu=read_mark(request)),
        lu=read_of(row),
    )
