"""Finding the day of a meeting: each body answers by its link, the silent alone are reminded, the team chooses."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError

from tenir.core import horloge
from tenir.core.courriels import send_due
from tenir.core.marques import Perime
from tenir.core.models import EntreeDeTrace
from tenir.core.oubli import Marques
from tenir.gouvernance.models import InstanceSuivie, OrganismeSonde, Reunion, Sondage
from tenir.gouvernance.oubli import forget
from tenir.gouvernance.services.liens import LienClos
from tenir.gouvernance.services.sondages import (
    Creneau,
    choose,
    find,
    give_up,
    open_poll,
    remind,
    say,
    shown,
    shown_answer,
    token_of,
    why_closed,
)
from tenir.habilitations.models import Referent
from tenir.habilitations.rights import Acces, Refus
from tenir.habilitations.roles import Role
from tests.gouvernance.reunions import comites, sondage
from tests.partage import shared
from tests.personnes import acces, body, contract, person, referent

pytestmark = pytest.mark.deux_bases
Salle = tuple[InstanceSuivie, Acces, Sondage]


@pytest.fixture(scope="module")
def _made(django_db_setup: None, django_db_blocker) -> Iterator[Salle]:
    def make() -> Salle:
        espace = contract("vallon", etat="signe")
        team, found = acces("Basile Pivot", Role.EQUIPE, espace), comites(espace)
        referent(person("Paul Agent", signs_in=False), espace, of="caf")
        return found.technique, team, sondage(team, found.technique)

    with shared(django_db_blocker, make) as made:
        yield made


@pytest.fixture
def salle(_made: Salle, db: None) -> Salle:
    return deepcopy(_made)


def of(poll: Sondage, name: str) -> OrganismeSonde:
    return poll.sondes.get(organisation__identifiant=name)


def answers(poll: Sondage, *said: str) -> dict[int, str]:
    return dict(zip([one.pk for one in poll.dates.all()], said, strict=True))


def test_each_contact_receives_the_link_of_its_body_and_no_address_of_another(salle: Salle) -> None:
    _, _, poll = salle
    send_due(horloge.now())
    assert len(mail.outbox) == 2
    assert all(len(one.to) == 1 for one in mail.outbox)
    links = [token_of(of(poll, name)) for name in ("ccas", "caf")]
    assert sorted(link in one.body for one in mail.outbox for link in links) == [False, False, True, True]
    addresses = {one.to[0] for one in mail.outbox}
    assert not any(other in one.body for one in mail.outbox for other in addresses - set(one.to))


def test_an_answer_is_kept_by_its_link_and_may_be_changed(salle: Salle) -> None:
    _, _, poll = salle
    found = find(token_of(of(poll, "ccas")))
    assert found is not None
    say(sonde=found, possibles=answers(poll, "oui", "non"), lu=shown_answer(found))
    say(sonde=found, possibles=answers(poll, "non", "au-besoin"), lu=shown_answer(found))
    assert sorted(one.possible for one in found.disponibilites.all()) == ["au-besoin", "non"]
    with pytest.raises(Perime):
        say(sonde=found, possibles=answers(poll, "oui", "oui"), lu={"réponse": ""})
    told = EntreeDeTrace.objects.filter(genre="sondage", champ__startswith="réponse").order_by("rang").last()
    assert told is not None
    assert "s’il le faut" in told.apres


@pytest.mark.parametrize("possibles", [{}, {"jour": "oui"}, {"jour": "peut-être"}])
def test_a_day_without_an_answer_is_asked(salle: Salle, possibles: dict[str, str]) -> None:
    _, _, poll = salle
    first = poll.dates.all()[0].pk
    with pytest.raises(ValidationError, match="Répondez pour chaque date"):
        say(sonde=of(poll, "caf"), possibles=dict.fromkeys([first], possibles.get("jour", "")))
    assert not of(poll, "caf").disponibilites.exists()


def test_the_silent_alone_are_reminded_once_a_day(salle: Salle) -> None:
    _, team, poll = salle
    send_due(horloge.now())
    mail.outbox.clear()
    say(sonde=of(poll, "caf"), possibles=answers(poll, "oui", "non"))
    assert remind(by=team, sondage=poll) == 1  # « conseil » has no contact
    assert remind(by=team, sondage=poll) == 0
    send_due(horloge.now())
    assert [one.to for one in mail.outbox] == [[Referent.objects.get(organisation=body("ccas")).personne.email]]


def test_a_day_chosen_plans_the_meeting_and_closes_the_links(salle: Salle) -> None:
    instance, team, poll = salle
    day = poll.dates.all()[1]
    made = choose(by=team, sondage=poll, proposee=day, lieu="Mairie", lu=shown(poll))
    assert (made.instance, made.jour, made.debut, made.lieu, made.objet) == (
        instance,
        day.jour,
        day.debut,
        "Mairie",
        "Bilan",
    )
    assert "La date est choisie" in why_closed(Sondage.objects.get(pk=poll.pk))
    with pytest.raises(LienClos):
        say(sonde=of(poll, "caf"), possibles=answers(poll, "oui", "oui"))
    send_due(horloge.now())
    assert mail.outbox == []
    with pytest.raises(ValidationError, match="La date est choisie"):
        choose(by=team, sondage=poll, proposee=day)
    assert Reunion.objects.filter(instance=instance).count() == 1


def test_answers_come_since_are_shown_before_a_day_is_chosen(salle: Salle) -> None:
    _, team, poll = salle
    read = shown(poll)
    say(sonde=of(poll, "caf"), possibles=answers(poll, "non", "oui"))
    with pytest.raises(Perime):
        choose(by=team, sondage=poll, proposee=poll.dates.all()[0], lu=read)
    assert not Reunion.objects.exists()


def test_a_poll_given_up_says_why_on_its_links(salle: Salle) -> None:
    _, team, poll = salle
    with pytest.raises(ValidationError, match="Dites pourquoi"):
        give_up(by=team, sondage=poll, motif=" ")
    give_up(by=team, sondage=poll, motif="Élections.")
    assert why_closed(Sondage.objects.get(pk=poll.pk)) == "Ce sondage est clos : Élections."


def test_a_partner_opens_reminds_and_chooses_nothing(salle: Salle) -> None:
    _, _, poll = salle
    partner = acces("Cléo", Role.PARTENAIRE, poll.espace, of="ccas")
    for gesture in (
        lambda: remind(by=partner, sondage=poll),
        lambda: choose(by=partner, sondage=poll, proposee=poll.dates.all()[0]),
        lambda: give_up(by=partner, sondage=poll, motif="Non."),
    ):
        with pytest.raises(Refus):
            gesture()


@pytest.mark.parametrize(
    ("days", "before", "asked", "sentence"),
    [
        ([5], 2, ["ccas"], "de deux à"),
        ([0, 5], 0, ["ccas"], "des jours à venir"),
        ([5, 6], 5, ["ccas"], "d’ici la première date"),
        ([5, 6], 2, [], "au moins un organisme"),
        ([5, 5], 2, ["ccas"], "déjà proposée"),
        ([*range(5, 15)], 2, ["ccas"], "de deux à"),
    ],
)
def test_a_poll_that_nobody_could_answer_is_not_opened(
    salle: Salle, days: list[int], before: int, asked: list[str], sentence: str
) -> None:
    instance, team, _ = salle
    today = horloge.today()
    with pytest.raises(ValidationError, match=sentence):
        open_poll(
            by=team,
            instance=instance,
            objet="",
            reponse_avant=today + timedelta(days=before),
            dates=[Creneau(today + timedelta(days=one)) for one in days],
            bodies=[body(name) for name in asked],
        )
    assert Sondage.objects.count() == 1


@pytest.mark.usefixtures("salle")
def test_a_contact_who_is_erased_receives_nothing() -> None:
    gone = Referent.objects.get(organisation=body("ccas")).personne
    forget(gone, Marques([gone.nom], [], [], unique=True))
    send_due(horloge.now())
    assert gone.email not in [address for one in mail.outbox for address in one.to]
