"""What the registers expect: what falls due is said before it does, what nobody confirms is asked again."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from dateutil.relativedelta import relativedelta
from django.test import Client

from tenir.acteurs.models import Personne
from tenir.activite.services.objets import change_objet
from tenir.core import horloge
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, acces_of
from tests.activite.registre import kinds
from tests.activite.registres import CONVENTION, PAQTE, objet, point

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
DESK = "/espace/vallon/"


@pytest.fixture
def team(people: dict[str, Personne], vallon: EspaceDeContrat) -> Acces:
    kinds(vallon, CONVENTION, PAQTE)
    return acces_of(people["equipe"])


def desk(client: Client) -> str:
    return client.get(DESK).content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def test_what_falls_due_is_said_before_it_does_and_once_it_is_past(
    as_: As, vallon: EspaceDeContrat, team: Acces
) -> None:
    today = horloge.today(vallon)
    for name, days in (("Bourse", 59), ("Parking", 61), ("Vélos", -3)):
        objet(team, vallon, name, nature="accord", le=today, echeance=today + timedelta(days=days))
    html = desk(as_("equipe"))
    assert "2 échéances arrivent" in html or "Deux échéances arrivent" in html
    section = html.split("Échéances des registres")[-1].split("</section>")[0]
    assert [name in section for name in ("Bourse", "Parking", "Vélos")] == [True, False, True]
    assert section.index("Vélos") < section.index("passée") < section.index("Bourse")


def test_what_is_closed_or_put_off_falls_due_no_more(as_: As, vallon: EspaceDeContrat, team: Acces) -> None:
    today = horloge.today(vallon)
    over = objet(team, vallon, "Bourse", nature="accord", le=today, echeance=today)
    later = objet(team, vallon, "Parking", nature="accord", le=today, echeance=today)
    point(team, over, "echue", le=today)
    change_objet(by=team, objet=later, version=1, changes={"echeance": today + timedelta(days=400)})
    assert "Échéances des registres" not in desk(as_("equipe"))


def test_what_nobody_confirms_for_a_year_is_asked_again_of_who_answers_for_it(
    as_: As, vallon: EspaceDeContrat, team: Acces
) -> None:
    before = horloge.today(vallon) - relativedelta(years=1, days=1)
    old = objet(team, vallon, "Scierie", le=before)
    objet(team, vallon, "Fournil", le=before, of="caf")
    assert "Registres à confirmer" in desk(as_("equipe"))
    mine = desk(as_("partenaire"))
    assert ("Scierie" in mine, "Fournil" in mine) == (True, False)
    point(team, old, le=horloge.today(vallon))
    assert "Scierie" not in desk(as_("partenaire"))
