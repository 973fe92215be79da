"""The sparkline of an indicator: its readings, where they go, and the same in words."""

from datetime import date
from decimal import Decimal
from unicodedata import normalize

from lxml import etree

from tenir.habilitations.models import EspaceDeContrat
from tenir.indicateurs.ecrans.etincelle import sparkline
from tenir.indicateurs.ecrans.liste import rows
from tenir.indicateurs.models import CibleDIndicateur, ReleveDIndicateur, SuiviDIndicateur
from tests.vie import indicateur


def reading(of: SuiviDIndicateur, year: int, value: str, **more: object) -> None:
    period = {"debut": date(year, 1, 1), "fin": date(year, 12, 31)}
    ReleveDIndicateur.objects.create(suivi=of, valeur=Decimal(value), source="Insee", **period, **more)


def drawn(espace: EspaceDeContrat) -> str:
    return normalize("NFKC", str(sparkline(rows(espace).get())))


def test_readings_and_target_are_drawn_and_told(vallon: EspaceDeContrat) -> None:
    of = indicateur(vallon)
    reading(of, 2024, "12")
    reading(of, 2025, "19")
    CibleDIndicateur.objects.create(suivi=of, le=date(2027, 12, 31), valeur=Decimal(30))
    root = etree.fromstring(drawn(vallon))
    assert (
        root[0].text == "2 relevés, de 12 le 31 décembre 2024 à 19 le 31 décembre 2025 ; cible 30 le 31 décembre 2027"
    )
    assert [one.get("class") for one in root[1:]] == ["sol", "trait", "releve", "cible"]


def test_one_reading_is_a_dot_and_no_target_is_said(vallon: EspaceDeContrat) -> None:
    reading(indicateur(vallon), 2025, "-4")
    root = etree.fromstring(drawn(vallon))
    assert root[0].text == "1 relevé : −4 le 31 décembre 2025 ; aucune cible"
    assert [one.get("class") for one in root[1:]] == ["sol", "releve"]


def test_nothing_is_drawn_without_a_reading_of_everyone(vallon: EspaceDeContrat) -> None:
    of = indicateur(vallon)
    assert "<svg" not in drawn(vallon)
    reading(of, 2025, "4", ventilation="femmes")
    assert "relevé par part" in drawn(vallon)
