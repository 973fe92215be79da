"""Tags of the pages that show a contract."""

from django import template

from tenir.contrat.absences import NON_LU, absence
from tenir.habilitations.models import EspaceDeContrat

register = template.Library()


@register.inclusion_tag("core/components/vide.html")
def rien(espace: EspaceDeContrat, kind: str, otherwise: str) -> dict[str, str]:
    """What stands where there is no item of a kind: that none was read, or what is said when there is none."""
    return {"text": absence(espace, kind, otherwise)}


@register.simple_tag
def si_lu(espace: EspaceDeContrat, kind: str, word: str) -> str:
    """A word of a stamp that says there is nothing; « non lu » when nothing of that kind was read."""
    return NON_LU if kind in espace.non_lus else word
