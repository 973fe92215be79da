"""The prices that residents pay, service by service, as they apply; or their file. Never how many pay them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from tenir.core import horloge
from tenir.core.adresses import route
from tenir.core.alphabet import alphabetical
from tenir.core.composants import Lien
from tenir.core.exports import export_response
from tenir.core.typographie import capital, date_fr, pluriel, typo
from tenir.habilitations.models import EspaceDeContrat
from tenir.public.espace import context, contract_or_404, crumbs
from tenir.tarifs.ecrans.commun import Rangee, lede_of, rows_of
from tenir.tarifs.lecture import in_force
from tenir.tarifs.lignes import bounds
from tenir.tarifs.models import GrilleTarifaire, ServiceTarife

TITRE = "Les tarifs"
HEADINGS = ("Contrat", "Service", "Géré par", "Le prix est pour", "Applicable depuis le", "Tranche", "Prix (euros)")


@dataclass(frozen=True, slots=True)
class Affiche:
    """A service as anyone reads it: who runs it, since when its prices apply, its prices; what comes next."""

    nom: str
    chapeau: str
    depuis: str
    grille: list[Rangee]
    apres: str

    @property
    def legende(self) -> str:
        """What its table is called."""
        return typo(f"Les prix, {self.nom}")


def tarifs(request: HttpRequest, slug: str) -> HttpResponse:
    """The prices that apply today."""
    espace = contract_or_404(slug)
    found = _in_force(espace)
    given = context(
        espace,
        "quartier",
        fil=crumbs(espace, Lien("Le quartier", route("quartier", slug)), Lien(TITRE)),
        titre=TITRE,
        chapeau=_lede(len(found)),
        services=[_shown(service, grille) for service, grille in found],
    )
    return render(request, "public/tarifs.html", given)


def fichier(request: HttpRequest, slug: str, format: str) -> HttpResponse:
    """The same, a tranche a row."""
    espace = contract_or_404(slug)
    return export_response(_rows(espace), name=f"{slug}-tarifs", format=format)


def way_to(espace: EspaceDeContrat) -> Lien | None:
    """What leads residents to the prices, when some apply; one query."""
    applied = GrilleTarifaire.objects.filter(service__espace=espace, applicable_le__lte=horloge.today(espace))
    return Lien("Les tarifs", route("tarifs-publics", espace.slug)) if applied.exists() else None


def _in_force(espace: EspaceDeContrat) -> list[tuple[Any, GrilleTarifaire]]:
    """The services of a contract that have a grid today, by name; three queries."""
    grids = GrilleTarifaire.objects.decided().prefetch_related("tranches")
    rows = ServiceTarife.objects.of(espace).prefetch_related(Prefetch("grilles", queryset=grids, to_attr="retenues"))
    today = horloge.today(espace)
    found = [(one, in_force(_of(one), today)) for one in rows.order_by(alphabetical("libelle"), "numero")]
    return [(one, grille) for one, grille in found if grille is not None]


def _of(service: Any) -> list[GrilleTarifaire]:
    """The grids of a service of the page, retained ones alone."""
    return list(service.retenues)


def _shown(service: Any, grille: GrilleTarifaire) -> Affiche:
    day = grille.applicable_le
    later = [one for one in _of(service) if day and one.applicable_le and one.applicable_le > day]
    following = min((one.applicable_le for one in later if one.applicable_le), default=None)
    return Affiche(
        service.libelle,
        lede_of(service),
        typo(f"Prix applicables depuis le {date_fr(day)}.") if day else "",
        rows_of(grille),
        typo(f"D’autres prix s’appliqueront le {date_fr(following)}.") if following else "",
    )


def _lede(count: int) -> str:
    if not count:
        return typo("Aucun service n’a fait connaître ses prix pour l’instant.")
    return typo(f"{capital(pluriel(count, 'service', lettres=True))} et leurs prix, selon qui l’on est.")


def _rows(espace: EspaceDeContrat) -> Iterator[list[Any]]:
    yield list(HEADINGS)
    for service, grille in _in_force(espace):
        first = [espace.titre, service.libelle, service.organisme.nom, service.get_unite_display()]
        for one, borne in bounds(grille.tranches.all()):
            yield [*first, grille.applicable_le, str(borne), one.prix]


urlpatterns = [
    path("tarifs/", tarifs, name="tarifs-publics"),
    path("tarifs.<str:format>", fichier, name="tarifs-publics-export"),
]
