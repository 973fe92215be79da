"""What indicators compute from the council of residents: how many members have a mandate at the end of a period."""

from datetime import date
from decimal import Decimal

from tenir.conseil.enums import CollegeDuConseil
from tenir.conseil.models import Mandat
from tenir.core import horloge
from tenir.habilitations.models import EspaceDeContrat


def computed(espace: EspaceDeContrat, de: str, debut: date, fin: date) -> Decimal | None:
    """What one word of `natures.modeles.MEMBRES` counts; none while no mandate was written here by then.

    « Actifs » is not said by the contract: we read whoever has a mandate, on the last day of the period that has come.
    """
    day = min(fin, horloge.today(espace))
    rows = Mandat.objects.filter(espace=espace, du__lte=day)
    if day < debut or not rows.exists():
        return None
    held = rows.filter(au__gt=day)
    if de == "habitants":
        held = held.filter(candidature__college=CollegeDuConseil.HABITANTS)
    return Decimal(held.count())
