"""A register that the team alone reads: nowhere for anyone else, in no file, and reduced to its totals in time."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from tenir.acteurs.models import Personne
from tenir.activite.models import Carnet, Cumul, Entree, Objet
from tenir.activite.services.cumuls import differences
from tenir.activite.services.objets import Point
from tenir.activite.services.par_carnet import undoable
from tenir.activite.services.reduction import REDUIT, reduce_old_lines
from tenir.activite.services.registres_par_carnet import add_thing, things_of
from tenir.core import horloge
from tenir.core.models import EntreeDeTrace
from tenir.core.tenue import differences as untold
from tenir.core.trace import breaks
from tenir.core.typographie import typo
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, acces_of
from tests.activite.carnets import carnet
from tests.activite.registre import kinds
from tests.activite.registres import PAQTE, RUE, objet, point

As = Callable[[str], Client]
NOW = datetime(2026, 9, 15, 2, 20, tzinfo=timezone.get_default_timezone())
SECTEUR = "Allée des Charmes"


@pytest.fixture
def team(people: dict[str, Personne]) -> Acces:
    return acces_of(people["equipe"])


@pytest.mark.django_db
def test_nobody_else_finds_it_and_nothing_of_it_leaves(as_: As, vallon: EspaceDeContrat, team: Acces) -> None:
    kinds(vallon, RUE)
    made = objet(team, vallon, SECTEUR, nature="fait", attributs={"genre": "bruit"})
    numero = made.entrees.get().numero
    pages = [f"/espace/vallon/registres/{end}" for end in ("", "fait/")]
    lines = [f"/espace/vallon/objets/{made.numero}/", f"/espace/vallon/activite/{numero}/"]
    for role in ("lecture", "partenaire"):
        client = as_(role)
        assert "Faits de rue" not in client.get(pages[0]).content.decode()
        assert [client.get(url).status_code for url in (pages[1], *lines)] == [404] * 3
        assert SECTEUR not in client.get("/espace/vallon/").content.decode()
    mine = as_("equipe")
    assert [SECTEUR in mine.get(url).content.decode() for url in (pages[1], *lines)] == [True] * 3
    assert mine.get("/espace/vallon/registres/fait.csv").status_code == 404
    assert "Fait de rue" not in mine.get("/espace/vallon/activite.csv").content.decode()


@pytest.mark.django_db
def test_no_file_of_a_register_holds_what_is_of_the_team_under_it(
    as_: As, vallon: EspaceDeContrat, team: Acces
) -> None:
    kinds(vallon, PAQTE)
    assert as_("equipe").get("/espace/vallon/registres/engagement.csv").status_code == 200
    kinds(vallon, "nature: secret\nest: engagement\nlibelle: Promesse tue\nvisible: équipe\n")
    objet(team, vallon, SECTEUR, nature="secret")
    assert as_("equipe").get("/espace/vallon/registres/engagement.csv").status_code == 404
    assert SECTEUR in as_("equipe").get("/espace/vallon/registres/engagement/").content.decode()
    assert SECTEUR not in as_("partenaire").get("/espace/vallon/registres/engagement/").content.decode()


@pytest.mark.django_db
def test_it_comes_by_a_carnet_that_names_it_and_is_never_shown_there(vallon: EspaceDeContrat, team: Acces) -> None:
    kinds(vallon, RUE, PAQTE)
    any_register = carnet(team, vallon)
    with pytest.raises(ValidationError, match="ne sert pas à cela"):
        _noted(any_register)
    named = carnet(team, vallon, name="Nour Veille", natures=["fait"])
    made = _noted(named)
    assert (made.libelle, made.niveau) == (SECTEUR, 2)
    assert things_of(named, []) == []
    assert undoable(named) == []


def _noted(mine: Carnet) -> Objet:
    today = horloge.today(mine.espace)
    given = {"libelle": SECTEUR, "lieu": None, "autre_lieu": ""}
    return add_thing(mine, nature="fait", values=given, attributs={"genre": "bruit"}, point=Point(today), cle="un")


@pytest.mark.deux_bases
def test_its_lines_are_reduced_to_totals_and_the_trace_stays_whole(vallon: EspaceDeContrat, equipe: Acces) -> None:
    kinds(vallon, RUE, PAQTE)
    old = objet(equipe, vallon, SECTEUR, nature="fait", le=date(2024, 1, 10), attributs={"genre": "bruit"})
    point(equipe, old, "clos", le=date(2024, 2, 20))
    objet(equipe, vallon, "Rue du Moulin", nature="fait", le=date(2026, 3, 12))
    pledge = objet(equipe, vallon, "Scierie", le=date(2024, 1, 10))
    assert reduce_old_lines(NOW) == "aucune ligne réduite aux totaux.", "written today"
    Entree.objects.update(inscrite_le=NOW.replace(year=2024))
    before = sorted(Cumul.objects.values_list("nature", "mois", "nombre"))
    assert reduce_old_lines(NOW) == "1\u00a0ligne réduite aux totaux."
    old.refresh_from_db()
    assert (old.libelle, old.attributs, old.reduit_le) == (REDUIT, {}, horloge.today(vallon))
    assert list(old.entrees.order_by("fin").values_list("fin", "etat")) == [
        (date(2024, 1, 1), "signale"),
        (date(2024, 2, 1), "clos"),
    ]
    told = "".join(f"{one.avant}{one.apres}" for one in EntreeDeTrace.objects.all())
    assert (SECTEUR in told, "Rue du Moulin" in told, "20\u00a0février" in told) == (False, True, False)
    assert sorted(Cumul.objects.values_list("nature", "mois", "nombre")) == before
    assert (list(differences(vallon)), list(breaks()), list(untold())) == ([], [], [])
    assert pledge in Objet.objects.up_to(2)
    assert old not in Objet.objects.up_to(2)
    assert reduce_old_lines(NOW) == "aucune ligne réduite aux totaux."
    assert Entree.objects.count() == 4


@pytest.mark.django_db
def test_the_list_says_what_its_files_do_not_hold(as_: As, vallon: EspaceDeContrat, team: Acces) -> None:
    kinds(vallon, RUE)
    assert "n’y est pas" not in as_("equipe").get("/espace/vallon/activite/").content.decode()
    objet(team, vallon, SECTEUR, nature="fait", attributs={"genre": "bruit"})
    told = typo("1\u00a0entrée n’y est pas : l’équipe seule la lit.")
    assert told in as_("equipe").get("/espace/vallon/activite/").content.decode()
    assert "n’y est pas" not in as_("lecture").get("/espace/vallon/activite/").content.decode()
