"""Writing a comment, correcting one's own, withdrawing another's."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from tenir.commentaires.ecrans.bloc import read_by_whom
from tenir.commentaires.ecrans.commun import chose_or_404, sujet_of
from tenir.commentaires.ecrans.formulaires import PREFIX, CommentaireForm, CorrigerForm, RetirerForm
from tenir.commentaires.lecteurs import right_of, whom
from tenir.commentaires.models import Chose, Commentaire
from tenir.commentaires.services.commentaires import (
    CREATE,
    LATE,
    NOT_HERS,
    WITHDRAW,
    correct,
    may_correct,
    object_of,
    shown,
    unheard,
    withdraw,
    write,
)
from tenir.core.typographie import typo
from tenir.ecran.edition import Ecran, answer, page, posted, read_mark
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, require
from tenir.habilitations.vues import needs

BOTH = ["GET", "HEAD", "POST"]
UNHEARD = (
    "« @{nom} » n’a prévenu personne : qui s’appelle ainsi ne lit pas ceci, ou n’a pas d’adresse. Prévenez "
    "autrement, ou choisissez dans la liste."
)
ONE_PAGE, FROZEN = "commentaires/ecrire.html", "commentaires/fige.html"


@require_http_methods(BOTH)
@needs(CREATE)
def nouveau(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, sorte: str, cle: str) -> HttpResponse:
    """Comment on a thing, and tell people."""
    chose = chose_or_404(espace, sorte, cle)
    require(acces, right_of(chose), espace, chose)
    form = CommentaireForm(whom(acces, chose).values(), posted(request))
    ecran = Ecran(
        "Commenter", "Commenter", "Le commentaire est écrit.", read_by_whom(chose), ONE_PAGE, undo_of(chose, CREATE)
    )

    def comment() -> None:
        texte = form.cleaned_data["texte"]
        write(by=acces, chose=chose, texte=texte, citer=form.chosen)
        for name in unheard(acces, chose, texte):
            messages.warning(request, typo(UNHEARD.format(nom=name)))

    return answer(request, acces, sujet_of(chose), form, ecran, comment)


def why_not(acces: Acces, found: Commentaire) -> str:
    """Why someone may not correct a comment."""
    return LATE if found.auteur_id == acces.personne.pk else NOT_HERS


def undo_of(chose: Chose, right: str) -> tuple[str, str]:
    """What the undo of a gesture on a comment is named by."""
    thing = object_of(chose, right)
    return thing.genre, thing.code


def comment_or_404(acces: Acces, espace: EspaceDeContrat, numero: int) -> Commentaire:
    """A comment of a contract, among those that someone reads.

    Raises:
        Http404: no such comment here.
        Refus: she does not read what it is about.
    """
    found = get_object_or_404(Commentaire.objects.of(espace).whole(), pk=numero)
    require(acces, right_of(found.chose), espace, found.chose)
    return found


@require_http_methods(BOTH)
@needs(CREATE)
def corriger(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Write one's own comment again, for some minutes."""
    found = comment_or_404(acces, espace, numero)
    if request.method != "POST" and not may_correct(acces, found):
        why = typo(why_not(acces, found))
        return page(request, acces, sujet_of(found.chose), FROZEN, commentaire=found, pourquoi=why)
    form = CorrigerForm(posted(request), initial={"texte": found.texte}, auto_id=PREFIX)
    ecran = Ecran(
        "Corriger le commentaire",
        "Enregistrer",
        "Le commentaire est corrigé.",
        "Il se corrige pendant dix minutes. Un message déjà parti garde les mots d’avant.",
        annulable=undo_of(found.chose, CREATE),
    )
    return answer(
        request,
        acces,
        sujet_of(found.chose),
        form,
        ecran,
        lambda: correct(by=acces, commentaire=found, texte=form.cleaned_data["texte"], lu=read_mark(request)),
        lu=shown(found),
    )


@require_http_methods(BOTH)
@needs(WITHDRAW)
def retirer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Withdraw a comment, saying why."""
    found = comment_or_404(acces, espace, numero)
    form = RetirerForm(posted(request), auto_id=PREFIX)
    ecran = Ecran(
        "Retirer ce commentaire ?",
        "Retirer",
        "Le commentaire est retiré.",
        "Ses mots disparaissent ; qui l’a écrit, quand, et votre motif restent.",
        "commentaires/retirer.html",
        undo_of(found.chose, WITHDRAW),
    )
    return answer(
        request,
        acces,
        sujet_of(found.chose),
        form,
        ecran,
        lambda: withdraw(by=acces, commentaire=found, motif=form.cleaned_data["motif"], lu=read_mark(request)),
        lu=shown(found),
        commentaire=found,
    )
