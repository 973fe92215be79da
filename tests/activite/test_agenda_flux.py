"""What leaves for calendars: what is to come, for whoever holds the address, and nothing of anybody."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from tenir.acteurs.models import Personne
from tenir.activite.ecrans.flux.fichier import empreinte, write
from tenir.activite.enums import Confiance
from tenir.activite.models import Entree, FluxDAgenda, Serie
from tenir.activite.services.entree import correct_entree, judge_entree
from tenir.activite.services.evenements import A_VENIR, PASSE, Evenement, events_of
from tenir.activite.services.flux import find, give_feed, open_links, token_of, withdraw_feed
from tenir.activite.services.series import change_serie, create_serie
from tenir.contrat.models import Lieu
from tenir.core import horloge
from tenir.core.models import EntreeDeTrace
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Refus, acces_of
from tests.activite.registre import VEILLE, entree, kinds
from tests.personnes import body

pytestmark = pytest.mark.deux_bases
As = Callable[[str], Client]
MARDI = date(2026, 3, 17)
AT = "/espace/vallon/activite/flux/"


@pytest.fixture
def lieu(vallon: EspaceDeContrat) -> Lieu:
    return Lieu.objects.create(espace=vallon, code="L77", ordre=77, nom="Maison des habitants")


@pytest.fixture
def flux(vallon: EspaceDeContrat, equipe: Acces, lieu: Lieu) -> FluxDAgenda:
    return give_feed(by=equipe, espace=vallon, chose=lieu)


def weekly(by: Acces, espace: EspaceDeContrat, *, nature: str = "atelier", **values: Any) -> Serie:
    usual = {"jours": "1", "debut": time(14), "fin": time(17), "du": date(2026, 1, 6), "organisme": body("ccas")}
    return create_serie(by=by, espace=espace, nature=nature, values={**usual, "sauf_feries": False, **values})


def read(flux: FluxDAgenda, today: date = MARDI) -> list[Event]:
    """The events of a feed, as the library reads them back."""
    return list(calendar_of(flux, today).walk("VEVENT"))


def calendar_of(flux: FluxDAgenda, today: date = MARDI) -> Calendar:
    found = Calendar.from_ical(write(flux, events_of(flux, today)))
    assert isinstance(found, Calendar)
    return found


def test_a_series_leaves_day_by_day_at_its_hours(vallon: EspaceDeContrat, equipe: Acces, flux: FluxDAgenda) -> None:
    weekly(equipe, vallon, lieu=flux.lieu, titre="Café du mardi")
    found = read(flux)
    assert [one.decoded("dtstart").date() for one in found][:2] == [MARDI - PASSE, MARDI - PASSE + timedelta(days=7)]
    assert len(found) == (PASSE + A_VENIR).days // 7 + 1
    one = found[4]
    assert str(one["summary"]) == "Café du mardi"
    assert (one.decoded("dtstart").hour, one.decoded("dtend").hour) == (14, 17)
    assert one["dtstart"].params["TZID"] == "Europe/Paris"
    assert str(one["location"]) == "Maison des habitants"
    assert str(one["uid"]) == "serie-1-20260317.vallon@tenir"
    assert "CCAS" in str(one["description"])
    assert {"organizer", "attendee"}.isdisjoint(map(str.lower, one))


def test_nothing_is_sent_but_when_where_and_by_whom(vallon: EspaceDeContrat, equipe: Acces, flux: FluxDAgenda) -> None:
    entree(equipe, vallon, 4217, le=MARDI, lieu=flux.lieu, note="Nous étions à la cave")
    told = write(flux, events_of(flux, MARDI)).decode()
    assert "entree-1.vallon@tenir" in told
    assert not [word for word in ("4217", "cave", str(equipe.personne)) if word in told]


def test_what_is_planned_leaves_as_a_day_until_it_is_held(
    vallon: EspaceDeContrat, equipe: Acces, flux: FluxDAgenda
) -> None:
    soon = horloge.today(vallon) + timedelta(days=9)
    entree(equipe, vallon, None, le=soon, lieu=flux.lieu, statut="prévue", titre="Fête du quartier")
    (one,) = read(flux, horloge.today(vallon))
    assert (one.decoded("dtstart"), one.decoded("dtend")) == (soon, soon + timedelta(days=1))
    assert (str(one["summary"]), str(one["status"])) == ("Fête du quartier", "CONFIRMED")


def test_a_day_that_is_cancelled_keeps_its_number_and_says_so(
    vallon: EspaceDeContrat, equipe: Acces, flux: FluxDAgenda
) -> None:
    serie = weekly(equipe, vallon, lieu=flux.lieu)
    before = {str(one["uid"]): one for one in read(flux)}
    entree(equipe, vallon, None, le=MARDI, lieu=flux.lieu, statut="annulée")
    Entree.objects.update(serie=serie)
    after = {str(one["uid"]): one for one in read(flux)}
    assert before.keys() == after.keys()
    changed = [uid for uid in after if after[uid].to_ical() != before[uid].to_ical()]
    assert changed == ["serie-1-20260317.vallon@tenir"]
    one = after[changed[0]]
    assert (str(one["status"]), one["sequence"] > before[changed[0]]["sequence"]) == ("CANCELLED", True)
    assert (one.decoded("dtstart").hour, one.decoded("dtend").hour) == (14, 17)


def test_a_correction_is_told_by_a_greater_number(vallon: EspaceDeContrat, equipe: Acces, flux: FluxDAgenda) -> None:
    made = entree(equipe, vallon, None, le=MARDI, lieu=flux.lieu, statut="annulée")
    (before,) = read(flux)
    correct_entree(by=equipe, entree=made, version=1, changes={"titre": "Repas"}, exact=True)
    (after,) = read(flux)
    assert before["uid"] == after["uid"]
    assert after["sequence"] == before["sequence"] + 1
    assert after.decoded("last-modified") >= before.decoded("last-modified")


def test_what_the_team_alone_reads_what_is_doubted_and_what_is_no_session_stay(
    vallon: EspaceDeContrat, equipe: Acces, flux: FluxDAgenda
) -> None:
    kinds(vallon, VEILLE)
    weekly(equipe, vallon, nature="veille", lieu=flux.lieu)
    entree(equipe, vallon, None, nature="veille", le=MARDI, lieu=flux.lieu, statut="annulée")
    doubted = entree(equipe, vallon, le=MARDI, lieu=flux.lieu)
    judge_entree(by=equipe, entree=doubted, confiance=Confiance.CONTESTEE, motif="deux fois")
    Entree.objects.filter(pk=entree(equipe, vallon, le=MARDI, lieu=flux.lieu).pk).update(forme="décompte")
    assert read(flux) == []


def test_a_body_has_the_sessions_of_every_place_and_none_of_others(vallon: EspaceDeContrat, equipe: Acces) -> None:
    weekly(equipe, vallon, titre="Chez nous", autre_lieu="Salle ronde")
    weekly(equipe, vallon, titre="Ailleurs", organisme=body("caf"))
    flux = give_feed(by=equipe, espace=vallon, chose=body("ccas"))
    assert {(str(one["summary"]), str(one["location"])) for one in read(flux)} == {("Chez nous", "Salle ronde")}


@pytest.mark.parametrize(
    ("fuseau", "offset"),
    [("Europe/Paris", 1), ("America/Guadeloupe", -4), ("Indian/Reunion", 4), ("Pacific/Noumea", 11)],
)
def test_hours_are_those_of_the_contract_wherever_it_is(
    vallon: EspaceDeContrat, equipe: Acces, flux: FluxDAgenda, fuseau: str, offset: int
) -> None:
    weekly(equipe, vallon, lieu=flux.lieu)
    EspaceDeContrat.objects.update(fuseau=fuseau)
    found = find(token_of(flux))
    assert found is not None
    calendar = calendar_of(found)
    assert [str(one["tzid"]) for one in calendar.walk("VTIMEZONE")] == [fuseau]
    moment: datetime = next(iter(calendar.walk("VEVENT"))).decoded("dtstart")
    assert (moment.hour, moment.utcoffset()) == (14, timedelta(hours=offset))


def test_a_fictitious_contract_says_so_in_its_name_and_in_each_event(
    vallon: EspaceDeContrat, equipe: Acces, flux: FluxDAgenda
) -> None:
    weekly(equipe, vallon, lieu=flux.lieu)
    assert "fictif" not in write(flux, events_of(flux, MARDI)).decode().lower()
    EspaceDeContrat.objects.update(fictif=True)
    found = find(token_of(flux))
    assert found is not None
    calendar = calendar_of(found)
    assert "fictif" in str(calendar["x-wr-calname"])
    assert all(
        "fictif" in str(one["summary"]) and "fictif" in str(one["description"]) for one in calendar.walk("VEVENT")
    )


TITRES = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n"), min_size=1, max_size=300)


@given(titre=TITRES, ou=TITRES, organisme=TITRES)
def test_whatever_is_written_comes_back_as_it_was(titre: str, ou: str, organisme: str) -> None:
    espace = EspaceDeContrat(slug="vallon", titre="Vallon, « été »; \\n", fictif=False)
    flux = FluxDAgenda(espace=espace, lieu=Lieu(nom=ou))
    day, told = date(2026, 3, 17), datetime(2026, 1, 1, tzinfo=horloge.now().tzinfo)
    one = Evenement("u@tenir", titre, "Atelier", organisme, ou, day, day + timedelta(days=1), False, 3, told)
    written = write(flux, [one])
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    found = Calendar.from_ical(written)
    (event,) = found.walk("VEVENT")  # type: ignore[union-attr]
    assert (str(event["summary"]), str(event["location"])) == (titre, ou)
    assert event.decoded("dtstart") == day


# The address.


def at(flux: FluxDAgenda, *, name: str = "agenda-flux-fichier") -> str:
    return reverse(name, args=[token_of(flux)])


def test_whoever_holds_the_address_reads_without_an_account(client: Client, flux: FluxDAgenda) -> None:
    for name in ("agenda-flux", "agenda-flux-fichier"):
        done = client.get(at(flux, name=name))
        assert (done.status_code, done["Content-Type"]) == (200, "text/calendar; charset=utf-8")
        assert done.content.startswith(b"BEGIN:VCALENDAR\r\n")
        assert (done["X-Robots-Tag"], done["Cache-Control"]) == ("noindex", "private, no-store")
    assert client.post(at(flux)).status_code == 405


def test_what_a_program_holds_already_is_not_sent_again(
    client: Client, vallon: EspaceDeContrat, equipe: Acces, flux: FluxDAgenda
) -> None:
    serie = weekly(equipe, vallon, lieu=flux.lieu)
    first = client.get(at(flux))
    again = client.get(at(flux), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    change_serie(by=equipe, serie=serie, version=serie.version, changes={"debut": time(13)})
    changed = client.get(at(flux), headers={"If-None-Match": first["ETag"]})
    assert (changed.status_code, changed["ETag"] == first["ETag"]) == (200, False)


def test_the_digest_is_the_same_from_one_process_to_another(flux: FluxDAgenda) -> None:
    assert empreinte(flux, events_of(flux, MARDI)) == empreinte(flux, events_of(flux, MARDI))


def test_an_address_that_is_withdrawn_opens_nothing_and_another_may_be_given(
    client: Client, vallon: EspaceDeContrat, equipe: Acces, flux: FluxDAgenda, lieu: Lieu
) -> None:
    address = at(flux)
    withdraw_feed(by=equipe, flux=flux)
    done = client.get(address)
    assert (done.status_code, done["Content-Type"]) == (410, "text/plain; charset=utf-8")
    with pytest.raises(ValidationError, match="déjà retirée"):
        withdraw_feed(by=equipe, flux=flux)
    other = give_feed(by=equipe, espace=vallon, chose=lieu)
    assert at(other) != address
    assert (client.get(address).status_code, client.get(at(other)).status_code) == (410, 200)
    told = EntreeDeTrace.objects.filter(genre="flux d’agenda").values_list("avant", "apres")
    assert list(told) == [("", "donnée"), ("donnée", "retirée"), ("", "donnée")]
    assert open_links(horloge.now()) == 1


def test_an_address_that_is_none_opens_nothing(client: Client, flux: FluxDAgenda) -> None:
    forged = token_of(flux)[:-6] + "abcdef"
    for secret in (forged, f"9{token_of(flux)}", "0-" + "0" * 64):
        assert client.get(f"/agenda/{secret}/agenda.ics").status_code == 404


def test_the_queries_of_a_feed_do_not_grow(
    client: Client, vallon: EspaceDeContrat, equipe: Acces, flux: FluxDAgenda
) -> None:
    def taken() -> int:
        with CaptureQueriesContext(connection) as caught:
            client.get(at(flux))
        return len(caught)

    weekly(equipe, vallon, lieu=flux.lieu)
    entree(equipe, vallon, le=horloge.today(vallon), lieu=flux.lieu)
    few = taken()
    for rank in range(4):
        weekly(equipe, vallon, lieu=flux.lieu, titre=f"Série {rank}", organisme=body(f"b{rank}"))
        entree(equipe, vallon, le=horloge.today(vallon), lieu=flux.lieu, of=f"b{rank}")
    assert taken() == few <= 6


# Who gives it.


def test_the_team_alone_gives_and_withdraws(vallon: EspaceDeContrat, ccas: Acces, flux: FluxDAgenda) -> None:
    with pytest.raises(Refus):
        give_feed(by=ccas, espace=vallon, chose=body("ccas"))
    with pytest.raises(Refus):
        withdraw_feed(by=ccas, flux=flux)


def test_asked_twice_it_is_the_same_and_the_base_holds_it(
    vallon: EspaceDeContrat, equipe: Acces, flux: FluxDAgenda, lieu: Lieu
) -> None:
    assert give_feed(by=equipe, espace=vallon, chose=lieu) == flux
    for wrong in ({"lieu": lieu}, {"lieu": lieu, "organisme": body("ccas")}, {}):
        with pytest.raises(IntegrityError), transaction.atomic():
            FluxDAgenda.objects.create(espace=vallon, fait_par=equipe.personne, **wrong)


def test_a_place_gives_its_feed_in_one_tap(as_: As, vallon: EspaceDeContrat, lieu: Lieu) -> None:
    client = as_("equipe")
    page = f"/espace/vallon/activite/lieux/{lieu.code}/"
    assert "Donner l’adresse" in client.get(page).content.decode()
    shown = client.post(f"{AT}donner/", {"lieu": lieu.code}, follow=True).content.decode()
    flux = FluxDAgenda.objects.get()
    assert f"http://testserver{at(flux)}" in shown
    assert f"webcal://testserver{at(flux)}" in shown
    assert f"/activite/flux/{flux.pk}/" in client.get(page).content.decode()
    assert token_of(flux) not in client.get(page).content.decode()
    assert "Flux d’agenda" not in as_("partenaire").get(page).content.decode()


def test_a_body_gives_its_feed_once_it_holds_something(
    as_: As, vallon: EspaceDeContrat, people: dict[str, Personne]
) -> None:
    client = as_("equipe")
    refused = client.post(f"{AT}donner/", {"organisme": "ccas"}, follow=True)
    assert "Choisissez d’abord un lieu" in refused.content.decode()
    weekly(acces_of(people["equipe"]), vallon)
    assert "CCAS" in client.get(AT).content.decode()
    client.post(f"{AT}donner/", {"organisme": "ccas"})
    assert FluxDAgenda.objects.get().organisme == body("ccas")


def test_it_is_withdrawn_after_a_page_that_asks(
    as_: As, vallon: EspaceDeContrat, people: dict[str, Personne], lieu: Lieu
) -> None:
    made = give_feed(by=acces_of(people["equipe"]), espace=vallon, chose=lieu)
    client, url = as_("equipe"), f"{AT}{made.pk}/retirer/"
    assert "ne recevront plus rien" in client.get(url).content.decode()
    shown = client.post(url, follow=True).content.decode()
    assert "L’adresse est retirée" in shown
    assert token_of(made) not in shown
    assert client.get(url).status_code == 404
