"""The grids: what is counted where two axes cross, what is a hole, who could fill it, who reads which."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from dateutil.relativedelta import relativedelta
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tenir.acteurs.models import Personne
from tenir.activite.catalogue import catalogue_of
from tenir.activite.ecrans.registres.croisement import Case, Croisement, crossings
from tenir.activite.enums import Confiance
from tenir.activite.models import Entree, Objet
from tenir.activite.services.entree import judge_entree
from tenir.activite.services.natures import withdraw_nature
from tenir.activite.services.objets import Point, Porte, note_objet
from tenir.contrat.models import Lieu
from tenir.core import horloge
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, acces_of
from tests.activite.registre import entree, kinds
from tests.activite.registres import CLASSE, RUE, objet, point
from tests.pages import html_of
from tests.personnes import body

pytestmark = pytest.mark.deux_bases
As = Callable[[str], Client]

REUNION = """nature: reunion
est: atelier
libelle: Réunion de l’emploi
pluriel: réunions de l’emploi
mesures:
  - {code: freins, libelle: Freins, unite: situations, choix: {mobilite: mobilité, garde: garde, sante: santé}}
grille: {lignes: freins, colonnes: mois}
"""
"""Choices × months."""
PETITE = """nature: petite-reunion
est: reunion
libelle: Petite réunion
"""
"""A kind that is the former."""
OFFRE = """nature: place
libelle: Offre
pluriel: offres
forme: objet
sujet: une offre
nom: Quelle offre ?
etats:
  - {code: ouverte, libelle: Ouverte}
  - {code: finie, libelle: Finie, clos: true}
champs:
  - {code: ages, libelle: Âges, type: plusieurs, choix: {petits: petits, grands: grands}}
  - {code: moment, libelle: Moment, type: choix, choix: {matin: le matin, soir: le soir}}
grille: {lignes: ages, colonnes: moment}
"""
"""Field × field."""
SUIVI = """nature: suivi
est: classe-suivie
libelle: Classe suivie mois par mois
pluriel: classes mois par mois
grille: {lignes: objets, colonnes: mois}
"""
"""Things × months."""
FAIT = """nature: fait
libelle: Fait de veille
pluriel: faits de veille
forme: objet
sujet: un fait
nom: Quel secteur ?
visible: équipe
etats:
  - {code: signale, libelle: Signalé}
champs:
  - {code: genre, libelle: Genre, type: choix, choix: {bruit: bruit, feu: feu}}
  - {code: moment, libelle: Moment, type: choix, choix: {jour: le jour, nuit: la nuit}}
