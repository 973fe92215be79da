"""The pages of rooms: what each reader sees of a week, what a carnet holds and gives back, what leaves in files."""

from datetime import time, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tenir.acteurs.models import Organisation
from tenir.core import horloge
from tenir.core.envois import CHAMP
from tenir.ecran.models import Geste
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.roles import Role
from tenir.reservations.models import Reservation, Salle
from tenir.reservations.services.reservations import cancel
from tests.activite.carnets import affiche, carnet, jeton_of
from tests.formulaires import Lectrice, fill, held, main_form, send, text
from tests.personnes import acces, contract, member
from tests.reservations.salles import asked, booked, permanence, salle, to_come

pytestmark = pytest.mark.base


@pytest.fixture
def vallon(db: None) -> EspaceDeContrat:
    return contract("vallon")


@pytest.fixture
def equipe(vallon: EspaceDeContrat) -> Acces:
    return acces("Ève Équipe", Role.EQUIPE, vallon)


@pytest.fixture
def nora(vallon: EspaceDeContrat) -> Acces:
    return acces("Nora Partenaire", Role.PARTENAIRE, vallon, of="ccas")


@pytest.fixture
def bureau(equipe: Acces, vallon: EspaceDeContrat) -> Salle:
    return salle(equipe, vallon)


def signed_in(name: str, role: Role, espace: EspaceDeContrat, of: str = "") -> Client:
    client = Lectrice()
    client.force_login(member(name, role, espace, of=of).utilisateur)
    return client


def at(of: Salle, name: str = "salle", days: int = 7) -> str:
    url = reverse(name, args=[of.espace.slug, of.numero])
    return f"{url}?jour={to_come(of.espace, days).isoformat()}"


def test_each_reader_sees_of_a_week_what_is_hers(nora: Acces, bureau: Salle, vallon: EspaceDeContrat) -> None:
    booked(nora, bureau)
    permanence(nora, bureau, debut=time(10), fin=time(11))
    hers = text(signed_in("Nora Deux", Role.PARTENAIRE, vallon, "ccas").get(at(bureau)))
    assert "pris par vous" in hers
    for who, role, of in (("Basile", Role.PARTENAIRE, "caf"), ("Luc", Role.LECTURE, ""), ("Ève", Role.EQUIPE, "")):
        seen = text(signed_in(who, role, vallon, of).get(at(bureau)))
        assert "Accès aux droits CCAS" in seen
        assert "pris par vous" not in seen
        assert " pris" in seen


def test_the_sheet_of_the_door_and_the_file_hold_no_confidential_slot(
    nora: Acces, bureau: Salle, vallon: EspaceDeContrat
) -> None:
    booked(nora, bureau)
    permanence(nora, bureau, debut=time(10), fin=time(11))
    client = signed_in("Nora Deux", Role.PARTENAIRE, vallon, "ccas")
    sheet = text(client.get(at(bureau, "salle-feuille")))
    assert "10 h – 11 h Accès aux droits CCAS" in sheet
    assert "9 h" not in sheet
    feed = client.get(at(bureau, "salle-agenda")).content.decode()
    assert feed.count("BEGIN:VEVENT") == 1
    assert "SUMMARY:Accès aux droits" in feed


def test_a_partner_books_and_cancels_from_the_week_and_may_undo(bureau: Salle, vallon: EspaceDeContrat) -> None:
    client = signed_in("Nora Deux", Role.PARTENAIRE, vallon, "ccas")
    url = f"{at(bureau, 'reservation-nouvelle')}&debut=09:30"
    page = client.get(url)
    assert (held(page)["debut"], held(page)["fin"]) == ("09:30", "10:00")
    answer = client.post(url, held(page))
    assert answer.status_code == 302
    made = Reservation.objects.get()
    assert (made.organisme.identifiant, made.titre, made.debut) == ("ccas", "", time(9, 30))
    assert "Annuler, encore" in text(client.get(answer["Location"]))
    gone = f"{reverse('reservation-annuler', args=[vallon.slug, made.numero])}?jour={made.jours[0]}"
    assert client.post(gone, held(client.get(gone))).status_code == 302
    made.refresh_from_db()
    assert made.jours == []


