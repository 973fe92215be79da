"""Indicators that compute themselves: each figure is what its rows say, opens on them, and never sums two units."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from lxml import html as lxml_html

from tenir.acteurs.models import Personne
from tenir.activite.calculs import Valeurs, calculs_of, with_unit
from tenir.activite.enums import Confiance
from tenir.activite.services.entree import correct_entree, judge_entree
from tenir.contrat.models import Lieu
from tenir.core import horloge
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.niveaux import Niveau
from tenir.habilitations.rights import Acces, acces_of
from tenir.habilitations.services import publish
from tests.activite.registre import entree, kinds
from tests.activite.registres import objet, point
from tests.vie import fiche, indicateur

pytestmark = pytest.mark.deux_bases
As = Callable[[str], Client]
YEAR = (date(2026, 1, 1), date(2026, 12, 31))
ATELIER = """nature: mon-atelier
est: atelier
libelle: Atelier vélo
pluriel: ateliers vélo
alimente:
  - {{indicateur: I88, {} }}
"""
PARC = """nature: parc
libelle: État du parc
pluriel: états du parc
forme: état
sujet: un parc de logements
periode: année
mesures:
  - {code: logements, libelle: Logements, unite: logements, cumul: dernier}
  - {code: venus, libelle: Venus, unite: personnes, cumul: max}
alimente:
  - {indicateur: I88, calcul: dernier, mesure: logements}
  - {indicateur: I89, calcul: max, mesure: venus}
"""
PRET = """nature: pret
libelle: Prêt de vélo
pluriel: prêts de vélos
forme: objet
sujet: un vélo
nom: Quel vélo ?
mesures:
  - {code: sorties, libelle: Sorties, unite: sorties}
etats:
  - {code: libre, libelle: Libre}
  - {code: prete, libelle: Prêté}
  - {code: perdu, libelle: Perdu, clos: true}
alimente:
  - {indicateur: I88, calcul: objets, etat: prete}
  - {indicateur: I89, calcul: objets}
  - {indicateur: I90, calcul: compte, etat: prete}
  - {indicateur: I91, calcul: distincts, de: objets}
