"""The systems of the contract that rooms serve: whoever runs them does her part on the fictitious contract.

`docs/couverture.md` leads here.
"""

from collections.abc import Iterator
from copy import deepcopy
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tenir.acteurs.models import Organisation, Personne
from tenir.activite.models import Carnet, Objet
from tenir.activite.services.carnets import open_carnet
from tenir.activite.services.natures import load_natures
from tenir.contrat.chargement import load_contract
from tenir.core import horloge
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import acces_of
from tenir.habilitations.roles import Role
from tenir.reservations.models import Reservation, Salle
from tests.activite.carnets import jeton_of
from tests.activite.registres import objet
from tests.formulaires import Lectrice, fill, text
from tests.partage import shared
from tests.personnes import member, person, referent

pytestmark = pytest.mark.base
ROOT = Path(__file__).parents[2]
SLUG = "virelande-fictif-2024-2030"
AGGLO, CCAS = "songe-agglo", "ccas-virelande"


@pytest.fixture(scope="module")
def _made(django_db_setup: None, django_db_blocker) -> Iterator[tuple[EspaceDeContrat, Personne, Personne]]:
    def make() -> tuple[EspaceDeContrat, Personne, Personne]:
        espace = load_contract((ROOT / f"contrats/fictif/{SLUG}.yaml").read_text(), commande="tests").espace
        load_natures(espace, (ROOT / f"contrats/natures/{SLUG}.yaml").read_text(), commande="tests")
        EspaceDeContrat.objects.filter(pk=espace.pk).update(etat="publie")
        espace.refresh_from_db()
        referent(person("Nina Fictive", signs_in=False), espace, of=AGGLO)
        team = member("Basile Fictif", Role.EQUIPE, espace)
        return espace, team, member("Faustine Fictive", Role.PARTENAIRE, espace, of=AGGLO)

    with shared(django_db_blocker, make) as made:
        yield made


@pytest.fixture
def espace(_made: tuple[EspaceDeContrat, Personne, Personne], db: None) -> EspaceDeContrat:
    return deepcopy(_made[0])


@pytest.fixture
def team(_made: tuple[EspaceDeContrat, Personne, Personne], db: None) -> Personne:
    return deepcopy(_made[1])


@pytest.fixture
def hers(team: Personne) -> Client:
    """The browser of the team."""
    return browser(team)


@pytest.fixture
def theirs(_made: tuple[EspaceDeContrat, Personne, Personne], db: None) -> Client:
    """The browser of a body."""
    return browser(_made[2])


def browser(who: Personne) -> Client:
    client = Lectrice()
    client.force_login(who.utilisateur)
    return client


def room(hers: Client, nom: str, lieu: Objet | None = None, **given: object) -> Salle:
    """The team offers a room, open every day from nine to twelve."""
    where = {"lieu_ouvert": lieu.pk} if lieu else {"autre_lieu": "Lieu fictif"}
    keeper = Organisation.objects.get(identifiant=AGGLO)
    days = [str(one) for one in range(7)]
    hours = {"jours": days, "ouvre": "09:00", "ferme": "12:00", "pas": "30", "sauf_feries": ""}
    url = reverse("salle-nouvelle", args=[SLUG])
    answer = fill(hers, url, nom=nom, organisme=keeper.pk, **where, **hours, **given)
    assert answer.status_code == 302
    return Salle.objects.latest("pk")


def carnet_of(espace: EspaceDeContrat, team: Personne, nom: str) -> Carnet:
    """The carnet of a service."""
    holder = referent(person(nom, signs_in=False), espace, of=CCAS)
    given = {"natures": [], "confiance": "retenue", "mensuel": True}
    return open_carnet(by=acces_of(team), espace=espace, referent=holder, **given)


def day(espace: EspaceDeContrat, days: int) -> date:
    return horloge.today(espace) + timedelta(days=days)


