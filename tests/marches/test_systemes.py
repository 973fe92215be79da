"""SY36: the council of residents walks, on the fictitious contract, and the next walk compares.

`docs/couverture.md` leads here.
"""

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tenir.acteurs.models import Organisation, Personne
from tenir.contrat.chargement import load_contract
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.roles import Role
from tenir.marches.models import Arret, Marche
from tests.formulaires import Lectrice, fill
from tests.marches.marches import telephone
from tests.partage import shared
from tests.personnes import body, member

ROOT = Path(__file__).parents[2]
SLUG = "virelande-fictif-2024-2030"


@pytest.fixture(scope="module")
def _made(django_db_setup: None, django_db_blocker) -> Iterator[tuple[EspaceDeContrat, Personne, Personne]]:
    def make() -> tuple[EspaceDeContrat, Personne, Personne]:
        espace = load_contract((ROOT / f"contrats/fictif/{SLUG}.yaml").read_text(), commande="tests").espace
        EspaceDeContrat.objects.filter(pk=espace.pk).update(etat="publie")
        body("conseil")
        Organisation.objects.filter(identifiant="conseil").update(nature="conseil citoyen")
        hers = member("Ida Fictive", Role.PARTENAIRE, espace, of="conseil")
        return espace, hers, member("Basile Fictif", Role.EQUIPE, espace)

    with shared(django_db_blocker, make) as made:
        yield made


@pytest.fixture
def browsers(_made: tuple[EspaceDeContrat, Personne, Personne], db: None) -> tuple[Client, Client]:
    """The browser of someone of the council, and that of the team."""
    found = []
    for personne in deepcopy(_made)[1:]:
        client = Lectrice()
        client.force_login(personne.utilisateur)
        found.append(client)
    return found[0], found[1]


def at(name: str, *args: object) -> str:
    return reverse(name, args=[SLUG, *args])


def read(client: Client, name: str, *args: object) -> str:
    answer = client.get(at(name, *args))
    assert answer.status_code == 200
    return answer.content.decode().replace("\xa0", " ").replace("\u202f", " ")


def test_sy36_the_council_notes_a_walk_and_the_next_one_compares(browsers: tuple[Client, Client]) -> None:
    hers, team = browsers
    council = Organisation.objects.get(identifiant="conseil").pk
    assert fill(hers, at("marche-nouvelle"), titre="Autour de l’école", conduite_par=council).status_code == 302
    walk = Marche.objects.get()
    seen = {"lieu": "Passage", "categorie": "eclairage", "urgence": "3", "constat": "Il y fait noir."}
    assert fill(hers, at("arret-nouveau", walk.numero), **seen, fichier=telephone()).status_code == 302
    assert "un danger à lever" in read(hers, "marche", walk.numero)

    stop = Arret.objects.get()
    assert hers.get(at("marche-publier", walk.numero)).status_code == 403
    assert fill(team, at("marche-publier", walk.numero), photos=[stop.pk]).status_code == 302
    public = read(Client(), "marche-publique", walk.numero)
    for words in ("Il y fait noir.", "<img", "fictif"):
        assert words in public

    again = at("marche-nouvelle") + f"?suite={walk.numero}"
    assert fill(hers, again).status_code == 302
    after = Marche.objects.get(suite_de=walk)
    seen_again = Arret.objects.get(marche=after)
    assert fill(hers, at("arret-modifier", after.numero, seen_again.pk), evolution="regle").status_code == 302
    compared = read(hers, "marche", after.numero)
    assert "1 réglé" in compared
    assert "Il y fait noir." in compared
    rows = hers.get(at("marches-export", "csv")).content.decode()
    assert rows.count("Passage") == 1
    assert "fictif" in rows
