"""The counts of a year, their file, what became of a right, a number corrected."""

from dataclasses import dataclass, replace
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from tenir.core import horloge
from tenir.core.composants import Lien
from tenir.core.exports import export_response
from tenir.core.typographie import capital, month_fr, pluriel, typo
from tenir.droits.catalogue import Offre, offers
from tenir.droits.comptes import Ligne, received, table, told, years
from tenir.droits.ecrans.commun import COMPTES, about
from tenir.droits.ecrans.formulaires import CorrigerForm, DevenirForm
from tenir.droits.enums import ACCUEIL, Suite
from tenir.droits.models import CompteDeDroit
from tenir.droits.services import comptes as services
from tenir.droits.services.commun import COUNT, GENRE_COMPTE, READ
from tenir.ecran.edition import Ecran, answer, posted, read_mark
from tenir.ecran.navigation import address, context
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.organismes import bodies_of
from tenir.habilitations.rights import Acces, Portee, may, reach, require
from tenir.habilitations.vues import needs

BOTH = ["GET", "HEAD", "POST"]
DEVENIR = Ecran(
    "Ce qu’un droit est devenu", "Compter", "C’est compté.", "Un nombre de plus ce mois-ci ; rien ne dit de qui.",
)  # fmt: skip
CORRIGER = Ecran("Corriger un nombre", "Enregistrer", "Le nombre est corrigé.", annulable=("", ""))


@dataclass(frozen=True, slots=True)
class Tableau:
    """The rights of a year, as their reader may read them."""

    titre: str
    chapeau: str
    lignes: list[tuple[str, list[tuple[str, str]]]]


@needs(READ)
def comptes(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, format: str = "") -> HttpResponse:
    """How many were pointed to each right in a year, and what became of it."""
    annee, offres = _year(request, espace), offers(espace)
    tables = list(_tables(acces, espace, annee, offres))
    if format:
        return export_response(_rows(espace, annee, tables), name=f"{espace.slug}-droits-{annee}", format=format)
    counts = reach(acces, COUNT, espace) > Portee.AUCUNE
    here = address(COMPTES, espace)
    given = context(
        acces,
        espace,
        COMPTES,
        annee=annee,
        annees=[Lien(str(one), f"{here}?annee={one}") for one in years(espace)],
        suites=[one.label for one in Suite],
        tableaux=tables,
        devenir=address("reperage-devenir", espace) if counts else "",
        compter=address("reperage-compter", espace) if counts else "",
        nombres=_numbers(acces, espace, annee, offres) if counts else [],
        csv=f"{address('reperage-comptes-fichier', espace, 'csv')}?annee={annee}",
        xlsx=f"{address('reperage-comptes-fichier', espace, 'xlsx')}?annee={annee}",
    )
    return render(request, "droits/comptes.html", given)


def _year(request: HttpRequest, espace: EspaceDeContrat) -> int:
    asked = request.GET.get("annee", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else 0
    return year if 2000 <= year <= 2099 else horloge.today(espace).year


def _tables(acces: Acces, espace: EspaceDeContrat, annee: int, offres: list[Offre]) -> list[Tableau]:
    """Those of one’s body, whole; those of all, whole for the team alone."""
    whole = may(acces, COUNT, espace)
    mine = bodies_of(acces, espace)
    found = [_table("Ce que compte mon organisme", espace, annee, offres, mine)] if mine and not whole else []
    return [*found, _table("Tous les accueils", espace, annee, offres, None, whole=whole)]


def _table(
    titre: str, espace: EspaceDeContrat, annee: int, offres: list[Offre], mine: set[str] | None, *, whole: bool = True
) -> Tableau:
    lines = table(espace, annee, offres, mine)
    many = pluriel(received(espace, annee, mine), "personne reçue", "personnes reçues", genre="f") if whole else ""
    masked = "Sous cinq, le nombre n’est pas dit."
    said = f"{many} en {annee}." if whole else masked
    return Tableau(titre, typo(said), [_line(one, whole=whole) for one in lines])


def _line(one: Ligne, *, whole: bool) -> tuple[str, list[tuple[str, str]]]:
    labels = [capital(suite.label) for suite in Suite]
    return one.libelle, [(label, told(many, whole=whole)) for label, many in zip(labels, one.nombres, strict=True)]


def _rows(espace: EspaceDeContrat, annee: int, tables: list[Tableau]) -> list[list[object]]:
    """The lines of the file: what the page shows."""
    head: list[object] = ["Contrat", "Année", "Tableau", "Droit", *(one.label for one in Suite)]
    return [
        head,
        *(
            [espace.titre, annee, one.titre, name, *(many for _, many in numbers)]
            for one in tables
            for name, numbers in one.lignes
        ),
    ]


def _numbers(acces: Acces, espace: EspaceDeContrat, annee: int, offres: list[Offre]) -> list[tuple[str, Lien]]:
    """The numbers that she may correct, by month, the latest first."""
    names = {one.droit.code: one.droit.libelle for one in offres} | {ACCUEIL: "Accueils"}
    rows = CompteDeDroit.objects.filter(espace=espace, mois__year=annee).select_related("organisme", "espace")
    rows = rows if may(acces, COUNT, espace) else rows.filter(organisme__identifiant__in=bodies_of(acces, espace))
    found = rows.order_by("-mois", "organisme__identifiant", "droit", "suite")[:MOST]
    return [
        (
            typo(f"{names.get(one.droit, one.droit)}, {one.get_suite_display()}, {one.organisme} : {one.nombre}"),
            Lien(month_fr(one.mois), address("reperage-corriger", espace, one.pk)),
        )
        for one in found
    ]


MOST = 60
"""How many numbers to correct a page lists: the latest."""


@require_http_methods(BOTH)
@needs(COUNT, theirs=True)
def devenir(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """One more right opened, refused or left."""
    form = DevenirForm(acces, espace, offers(espace), posted(request))

    def write() -> None:
        given = form.cleaned_data
        services.count_outcome(
            by=acces, espace=espace, organisme=given["organisme"], droit=given["droit"], suite=Suite(given["suite"])
        )

    return answer(request, acces, about(espace, COMPTES, "Les comptes", GENRE_COMPTE), form, DEVENIR, write)


@require_http_methods(BOTH)
@needs(COUNT, theirs=True)
def corriger(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, compte: int) -> HttpResponse:
    """Write a number that was counted wrong.

    Raises:
        Http404: it is of another contract.
    """
    rows = CompteDeDroit.objects.filter(espace=espace).select_related("espace", "organisme")
    found = get_object_or_404(rows, pk=compte)
    require(acces, COUNT, espace, found)
    form = CorrigerForm(found, posted(request))
    write = partial(_write, acces, found, form, request)
    said = [_name(espace, found), found.get_suite_display(), month_fr(found.mois), str(found.organisme)]
    ecran = replace(CORRIGER, chapeau=typo(f"{', '.join(said)}."))
    sujet = about(espace, COMPTES, "Les comptes", GENRE_COMPTE, found.code)
    return answer(request, acces, sujet, form, ecran, write, lu=services.shown(found))


def _write(acces: Acces, found: CompteDeDroit, form: CorrigerForm, request: HttpRequest) -> None:
    services.correct(by=acces, compte=found, valeur=form.cleaned_data["nombre"], lu=read_mark(request))


def _name(espace: EspaceDeContrat, found: CompteDeDroit) -> str:
    if found.droit == ACCUEIL:
        return "Accueils"
    names = {one.droit.code: one.droit.libelle for one in offers(espace)}
    if found.droit not in names:
        raise Http404
    return names[found.droit]
