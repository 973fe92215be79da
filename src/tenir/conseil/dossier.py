"""What the file of a meeting says of the council of residents: the opinions asked of it, where each stands."""

from collections.abc import Iterator
from datetime import date

from tenir.conseil.models import DemandeDAvis
from tenir.core.documents import Partie, Tableau
from tenir.core.typographie import date_fr, typo
from tenir.gouvernance.models import Reunion

COLUMNS = ("Code", "Avis demandé sur", "Dernier jour", "Source de la règle")


def parts(reunion: Reunion, _on: date) -> Iterator[Partie]:
    """One part, when an opinion is waited for; the file does not speak of the council otherwise."""
    rows = DemandeDAvis.objects.of(reunion.espace).waiting().order_by("echeance", "numero")
    title = "Avis demandés au conseil citoyen"
    lines = tuple((one.code, typo(one.objet), date_fr(one.echeance), typo(one.source)) for one in rows)
    if lines:
        yield Partie(title, (), Tableau(title, COLUMNS, (5, 22, 10, 14), lines))