"""


def made(espace: EspaceDeContrat, code: str = "I88", *, year: tuple[date, date] = YEAR) -> list[Any]:
    found = [one.made(Niveau.EQUIPE, *year) for one in calculs_of(espace, Niveau.EQUIPE)[code]]
    return [None if one is None else (one.moins, one.plus) if one.moins != one.plus else one.plus for one in found]


def fed(espace: EspaceDeContrat, how: str) -> None:
    kinds(espace, ATELIER.format(how))


def test_nothing_noted_makes_nothing_and_not_nought(vallon: EspaceDeContrat, equipe: Acces) -> None:
    fed(vallon, "calcul: compte")
    assert made(vallon) == [None]
    entree(equipe, vallon, 12, nature="mon-atelier", le=date(2026, 3, 12))
    assert made(vallon) == [1]
    assert made(vallon, year=(date(2025, 1, 1), date(2025, 12, 31))) == [None]


def test_only_what_counts_counts(vallon: EspaceDeContrat, equipe: Acces) -> None:
    fed(vallon, "calcul: somme, mesure: presents")
    rows = [entree(equipe, vallon, n, nature="mon-atelier", le=date(2026, 3, n)) for n in (5, 6, 7, 8)]
    entree(equipe, vallon, 99, nature="mon-atelier", le=date(2025, 12, 31))
    judge_entree(by=equipe, entree=rows[0], confiance=Confiance.CONTESTEE, motif="Non.")
    correct_entree(by=equipe, entree=rows[1], version=1, changes={"statut": "annulée"}, exact=True)
    correct_entree(
        by=equipe, entree=rows[2], version=1, changes={}, valeurs={("presents", ""): Decimal(17)}, exact=True
    )
    assert made(vallon) == [25]


def test_a_part_and_what_took_place_in_the_quarter(vallon: EspaceDeContrat, equipe: Acces) -> None:
    fed(vallon, "calcul: part, mesure: presents, modalite: 'sexe:f', sur: {mesure: presents}, quartier: true")
    entree(equipe, vallon, 10, nature="mon-atelier", valeurs={("presents", "sexe:f"): 4}, quartier="oui")
    entree(equipe, vallon, 90, nature="mon-atelier", valeurs={("presents", "sexe:f"): 90}, quartier="non")
    assert made(vallon) == [40]


def test_how_many_different_bodies_and_places(vallon: EspaceDeContrat, equipe: Acces) -> None:
    fed(vallon, "calcul: distincts, de: organismes")
    kinds(vallon, ATELIER.replace("mon-atelier", "autre").format("calcul: distincts, de: lieux"))
    place = Lieu.objects.create(espace=vallon, code="L1", ordre=1, nom="Lavoir")
    for of, lieu in (("ccas", place), ("ccas", None), ("caf", place)):
        entree(equipe, vallon, 10, nature="mon-atelier", of=of, lieu=lieu)
        entree(equipe, vallon, 10, nature="autre", of=of, lieu=lieu)
    assert made(vallon) == [2, 1] or made(vallon) == [1, 2]


def test_a_stock_is_the_last_of_each_body(vallon: EspaceDeContrat, equipe: Acces) -> None:
    kinds(vallon, PARC)
    for of, le, count in (("ccas", 2025, 100), ("ccas", 2026, 90), ("caf", 2025, 40)):
        entree(equipe, vallon, None, nature="parc", of=of, le=date(le, 5, 1), valeurs={("logements", ""): count})
    assert made(vallon) == [130]
    assert made(vallon, year=(date(2025, 1, 1), date(2025, 12, 31))) == [140]


def test_different_people_are_between_two_bounds(vallon: EspaceDeContrat, equipe: Acces) -> None:
    kinds(vallon, PARC)
    for day, count in ((1, 14), (2, 30), (3, 17)):
        entree(equipe, vallon, None, nature="parc", le=date(2026, 5, day), valeurs={("venus", ""): count})
    assert made(vallon, "I89") == [(30, 61)]
    assert with_unit(Valeurs(Decimal(30), Decimal(61)), ("personne", "personnes")) == "entre 30 et 61 personnes"


def test_things_are_counted_in_the_state_they_were_in_at_the_end(vallon: EspaceDeContrat, equipe: Acces) -> None:
    kinds(vallon, PRET)
    bikes = [objet(equipe, vallon, f"Vélo {n}", nature="pret", le=date(2025, 3, 1)) for n in range(4)]
    point(equipe, bikes[0], "prete", le=date(2025, 6, 1))
    point(equipe, bikes[0], "libre", le=date(2026, 2, 1))
    point(equipe, bikes[1], "prete", le=date(2026, 3, 1))
    point(equipe, bikes[2], "perdu", le=date(2026, 4, 1))
    wrong = point(equipe, bikes[3], "prete", le=date(2026, 5, 1))
    judge_entree(by=equipe, entree=wrong, confiance=Confiance.CONTESTEE, motif="Un autre.")
    assert (made(vallon), made(vallon, "I89"), made(vallon, "I90"), made(vallon, "I91")) == ([1], [3], [1], [3])
    before = (date(2025, 1, 1), date(2025, 12, 31))
    assert (made(vallon, year=before), made(vallon, "I89", year=before)) == ([1], [4])


def test_actions_under_way_or_done_are_counted_today_alone(vallon: EspaceDeContrat) -> None:
    kinds(vallon, "nature: actions\nest: etat\nlibelle: Actions\nalimente:\n  - {indicateur: I88, calcul: actions}\n")
    for code, statut in (("O01-A01", "en-cours"), ("O01-A02", "realisee"), ("O01-A03", "a-lancer"), ("O01-A04", "")):
        fiche(vallon, code, statut=statut)
    today = horloge.today(vallon)
    assert made(vallon, year=(date(today.year, 1, 1), today)) == [2]
    assert made(vallon, year=(date(2025, 1, 1), date(2025, 12, 31))) == [None]


def test_terms_of_one_unit_add_up_and_two_units_stand_apart(vallon: EspaceDeContrat, equipe: Acces) -> None:
    fed(vallon, "calcul: compte")
    kinds(vallon, ATELIER.replace("mon-atelier", "autre").format("calcul: compte"), PARC)
    for code in ("mon-atelier", "autre", "autre"):
        entree(equipe, vallon, 12, nature=code)
    entree(equipe, vallon, None, nature="parc", valeurs={("logements", ""): 90})
    assert sorted(made(vallon)) == [3, 90]


def test_the_children_of_a_kind_count_with_it(vallon: EspaceDeContrat, equipe: Acces) -> None:
    fed(vallon, "calcul: compte")
    kinds(vallon, "nature: petit\nest: mon-atelier\nlibelle: Petit atelier\n")
    entree(equipe, vallon, 12, nature="petit")
    assert made(vallon) == [1]


@pytest.mark.parametrize(
    "how",
    [
        "calcul: compte",
        "calcul: compte, quartier: true",
        "calcul: somme, mesure: presents",
        "calcul: distincts, de: lieux",
    ],
)
def test_a_figure_opens_on_its_rows(as_: As, vallon: EspaceDeContrat, people: dict[str, Personne], how: str) -> None:
    equipe = acces_of(people["equipe"])
    indicateur(vallon, "I88")
    fed(vallon, how)
    entree(equipe, vallon, 12, nature="mon-atelier", quartier="oui")
    entree(equipe, vallon, 7, nature="mon-atelier", le=date(2026, 4, 2))
    gone = entree(equipe, vallon, 90, nature="mon-atelier", le=date(2026, 4, 3))
    judge_entree(by=equipe, entree=gone, confiance=Confiance.CONTESTEE, motif="Non.")
    page = lxml_html.fromstring(as_("equipe").get("/espace/vallon/calculs/").content.decode())
    (url,) = {str(one) for one in page.xpath("//table//a/@href") if "/activite/?" in str(one)}
    assert parse_qs(urlsplit(url).query)["nature"] == ["mon-atelier"]
    listed = as_("equipe").get(url).content.decode()
    assert len(re.findall(r"/activite/\d+/\"[^>]*>Atelier vélo", listed)) == (1 if "quartier" in how else 2)


def test_a_value_becomes_a_reading_with_its_source(
    as_: As, vallon: EspaceDeContrat, people: dict[str, Personne]
) -> None:
    equipe = acces_of(people["equipe"])
    suivi = indicateur(vallon, "I88")
    fed(vallon, "calcul: compte")
    entree(equipe, vallon, 12, nature="mon-atelier")
    client = as_("equipe")
    page = lxml_html.fromstring(client.get(f"/espace/vallon/indicateurs/{suivi.code}/").content.decode())
    (url,) = page.xpath("//a[contains(., 'en faire un relevé')]/@href")
    form = client.get(url).content.decode()
    assert 'value="2026-01-01"' in form
    assert "Registre d’activité, nombre d’ateliers vélo" in form.replace("\u00a0", " ")


def test_anyone_reads_counts_of_sessions_and_no_count_of_people(
    client: Client, vallon: EspaceDeContrat, equipe: Acces
) -> None:
    indicateur(vallon, "I88")
    indicateur(vallon, "I89")
    fed(vallon, "calcul: compte")
    kinds(
        vallon, ATELIER.replace("mon-atelier", "autre").replace("I88", "I89").format("calcul: somme, mesure: presents")
    )
    entree(equipe, vallon, 12, nature="mon-atelier")
    entree(equipe, vallon, 4157, nature="autre")
    publish("vallon", commande="test")
    assert "Nombre d’ateliers vélo" in client.get("/contrats/vallon/indicateurs/I88").content.decode()
    told = client.get("/contrats/vallon/indicateurs/I89").content.decode()
    assert ("Ce qui se calcule" in told, "157" in told) == (False, False)
