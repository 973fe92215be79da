"""The tariffs of a fictitious contract: two services, their grids, three years of attendance, two scenarios."""

import random
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tenir.acteurs.models import Organisation
from tenir.contrat.models import Signataire
from tenir.demonstration.vie.etapes import Etape
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.tarifs.enums import Repartition, Unite
from tenir.tarifs.lignes import Ligne
from tenir.tarifs.models import GrilleTarifaire, ServiceTarife
from tenir.tarifs.services.frequentation import Compte, say_attendance
from tenir.tarifs.services.grilles import write_grid
from tenir.tarifs.services.scenarios import open_scenario
from tenir.tarifs.services.tarifs import create_service

COMMUNE, DEHORS, QUARTIER = "Commune", "Hors commune", "Quartier prioritaire"
SOURCE = "état annuel fictif de la régie"
INSCRIT, ESSAYE = -70, -20
"""How many days before the day that is told services were written down, then other prices tried."""
TOWN = "collectivité"
"""The nature of who runs what residents pay for."""
ANNEES = 3
Rangs = tuple[tuple[str, int, str, int], ...]
CANTINE: Rangs = (
    (COMMUNE, 0, "1.00", 6200), (COMMUNE, 400, "2.10", 8900), (COMMUNE, 800, "3.40", 7400),
    (COMMUNE, 1300, "4.60", 3100), (DEHORS, 0, "6.20", 480),
)  # fmt: skip
PISCINE: Rangs = ((QUARTIER, 0, "2.00", 2300), (COMMUNE, 0, "3.00", 9800), (DEHORS, 0, "4.50", 5200))
"""Tranches: category, quotient, price, and about how many units a year."""
PLUS_BAS = (
    (COMMUNE, 0, "0.50", 5), (COMMUNE, 400, "1.50", 3), (COMMUNE, 800, "3.40", 0), (COMMUNE, 1300, "5.00", 0),
    (DEHORS, 0, "6.80", -5),
)  # fmt: skip
PLUS_DE_TRANCHES = (
    (COMMUNE, 0, "0.80", 0), (COMMUNE, 300, "1.40", 0), (COMMUNE, 600, "2.40", 0), (COMMUNE, 1300, "4.60", 0),
    (DEHORS, 0, "6.20", 0),
)  # fmt: skip


class TarifsFictifs:
    """Written down some weeks before the day that is told; other prices tried since."""

    def __init__(self, espace: EspaceDeContrat, equipe: Acces, jour: date, graine: int) -> None:
        self.espace, self.equipe, self.jour = espace, equipe, jour
        self.rng = random.Random(f"{graine}tarifs")  # noqa: S311 - no secret
        self.etapes = [
            Etape(jour + timedelta(days=INSCRIT), self._write),
            Etape(jour + timedelta(days=ESSAYE), self._try),
        ]

    def _write(self) -> None:
        bodies = self._bodies()
        if not bodies:
            return
        cost = {"cout": Decimal("8.40"), "cout_source": "compte administratif fictif"}
        self._service("La cantine scolaire (fictive)", bodies[0], Unite.REPAS, CANTINE, cost)
        self._service("La piscine de Songe (fictive)", bodies[:2][-1], Unite.ENTREE, PISCINE, {})

    def _service(self, libelle: str, body: Organisation, unite: Unite, rows: Rangs, more: dict[str, Any]) -> None:
        values = {"libelle": libelle, "organisme": body, "unite": unite, **more}
        made = create_service(by=self.equipe, espace=self.espace, values=values)
        lines = [Ligne(categorie, seuil, Decimal(prix)) for categorie, seuil, prix, _ in rows]
        since = date(self.jour.year - ANNEES, 1, 1)
        grille = write_grid(by=self.equipe, service=made, applicable_le=since, lignes=lines)
        for annee in range(self.jour.year - ANNEES, self.jour.year):
            self._count(grille, annee, rows, missing=libelle.startswith("La piscine") and annee == self.jour.year - 1)

    def _count(self, grille: GrilleTarifaire, annee: int, rows: Rangs, *, missing: bool) -> None:
        """A year; `missing`: of the last tranche nobody gave a count."""
        tranches = list(grille.tranches.all())
        about = {(categorie, seuil): count for categorie, seuil, _, count in rows}
        said: dict[int, Compte] = {}
        for one in tranches[: len(tranches) - missing]:
            units = round(about[(one.categorie, one.seuil)] * self.rng.uniform(0.92, 1.08))
            said[one.pk] = Compte(units, None if missing else max(1, units // 60), SOURCE)
        say_attendance(by=self.equipe, grille=grille, annee=annee, comptes=said)

    def _try(self) -> None:
        service = ServiceTarife.objects.of(self.espace).filter(unite=Unite.REPAS).first()
        if service is None:
            return
        self._scenario(service, "Moins cher en bas, plus cher hors commune (fictif)", PLUS_BAS)
        self._scenario(service, "D’autres tranches en bas (fictif)", PLUS_DE_TRANCHES)

    def _scenario(self, service: ServiceTarife, titre: str, rows: Rangs) -> None:
        lines = [Ligne(categorie, seuil, Decimal(prix), moves) for categorie, seuil, prix, moves in rows]
        values = {"titre": titre, "annee": self.jour.year - 1, "repartition": Repartition.PROPORTIONNELLE}
        open_scenario(by=self.equipe, service=service, lignes=lines, values=values)

    def _bodies(self) -> list[Organisation]:
        rows = Signataire.objects.of(self.espace).select_related("organisation").order_by("ordre")
        signed = [one.organisation for one in rows if one.organisation]
        return sorted(signed, key=lambda body: (not body.identifiant.startswith("commune"), body.nature != TOWN))
