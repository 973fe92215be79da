"""What the council works with: its files, added by the team or by its members; the means it is given."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from tenir.conseil.ecrans.commun import BOTH, about_council
from tenir.conseil.ecrans.formulaires import MoyenForm, PieceForm, Rien
from tenir.conseil.models import MoyenDuConseil, PieceDuConseil
from tenir.conseil.services.commun import RIGHT
from tenir.conseil.services.espace import (
    FILES,
    add_piece,
    end_means,
    give_means,
    remove_piece,
    shown_means,
    shown_piece,
)
from tenir.core import horloge
from tenir.core.fichiers import to_be_kept
from tenir.core.prive import private
from tenir.ecran.edition import Ecran, answer, posted, read_mark
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, require
from tenir.habilitations.vues import needs

PIECE = Ecran(
    "Ajouter une pièce", "Ajouter la pièce", "La pièce est ajoutée.",
    "Ce que le conseil lit avant une réunion, ses comptes rendus, ce que fait un autre conseil. En français simple.",
)  # fmt: skip
RETIRER = Ecran("Retirer cette pièce ?", "Retirer la pièce", "La pièce est retirée.")
MOYEN = Ecran("Inscrire un moyen", "Inscrire ce moyen", "Le moyen est inscrit.", "Un local, un budget, une animation.")
FIN = Ecran("Ce moyen a pris fin ?", "Il a pris fin", "C’est noté.", "Il reste dans ce qui a été donné.")


@require_http_methods(BOTH)
@needs(FILES, theirs=True)
def piece_nouvelle(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Add a file or a link."""
    require(acces, FILES, espace, espace)
    form = PieceForm(espace, posted(request), request.FILES or None)
    write = partial(add_piece, by=acces, espace=espace)
    return answer(request, acces, about_council(espace), form, PIECE, lambda: write(given=form.cleaned_data))


@needs("conseil.read")
def piece(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """A file of the council.

    Raises:
        Http404: no such file here.
    """
    found = get_object_or_404(PieceDuConseil.objects.of(espace), pk=numero)
    if not found.fichier:
        raise Http404
    return private(to_be_kept(found.fichier, found.nom))


@require_http_methods(BOTH)
@needs(FILES, theirs=True)
def piece_retirer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Remove a file or a link."""
    require(acces, FILES, espace, espace)
    found = get_object_or_404(PieceDuConseil.objects.of(espace), pk=numero)
    return answer(
        request,
        acces,
        about_council(espace),
        Rien(posted(request)),
        RETIRER,
        lambda: remove_piece(by=acces, piece=found, lu=read_mark(request)),
        lu=shown_piece(found),
    )


@require_http_methods(BOTH)
@needs(RIGHT)
def moyen_nouveau(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Write a means given to the council."""
    form = MoyenForm(espace, posted(request), du=horloge.today(espace))
    write = partial(give_means, by=acces, espace=espace)
    return answer(request, acces, about_council(espace), form, MOYEN, lambda: write(given=form.cleaned_data))


@require_http_methods(BOTH)
@needs(RIGHT)
def moyen_finir(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """End a means."""
    rows = MoyenDuConseil.objects.select_related("espace")
    found = get_object_or_404(rows, espace=espace, pk=numero)
    return answer(
        request,
        acces,
        about_council(espace),
        Rien(posted(request)),
        FIN,
        lambda: end_means(by=acces, moyen=found, lu=read_mark(request)),
        lu=shown_means(found),
    )
