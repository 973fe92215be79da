"""What the room changes in a library when it starts."""

import inspect

import django_tables2 as tables
import pytest
from django_tables2.utils import signature

from tenir.core.listes import Liste


class Personnes(Liste):
    nom = tables.Column()
    age = tables.Column()

    def render_nom(self, value: str, record: dict[str, object]) -> str:
        return f"{value} ({record['age']} ans)"

    def value_age(self, **given: object) -> str:
        return f"{given['value']} ans"


def rows(count: int) -> list[list[str]]:
    return list(Personnes([{"nom": f"Personne {rank}", "age": rank + 1} for rank in range(count)]).as_values())


def test_a_list_gives_each_method_the_arguments_it_asks_for() -> None:
    assert rows(2) == [["Nom", "Age"], ["Personne 0 (1 ans)", "1 ans"], ["Personne 1 (2 ans)", "2 ans"]]


def test_a_list_does_not_inspect_its_methods_again_for_each_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    rows(1)
    inspected: list[object] = []
    monkeypatch.setattr(inspect, "signature", lambda function, **options: inspected.append(function))
    rows(30)
    assert inspected == []


def test_functions_and_methods_are_told_apart() -> None:
    assert signature(rows) == (("count",), None)
    assert signature(Personnes.render_nom) == (("self", "value", "record"), None)
    assert signature(Personnes([]).render_nom) == (("value", "record"), None)
    assert signature(Personnes([]).value_age) == ((), "given")
