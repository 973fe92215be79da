"""Up to three scenarios side by side: what each brings in, what it costs, who pays what."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tenir.core.typographie import typo
from tenir.ecran.navigation import address, context
from tenir.financement.montants import told
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs
from tenir.tarifs.calcul import Bilan, merged
from tenir.tarifs.ecrans.commun import TARIFS, service_or_404
from tenir.tarifs.ecrans.resultats import signed, told_reste
from tenir.tarifs.ecrans.scenarios import scenarios_of
from tenir.tarifs.lecture import in_force, outcome, today_of
from tenir.tarifs.lignes import Borne, bounds
from tenir.tarifs.models import Frequentation, GrilleTarifaire
from tenir.tarifs.services.commun import RIGHT

NOW = "En vigueur"
MOST = 3
"""How many are shown at once."""
Rang = tuple[str, list[tuple[str, str]]]
"""A row: what it says, then each cell under its head."""


@needs(RIGHT)
def scenarios(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """The scenarios of a service beside the grid in force: those chosen (« ?s=2&s=3 »), else the latest."""
    service = service_or_404(espace, numero)
    every = scenarios_of(service)
    asked = {int(one) for one in request.GET.getlist("s") if one.isdecimal() and len(one) < 6}
    chosen = [one for one in every if one.numero in asked][:MOST] or every[:MOST]
    decided = list(GrilleTarifaire.objects.of(service).decided())
    rows = list(Frequentation.objects.of(service)) if chosen else []
    found = [(one, outcome(one, decided, rows)) for one in chosen]
    given = context(
        acces,
        espace,
        TARIFS,
        service=service,
        tous=[(one, one in chosen) for one in every],
        choisis=[(one, address("scenario-tarifaire", espace, numero, one.numero)) for one in chosen],
        argent=_under([one.titre for one in chosen], _money([bilan for _, bilan in found])),
        prix=_under([NOW, *(one.titre for one in chosen)], _prices(in_force(decided, today_of(service)), chosen)),
        manques=[(one.titre, bilan.manques) for one, bilan in found],
        retour=address("tarif", espace, numero),
        nouveau=address("scenario-tarifaire-nouveau", espace, numero),
        le_plus=MOST,
    )
    return render(request, "tarifs/comparaison.html", given)


def _under(heads: Sequence[str], rows: Sequence[tuple[str, list[str]]]) -> list[Rang]:
    """Each cell of these rows under its head."""
    return [(name, list(zip(heads, cells, strict=True))) for name, cells in rows]


def _money(bilans: Sequence[Bilan]) -> list[tuple[str, list[str]]]:
    """What each brings in and costs."""
    unknown = "non calculé"
    reste = [told_reste(one.reste_apres) if one.dites and one.reste_apres is not None else unknown for one in bilans]
    cost = [signed(one.surcout) if one.dites and one.surcout is not None else unknown for one in bilans]
    return [
        ("Recettes, grille en vigueur", [told(one.recette_avant) if one.dites else unknown for one in bilans]),
        ("Recettes, scénario", [told(one.recette_apres) if one.dites else unknown for one in bilans]),
        ("Écart de recettes", [signed(one.ecart) if one.dites else unknown for one in bilans]),
        ("Reste à charge", reste),
        ("Ce que cela coûte de plus", cost),
    ]


def _prices(now: GrilleTarifaire | None, chosen: Sequence[GrilleTarifaire]) -> list[tuple[str, list[str]]]:
    """The price of each part that the bounds of all these grids cut; the first column is the grid in force."""
    grids = [list(bounds(one.tranches.all() if one else [])) for one in [now, *chosen]]
    every = [pair for one in grids for pair in one]
    parts = merged(every, every)
    return [(str(one), [_price(grid, one.categorie, one.de) for grid in grids]) for one in parts]


def _price(grid: Sequence[tuple[object, Borne]], categorie: str, quotient: int) -> str:
    for one, borne in grid:
        if borne.categorie == categorie and borne.de <= quotient and (borne.a is None or quotient < borne.a):
            return typo(told(one.prix))  # type: ignore[attr-defined]
    return "pas de tarif"
