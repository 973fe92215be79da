"""The grids of a contract: where a hole shows by itself, with nothing more to type, and who could fill it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from tenir.activite.catalogue import NIVEAUX, catalogue_of, offered_in
from tenir.activite.droits import niveau_of
from tenir.activite.ecrans.registres.commun import family_of
from tenir.activite.ecrans.registres.croisement import Croisement, crossings, has_grid
from tenir.core.composants import Lien
from tenir.core.exports import export_response
from tenir.core.typographie import capital, typo
from tenir.ecran.navigation import address, context
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs
from tenir.natures.enums import Lecteurs
from tenir.natures.modeles import NatureEntiere

ONGLET = "grilles"


@needs("activite.read")
def grilles(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Every grid that someone reads, with how many of its cells are empty."""
    found = crossings(acces, espace, _offered(acces, espace))
    filled = [_link(espace, one) for one in found if one.vides < one.total]
    empty = [_link(espace, one) for one in found if one.vides == one.total]
    given = context(acces, espace, ONGLET, tenues=filled, vides=empty)
    return render(request, "activite/registres/grilles.html", given)


def _offered(acces: Acces, espace: EspaceDeContrat) -> list[NatureEntiere]:
    """The kinds that have a grid, withdrawn ones apart; four queries."""
    niveau = niveau_of(acces, espace)
    kinds = [*offered_in(espace, niveau, lasting=True), *offered_in(espace, niveau)]
    return [one for one in kinds if has_grid(one)]


def _link(espace: EspaceDeContrat, one: Croisement) -> Lien:
    return Lien(capital(one.nature.pluriel), address("grille", espace, one.nature.nature), note=typo(one.phrase))


@needs("activite.read")
def grille(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str, format: str = "") -> HttpResponse:
    """One grid, or its file; of what the team alone reads, nothing leaves.

    Raises:
        Http404: no such grid for her, or a file of one that stays with the team.
    """
    kind = _kind_or_404(acces, espace, code)
    team = any(one.visible is Lecteurs.EQUIPE for one in family_of(espace, kind))
    if format and team:
        raise Http404
    (found,) = crossings(acces, espace, [kind])
    if format:
        return export_response(_rows(espace, found), name=f"{espace.slug}-{code}-tableau", format=format)
    given = context(
        acces,
        espace,
        ONGLET,
        nature=kind,
        grille=found,
        propositions=[(row.libelle, said) for row in found.rangees if (said := row.propositions)],
        csv="" if team else address("grille-fichier", espace, code, "csv"),
        xlsx="" if team else address("grille-fichier", espace, code, "xlsx"),
        registre=address("registre", espace, code) if kind.lasts else "",
        grilles=address(ONGLET, espace),
    )
    return render(request, "activite/registres/grille.html", given)


def _kind_or_404(acces: Acces, espace: EspaceDeContrat, code: str) -> NatureEntiere:
    """A kind that has a grid, withdrawn or not; one query.

    Raises:
        Http404: no such kind here, or one that she does not read.
    """
    found = catalogue_of(espace).get(code)
    if found is None or found.generique or not has_grid(found) or NIVEAUX[found.visible] > niveau_of(acces, espace):
        raise Http404
    return found


def _rows(espace: EspaceDeContrat, found: Croisement) -> list[list[str]]:
    """The lines of a file, the headings first."""
    lines = [[espace.titre, row.libelle, *(case.texte for case in row.cases)] for row in found.rangees]
    return [["Contrat", found.axes[0], *found.colonnes], *lines]
