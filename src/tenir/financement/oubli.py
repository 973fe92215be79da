"""What the room keeps of people: the messages sent to them; where its texts that may name someone are changed."""

from tenir.acteurs.models import Personne
from tenir.core import courriels
from tenir.core.models import Courriel
from tenir.core.oubli import Marques
from tenir.core.piece import Answer
from tenir.ecran.navigation import address
from tenir.financement.models import (
    FicheDeDispositif,
    LigneDeFinancement,
    MouvementDeFinancement,
    ReponseDeFinanceur,
    ReponseSurDispositif,
    Scenario,
)
from tenir.financement.services.demandes import GENRE


def forget(personne: Personne, marques: Marques) -> None:
    """Call off the requests that wait for her, and take her address off those that left."""
    sent = Courriel.objects.filter(genre=GENRE, cible__endswith=f"/{personne.pk}")
    courriels.cancel(sent)
    sent.update(adresse="")


def _line(row: LigneDeFinancement) -> str:
    return address("financement", row.espace, row.code)


def _of_line(row: MouvementDeFinancement | ReponseDeFinanceur) -> str:
    return _line(row.ligne)


def _scheme(row: FicheDeDispositif) -> str:
    return address("financement-dispositif", row.espace, row.pk)


def _of_scheme(row: ReponseSurDispositif) -> str:
    return _scheme(row.fiche)


def _scenario(row: Scenario) -> str:
    return address("financement-scenario", row.espace, row.numero)


WHERE: dict[str, Answer] = {
    LigneDeFinancement._meta.label: _line,
    MouvementDeFinancement._meta.label: _of_line,
    ReponseDeFinanceur._meta.label: _of_line,
    FicheDeDispositif._meta.label: _scheme,
    ReponseSurDispositif._meta.label: _of_scheme,
    Scenario._meta.label: _scenario,
}
