"""What residents read of the rooms of a place: its permanences of the week, when the room shows them, nothing else."""

from collections.abc import Callable
from datetime import time

import pytest

from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.roles import Role
from tests.activite.registres import objet
from tests.personnes import acces
from tests.reservations.salles import booked, permanence, salle

pytestmark = pytest.mark.base
Read = Callable[..., str]


@pytest.fixture
def equipe(petit: EspaceDeContrat) -> Acces:
    return acces("Basile Pivot", Role.EQUIPE, petit)


def test_a_place_tells_the_permanences_of_the_week_of_the_rooms_that_show_them(
    petit: EspaceDeContrat, equipe: Acces, page: Read
) -> None:
    place = objet(equipe, petit, "Maison des Habitants", nature="lieu-ouvert", autre_lieu="1, place du Bourg")
    given = {"lieu_ouvert": place, "autre_lieu": ""}
    shown, hidden = (
        salle(equipe, petit, nom, affichee=yes, **given) for nom, yes in (("Bureau 2", True), ("B", False))
    )
    permanence(equipe, shown, "Accès aux droits", days=2)
    permanence(equipe, shown, "Trop tard", days=9)
    permanence(equipe, hidden, "Réservée aux partenaires", days=2)
    booked(equipe, shown, org="caf", days=2, debut=time(11), fin=time(11, 30))
    html = page(petit, "annuaire/").replace("\xa0", " ").replace("\u202f", " ")
    assert "Permanences de la semaine" in html
    assert "de 9 h à 9 h 30 : Accès aux droits (CCAS), Bureau 2" in html
    for kept in ("Trop tard", "Réservée aux partenaires", "11 h", "CAF", "pris"):
        assert kept not in html.partition("Permanences de la semaine")[2].partition("</ul>")[0]
    assert "Réservée aux partenaires" not in html
