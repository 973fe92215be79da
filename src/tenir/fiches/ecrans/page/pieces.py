"""The pièces of a fiche: adding, opening, removing. A file is never served by an address of its own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from tenir.core.fichiers import to_be_kept
from tenir.ecran.edition import Ecran, answer, posted, read_mark
from tenir.ecran.formulaires import Formulaire
from tenir.fiches.droits import niveau_of
from tenir.fiches.ecrans.page.commun import editable, fiche_or_404, sujet
from tenir.fiches.ecrans.page.formulaires import PieceForm
from tenir.fiches.models import FicheAction, PieceDeFiche
from tenir.fiches.services.pieces import add_piece, remove_piece, shown
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.niveaux import Niveau
from tenir.habilitations.rights import Acces, Refus, who_can
from tenir.habilitations.vues import needs


@require_http_methods(["GET", "POST"])
@needs("fiche.update", theirs=True)
def nouvelle(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str) -> HttpResponse:
    """Add a file or a link."""
    fiche = editable(acces, espace, code)
    form = PieceForm(posted(request), request.FILES or None)
    ecran = Ecran("Ajouter une pièce", "Ajouter cette pièce", "La pièce est ajoutée.", "Un fichier, ou un lien.")

    def add() -> None:
        given = form.cleaned_data
        add_piece(
            by=acces,
            fiche=fiche,
            niveau=Niveau(given["niveau"]),
            titre=given["titre"],
            lien=given["lien"],
            fichier=given["fichier"],
        )

    return answer(request, acces, sujet(fiche), form, ecran, add, multipart=True)


@needs("fiche.read")
def piece(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str, numero: int) -> HttpResponse:
    """The file of a pièce, to those who may open it: to be kept, never shown by the browser as a page of the site."""
    fiche = fiche_or_404(espace, code)
    found = piece_or_404(fiche, numero)
    if found.niveau > niveau_of(acces, espace, fiche):
        raise Refus(who_can("fiche.confide", espace))
    return to_be_kept(found.fichier, found.nom)


@require_http_methods(["GET", "POST"])
@needs("fiche.update", theirs=True)
def retirer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str, numero: int) -> HttpResponse:
    """Remove a pièce, once confirmed."""
    fiche = editable(acces, espace, code)
    found = piece_or_404(fiche, numero)
    what = "Le fichier sera effacé" if found.fichier else "Le lien sera effacé"
    ecran = Ecran(
        "Retirer cette pièce ?",
        "Retirer cette pièce",
        f"La pièce « {found.titre} » est retirée.",
        f"« {found.titre} ». {what} ; l’histoire gardera son titre.",
    )
    return answer(
        request,
        acces,
        sujet(fiche),
        Formulaire(posted(request)),
        ecran,
        lambda: remove_piece(by=acces, piece=found, lu=read_mark(request)),
        lu=shown(found),
    )


def piece_or_404(fiche: FicheAction, numero: int) -> PieceDeFiche:
    """A pièce of a fiche.

    Raises:
        Http404: no such one there.
    """
    rows = PieceDeFiche.objects.filter(fiche=fiche).select_related("fiche__espace", "fiche__action__orientation")
    return get_object_or_404(rows, pk=numero)
