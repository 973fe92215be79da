"""Where the texts of promises that may name someone are changed (`habilitations.mentions`)."""

from tenir.core.piece import Answer
from tenir.ecran.navigation import address
from tenir.engagements.models import NouvelleDEngagement, PreuveDEngagement, SuiviDEngagement


def _suivi(suivi: SuiviDEngagement) -> str:
    return address("suivi-engagement", suivi.espace, suivi.code)


def _around(row: NouvelleDEngagement | PreuveDEngagement) -> str:
    return _suivi(row.suivi)


WHERE: dict[str, Answer] = {
    SuiviDEngagement._meta.label: _suivi,
    NouvelleDEngagement._meta.label: _around,
    PreuveDEngagement._meta.label: _around,
}
