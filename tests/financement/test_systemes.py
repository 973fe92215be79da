"""The systems of the contract that are about money: whoever needs them does her part on the fictitious contract.

`docs/couverture.md` leads here.
"""

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tenir.acteurs.models import Personne
from tenir.contrat.chargement import load_contract
from tenir.core import horloge
from tenir.fiches.models import FicheAction
from tenir.financement.ecrans.commun import funders_of
from tenir.financement.models import LigneDeFinancement
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.roles import Role
from tests.formulaires import Lectrice, send
from tests.partage import shared
from tests.personnes import member

FICTIF = Path(__file__).parents[2] / "contrats/fictif/virelande-fictif-2024-2030.yaml"
Made = tuple[EspaceDeContrat, Personne]


@pytest.fixture(scope="module")
def _made(django_db_setup: None, django_db_blocker) -> Iterator[Made]:
    def make() -> Made:
        espace = load_contract(FICTIF.read_text(), commande="tests").espace
        return espace, member("Basile Fictif", Role.EQUIPE, espace)

    with shared(django_db_blocker, make) as made:
        yield made


@pytest.fixture
def espace(_made: Made, db: None) -> EspaceDeContrat:
    return deepcopy(_made[0])


@pytest.fixture
def hers(_made: Made, db: None) -> Client:
    """The browser of the team."""
    client = Lectrice()
    client.force_login(_made[1].utilisateur)
    return client


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def write(client: Client, espace: EspaceDeContrat, etat: str, montant: str, **more: str) -> FicheAction:
    """A line of an action, opened through its page as the team does."""
    fiche = FicheAction.objects.of(espace)[0]
    url = reverse("financement-nouveau", args=[espace.slug])
    typed = {
        "registre": "specifique", "quoi": fiche.code, "financeur": funders_of(espace)[0].pk, "annee": "2026",
        "etat": etat, "montant": montant, "le": horloge.today().isoformat(), "source": "Délibération fictive", **more,
    }  # fmt: skip
    assert send(client, url, client.get(url), **typed).status_code == 302
    return fiche


def test_sy03_the_team_sees_the_empty_lines_first_and_follows_what_is_asked_granted_and_paid(
    espace: EspaceDeContrat, hers: Client
) -> None:
    ledger = reverse("financements", args=[espace.slug])
    shown = text(hers, ledger)
    assert "sans rien derrière" in shown
    printed = LigneDeFinancement.objects.of(espace).filter(imprimee__isnull=False)
    empty = printed.filter(imprimee__vide=True)
    assert empty.exists()
    assert shown.index("annoncé, vide") < shown.index(f"{printed.exclude(pk__in=empty)[0].code}<")
    write(hers, espace, "demande", "5 000")
    made = LigneDeFinancement.objects.get(espace=espace, imprimee=None)
    url = reverse("financement-dire", args=[espace.slug, made.code])
    for etat, montant in (("vote", "4 000"), ("verse", "1 500,50")):
        row = {"etat": etat, "montant": montant, "source": "Délibération fictive"}
        assert send(hers, url, hers.get(url), **row).status_code == 302
    page = text(hers, reverse("financement", args=[espace.slug, made.code]))
    assert all(amount in page for amount in ("5\u202f000\u00a0€", "4\u202f000\u00a0€", "1\u202f500,50\u00a0€"))
    table = text(hers, f"{reverse('financement-tableau', args=[espace.slug])}?annee=2026")
    assert made.objet.split("«")[0].strip() in table
    assert "4\u202f000" in table


def test_sy07_the_page_of_an_action_says_who_pays_for_it_and_where_its_money_stands(
    espace: EspaceDeContrat, hers: Client
) -> None:
    fiche = write(hers, espace, "vote", "4 000")
    page = text(hers, reverse("fiche", args=[espace.slug, fiche.code]))
    assert "Qui finance" in page
    assert "4\u202f000\u00a0€" in page


def test_the_public_reads_what_is_printed_then_what_the_team_opens(espace: EspaceDeContrat, hers: Client) -> None:
    write(hers, espace, "vote", "4 321")
    EspaceDeContrat.objects.filter(pk=espace.pk).update(etat="publie")
    url = reverse("argent-du-contrat", args=[espace.slug])
    closed, file = text(Client(), url), reverse("argent-du-contrat-export", args=[espace.slug, "csv"])
    assert "Non publié" in closed
    assert "4\u202f321" not in closed
    assert "4321" not in Client().get(file).content.decode()
    EspaceDeContrat.objects.filter(pk=espace.pk).update(publie_financements=True)
    opened = text(Client(), url)
    assert "4\u202f321\u00a0€ votés" in opened
    assert "4321,00" in Client().get(file).content.decode()
