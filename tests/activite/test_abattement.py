"""SY35: the property tax abated, against what is done for it, by landlord, quarter and year; nothing more is typed."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from tenir.acteurs.models import Personne
from tenir.activite.abattement import NATURE, balances, by_landlord, by_quarter
from tenir.activite.catalogue import catalogue_of
from tenir.activite.models import Objet
from tenir.activite.services.objets import Point, Porte, note_objet
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, acces_of
from tests.activite.registres import objet
from tests.activite.test_systemes import SLUG, _made, people
from tests.pages import html_of

__all__ = ["_made", "people"]
pytestmark = pytest.mark.base


def said(by: Acces, thing: Objet, day: date, **amounts: int | dict[str, int]) -> None:
    """What a residence says of a year."""
    numbers = {}
    for code, value in amounts.items():
        split = value.items() if isinstance(value, dict) else [("", value)]
        numbers |= {(code, f"choix:{axe}" if axe else ""): Decimal(one) for axe, one in split}
    note_objet(by=by, objet=thing, point=Point(day, "", numbers), porte=Porte(exact=True))


def residence(by: Acces, espace: EspaceDeContrat, name: str, of: str, **attributs: str) -> Objet:
    return objet(by, espace, name, nature=NATURE, of=of, attributs=attributs)


@pytest.fixture
def made(people: dict[str, Personne]) -> tuple[EspaceDeContrat, Acces]:
    """Three residences of two landlords: one whole, one that spent without a planned axis, one that says half."""
    espace = EspaceDeContrat.objects.get(slug=SLUG)
    by, day = acces_of(people["equipe"]), date(2026, 2, 3)
    tilleul = residence(by, espace, "Le Tilleul", "ccas", quartier="Le Bourg", preuve="Factures")
    said(by, tilleul, day, abattement=10_000, programme={"dechets": 4_000, "travaux": 7_000})
    said(by, tilleul, date(2026, 5, 3), axes={"dechets": 5_000})
    said(by, tilleul, date(2025, 5, 3), abattement=8_000, depenses=9_000)
    erable = residence(by, espace, "L’Érable", "ccas", quartier="Le Bourg")
    said(by, erable, day, abattement=2_000, depenses=3_000)
    said(by, residence(by, espace, "Le Saule", "caf"), day, abattement=1_000)
    return espace, by


def test_sy35_the_yearly_balance_by_landlord_quarter_and_year(made: tuple[EspaceDeContrat, Acces]) -> None:
    espace, _ = made
    found = balances(catalogue_of(espace)[NATURE], Objet.objects.of(espace).select_related("organisme"))
    told = {(one.libelle, one.annee): (one.abattement, one.programme, one.depenses, one.ecart) for one in found}
    assert told == {
        ("Le Tilleul", 2026): (10_000, 11_000, 5_000, -5_000),
        ("Le Tilleul", 2025): (8_000, None, 9_000, 1_000),
        ("L’Érable", 2026): (2_000, None, 3_000, 1_000),
        ("Le Saule", 2026): (1_000, None, None, None),
    }
    whole = {(one.annee, len(rows)): (one.abattement, one.depenses, one.ecart) for one, rows in by_landlord(found)}
    assert whole == {
        (2026, 2): (12_000, 8_000, -4_000),
        (2026, 1): (1_000, None, None),
        (2025, 1): (8_000, 9_000, 1_000),
    }
    assert [(one.quartier, one.annee, one.ecart) for one in by_quarter(found)] == [
        ("Le Bourg", 2026, -4_000), ("Le Bourg", 2025, 1_000)
    ]  # fmt: skip
    lacks = {one.libelle: one.manque for one in found if one.annee == 2026}
    assert "petits travaux" in lacks["Le Tilleul"]
    assert "déchets" not in lacks["Le Tilleul"]
    assert "prouve" in lacks["L’Érable"]


def test_who_reads_the_register_reads_its_balance_and_takes_it(
    made: tuple[EspaceDeContrat, Acces], people: dict[str, Personne]
) -> None:
    espace, _ = made
    client = Client()
    client.force_login(people["partenaire"].utilisateur)
    text = " ".join(html_of(client.get(reverse("abattement-bilan", args=[espace.slug]))).split())
    assert "−5 000 €" in text.replace("\u202f", " ").replace("\xa0", " ")
    assert "non dit" in text
    rows = client.get(reverse("abattement-bilan-fichier", args=[espace.slug, "csv"])).content.decode().splitlines()
    assert len(rows) == 5
    assert any("Le Saule;1000" in one and ";;" in one for one in rows)