def test_a_form_that_comes_too_late_is_kept_and_told_what_is_there(
    nora: Acces, bureau: Salle, vallon: EspaceDeContrat
) -> None:
    client = signed_in("Basile Deux", Role.PARTENAIRE, vallon, "caf")
    url = at(bureau, "reservation-nouvelle")
    page = client.get(url)
    permanence(nora, bureau)
    typed = {"genre": "permanence", "titre": "Droits CAF", "semaines": "1"}
    last = to_come(vallon, 21).isoformat()
    late = send(client, url, page, **typed, debut="09:00", fin="09:30", au=last)
    assert late.status_code == 422
    assert "déjà pris : permanence « Accès aux droits » (CCAS)" in text(late)
    assert held(late)["titre"] == "Droits CAF"
    kept = held(late) | {"sauf_pris": "on"}
    assert client.post(url, kept).status_code == 302
    assert len(Reservation.objects.latest("pk").jours) == 2


def test_the_form_of_a_booking_has_no_place_for_a_reason(bureau: Salle, vallon: EspaceDeContrat) -> None:
    client = signed_in("Nora Deux", Role.PARTENAIRE, vallon, "ccas")
    page = client.get(at(bureau, "reservation-nouvelle"))
    asked_of_her = {one for one in main_form(page).fields if not one.startswith(("csrf", CHAMP))}
    assert asked_of_her == {"jour", "debut", "fin", "organisme", "genre", "titre", "semaines", "au", "sauf_pris"}
    refused = send(client, at(bureau, "reservation-nouvelle"), page, titre="Pour madame X")
    assert refused.status_code == 422
    assert not Reservation.objects.exists()


def test_by_a_carnet_two_taps_hold_a_slot_and_it_is_given_back_then_undone(
    equipe: Acces, bureau: Salle, vallon: EspaceDeContrat
) -> None:
    jeton = jeton_of(carnet(equipe, vallon))
    phone = Lectrice()
    assert "Réserver une salle" in text(phone.get(reverse("mon-carnet", args=[jeton])))
    url = reverse("mon-carnet-salle", args=[jeton, bureau.numero])
    day = to_come(vallon, 1).isoformat()
    answer = fill(phone, url, creneau=f"{day}T09:00")
    assert answer.status_code == 302
    made = Reservation.objects.get()
    assert (made.organisme.identifiant, made.genre, made.jours) == ("ccas", "confidentiel", [day])
    assert "Défaire, pendant dix minutes" in text(phone.get(answer["Location"]))
    late = fill(phone, url, creneau=f"{day}T09:00")
    assert late.status_code == 409
    assert "déjà pris" in text(late)
    gone = reverse("mon-carnet-reservation-annuler", args=[jeton, made.numero])
    assert fill(phone, gone, quoi="jour").status_code == 302
    made.refresh_from_db()
    assert made.jours == []
    undo = reverse("mon-carnet-salles-defaire", args=[jeton, Geste.objects.latest("pk").pk])
    assert "comme avant" in text(phone.post(undo, follow=True))
    made.refresh_from_db()
    assert made.jours == [day]


def test_a_carnet_holds_what_is_longer_or_comes_back_and_says_what_is_refused(
    equipe: Acces, bureau: Salle, vallon: EspaceDeContrat
) -> None:
    jeton = jeton_of(carnet(equipe, vallon))
    phone = Lectrice()
    url = reverse("mon-carnet-reserver", args=[jeton, bureau.numero])
    day = to_come(vallon, 1).isoformat()
    typed = {"jour": day, "debut": "09:00", "fin": "11:00", "genre": "permanence"}
    assert fill(phone, url, **typed).status_code == 422
    made = fill(phone, url, **typed, titre="Écrivain public", semaines="1", au=to_come(vallon, 20).isoformat())
    assert made.status_code == 302
    assert len(Reservation.objects.get().jours) == 3


