"""What is really done for an action and by a body, over the last twelve months, on their pages."""

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal

import pytest
from django.test import Client

from tenir.acteurs.models import Personne
from tenir.activite.models import Entree
from tenir.activite.mois import annee, sentence
from tenir.activite.services.series import create_serie
from tenir.contrat.models import Lieu
from tenir.core import horloge
from tenir.core.typographie import MOIS
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import acces_of
from tests.activite.registre import VEILLE, entree, kinds
from tests.personnes import body
from tests.vie import fiche

pytestmark = pytest.mark.deux_bases
As = Callable[[str], Client]
DIFFERENT = """nature: suivis
libelle: Personnes suivies
forme: décompte
sujet: un service
periode: mois
principale: venues
mesures:
  - {code: venues, libelle: Venues, unite: personnes}
"""


def test_twelve_months_are_told_and_different_people_are_never_summed(
    vallon: EspaceDeContrat, people: dict[str, Personne]
) -> None:
    by = acces_of(people["equipe"])
    kinds(vallon, DIFFERENT)
    for presents, day in ((12, date(2026, 3, 3)), (30, date(2026, 3, 10)), (7, date(2025, 3, 31))):
        entree(by, vallon, presents, le=day)
    for venues, month in ((14, 1), (40, 2), (7, 3)):
        day = date(2026, month, 20)
        entree(by, vallon, None, nature="suivis", le=day, valeurs={("venues", ""): venues})
    found = annee(Entree.objects.of(vallon), date(2026, 3, 31))
    assert [f"{one.mois:%m}" for one in found.mois] == [f"{(3 + n) % 12 + 1:02}" for n in range(12)]
    told = sentence(found.total).replace("\u00a0", " ")
    assert told == "2 séances, 3 décomptes, 42 passages, entre 40 et 61 personnes différentes"
    assert found.mois[-1].comptes["passages"].somme == Decimal(42)


def test_the_page_of_an_action_shows_what_is_done_for_it(
    as_: As, vallon: EspaceDeContrat, people: dict[str, Personne]
) -> None:
    client = as_("lecture")
    of = fiche(vallon)
    url = "/espace/vallon/actions/O01-A01/"
    assert "Rien n’est inscrit depuis douze mois." in client.get(url).content.decode()
    made = entree(acces_of(people["equipe"]), vallon, le=horloge.today(vallon))
    made.fiches.add(of)
    page = client.get(url).content.decode()
    assert "Depuis douze mois" in page
    assert "12 passages" in page
    month = f"{MOIS[made.fin.month - 1]} {made.fin.year}"
    assert (f"1 en {month}" in page, f">{month}</td>" in page) == (True, True)
    assert "/espace/vallon/activite/?action=O01-A01" in page
    assert client.get("/espace/vallon/activite/?action=O01-A01").content.decode().count("Atelier") >= 1


def test_the_page_of_a_body_shows_what_it_does_and_not_what_others_may_not_read(
    as_: As, vallon: EspaceDeContrat, people: dict[str, Personne]
) -> None:
    kinds(vallon, VEILLE)
    by = acces_of(people["equipe"])
    today = horloge.today(vallon)
    of = fiche(vallon)
    watched = entree(by, vallon, None, nature="veille", le=today, valeurs={("faits", ""): 3})
    watched.fiches.add(of)
    assert "1\u00a0séance" in as_("equipe").get(f"/espace/vallon/organismes/{body('ccas').pk}/").content.decode()
    assert "1\u00a0séance" in as_("equipe").get("/espace/vallon/actions/O01-A01/").content.decode()
    page = as_("partenaire").get("/espace/vallon/actions/O01-A01/").content.decode()
    assert "Rien n’est inscrit depuis douze mois." in page


def test_the_page_of_a_place_shows_what_is_done_there_and_what_comes_back(
    as_: As, vallon: EspaceDeContrat, people: dict[str, Personne]
) -> None:
    kinds(vallon, VEILLE)
    place = Lieu.objects.create(espace=vallon, code="L01", ordre=1, nom="Maison des habitants")
    by, today = acces_of(people["equipe"]), horloge.today(vallon)
    entree(by, vallon, le=today, lieu=place)
    entree(by, vallon, None, nature="veille", le=today, lieu=place, valeurs={("faits", ""): 3})
    times = {"jours": "1", "debut": time(14), "fin": time(17), "du": today, "organisme": body("ccas"), "lieu": place}
    create_serie(by=by, espace=vallon, nature="atelier", values=times)
    for who, told in (("equipe", "2\u00a0entrées"), ("partenaire", "1\u00a0entrée")):
        assert told in as_(who).get("/espace/vallon/activite/lieux/").content.decode()
    page = as_("partenaire").get("/espace/vallon/activite/lieux/L01/").content.decode()
    assert "12 passages" in page
    assert "tous les mardis" in page
    assert "/espace/vallon/activite/?lieu=L01" in page
    assert "/espace/vallon/activite/lieux/L01/" in as_("lecture").get("/espace/vallon/activite/1/").content.decode()
    assert as_("lecture").get("/espace/vallon/activite/lieux/L99/").status_code == 404
