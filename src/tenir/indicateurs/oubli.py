"""Where the texts of indicators that may name someone are changed (`habilitations.mentions`)."""

from tenir.core.piece import Answer
from tenir.ecran.navigation import address
from tenir.indicateurs.models import CibleDIndicateur, ReleveDIndicateur, SuiviDIndicateur


def _suivi(suivi: SuiviDIndicateur) -> str:
    return address("suivi-indicateur", suivi.espace, suivi.code)


def _around(row: CibleDIndicateur | ReleveDIndicateur) -> str:
    return _suivi(row.suivi)


WHERE: dict[str, Answer] = {
    SuiviDIndicateur._meta.label: _suivi,
    CibleDIndicateur._meta.label: _around,
    ReleveDIndicateur._meta.label: _around,
}
