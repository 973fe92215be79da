"""The pages of those who have a role in the contract: the list of calls, one of them, what the team does of it."""

from datetime import timedelta
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tenir.appels.ecrans.commun import (
    APPELS,
    BOTH,
    about,
    asked_of,
    calendar_of,
    call_or_404,
    envelope_of,
    files_of,
    funders,
    priorities_of,
    read_by,
    sentence_of,
    stamp_of,
)
from tenir.appels.ecrans.formulaires import AppelForm, FinanceurForm, PieceForm, RetirerFinanceurForm, Rien, given
from tenir.appels.ecrans.lecture import readings_of
from tenir.appels.ecrans.liste import APPELS as LISTE
from tenir.appels.ecrans.liste import FiltreDesAppels
from tenir.appels.enums import EtatDAppelAProjets
from tenir.appels.models import AppelAProjets, PieceDAppel
from tenir.appels.services import appels as services
from tenir.appels.services.commun import APPEL, READ, UPDATE
from tenir.core import horloge
from tenir.core.composants import Lien
from tenir.core.fichiers import to_be_kept
from tenir.core.listes import respond
from tenir.core.prive import private
from tenir.core.typographie import capital, pluriel, typo
from tenir.ecran.annulation.barre import undoable
from tenir.ecran.conflit import answer_or_arbitrate
from tenir.ecran.edition import Ecran, Sujet, answer, posted, read_mark
from tenir.ecran.histoire import history_of, records
from tenir.ecran.listes import CHANGES, paged
from tenir.ecran.navigation import address, context
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, may
from tenir.habilitations.vues import needs

NOUVEAU = Ecran(
    "Écrire un appel à projets", "Enregistrer le brouillon", "L’appel à projets est enregistré.",
    "L’équipe seule le lit tant qu’il n’est pas publié. Les financeurs et les pièces s’ajoutent ensuite.",
)  # fmt: skip
MODIFIER = Ecran("Modifier l’appel à projets", "Enregistrer", "L’appel à projets est à jour.")
REPRENDRE = Ecran(
    "Reprendre cet appel pour l’année suivante ?", "Reprendre", "L’appel de l’année suivante est prêt à relire.",
    "Mêmes mots, dates un an plus tard, mêmes financeurs sans leurs montants. C’est un brouillon.",
)  # fmt: skip
PUBLIER = Ecran(
    "Publier cet appel à projets ?", "Publier", "L’appel à projets est publié.",
    "Tout le monde le lira, avec ses dates, ses financeurs et ses critères.",
)  # fmt: skip
CLORE = Ecran("Clore cet appel à projets ?", "Clore", "L’appel à projets est clos.", "Il reste sur le site public.")
FINANCEUR = Ecran("Un financeur de l’appel", "Enregistrer", "Le financeur est enregistré.")
RETIRER = Ecran("Retirer un financeur", "Retirer", "Le financeur est retiré.")
PIECE = Ecran(
    "Donner une pièce", "Ajouter", "La pièce est donnée.", "Un règlement, un modèle de budget : chacun la lit."
)
SANS_PIECE = Ecran("Retirer cette pièce ?", "Retirer", "La pièce est retirée.")
OPEN_DAYS = 42
"""How many days a new call stays open, until someone says otherwise."""


@needs(READ)
def appels(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, format: str = "") -> HttpResponse:
    """The calls of a contract that she reads, or their export."""
    return respond(
        request,
        "appels/liste.html",
        liste=LISTE,
        filtre=partial(FiltreDesAppels, espace=espace),
        rows=read_by(acces, espace),
        export_name=f"{espace.slug}-appels-a-projets",
        format=format,
        context=context(
            acces,
            espace,
            APPELS,
            chapeau="" if format else typo(_lede(acces, espace)),
            nouveau=address("appel-a-projets-nouveau", espace) if may(acces, UPDATE, espace) else "",
            csv=address("appels-a-projets-export", espace, "csv"),
            xlsx=address("appels-a-projets-export", espace, "xlsx"),
        ),
    )


def _lede(acces: Acces, espace: EspaceDeContrat) -> str:
    count = read_by(acces, espace).open_on(horloge.today(espace)).count()
    return f"{capital(pluriel(count, 'appel ouvert', 'appels ouverts', lettres=True))} aujourd’hui."


