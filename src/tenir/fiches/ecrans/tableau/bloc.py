"""The spreadsheets that came back and wait to be applied, for the morning."""

from collections.abc import Iterator
from datetime import date

from tenir.core.composants import Item
from tenir.core.horloge import day_of
from tenir.core.typographie import date_fr, typo
from tenir.ecran.blocs import Annonce, Section
from tenir.ecran.navigation import address
from tenir.fiches.models import ImportDeFiches
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, may


def sections(acces: Acces, espace: EspaceDeContrat, on: date) -> Iterator[Section]:
    """The spreadsheets deposited and not applied, for whoever may apply them."""
    if not may(acces, "fiche.bulk", espace):
        return
    waiting = ImportDeFiches.objects.filter(espace=espace, applique_le=None).select_related("par")
    yield Section(
        "tableurs",
        "Tableurs déposés, pas encore appliqués",
        [
            Item(
                "",
                str(one),
                address("fiches-import", espace, one.pk),
                typo(f"déposé le {date_fr(day_of(one.depose_le))} par {one.par}"),
            )
            for one in waiting
        ],
        Annonce("tableur", "attend d’être appliqué", "attendent d’être appliqués", "m"),
        address("fiches-imports", espace),
    )
