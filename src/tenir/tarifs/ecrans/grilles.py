"""The small pages of a grid: writing it, correcting it, removing it; the attendance of a year."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from tenir.ecran.edition import Ecran, answer, posted, read_mark
from tenir.ecran.formulaires import Formulaire
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, require
from tenir.habilitations.vues import needs
from tenir.tarifs.ecrans.commun import BOTH, about, grid_or_404, service_or_404
from tenir.tarifs.ecrans.formulaire_de_grille import GrilleForm
from tenir.tarifs.ecrans.formulaires import FrequentationForm
from tenir.tarifs.lecture import in_force, today_of
from tenir.tarifs.lignes import names_of
from tenir.tarifs.models import ANNEES, Frequentation, GrilleTarifaire
from tenir.tarifs.services import frequentation as counts
from tenir.tarifs.services import grilles as services
from tenir.tarifs.services.commun import COUNT, RIGHT

ROWS = "tarifs/grille.html"
HOW = "Une tranche va jusqu’à la suivante de sa catégorie : ni trou, ni recouvrement. Une ligne vide ne compte pas."
NOUVELLE = Ecran("Inscrire une grille", "Inscrire la grille", "La grille est inscrite.", HOW, ROWS)
MODIFIER = Ecran("Corriger la grille", "Enregistrer", "La grille est corrigée.", HOW, ROWS)
RETIRER = Ecran("Retirer cette grille ?", "Retirer", "La grille est retirée.")
FREQUENTATION = "Des nombres seuls, jamais un nom. Vide : ce n’est pas dit ; 0 : personne n’est venu."


@require_http_methods(BOTH)
@needs(RIGHT)
def nouvelle(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Write the grid that applies from a day on, beginning with the one in force."""
    found = service_or_404(espace, numero)
    now = in_force(GrilleTarifaire.objects.of(found).decided(), today_of(found))
    form = GrilleForm(now.tranches.all() if now else [], posted(request), applicable_le=today_of(found))

    def write() -> None:
        day = form.cleaned_data["applicable_le"]
        services.write_grid(by=acces, service=found, applicable_le=day, lignes=form.lignes)

    return answer(request, acces, about(found), form, NOUVELLE, write)


@require_http_methods(BOTH)
@needs(RIGHT)
def modifier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, grille: int) -> HttpResponse:
    """Correct a grid."""
    found = grid_or_404(service_or_404(espace, numero), grille)
    form = GrilleForm(found.tranches.all(), posted(request), applicable_le=found.applicable_le)

    def write() -> None:
        day, lu = form.cleaned_data["applicable_le"], read_mark(request)
        services.correct_grid(by=acces, grille=found, applicable_le=day, lignes=form.lignes, lu=lu)

    return answer(request, acces, about(found.service), form, MODIFIER, write, lu=services.shown(found))


@require_http_methods(BOTH)
@needs(RIGHT)
def retirer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, grille: int) -> HttpResponse:
    """Remove a grid, once confirmed."""
    found = grid_or_404(service_or_404(espace, numero), grille)
    write = partial(services.remove_grid, by=acces, grille=found, lu=read_mark(request))
    form = Formulaire(posted(request))
    return answer(request, acces, about(found.service), form, RETIRER, write, lu=services.shown(found))


@require_http_methods(BOTH)
@needs(COUNT, theirs=True)
def frequentation(
    request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, grille: int, annee: int
) -> HttpResponse:
    """Say how much each tranche of a grid was used in a year.

    Raises:
        Http404: a year that no one may type.
    """
    service = service_or_404(espace, numero)
    require(acces, COUNT, espace, service)
    found = grid_or_404(service, grille)
    if not ANNEES[0] <= annee <= ANNEES[1]:
        raise Http404
    rows = Frequentation.objects.filter(annee=annee, tranche__grille=found)
    form = FrequentationForm(
        names_of(found.tranches.all()), {one.tranche_id: one for one in rows}, service.pluriel, posted(request)
    )
    ecran = Ecran(
        f"Fréquentation de {annee}", "Enregistrer", "La fréquentation est dite.", FREQUENTATION,
        "tarifs/frequentation.html",
    )  # fmt: skip

    def write() -> None:
        counts.say_attendance(by=acces, grille=found, annee=annee, comptes=form.comptes(), lu=read_mark(request))

    return answer(request, acces, about(service), form, ecran, write, lu=counts.shown(found, annee))
