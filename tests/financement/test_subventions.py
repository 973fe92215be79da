"""A file of subsidies beside the ledger: each difference shown, what is not plausible disputed, never swallowed."""

from collections.abc import Iterator
from copy import deepcopy
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tenir.acteurs.identifiants import siret_is_right
from tenir.core.tableur import read_file
from tenir.core.tableur.colonnes import read_rows
from tenir.financement.models import MouvementDeFinancement, RapprochementDeSubventions
from tenir.financement.services.tableau import envelope_of, say_envelope
from tenir.financement.subventions import COLONNES, REQUIRED, Lecture, Rapprochement, compare, sift
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.roles import Role
from tests.financement.argent import line
from tests.formulaires import Lectrice, send
from tests.partage import shared
from tests.personnes import acces, body, contract

pytestmark = pytest.mark.deux_bases
Made = tuple[EspaceDeContrat, Acces]
HEAD = "nomAttribuant,idAttribuant,dateConvention,nomBeneficiaire,idBeneficiaire,objet,montant,pourcentageSubvention"
RIGHT = "35600000049837"  # an establishment of La Poste, whose key is another


@pytest.fixture(scope="module")
def _made(django_db_setup: None, django_db_blocker) -> Iterator[Made]:
    def make() -> Made:
        espace = contract("vallon", etat="signe")
        team = acces("Basile Pivot", Role.EQUIPE, espace)
        line(team, espace, "O01-A01", "ccas", montant="4000")
        line(team, espace, "O01-A02", "ccas", montant="1500.50")
        envelope = envelope_of(espace, 2026, body("ccas"))
        say_envelope(by=team, enveloppe=envelope, version=0, changes={"montant": Decimal(9000)})
        return espace, team

    with shared(django_db_blocker, make) as made:
        yield made


@pytest.fixture
def made(_made: Made, db: None) -> Made:
    return deepcopy(_made)


def compared(made: Made, *rows: str) -> Rapprochement:
    """What a file comes to."""
    content = "\n".join((HEAD, *rows)).encode()
    lecture = Lecture(made[0])
    return compare(sift(read_rows(read_file("scdl.csv", content), COLONNES, REQUIRED).rangs, lecture), lecture)


def row(montant: str, objet: str = "Contrat de ville, O01-A01", date: str = "2026-03-12", **more: str) -> str:
    given: dict[str, Any] = {"qui": "CCAS", "siret": RIGHT, "nom": "Association fictive", "a": RIGHT, "part": "1"}
    given |= more
    return f'{given["qui"]},{given["siret"]},{date},{given["nom"]},{given["a"]},"{objet}",{montant},{given["part"]}'


def test_what_agrees_is_counted_and_each_difference_is_shown(made: Made) -> None:
    rows = (row("4000.00"), row("1200", "Contrat de ville, O01-A02"), row("700", "Contrat de ville, autre"))
    found = compared(made, *rows)
    assert (found.lues, found.accords, found.ailleurs) == (3, 1, 0)
    assert [(one.fichier, one.registre) for one in found.differences] == [
        ("1\u202f200\u00a0€", "1\u202f500,50\u00a0€"),
        ("700\u00a0€", "rien"),
    ]
    assert found.totaux == [("CCAS", 2026, Decimal(5900), Decimal("5500.50"))]


def test_what_the_ledger_says_voted_and_the_file_does_not_is_shown_too(made: Made) -> None:
    found = compared(made, row("4000"))
    assert [(one.fichier, one.registre) for one in found.differences] == [("rien", "1\u202f500,50\u00a0€")]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (row("0"), "nul ou négatif"),
        (row("-40"), "nul ou négatif"),
        (row("12.000"), "illisible"),
        (row("4e3"), "illisible"),
        (row("90000"), "dépasse l’enveloppe"),
        (row("4000", date="2010-03-12"), "hors du contrat"),
        (row("4000", date="n.c."), "sans date"),
        (row("4000", siret="12345678901234"), "SIRET de l’attribuant faux"),
        (row("4000", part="80"), "part hors de"),
    ],
)
def test_what_is_not_plausible_is_disputed_and_in_no_total(made: Made, given: str, why: str) -> None:
    found = compared(made, given)
    (doubted,) = found.douteuses
    assert why in " ".join(doubted.doutes).replace("\u00a0", " ")
    assert not found.accords
    assert all(not given_ for _, _, given_, _ in found.totaux)


def test_a_row_repeated_is_counted_once(made: Made) -> None:
    found = compared(made, row("4000"), row("4000"))
    assert (found.accords, [one.doutes for one in found.douteuses]) == (1, [("la même que la ligne 2",)])
    assert [given for _, _, given, _ in found.totaux] == [Decimal(4000)]


def test_what_says_nothing_of_this_contract_is_counted_apart(made: Made) -> None:
    found = compared(made, row("300", "Fête du village"))
    assert (found.ailleurs, found.totaux) == (1, [])


def test_a_key_is_that_of_luhn_or_of_la_poste() -> None:
    assert siret_is_right(RIGHT)
    assert siret_is_right("73282932000074")
    assert not siret_is_right("73282932000075")
    assert not siret_is_right("3560000004983")


def test_the_page_compares_and_writes_nothing(made: Made) -> None:
    espace, team = made
    client = Lectrice()
    client.force_login(team.personne.utilisateur)
    url, before = reverse("financements-comparer", args=[espace.slug]), MouvementDeFinancement.objects.count()
    file = SimpleUploadedFile("scdl.csv", "\n".join((HEAD, row("1200"))).encode(), "text/csv")
    answer = send(client, url, client.get(url), fichier=file)
    kept = RapprochementDeSubventions.objects.get()
    assert answer.url == reverse("financement-rapprochement", args=[espace.slug, kept.numero])
    assert "1\u202f200\u00a0€" in client.get(answer.url).content.decode()
    assert MouvementDeFinancement.objects.count() == before
