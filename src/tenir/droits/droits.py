"""For whom someone counts, and whose numbers she reads whole."""

from tenir.droits.models import CompteDeDroit
from tenir.habilitations.models import Habilitation
from tenir.habilitations.organismes import speaks_for


def counts(held: Habilitation, compte: CompteDeDroit) -> bool:
    """Whether the body someone acts for counts it, or is above the service that does."""
    return speaks_for(held, compte.organisme)
