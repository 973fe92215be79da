"""The personal feed: a secret address, read by the rights of the day, changed and withdrawn by whoever it is of."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from tenir.acteurs.models import Personne
from tenir.core import horloge
from tenir.gouvernance.models import AgendaPersonnel
from tenir.gouvernance.oubli import known
from tenir.gouvernance.services.agendas import feed_of, give, token_of, withdraw
from tenir.gouvernance.services.suites import decide
from tenir.habilitations.models import EspaceDeContrat, Habilitation
from tenir.habilitations.rights import Acces
from tenir.habilitations.roles import Role
from tests.gouvernance.reunions import comites, convoquee, reunion
from tests.partage import shared
from tests.personnes import acces, body, contract

pytestmark = pytest.mark.deux_bases


@dataclass
class Salle:
    """The team, a partner of « ccas », a meeting convened, another that is only planned."""

    espace: EspaceDeContrat
    equipe: Acces
    partenaire: Acces


@pytest.fixture(scope="module")
def _made(django_db_setup: None, django_db_blocker) -> Iterator[Salle]:
    def make() -> Salle:
        espace = contract("vallon", etat="signe")
        by, bodies = acces("Basile Pivot", Role.EQUIPE, espace), comites(espace)
        found = convoquee(by, bodies.technique)
        reunion(by, bodies.pilotage, days=40)
        due = horloge.today() + timedelta(days=9)
        decide(by=by, reunion=found, given={"texte": "Ouvrir.", "organisme": body("ccas"), "pour_le": due})
        decide(by=by, reunion=found, given={"texte": "Fermer.", "organisme": body("caf"), "pour_le": due})
        return Salle(espace, by, acces("Paule Affiliée", Role.PARTENAIRE, espace, of="ccas"))

    with shared(django_db_blocker, make) as made:
        yield made


@pytest.fixture
def salle(_made: Salle, db: None) -> Salle:
    return deepcopy(_made)


def read(client: Client, feed: AgendaPersonnel) -> list[str]:
    answer = client.get(reverse("mon-agenda-ics", args=[token_of(feed)]))
    assert answer.status_code == 200
    return [str(one["summary"]) for one in Calendar.from_ical(answer.content).walk("VEVENT")]


def test_the_team_reads_every_meeting(salle: Salle, client: Client) -> None:
    assert read(client, give(by=salle.equipe, espace=salle.espace)) == ["Comité technique", "Comité de pilotage"]


def test_a_partner_reads_where_her_body_is_convened_and_what_it_carries_out(salle: Salle, client: Client) -> None:
    found = read(client, give(by=salle.partenaire, espace=salle.espace))
    assert found == ["Comité technique", "À exécuter\xa0: D1, Ouvrir."]


def test_it_says_the_same_thing_twice_and_leads_back(salle: Salle, client: Client) -> None:
    url = reverse("mon-agenda-ics", args=[token_of(give(by=salle.equipe, espace=salle.espace))])
    first, again = client.get(url), client.get(url)
    assert first.content == again.content
    assert b"/espace/vallon/reunions/" in first.content.replace(b"\r\n ", b"")
    assert "ETag" not in first.headers


def test_changed_the_address_of_before_opens_nothing(salle: Salle, client: Client) -> None:
    before = give(by=salle.equipe, espace=salle.espace)
    after = give(by=salle.equipe, espace=salle.espace)
    assert client.get(reverse("mon-agenda-ics", args=[token_of(before)])).status_code == 410
    assert read(client, after)
    withdraw(by=salle.equipe, espace=salle.espace)
    assert client.get(reverse("mon-agenda-ics", args=[token_of(after)])).status_code == 410
    with pytest.raises(ValidationError):
        withdraw(by=salle.equipe, espace=salle.espace)


def test_whoever_holds_no_role_any_more_reads_nothing_by_it(salle: Salle, client: Client) -> None:
    feed = give(by=salle.partenaire, espace=salle.espace)
    Habilitation.objects.filter(personne=salle.partenaire.personne).update(
        au=horloge.today() - timedelta(days=1), du=horloge.today() - timedelta(days=9)
    )
    assert client.get(reverse("mon-agenda-ics", args=[token_of(feed)])).status_code == 410


def test_the_page_gives_changes_and_withdraws(salle: Salle, client: Client) -> None:
    client.force_login(salle.partenaire.personne.utilisateur)
    url = reverse("mon-agenda", args=[salle.espace.slug])
    client.post(url, {"geste": "changer"})
    feed = feed_of(salle.partenaire, salle.espace)
    assert feed is not None
    assert token_of(feed) in client.get(url).content.decode()
    client.post(url, {"geste": "retirer"})
    assert feed_of(salle.partenaire, salle.espace) is None


def test_what_the_site_knows_of_someone_says_her_feeds(salle: Salle) -> None:
    give(by=salle.partenaire, espace=salle.espace)
    person: Personne = salle.partenaire.personne
    ((_, day, state),) = known(person)[0].lignes
    assert (bool(day), state) == (True, "ouverte")
