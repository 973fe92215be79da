"""The yearly balance of the property tax that landlords do not pay, by landlord, by quarter, by residence."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tenir.activite.abattement import NATURE, Bilan, balances, by_landlord, by_quarter
from tenir.activite.ecrans.registres.commun import family_of, read_by, register_or_404
from tenir.core.exports import export_response
from tenir.ecran.navigation import address, context
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs

ONGLET = "registres"
HEADINGS = (
    "Contrat", "Année", "Bailleur", "Quartier", "Résidence", "Abattement", "Engagé par la convention", "Dépensé",
    "Écart", "Preuve", "Ce qui manque",
)  # fmt: skip


@needs("activite.read")
def bilan(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, format: str = "") -> HttpResponse:
    """The balance, year by year, or its file.

    Raises:
        Http404: the contract has no such register, or she does not read it.
    """
    kind = register_or_404(acces, espace, NATURE)
    codes = [one.nature for one in family_of(espace, kind)]
    things = read_by(acces, espace).filter(nature__in=codes).select_related("organisme")
    found = balances(kind, things)
    if format:
        return export_response(_rows(espace, found), name=f"{espace.slug}-abattement", format=format)
    years: dict[int, list[tuple[Bilan, list[tuple[Bilan, str]]]]] = {}
    for whole, rows in by_landlord(found):
        lines = [(one, address("objet", espace, one.objet)) for one in rows]
        years.setdefault(whole.annee, []).append((whole, lines))
    given = context(
        acces,
        espace,
        ONGLET,
        annees=list(years.items()),
        quartiers=by_quarter(found),
        csv=address("abattement-bilan-fichier", espace, "csv"),
        xlsx=address("abattement-bilan-fichier", espace, "xlsx"),
        registre=address("registre", espace, NATURE),
    )
    return render(request, "activite/registres/abattement.html", given)


def _rows(espace: EspaceDeContrat, found: list[Bilan]) -> Iterator[list[object]]:
    """The lines of a file, the headings first; what nobody said is empty."""
    yield list(HEADINGS)
    for one in found:
        yield [
            espace.titre, one.annee, one.bailleur, one.quartier, one.libelle, one.abattement, one.programme,
            one.depenses, one.ecart, one.preuve, one.manque,
        ]  # fmt: skip