@needs(READ)
def appel(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """One call: its days, its funders, what it asks; what is done of it."""
    found = call_or_404(acces, espace, numero)
    team = may(acces, UPDATE, espace)
    rows = funders(found)
    told = records(history_of(espace, APPEL, found.code)) if team else []
    more = context(
        acces,
        espace,
        APPELS,
        appel=found,
        tampon=stamp_of(found),
        chapeau=typo(sentence_of(found)),
        jours=calendar_of(found),
        priorites=priorities_of(found),
        financeurs=rows,
        enveloppe=typo(envelope_of(rows, found)),
        demandees=asked_of(found),
        pieces=files_of(found, lambda one: address("appel-a-projets-piece", espace, numero, one.pk)),
        retirables=[
            Lien(one.titre, address("appel-a-projets-piece-retirer", espace, numero, one.pk))
            for one in (found.pieces.order_by("pk") if team else ())
        ],
        gestes=_gestures(found) if team else [],
        equipe=team,
        lectures=readings_of(found) if team else [],
        publique=_public(found),
        annulables=undoable(acces, espace, genre=APPEL, code=found.code),
        histoire=paged(request, told, CHANGES, "histoire"),
    )
    return render(request, "appels/appel.html", more)


def _gestures(found: AppelAProjets) -> list[Lien]:
    """What the team may do now, the first thing to do first."""
    names = {}
    if found.etat == EtatDAppelAProjets.BROUILLON:
        names["publier"] = "Publier"
    names |= {"modifier": "Modifier", "financeur": "Dire un financeur", "piece-nouvelle": "Donner une pièce"}
    if found.enveloppes.exists():
        names["financeur-retirer"] = "Retirer un financeur"
    if found.etat != EtatDAppelAProjets.BROUILLON:
        names |= {"dossier": "Ouvrir un dossier", "instruction": "Faire instruire par les financeurs"}
    if found.annee < found.espace.fin:
        names["reprendre"] = "Reprendre pour l’année suivante"
    if found.etat == EtatDAppelAProjets.PUBLIE:
        names["clore"] = "Clore"
    return [Lien(text, address(f"appel-a-projets-{name}", found.espace, found.numero)) for name, text in names.items()]


def _public(found: AppelAProjets) -> str:
    public = found.espace.etat == EspaceDeContrat.Etat.PUBLIE and not found.niveau
    return reverse("appel-a-projets-public", args=[found.espace.slug, found.numero]) if public else ""


@require_http_methods(BOTH)
@needs(UPDATE)
def nouveau(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Write one."""
    today = horloge.today(espace)
    days = {"ouvre_le": today, "ferme_le": today + timedelta(days=OPEN_DAYS)}
    form = AppelForm(espace, AppelAProjets(), posted(request), annee=today.year + 1, **days)
    sujet = Sujet(espace, "", "Tous les appels à projets", address(APPELS, espace), APPELS, lambda _: [])

    def write() -> None:
        said = {name: form.cleaned_data[name] for name in AppelForm.CHAMPS}
        services.write_call(by=acces, espace=espace, given=given(said))

    return answer(request, acces, sujet, form, NOUVEAU, write)


@require_http_methods(BOTH)
@needs(UPDATE)
def modifier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Change what it says, its days, what it asks."""
    found = call_or_404(acces, espace, numero)
    form = AppelForm(espace, found, posted(request))

    def write(changes: dict[str, Any]) -> None:
        version = form.cleaned_data["version"] or 0
        services.rewrite_call(by=acces, appel=found, version=version, changes=given(changes))

    return answer_or_arbitrate(request, acces, about(found), form, MODIFIER, write, chose=found)


@require_http_methods(BOTH)
@needs(UPDATE)
def reprendre(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Take it up for the next year."""
    found = call_or_404(acces, espace, numero)
    sujet = Sujet(espace, "", "Tous les appels à projets", address(APPELS, espace), APPELS, lambda _: [])
    form = Rien(posted(request))
    return answer(request, acces, sujet, form, REPRENDRE, lambda: services.take_up(by=acces, appel=found))


@require_http_methods(BOTH)
@needs(UPDATE)
def publier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Let anyone read it."""
    found = call_or_404(acces, espace, numero)
    return answer(
        request,
        acces,
        about(found),
        Rien(posted(request)),
        PUBLIER,
        lambda: services.publish_call(by=acces, appel=found, lu=read_mark(request)),
        lu=services.shown(found),
    )


@require_http_methods(BOTH)
@needs(UPDATE)
def clore(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Close it."""
    found = call_or_404(acces, espace, numero)
    return answer(
        request,
        acces,
        about(found),
        Rien(posted(request)),
        CLORE,
        lambda: services.close_call(by=acces, appel=found, lu=read_mark(request)),
        lu=services.shown(found),
    )


@require_http_methods(BOTH)
@needs(UPDATE)
def financeur(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Say which funder it asks, and what that one brings."""
    found = call_or_404(acces, espace, numero)
    form = FinanceurForm(found, posted(request))
    return answer(
        request,
        acces,
        about(found),
        form,
        FINANCEUR,
        lambda: services.say_funder(by=acces, appel=found, lu=read_mark(request), **form.cleaned_data),
        lu=services.shown(found),
    )


@require_http_methods(BOTH)
@needs(UPDATE)
def financeur_retirer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Ask a funder no more."""
    found = call_or_404(acces, espace, numero)
    form = RetirerFinanceurForm(found, posted(request))

    def write() -> None:
        services.remove_funder(by=acces, enveloppe=form.cleaned_data["enveloppe"], lu=read_mark(request))

    return answer(request, acces, about(found), form, RETIRER, write, lu=services.shown(found))


@require_http_methods(BOTH)
@needs(UPDATE)
def piece_nouvelle(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Give a file with it."""
    found = call_or_404(acces, espace, numero)
    form = PieceForm(posted(request), request.FILES or None)
    return answer(
        request,
        acces,
        about(found),
        form,
        PIECE,
        lambda: services.give_document(by=acces, appel=found, **form.cleaned_data),
    )


@needs(READ)
def piece(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, pk: int) -> HttpResponse:
    """A file given with a call that she reads."""
    found = get_object_or_404(PieceDAppel, appel=call_or_404(acces, espace, numero), pk=pk)
    return private(to_be_kept(found.fichier, found.nom))


@require_http_methods(BOTH)
@needs(UPDATE)
def piece_retirer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, pk: int) -> HttpResponse:
    """Take a file off."""
    found = call_or_404(acces, espace, numero)
    row = get_object_or_404(PieceDAppel.objects.select_related("appel__espace"), appel=found, pk=pk)
    form = Rien(posted(request))
    return answer(
        request,
        acces,
        about(found),
        form,
        SANS_PIECE,
        lambda: services.remove_document(by=acces, piece=row, lu=read_mark(request)),
        lu=services.shown_document(row),
    )
