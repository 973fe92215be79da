"""What a service refuses is said beside the field at fault, in every form."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from tenir.core import horloge
from tenir.habilitations.models import EspaceDeContrat
from tests.personnes import body, person, referent

As = Callable[[str], Client]


def fault_of(client: Client, url: str, typed: dict[str, str]) -> dict[str, str]:
    """What a page says is wrong, by field; « » for what is said at the top alone."""
    answer = client.post(url, typed)
    assert answer.status_code == 422, answer.status_code
    page = html.fromstring(answer.content)
    return {
        one.get("id", "").removeprefix("id_").removesuffix("_error"): " ".join(one.text_content().split())
        for one in page.xpath("//div[contains(@id, '_error')]")
    }


@pytest.mark.parametrize(
    ("days", "field"),
    [
        ({"rappel_1_le": 30}, "rappel_1_le"),
        ({"rappel_1_le": 5, "rappel_2_le": 30}, "rappel_2_le"),
        ({"rappel_1_le": 5, "rappel_2_le": 3}, "rappel_2_le"),
    ],
)
def test_a_reminder_out_of_its_time_is_said_beside_it(
    as_: As, vallon: EspaceDeContrat, days: dict[str, int], field: str
) -> None:
    today = horloge.today(vallon)
    given = {
        name: (today + timedelta(days=ahead)).isoformat() for name, ahead in ({"reponse_avant": 10} | days).items()
    }
    typed = {"titre": "Point fictif", "actions": "on", **given}
    assert set(fault_of(as_("equipe"), reverse("point-nouveau", args=["vallon"]), typed)) == {field}


def test_a_point_about_nothing_is_said_beside_what_it_may_be_about(as_: As, vallon: EspaceDeContrat) -> None:
    typed = {"titre": "Point fictif", "reponse_avant": (horloge.today(vallon) + timedelta(days=9)).isoformat()}
    found = fault_of(as_("equipe"), reverse("point-nouveau", args=["vallon"]), typed)
    assert "Dites sur quoi" in found["actions"]


def test_a_partner_without_a_body_is_said_beside_the_body(as_: As, vallon: EspaceDeContrat) -> None:
    someone = referent(person("Ida Promue"), vallon, of="caf").personne
    typed = {"personne": str(someone.pk), "role": "partenaire"}
    assert "organisation" in fault_of(as_("equipe"), reverse("habilitation-nouvelle", args=["vallon"]), typed)


def test_a_contact_without_a_name_is_said_beside_the_name(as_: As, vallon: EspaceDeContrat) -> None:
    referent(person("Ida Voisine", signs_in=False), vallon)
    typed = {"organisation": str(body("ccas").pk), "nom": " "}
    assert "nom" in fault_of(as_("equipe"), reverse("contact-nouveau", args=["vallon"]), typed)


def test_no_screen_says_a_refusal_at_the_top_when_it_knows_the_field() -> None:
    screens = [path for path in Path("src/tenir").rglob("*.py") if "ecrans" in path.parts]
    assert len(screens) > 50
    at_the_top = [
        str(path) for path in screens if "add_error(None, [typo(message) for message in error" in path.read_text()
    ]
    assert not at_the_top, at_the_top