grille: {lignes: genre, colonnes: moment}
"""
"""What the team alone reads."""


@pytest.fixture
def vallon(vallon: EspaceDeContrat) -> EspaceDeContrat:
    kinds(vallon, REUNION, PETITE, OFFRE, CLASSE, SUIVI, FAIT)
    return vallon


@pytest.fixture
def equipe(people: dict[str, Personne]) -> Acces:
    return acces_of(people["equipe"])


def crossed(by: Acces, espace: EspaceDeContrat, code: str) -> Croisement:
    (found,) = crossings(by, espace, [catalogue_of(espace)[code]])
    return found


def cells(found: Croisement) -> list[list[str]]:
    """What a grid says, row by row; nothing where it says « personne »."""
    return [[one.texte.replace("\xa0", " ") if one.nombre else "" for one in row.cases] for row in found.rangees]


def case(found: Croisement, row: int, column: int) -> Case:
    return found.rangees[row].cases[column]


def back(espace: EspaceDeContrat, months: int) -> date:
    """A day that many months ago."""
    return horloge.today(espace).replace(day=1) - relativedelta(months=months)


def meeting(
    by: Acces, espace: EspaceDeContrat, months: int, of: str = "ccas", nature: str = "reunion", **freins: int
) -> Entree:
    """A meeting of that many months ago, with what it counted."""
    given = {("freins", f"choix:{code}"): count for code, count in freins.items()}
    return entree(by, espace, 8, nature=nature, le=back(espace, months), of=of, valeurs=given)


def came(by: Acces, thing: Objet, of: str = "", **venues: int) -> Entree:
    """Interventions in a class."""
    values = {("venues", f"choix:{code}"): Decimal(count) for code, count in venues.items()}
    said = Point(horloge.today(thing.espace), "", values, body(of) if of else None)
    return note_objet(by=by, objet=thing, point=said, porte=Porte(exact=True))


def test_choices_are_summed_month_by_month_with_who(vallon: EspaceDeContrat, equipe: Acces) -> None:
    meeting(equipe, vallon, 0, mobilite=3, sante=1)
    meeting(equipe, vallon, 0, "caf", mobilite=2)
    meeting(equipe, vallon, 11, garde=4)
    found = crossed(equipe, vallon, "reunion")
    assert [row.libelle for row in found.rangees] == ["Mobilité", "Garde", "Santé"]
    assert len(found.colonnes) == 12
    mobilite, garde, sante = cells(found)
    assert mobilite == [""] * 11 + ["5 : CAF, CCAS"]
    assert garde == ["4 : CCAS"] + [""] * 11
    assert sante == [""] * 11 + ["1 : CCAS"]
    assert found.phrase.replace("\xa0", " ") == "33 cases vides sur 36"


def test_what_a_kind_is_counts_with_it(vallon: EspaceDeContrat, equipe: Acces) -> None:
    meeting(equipe, vallon, 0, nature="petite-reunion", garde=2)
    assert cells(crossed(equipe, vallon, "reunion"))[1][-1] == "2 : CCAS"
    meeting(equipe, vallon, 1, garde=2)
    assert cells(crossed(equipe, vallon, "petite-reunion"))[1][-2:] == ["", "2 : CCAS"]


def test_what_does_not_count_what_is_old_and_a_nought_are_holes(vallon: EspaceDeContrat, equipe: Acces) -> None:
    contested = meeting(equipe, vallon, 0, mobilite=3)
    judge_entree(by=equipe, entree=contested, confiance=Confiance.CONTESTEE, motif="Erreur.")
    meeting(equipe, vallon, 12, garde=1)
    meeting(equipe, vallon, 0, sante=0)
    assert crossed(equipe, vallon, "reunion").vides == 36


def test_a_hole_names_those_who_are_near_it_three_at_most(vallon: EspaceDeContrat, equipe: Acces) -> None:
    meeting(equipe, vallon, 0, "caf", mobilite=1)
    meeting(equipe, vallon, 1, "caf", mobilite=1)
    for of in ("ada", "bob", "zoe"):
        meeting(equipe, vallon, 2, of, garde=1)
    found = crossed(equipe, vallon, "reunion")
    assert case(found, 0, 9).pourraient == ["CAF", "ADA", "BOB"]
    assert case(found, 0, 0).pourraient == ["CAF"]
    assert case(found, 2, 0).pourraient == []
    assert case(found, 0, 11).pourraient == ()
    assert found.rangees[2].propositions[0].endswith("ADA, BOB, ZOE")


def test_things_are_crossed_by_their_fields_as_long_as_they_go_on(vallon: EspaceDeContrat, equipe: Acces) -> None:
    both = {"ages": ["petits", "grands"], "moment": "matin"}
    objet(equipe, vallon, "Halte", nature="place", attributs=both)
    objet(equipe, vallon, "Club", nature="place", of="caf", attributs={"ages": ["grands"], "moment": "matin"})
    objet(equipe, vallon, "Sans moment", nature="place", attributs={"ages": ["grands"]})
    over = objet(equipe, vallon, "Fini", nature="place", attributs={"ages": ["petits"], "moment": "soir"})
    assert cells(crossed(equipe, vallon, "place")) == [["1 : CCAS", "1 : CCAS"], ["2 : CAF, CCAS", ""]]
    point(equipe, over, "finie")
    found = crossed(equipe, vallon, "place")
    assert cells(found) == [["1 : CCAS", ""], ["2 : CAF, CCAS", ""]]
    assert case(found, 0, 1).mot == "personne"


def test_a_class_where_nobody_came_shows(vallon: EspaceDeContrat, equipe: Acces) -> None:
    seen = objet(equipe, vallon, "CM2, école du Bourg", nature="classe-suivie")
    objet(equipe, vallon, "CP, école du Bourg", nature="classe-suivie")
    closed = objet(equipe, vallon, "Fermée", nature="classe-suivie")
    came(equipe, seen, sante=1)
    came(equipe, seen, "caf", sante=2)
    point(equipe, closed, "fermee")
    found = crossed(equipe, vallon, "classe-suivie")
    assert [row.libelle for row in found.rangees] == ["CM2, école du Bourg", "CP, école du Bourg"]
    assert cells(found) == [["3 : CAF, CCAS", ""], ["", ""]]
    assert found.rangees[0].url == reverse("objet", args=[vallon.slug, seen.numero])
    assert case(found, 1, 0).pourraient == ["CAF", "CCAS"]
    assert case(found, 1, 1).pourraient == []


def test_the_months_in_which_nothing_is_said_of_a_thing_show(vallon: EspaceDeContrat, equipe: Acces) -> None:
    followed = objet(equipe, vallon, "CE1", nature="suivi", le=back(vallon, 2))
    point(equipe, followed, "ouverte", le=back(vallon, 0))
    (row,) = cells(crossed(equipe, vallon, "suivi"))
    assert row == [*[""] * 9, "1 : CCAS", "", "1 : CCAS"]


def test_a_hole_in_what_the_team_notes_is_nobody_s_to_fill(vallon: EspaceDeContrat, equipe: Acces) -> None:
    objet(equipe, vallon, "Rue Basse", nature="fait", attributs={"genre": "bruit", "moment": "nuit"})
    found = crossed(equipe, vallon, "fait")
    assert cells(found) == [["", "1 : CCAS"], ["", ""]]
    assert (case(found, 1, 1).mot, case(found, 1, 1).pourraient) == ("", ())


def test_the_list_counts_the_holes_of_each_and_keeps_the_empty_ones_apart(
    vallon: EspaceDeContrat, equipe: Acces, as_: As
) -> None:
    meeting(equipe, vallon, 0, mobilite=3)
    html = html_of(as_("lecture").get(reverse("grilles", args=[vallon.slug]))).replace("\xa0", " ")
    filled, _, empty = html.partition("Encore vides")
    assert "35 cases vides sur 36" in filled
    assert "4 cases vides sur 4" in empty
    assert "Aucune ligne en cours" in empty


def test_only_the_team_reads_the_grid_of_what_it_alone_reads(vallon: EspaceDeContrat, as_: As) -> None:
    page, file = (
        reverse(name, args=[vallon.slug, "fait", *more]) for name, more in (("grille", []), ("grille-fichier", ["csv"]))
    )
    for who, status in (("lecture", 404), ("partenaire", 404), ("equipe", 200)):
        client = as_(who)
        assert client.get(page).status_code == status
        assert client.get(file).status_code == 404
        assert ("Faits de veille" in html_of(client.get(reverse("grilles", args=[vallon.slug])))) == (status == 200)
    assert "ne sort dans aucun fichier" in html_of(as_("equipe").get(page))


@pytest.mark.parametrize("code", ["atelier", "inconnue", "convention"])
def test_a_kind_without_a_grid_has_none(vallon: EspaceDeContrat, as_: As, code: str) -> None:
    assert as_("equipe").get(reverse("grille", args=[vallon.slug, code])).status_code == 404


def test_a_kind_withdrawn_leaves_the_list_and_keeps_its_grid(vallon: EspaceDeContrat, equipe: Acces, as_: As) -> None:
    withdraw_nature(by=equipe, espace=vallon, code="place", retiree=True)
    client = as_("equipe")
    url = reverse("grille", args=[vallon.slug, "place"])
    assert client.get(url).status_code == 200
    assert url not in html_of(client.get(reverse("grilles", args=[vallon.slug])))


def test_the_page_is_a_table_whose_holes_are_words(vallon: EspaceDeContrat, equipe: Acces, as_: As) -> None:
    both = {"ages": ["petits", "grands"], "moment": "matin"}
    objet(equipe, vallon, "Halte", nature="place", attributs=both)
    html = html_of(as_("lecture").get(reverse("grille", args=[vallon.slug, "place"])))
    assert "2 cases vides sur 4." in html.replace("\xa0", " ")
    assert html.count('scope="row"') == 2
    assert html.count('scope="col"') == 3
    assert html.count(">personne<") == 2
    assert "Qui pourrait remplir les cases vides" in html
    assert "Le soir : CCAS" in html.replace("\xa0", " ")


def test_a_grid_without_any_row_says_so(vallon: EspaceDeContrat, as_: As) -> None:
    assert "rien à croiser" in html_of(as_("lecture").get(reverse("grille", args=[vallon.slug, "classe-suivie"])))


def test_the_file_says_who_and_where_nobody_is(vallon: EspaceDeContrat, equipe: Acces, as_: As) -> None:
    objet(equipe, vallon, "Halte", nature="place", attributs={"ages": ["petits"], "moment": "matin"})
    answer = as_("lecture").get(reverse("grille-fichier", args=[vallon.slug, "place", "csv"]))
    lines = answer.content.decode("utf-8-sig").replace("\xa0", " ").splitlines()
    assert lines == [
        "Contrat;Âges;Le matin;Le soir",
        f"{vallon.titre};Petits;1 : CCAS;personne",
        f"{vallon.titre};Grands;personne;personne",
    ]


def test_more_things_and_more_entries_take_as_many_queries(vallon: EspaceDeContrat, equipe: Acces, as_: As) -> None:
    client = as_("equipe")

    def taken(url: str) -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as caught:
            client.get(url)
        return len(caught)

    def lived(count: int) -> None:
        for rank in range(count):
            came(equipe, objet(equipe, vallon, f"Classe {count} {rank}", nature="classe-suivie"), sante=1)
            meeting(equipe, vallon, rank, garde=1)

    pages = [reverse("grilles", args=[vallon.slug])]
    pages += [reverse("grille", args=[vallon.slug, code]) for code in ("classe-suivie", "reunion", "place")]
    lived(1)
    before = [taken(url) for url in pages]
    lived(5)
    assert [taken(url) for url in pages] == before


def test_the_weeks_in_which_nobody_came_to_a_place_show(vallon: EspaceDeContrat, equipe: Acces) -> None:
    kinds(vallon, "nature: ronde-ici\nest: ronde\nlibelle: Ronde\ngrille: {lignes: lieux, colonnes: semaines}\n")
    today = horloge.today(vallon)
    place = Lieu.objects.create(espace=vallon, code="L1", ordre=1, nom="Lavoir")
    for back in (0, 7, 7 * 11, 7 * 12):
        entree(equipe, vallon, None, nature="ronde-ici", le=today - timedelta(days=back), lieu=place)
    entree(equipe, vallon, None, nature="ronde-ici", le=today, autre_lieu="Square")
    (found,) = crossings(equipe, vallon, [catalogue_of(vallon)["ronde-ici"]])
    assert [(row.libelle, [case.nombre for case in row.cases].count("")) for row in found.rangees] == [
        ("Lavoir", 9),
        ("Square", 11),
    ]


def test_what_comes_back_month_after_month_is_to_be_looked_at(vallon: EspaceDeContrat, equipe: Acces) -> None:
    kinds(
        vallon,
        RUE.replace("nature: fait", "nature: revu").replace(
            "garde: 24", "garde: 24\ngrille: {lignes: genre, colonnes: mois}\nseuil: 3"
        ),
    )
    today = horloge.today(vallon)
    for rank in range(3):
        made = objet(equipe, vallon, f"Secteur {rank}", nature="revu", le=today, attributs={"genre": "bruit"})
    point(equipe, made, "clos", le=today)  # closed, it still came that month
    objet(equipe, vallon, "Autre", nature="revu", le=today, attributs={"genre": "degradation"})
    (found,) = crossings(equipe, vallon, [catalogue_of(vallon)["revu"]])
    last = {row.libelle: (row.cases[-1].nombre, row.cases[-1].regarder) for row in found.rangees}
    assert last == {"Bruit": ("3", True), "Dégradation": ("1", False)}
    assert "À regarder dès 3." in found.legende.replace("\xa0", " ")
    assert (found.phrase, found.rangees[0].cases[0].texte) == ("Une case à regarder", "")
    assert found.rangees[0].cases[-1].texte.startswith("3 (à regarder)")
