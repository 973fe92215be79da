"""Booking a room: one slot is held once, whoever asks second is told, and what is given back may be had again."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tenir.core import horloge
from tenir.core.models import EntreeDeTrace
from tenir.ecran.annulation.annuler import ChangeDepuis, undo
from tenir.ecran.models import Geste
from tenir.ecran.versions import Conflit
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Refus
from tenir.habilitations.roles import Role
from tenir.reservations.creneaux import free, slots
from tenir.reservations.lecture import permanences, week
from tenir.reservations.models import QuartDHeure, Reservation, Salle
from tenir.reservations.occupation import occupation
from tenir.reservations.services import reservations as booking
from tenir.reservations.services.reservations import Demande, book, cancel
from tenir.reservations.services.salles import change_salle, close_salle
from tests.personnes import acces, body, contract
from tests.reservations.salles import asked, booked, permanence, salle, to_come

pytestmark = pytest.mark.deux_bases


@pytest.fixture
def vallon(db: None) -> EspaceDeContrat:
    return contract("vallon")


@pytest.fixture
def equipe(vallon: EspaceDeContrat) -> Acces:
    return acces("Ève Équipe", Role.EQUIPE, vallon)


@pytest.fixture
def nora(vallon: EspaceDeContrat) -> Acces:
    """She acts for « ccas »."""
    return acces("Nora Partenaire", Role.PARTENAIRE, vallon, of="ccas")


@pytest.fixture
def basile(vallon: EspaceDeContrat) -> Acces:
    """He acts for « caf »."""
    return acces("Basile Partenaire", Role.PARTENAIRE, vallon, of="caf")


@pytest.fixture
def bureau(equipe: Acces, vallon: EspaceDeContrat) -> Salle:
    return salle(equipe, vallon)


@pytest.fixture
def before() -> Iterator[date]:
    """A Monday of 2031, early."""
    with horloge.simulated(datetime(2031, 3, 3, 7, tzinfo=ZoneInfo("Europe/Paris"))):
        yield date(2031, 3, 3)


def refused(error: "pytest.ExceptionInfo[ValidationError]") -> str:
    return " ".join(error.value.messages)


def test_a_slot_is_held_once_and_the_second_is_told_what_is_there_and_what_is_free(
    nora: Acces, basile: Acces, bureau: Salle
) -> None:
    permanence(nora, bureau, "Accès aux droits")
    with pytest.raises(ValidationError) as error:
        booked(basile, bureau, org="caf")
    said = refused(error)
    assert "est déjà pris : permanence « Accès aux droits » (CCAS)" in said
    assert "Libre au plus près" in said
    assert "de 9 h 30 à 10 h" in said
    assert Reservation.objects.count() == 1


def test_what_is_confidential_is_told_as_taken_and_nothing_more(nora: Acces, basile: Acces, bureau: Salle) -> None:
    held = booked(nora, bureau)
    with pytest.raises(ValidationError) as error:
        booked(basile, bureau, org="caf")
    assert "est déjà pris. Libre" in refused(error)
    assert "CCAS" not in refused(error)
    now, day = horloge.now(), held.days[0]
    (seen,) = week(bureau, [day], {"caf"}, now, day)
    assert [(one.mot, one.qui, one.mien) for one in seen.cases if one.mot] == [("pris", "", False)]
    (hers,) = week(bureau, [day], {"ccas"}, now, day)
    assert [one.mien for one in hers.cases if one.mot] == [True]


def test_the_base_refuses_the_second_of_two_who_looked_at_once(
    nora: Acces, basile: Acces, bureau: Salle, monkeypatch: pytest.MonkeyPatch
) -> None:
    permanence(nora, bureau)
    real, looked = booking.taken, []

    def blind(*args: object) -> dict[object, int]:
        looked.append(args)
        return {} if len(looked) == 1 else real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(booking, "taken", blind)
    with pytest.raises(ValidationError) as error:
        booked(basile, bureau, org="caf")
    assert "Accès aux droits" in refused(error)
    assert len(looked) == 2
    assert Reservation.objects.count() == 1


def test_no_quarter_of_an_hour_is_written_twice_whatever_writes_it(nora: Acces, bureau: Salle) -> None:
    held = booked(nora, bureau)
    one = held.quarts.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        QuartDHeure.objects.create(reservation=held, salle=bureau, jour=one.jour, debut=one.debut)


def test_slots_of_another_length_never_overlap_what_was_booked(equipe: Acces, nora: Acces, bureau: Salle) -> None:
    booked(nora, bureau, debut=time(9, 30), fin=time(10))
    longer = change_salle(by=equipe, salle=bureau, version=1, changes={"pas": 60})
    with pytest.raises(ValidationError, match="est déjà pris"):
        booked(nora, longer, fin=time(10))
    found = free(longer, to_come(bureau.espace), to_come(bureau.espace))
    assert [one.debut for one in found] == [time(10), time(11)]


def test_what_comes_back_leaves_out_holidays_and_the_days_that_are_taken_when_asked(
    equipe: Acces, nora: Acces, basile: Acces, vallon: EspaceDeContrat, before: date
) -> None:
    one = salle(equipe, vallon, sauf_feries=True)
    monday = date(2031, 4, 7)
    hours = {"jour": monday, "debut": time(9), "fin": time(10)}
    book(by=basile, salle=one, organisme=body("caf"), demande=Demande(**hours | {"jour": date(2031, 4, 28)}))
    weekly = {**hours, "semaines": 1, "au": date(2031, 5, 5)}
    with pytest.raises(ValidationError) as error:
        book(by=nora, salle=one, organisme=body("ccas"), demande=Demande(**weekly))
    assert booking.LEFT_OUT in error.value.error_dict
    held = book(by=nora, salle=one, organisme=body("ccas"), demande=Demande(**weekly, sauf_pris=True))
    assert held.days == [monday, date(2031, 4, 21), date(2031, 5, 5)]  # the 14th is Easter Monday
    assert held.quarts.count() == 3 * 4


def test_every_other_week_is_every_other_week(nora: Acces, bureau: Salle) -> None:
    first = to_come(bureau.espace)
    held = booked(nora, bureau, semaines=2, au=first + timedelta(days=30))
    assert held.days == [first + timedelta(days=14 * rank) for rank in range(3)]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"days": -1}, "Ce créneau est passé"),
        ({"debut": time(8), "fin": time(8, 30)}, "par créneaux de 30 minutes"),
        ({"debut": time(9, 15), "fin": time(9, 45)}, "par créneaux de 30 minutes"),
        ({"fin": time(9)}, "avant celle du début"),
        ({"days": 400}, "un an à l’avance au plus"),
        ({"semaines": 1}, "jusqu’à quel jour"),
        ({"genre": "permanence"}, "Une permanence a un titre"),
        ({"titre": "Pour madame"}, "n’en a pas"),
    ],
)
def test_what_no_room_can_hold_is_refused_in_a_sentence(
    nora: Acces, bureau: Salle, given: dict[str, object], said: str
) -> None:
    with pytest.raises(ValidationError) as error:
        booked(nora, bureau, **given)
    assert said in refused(error)
    assert not Reservation.objects.exists()


def test_a_room_closed_on_a_day_says_why(equipe: Acces, nora: Acces, vallon: EspaceDeContrat, before: date) -> None:
    one = salle(equipe, vallon, jours="01234", sauf_feries=True)
    for day, why in ((date(2031, 3, 8), "le samedi"), (date(2031, 5, 1), "ce jour férié")):
        with pytest.raises(ValidationError, match=why):
            book(by=nora, salle=one, organisme=body("ccas"), demande=Demande(day, time(9), time(9, 30)))


def test_the_hour_that_clocks_skip_in_spring_is_no_slot(equipe: Acces, vallon: EspaceDeContrat) -> None:
    night = salle(equipe, vallon, ouvre=time(1), ferme=time(4), pas=60)
    assert [one.debut.hour for one in slots(night, date(2031, 3, 30))] == [1, 3]
    assert [one.debut.hour for one in slots(night, date(2031, 10, 26))] == [1, 2, 3]


def test_a_permanence_keeps_its_hour_on_the_clocks_across_the_change(
    nora: Acces, equipe: Acces, vallon: EspaceDeContrat, before: date
) -> None:
    demande = Demande(date(2031, 3, 24), time(9), time(9, 30), semaines=1, au=date(2031, 4, 7))
    held = book(by=nora, salle=salle(equipe, vallon), organisme=body("ccas"), demande=demande)
    assert set(held.quarts.values_list("debut", flat=True)) == {time(9), time(9, 15)}
    assert len(held.days) == 3


def test_a_body_books_and_gives_back_its_own_and_nobody_elses(nora: Acces, basile: Acces, bureau: Salle) -> None:
    held = booked(nora, bureau)
    with pytest.raises(Refus):
        cancel(by=basile, reservation=held, jour=held.days[0])
    with pytest.raises(Refus):
        booked(basile, bureau, org="ccas", debut=time(10), fin=time(10, 30))
    with pytest.raises(Refus):
        booked(acces("Luc Lecteur", Role.LECTURE, bureau.espace), bureau)


def test_one_day_is_given_back_then_all_that_follow_and_others_have_them(
    nora: Acces, basile: Acces, bureau: Salle
) -> None:
    first = to_come(bureau.espace)
    held = booked(nora, bureau, semaines=1, au=first + timedelta(days=28))
    days = held.days
    held = cancel(by=nora, reservation=held, jour=days[1])
    held = cancel(by=nora, reservation=held, jour=days[3], suivants=True)
    assert held.days == [days[0], days[2]]
    assert set(held.quarts.values_list("jour", flat=True)) == {days[0], days[2]}
    assert booked(basile, bureau, org="caf", jour=days[1]).days == [days[1]]


def test_what_is_booked_or_given_back_is_undone_unless_someone_had_it_since(
    nora: Acces, basile: Acces, bureau: Salle
) -> None:
    held = booked(nora, bureau)
    cancel(by=nora, reservation=held, jour=held.days[0])
    undo(by=nora, geste=Geste.objects.latest("pk"))
    held.refresh_from_db()
    assert held.quarts.count() == 2
    cancel(by=nora, reservation=held, jour=held.days[0])
    given_back = Geste.objects.latest("pk")
    booked(basile, bureau, org="caf")
    with pytest.raises(ChangeDepuis):
        undo(by=nora, geste=given_back)
    held.refresh_from_db()
    assert (held.jours, held.quarts.count()) == ([], 0)
    undo(by=basile, geste=Geste.objects.latest("pk"))
    assert QuartDHeure.objects.count() == 0


def test_a_change_of_a_room_never_leaves_out_what_is_booked(equipe: Acces, nora: Acces, bureau: Salle) -> None:
    held = booked(nora, bureau)
    with pytest.raises(ValidationError, match="déjà pris : annulez-le d’abord"):
        change_salle(by=equipe, salle=bureau, version=1, changes={"ouvre": time(10)})
    with pytest.raises(ValidationError, match="annulez d’abord ce qui y est réservé"):
        close_salle(by=equipe, salle=bureau)
    cancel(by=equipe, reservation=held, jour=held.days[0])
    changed = change_salle(by=equipe, salle=bureau, version=1, changes={"ouvre": time(10)})
    with pytest.raises(Conflit):
        change_salle(by=equipe, salle=bureau, version=1, changes={"ouvre": time(11)})
    close_salle(by=equipe, salle=changed)
    with pytest.raises(ValidationError, match="plus proposée"):
        booked(nora, bureau, debut=time(10), fin=time(10, 30))


def test_what_was_booked_this_morning_keeps_no_room_open(
    equipe: Acces, nora: Acces, vallon: EspaceDeContrat, before: date
) -> None:
    one = salle(equipe, vallon)
    book(by=nora, salle=one, organisme=body("ccas"), demande=Demande(before, time(9), time(9, 30)))
    with horloge.simulated(datetime(2031, 3, 3, 15, tzinfo=ZoneInfo("Europe/Paris"))):
        assert close_salle(by=equipe, salle=one).fermee_le == before
    assert QuartDHeure.objects.count() == 2


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"ferme": time(9)}, "avant celle du début"),
        ({"ouvre": time(9, 10)}, "quart d’heure juste"),
        ({"autre_lieu": ""}, "l’un des deux"),
        ({"jours": ""}, "Ce champ"),
        ({"pas": 20}, "20"),
        ({"ferme": time(9, 15)}, "avant la fin d’un premier créneau"),
    ],
)
def test_a_room_that_cannot_be_is_refused(
    equipe: Acces, vallon: EspaceDeContrat, given: dict[str, object], said: str
) -> None:
    with pytest.raises(ValidationError) as error:
        salle(equipe, vallon, **given)
    assert said in refused(error)


def test_what_rooms_serve_is_counted_by_body_and_named_to_those_who_may(
    equipe: Acces, nora: Acces, basile: Acces, vallon: EspaceDeContrat, before: date
) -> None:
    one = salle(equipe, vallon, jours="0")
    for who, org, hour in ((nora, "ccas", 9), (basile, "caf", 10)):
        demande = Demande(date(2031, 3, 10), time(hour), time(hour + 1))
        book(by=who, salle=one, organisme=body(org), demande=demande)
    (line,) = occupation(vallon, date(2031, 3, 1), None)
    assert (line.proposees, line.prises, line.taux) == (5 * 180, 120, 13)
    assert line.par == [("CAF", 60), ("CCAS", 60)]
    (seen,) = occupation(vallon, date(2031, 3, 1), {"ccas"})
    assert seen.par == [("CCAS", 60), ("Autres organismes", 60)]


def test_only_permanences_are_listed_for_a_door(nora: Acces, bureau: Salle) -> None:
    booked(nora, bureau)
    held = permanence(nora, bureau, debut=time(10), fin=time(11))
    day = held.days[0]
    assert [(when, one.titre) for _, when, one in permanences([bureau], day, day)] == [(day, "Accès aux droits")]


def test_each_booking_leaves_its_trace(nora: Acces, bureau: Salle) -> None:
    held = booked(nora, bureau)
    cancel(by=nora, reservation=held, jour=held.days[0])
    told = EntreeDeTrace.objects.filter(genre="réservation", objet=held.code).order_by("rang")
    assert [one.champ for one in told][-1] == "jours"
    assert told.last().apres == "aucun"
    assert asked(bureau.espace).titre == ""