def test_a_carnet_gives_back_nothing_of_another_body_nor_what_moved(
    equipe: Acces, nora: Acces, bureau: Salle, vallon: EspaceDeContrat
) -> None:
    jeton = jeton_of(carnet(equipe, vallon, name="Basile Carnet", of="caf"))
    others = booked(nora, bureau)
    phone = Lectrice()
    url = reverse("mon-carnet-reservation-annuler", args=[jeton, others.numero])
    assert phone.get(url).status_code == 404
    undo = reverse("mon-carnet-salles-defaire", args=[jeton, Geste.objects.latest("pk").pk])
    assert "ne se défait plus" in text(phone.post(undo, follow=True))
    first = to_come(vallon, 2)
    mine = booked(equipe, bureau, org="caf", days=2, semaines=1, au=first + timedelta(days=7))
    url = reverse("mon-carnet-reservation-annuler", args=[jeton, mine.numero])
    page = phone.get(url)
    cancel(by=equipe, reservation=mine, jour=mine.days[1])
    stale = phone.post(url, held(page) | {"quoi": "jour"}, follow=True)
    assert "a changé entre-temps" in text(stale)
    mine.refresh_from_db()
    assert mine.days == [first]


def test_the_page_of_a_room_is_light_for_a_telephone_far_from_the_town(equipe: Acces, vallon: EspaceDeContrat) -> None:
    room = salle(equipe, vallon, ouvre=time(8), ferme=time(18))
    page = Client().get(reverse("mon-carnet-salle", args=[jeton_of(carnet(equipe, vallon)), room.numero]))
    style = Path("src/tenir/activite/static/activite/carnet.css").read_bytes()
    assert page.content.count(b'name="creneau"') > 70
    assert len(page.content) + len(style) < 20 * 1024  # ADR 0044


def test_a_wall_books_nothing(equipe: Acces, bureau: Salle, vallon: EspaceDeContrat) -> None:
    jeton = jeton_of(affiche(equipe, vallon))
    assert Client().get(reverse("mon-carnet-salles", args=[jeton])).status_code == 404
    assert "Réserver une salle" not in text(Client().get(reverse("mon-carnet", args=[jeton])))


def test_the_pages_of_a_room_cost_the_same_whatever_is_booked(
    equipe: Acces, nora: Acces, bureau: Salle, vallon: EspaceDeContrat, django_assert_max_num_queries
) -> None:
    client = signed_in("Ève Deux", Role.EQUIPE, vallon)
    for rank in range(5):
        booked(nora, bureau, debut=time(9 + rank // 2, 30 * (rank % 2)), fin=asked_end(rank))
    with django_assert_max_num_queries(16):
        client.get(at(bureau))
    with django_assert_max_num_queries(10):
        client.get(reverse("salles-occupation", args=[vallon.slug]))


def asked_end(rank: int) -> time:
    """When the half-hour of that rank ends."""
    minutes = 9 * 60 + 30 * (rank + 1)
    return time(minutes // 60, minutes % 60)


def test_the_file_of_what_rooms_serve_counts_and_names_no_slot(
    nora: Acces, bureau: Salle, vallon: EspaceDeContrat
) -> None:
    held_one = booked(nora, bureau)
    client = signed_in("Basile Deux", Role.PARTENAIRE, vallon, "caf")
    url = reverse("salles-occupation-fichier", args=[vallon.slug, "csv"])
    month = f"{horloge.today(vallon) + timedelta(days=7):%Y-%m}"
    rows = client.get(url, {"mois": month}).content.decode()
    assert "Autres organismes" in rows
    assert "CCAS" not in rows
    assert held_one.jours[0] not in rows
    assert asked(vallon).debut == time(9)
    assert Organisation.objects.filter(identifiant="ccas").exists()
