"""Where to go: what residents find of the registers, how they look for it, what stays with those who keep them."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from tenir.activite.champs import LECTURE
from tenir.activite.models import Nature, Objet
from tenir.activite.services.natures import withdraw_nature
from tenir.activite.services.objets import change_objet
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.niveaux import Niveau, level_of
from tenir.habilitations.rights import Acces
from tenir.habilitations.roles import Role
from tests.activite.registre import kinds
from tests.activite.registres import CONVENTION, objet, point
from tests.personnes import acces

pytestmark = pytest.mark.deux_bases
Read = Callable[..., str]

PLACE = {
    "horaires": "du lundi au vendredi, 9 h à 12 h",
    "services": ["demarches", "numerique"],
    "publics": ["tous"],
    "telephone": "05 57 00 00 01",
}


@pytest.fixture
def equipe(petit: EspaceDeContrat) -> Acces:
    return acces("Basile Pivot", Role.EQUIPE, petit)


@pytest.fixture
def maison(petit: EspaceDeContrat, equipe: Acces) -> Objet:
    """A place open to all, whose hours, services and telephone are known."""
    return objet(
        equipe, petit, "Maison des Habitants", nature="lieu-ouvert", autre_lieu="1, place du Bourg", attributs=PLACE
    )


def plain(html: str) -> str:
    return html.replace("\xa0", " ").replace("\u202f", " ")


def test_a_resident_reads_where_when_what_for_and_whom_to_call(petit, maison, page: Read) -> None:
    html = plain(page(petit, "annuaire/"))
    assert "Une adresse, tenue par un organisme" in html
    for said in ("Maison des Habitants", "CCAS", "1, place du Bourg", "du lundi au vendredi", "tout le monde"):
        assert said in html
    assert "aide aux démarches, ordinateurs et aide au numérique" in html
    assert 'href="tel:0557000001"' in html
    assert "Non précisé : ouvert aussi, places, accessible en fauteuil roulant." in html


def test_what_is_no_number_is_refused(petit, equipe) -> None:
    with pytest.raises(ValidationError, match="Un numéro est attendu"):
        objet(equipe, petit, "Relais", nature="lieu-ouvert", attributs={"telephone": "accueil de la mairie"})


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "demarche numérique"}, ["Maison des Habitants"]),
        ({"q": "MAISON bourg ccas"}, ["Maison des Habitants"]),
        ({"q": "maison introuvable"}, []),
        ({"q": "!"}, ["Maison des Habitants", "Terrain"]),
        ({"c_services": "sport"}, ["Terrain"]),
        ({"c_services": "demarches", "c_publics": "tous"}, ["Maison des Habitants"]),
        ({"c_publics": "tous", "q": "terrain"}, []),
    ],
)
def test_it_is_searched_by_words_and_by_service(petit, equipe, maison, exported, asked, found) -> None:
    objet(equipe, petit, "Terrain", nature="lieu-ouvert", of="caf", attributs={"services": ["sport"]})
    assert [row["Nom"] for row in exported(petit, "annuaire.csv", **asked)] == found


def test_only_services_that_someone_gives_are_offered(petit, maison, page: Read) -> None:
    html = page(petit, "annuaire/")
    assert 'value="numerique"' in html
    assert 'value="sport"' not in html


def test_a_search_that_finds_nothing_and_a_directory_without_any_place_say_so(petit, vide, maison, page: Read) -> None:
    assert "Aucune adresse ne répond à cette recherche." in page(petit, "annuaire/", q="zzz")
    assert "n’a encore indiqué aucun lieu" in page(vide, "annuaire/")


def test_a_choice_that_does_not_exist_is_told(petit, maison, client: Client) -> None:
    assert client.get(f"/contrats/{petit.slug}/annuaire/", {"c_services": "zzz"}).status_code == 422


def test_a_place_closed_for_a_time_says_so_and_one_closed_for_good_is_gone(petit, equipe, maison, page: Read) -> None:
    point(equipe, maison, "ferme-temporairement")
    assert "Fermé pour un temps" in page(petit, "annuaire/")
    point(equipe, maison, "ferme")
    assert "Maison des Habitants" not in page(petit, "annuaire/")


def test_a_register_that_is_no_directory_stays_with_those_who_keep_it(petit, equipe, page: Read) -> None:
    kinds(petit, CONVENTION)
    objet(equipe, petit, "Convention du Bourg", nature="accord")
    assert "Convention du Bourg" not in page(petit, "annuaire/")
    assert "annuaire" not in page(petit).partition("<footer")[0]


def test_what_was_written_for_the_partners_does_not_open_when_its_register_does(petit, equipe, page: Read) -> None:
    kinds(petit, CONVENTION)
    kept = objet(equipe, petit, "Convention du Bourg", nature="accord")
    Nature.objects.filter(code="accord").update(texte=CONVENTION + "annuaire: true\n")
    assert "Convention du Bourg" not in page(petit, "annuaire/")
    change_objet(by=equipe, objet=kept, version=1, changes={"autre_lieu": "Mairie"})
    assert "Convention du Bourg" in page(petit, "annuaire/")


def test_a_register_that_is_a_directory_no_more_shows_nothing_at_once(petit, equipe, page: Read) -> None:
    kinds(petit, CONVENTION + "annuaire: true\n")
    objet(equipe, petit, "Convention du Bourg", nature="accord")
    assert "Convention du Bourg" in page(petit, "annuaire/")
    Nature.objects.filter(code="accord").update(texte=CONVENTION)
    assert "Convention du Bourg" not in page(petit, "annuaire/")


def test_a_register_withdrawn_shows_nothing(petit, equipe, maison, page: Read) -> None:
    withdraw_nature(by=equipe, espace=petit, code="lieu-ouvert", retiree=True)
    assert "Maison des Habitants" not in page(petit, "annuaire/")


def test_what_the_team_alone_reads_never_shows(petit, maison, page: Read) -> None:
    Objet.objects.filter(pk=maison.pk).update(niveau=Niveau.EQUIPE)
    assert "Maison des Habitants" not in page(petit, "annuaire/")


def test_who_reads_a_thing_is_told_by_the_row_itself(petit, equipe, maison) -> None:
    kinds(petit, CONVENTION)
    kept = objet(equipe, petit, "Convention du Bourg", nature="accord")
    assert {level_of(maison, name) for name in ("libelle", "organisme", "autre_lieu", "attributs")} == {Niveau.PUBLIC}
    assert {level_of(maison, name) for name in ("numero", "echeance", "version")} == {Niveau.PARTENAIRES}
    assert {level_of(kept, name) for name in LECTURE["Objet"] if name != "etat"} == {Niveau.PARTENAIRES}
    assert list(Objet.objects.opened()) == [one for one in (maison, kept) if one.lecture == Niveau.PUBLIC] == [maison]


def test_two_directories_make_one_page_that_tells_them_apart(petit, equipe, maison, page: Read, exported) -> None:
    assert "Lieu ouvert" not in page(petit, "annuaire/")
    objet(equipe, petit, "Écoute", nature="structure-du-reseau", attributs={"fonction": "psychologue"})
    html = page(petit, "annuaire/")
    assert "Lieu ouvert" in html
    assert "Structure d’un réseau" in html
    (second, first) = exported(petit, "annuaire.csv")
    assert (first["Nom"], first["Fonction à demander"], first["Téléphone"]) == (
        "Maison des Habitants",
        "",
        "05 57 00 00 01",
    )
    assert (second["Sorte"], second["Fonction à demander"], second["État"]) == (
        "Structure d’un réseau",
        "psychologue",
        "Dans le réseau",
    )


def test_the_contract_and_its_quarter_lead_there_once_there_is_something(petit, equipe, page: Read, client) -> None:
    url = reverse("annuaire", args=[petit.slug])
    assert url not in page(petit) + page(petit, "quartier/")
    objet(equipe, petit, "Maison", nature="lieu-ouvert")
    for path in ("", "quartier/"):
        html = page(petit, path)
        assert f'href="{url}"' in html
        assert "1 adresse pour les habitants" in plain(html)


def test_it_is_kept_by_browsers_until_it_changes(petit, equipe, maison, client: Client) -> None:
    url = reverse("annuaire", args=[petit.slug])
    mark = client.get(url)["ETag"]
    assert client.get(url, headers={"if-none-match": mark}).status_code == 304
    change_objet(by=equipe, objet=maison, version=1, changes={"autre_lieu": "2, place du Bourg"}, exact=True)
    assert client.get(url, headers={"if-none-match": mark}).status_code == 200


def test_a_contract_that_is_not_public_has_none(petit, maison, client: Client) -> None:
    EspaceDeContrat.objects.filter(pk=petit.pk).update(etat="signe")
    assert client.get(reverse("annuaire", args=[petit.slug])).status_code == 404


def test_another_contract_shows_none_of_it(petit, vide, maison, page: Read) -> None:
    assert "Maison des Habitants" not in page(vide, "annuaire/")


def test_more_places_take_as_many_queries(petit, equipe, maison, queries) -> None:
    before = queries(petit, "annuaire/"), queries(petit, "")
    for rank in range(4):
        objet(equipe, petit, f"Lieu {rank}", nature="lieu-ouvert", of=f"corps-{rank}", attributs=PLACE)
    assert (queries(petit, "annuaire/"), queries(petit, "")) == before
