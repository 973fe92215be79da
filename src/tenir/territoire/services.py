"""Keeping the territories of the database in step with what contracts say of them."""

from tenir.fichier.modeles import Identite
from tenir.territoire.models import Territoire

Nature = Territoire.Nature


def sync_territoires(identite: Identite) -> list[Territoire]:
    """Write the intercommunality, communes and quarters that a contract names; return them."""
    departement = identite.departement or ""
    rows = [_row(Nature.COMMUNE, one.insee or "", one.nom, departement) for one in identite.communes]
    if identite.epci:
        rows.append(_row(Nature.EPCI, identite.epci.siren or "", identite.epci.nom, departement))
    for quartier in identite.quartiers:
        row = _row(Nature.QPV, quartier.code, quartier.nom, departement)
        if quartier.population:
            row.population = quartier.population.valeur
            row.origine_population = quartier.population.origine
            row.periode_population = quartier.population.periode or ""
        rows.append(row)
    return Territoire.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["nature", "code", "nom"],
        update_fields=["departement", "population", "origine_population", "periode_population"],
    )


def _row(nature: Nature, code: str, nom: str, departement: str) -> Territoire:
    return Territoire(nature=nature, code=code, nom=nom, departement=departement)
