"""Keeping the territories of the database in step with what contracts say of them."""

from collections.abc import Iterable

from tenir.fichier.modeles import Identite, Quartier
from tenir.territoire.models import Territoire

Nature = Territoire.Nature
POPULATION = ("population", "origine_population", "periode_population")


def sync_territoires(identite: Identite) -> list[Territoire]:
    """Write the intercommunality, communes and quarters that a contract names; return them.

    Contracts share a territory: one that gives no department or no population leaves what another gave.
    """
    departement = identite.departement or ""
    rows = [_row(Nature.COMMUNE, one.insee or "", one.nom, departement) for one in identite.communes]
    if identite.epci:
        rows.append(_row(Nature.EPCI, identite.epci.siren or "", identite.epci.nom, departement))
    rows += [_quarter(quartier, departement) for quartier in identite.quartiers]
    once = {(row.nature, row.code, row.nom): row for row in rows}.values()  # PostgreSQL writes a row once in a command
    said = ["nom", "departement"] if departement else ["nom"]
    return [
        *_write((row for row in once if row.population is None), said),
        *_write((row for row in once if row.population is not None), [*said, *POPULATION]),
    ]


def _write(rows: Iterable[Territoire], said: list[str]) -> list[Territoire]:
    return Territoire.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["nature", "code", "nom"], update_fields=said
    )


def _quarter(quartier: Quartier, departement: str) -> Territoire:
    row = _row(Nature.QPV, quartier.code, quartier.nom, departement)
    if quartier.population:
        row.population = quartier.population.valeur
        row.origine_population = quartier.population.origine
        row.periode_population = quartier.population.periode or ""
    return row


def _row(nature: Nature, code: str, nom: str, departement: str) -> Territoire:
    return Territoire(nature=nature, code=code, nom=nom, departement=departement)
