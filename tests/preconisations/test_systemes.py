"""The systems of the contract that préconisations serve: whoever runs them does her part on the fictitious contract.

`docs/couverture.md` leads here.
"""

import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from tenir.acteurs.models import Organisation, Personne
from tenir.activite.services.natures import load_natures
from tenir.contrat.chargement import load_contract
from tenir.fiches.models import FicheAction
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.roles import Role
from tenir.preconisations.models import Preconisation
from tests.formulaires import Lectrice, fill
from tests.lettres import leave
from tests.partage import shared
from tests.personnes import member, person, referent

ROOT = Path(__file__).parents[2]
SLUG = "virelande-fictif-2024-2030"
BODY = "songe-agglo"


@pytest.fixture(scope="module")
def _made(django_db_setup: None, django_db_blocker) -> Iterator[tuple[EspaceDeContrat, Personne]]:
    def make() -> tuple[EspaceDeContrat, Personne]:
        espace = load_contract((ROOT / f"contrats/fictif/{SLUG}.yaml").read_text(), commande="tests").espace
        load_natures(espace, (ROOT / f"contrats/natures/{SLUG}.yaml").read_text(), commande="tests")
        EspaceDeContrat.objects.filter(pk=espace.pk).update(etat="publie")
        referent(person("Nina Fictive", signs_in=False), espace, of=BODY)
        return espace, member("Basile Fictif", Role.EQUIPE, espace)

    with shared(django_db_blocker, make) as made:
        yield made


@pytest.fixture
def espace(_made: tuple[EspaceDeContrat, Personne], db: None) -> EspaceDeContrat:
    return deepcopy(_made[0])


@pytest.fixture
def hers(_made: tuple[EspaceDeContrat, Personne], db: None) -> Client:
    """The browser of the team."""
    client = Lectrice()
    client.force_login(_made[1].utilisateur)
    return client


def noted(client: Client, **given: object) -> Preconisation:
    body = Organisation.objects.get(identifiant=BODY)
    url = reverse("preconisation-nouvelle", args=[SLUG])
    assert fill(client, url, organisme=body.pk, **given).status_code == 302
    return Preconisation.objects.latest("pk")


def read(client: Client, name: str, *args: object) -> str:
    answer = client.get(reverse(name, args=[SLUG, *args]))
    assert answer.status_code == 200
    return answer.content.decode().replace("\xa0", " ").replace("\u202f", " ")


def test_sy10_each_preconisation_of_the_council_is_logged_answered_with_a_reason_and_counted(
    hers: Client, espace: EspaceDeContrat
) -> None:
    action = FicheAction.objects.of(espace).first()
    found = noted(hers, texte="Ouvrir la salle un soir par semaine.", origine="conseil", fiche=action.pk)
    leave(days=1)
    link = re.search(r"/reponse/\S+", mail.outbox[-1].body)
    body = Lectrice()
    sent = fill(body, link[0], reponse="en-partie", raison="Un soir sur deux pour commencer.")
    assert sent.status_code == 302
    shown = read(Client(), "preconisation-publique", found.numero)
    for words in ("suivie en partie", "Un soir sur deux pour commencer.", action.code):
        assert words in shown
    assert "100 %" in read(hers, "suivi-indicateur", "I16")
    assert "Contrat fictif" in shown or "fictif" in shown


def test_sy36_what_a_walk_asks_is_followed_place_by_place(hers: Client, espace: EspaceDeContrat) -> None:
    noted(hers, texte="Éclairer le passage.", origine="marche", lieu="Passage de l’école")
    noted(hers, texte="Ouvrir la salle.", origine="conseil")
    url = reverse("preconisations-export", args=[SLUG, "csv"])
    rows = hers.get(url, {"origine": "marche"}).content.decode()
    assert "Passage de l’école" in rows
    assert "Ouvrir la salle" not in rows