def page(client: Client, name: str, *args: object, **query: str) -> str:
    answer = client.get(reverse(name, args=[SLUG, *args]), query)
    assert answer.status_code == 200
    return text(answer)


def test_sy21_bodies_share_the_timetable_of_the_rooms_of_a_house(
    hers: Client, theirs: Client, espace: EspaceDeContrat, team: Personne
) -> None:
    house = objet(acces_of(team), espace, "Maison fictive de l’emploi", nature="lieu-ouvert", of=AGGLO)
    found = room(hers, "Bureau 1", house, affichee="on")
    first = day(espace, 3)
    weekly = {"jour": first.isoformat(), "semaines": "1", "au": day(espace, 24).isoformat()}
    named = {"genre": "permanence", "titre": "Créer son activité"}
    book = reverse("reservation-nouvelle", args=[SLUG, found.numero])
    assert fill(theirs, book, debut="09:00", fin="11:00", **weekly, **named).status_code == 302
    assert len(Reservation.objects.get().jours) == 4
    other = Organisation.objects.get(identifiant=AGGLO)
    late = fill(hers, book, debut="10:00", fin="11:00", jour=first.isoformat(), organisme=other.pk)
    assert "déjà pris : permanence « Créer son activité »" in text(late)
    week = page(hers, "salle", found.numero, jour=first.isoformat())
    assert "Créer son activité" in week
    assert "Créer son activité" in page(theirs, "salle-feuille", found.numero, jour=first.isoformat())
    public = text(Client().get(reverse("annuaire", args=[SLUG])))
    assert "Permanences de la semaine" in public
    assert "Créer son activité" in public


def test_sy54_a_room_for_a_call_with_a_doctor_is_booked_by_a_link_and_nobody_reads_why(
    hers: Client, theirs: Client, espace: EspaceDeContrat, team: Personne
) -> None:
    found = room(hers, "Espace confidentiel", affichee="on")
    jeton = jeton_of(carnet_of(espace, team, "Nora Fictive"))
    phone, when = Lectrice(), day(espace, 2).isoformat()
    url = reverse("mon-carnet-salle", args=[jeton, found.numero])
    assert fill(phone, url, creneau=f"{when}T09:30").status_code == 302
    assert "déjà pris. Libre au plus près" in text(fill(phone, url, creneau=f"{when}T09:30"))
    made = Reservation.objects.get()
    assert (made.titre, made.genre) == ("", "confidentiel")
    for client in (hers, theirs):
        week = page(client, "salle", found.numero, jour=when)
        assert " pris" in week
        assert str(made.organisme) not in week.partition("Semaine du")[2].partition("Histoire")[0]
    assert "Aucune permanence" in page(theirs, "salle-feuille", found.numero, jour=when)


def test_sy68_the_appointments_of_a_social_permanence_are_held_and_counted_without_a_name(
    hers: Client, espace: EspaceDeContrat, team: Personne
) -> None:
    found = room(hers, "Bureau d’accueil")
    jeton = jeton_of(carnet_of(espace, team, "Lise Fictive"))
    phone, first = Lectrice(), day(espace, 1)
    book = reverse("mon-carnet-salle", args=[jeton, found.numero])
    for hour in ("09:00", "09:30", "10:00"):
        assert fill(phone, book, creneau=f"{first.isoformat()}T{hour}").status_code == 302
    gone = Reservation.objects.order_by("pk").first()
    away = reverse("mon-carnet-reservation-annuler", args=[jeton, gone.numero])
    assert fill(phone, away, quoi="jour").status_code == 302
    month = page(hers, "salles-occupation", mois=f"{first:%Y-%m}")
    assert "1 h réservées" in month
    assert f"{gone.organisme} : 1 h" in month
    rows = hers.get(reverse("salles-occupation-fichier", args=[SLUG, "csv"]), {"mois": f"{first:%Y-%m}"})
    assert "Bureau d’accueil" in rows.content.decode()
