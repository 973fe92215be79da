"""Any contract that the models allow survives file → database → file, and the tables are made again the same."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction
from hypothesis import given

from tenir.contrat.chargement import export_contract, load_contract, rebuild_projection
from tenir.contrat.models import ElementSigne
from tenir.engagements.models import SuiviDEngagement
from tenir.fiches.models import FicheAction
from tenir.fichier import canonique
from tenir.fichier.document import read_document
from tenir.fichier.modeles import ContratDeVille, Donnee
from tenir.financement.models import LigneDeFinancement
from tenir.gouvernance.models import InstanceSuivie
from tenir.habilitations.models import EspaceDeContrat
from tenir.indicateurs.models import SuiviDIndicateur
from tests.exemples import SHARED, few
from tests.fabriques import BREF, charger, contrats, correction, document, edited

pytestmark = [pytest.mark.django_db, pytest.mark.deux_bases]

ROOT = Path(__file__).parents[2]
KEPT_BY_THE_LOADER = {"chargement", "versionducontrat", "documentsigne"}
PROJECTED = [
    model for model in apps.get_app_config("contrat").get_models(include_auto_created=True)
    if model._meta.model_name not in KEPT_BY_THE_LOADER
]  # fmt: skip
ITEMS = [model for model in PROJECTED if issubclass(model, ElementSigne)]


@contextmanager
def undone() -> Iterator[None]:
    """A transaction that leaves nothing: one for each example."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def rows(model: type[models.Model], *, keys: bool) -> list[Any]:
    """The rows of a table; without keys, those that are made anew compare by what they say."""
    names = [f.attname for f in model._meta.concrete_fields if keys or not f.primary_key]
    return sorted(map(repr, model._default_manager.values_list(*names)))


@few(8, SHARED)
@given(contrats())
def test_any_contract_survives_the_database(contrat: ContratDeVille) -> None:
    text = canonique.dump(contrat)
    with undone():
        bilan = load_contract(text, commande="tests")
        assert export_contract(contrat.slug) == text
        assert sorted(bilan.crees) == sorted(contrat.items)
        kept = {row.code: row for model in ITEMS for row in model._default_manager.of(bilan.espace)}
        assert set(kept) == set(contrat.items)
        for code, item in contrat.items.items():
            if isinstance(item, Donnee):
                assert kept[code].valeur == item.valeur
                assert kept[code].valeur_max == item.valeur_max
        before = {model: rows(model, keys=False) for model in PROJECTED}
        rebuild_projection(bilan.espace)
        assert {model: rows(model, keys=False) for model in PROJECTED} == before


@few(3, SHARED)
@given(contrats(), contrats())
def test_any_draft_may_become_any_other(one: ContratDeVille, other: ContratDeVille) -> None:
    unsigned = {"identite": one.identite.model_copy(update={"signature": None})}
    second = other.model_copy(update={"slug": one.slug})
    with undone():
        load_contract(canonique.dump(one.model_copy(update=unsigned)), commande="tests")
        bilan = load_contract(canonique.dump(second), commande="tests")
        assert export_contract(one.slug) == canonique.dump(second)
        in_force = {row.code for model in ITEMS for row in model._default_manager.of(bilan.espace)}
        assert in_force == set(second.items)


@pytest.mark.parametrize("value", ["0", "-12.5", "332.9", "0.0001", "99999999999.9999", "-99999999999.9999"])
def test_a_figure_is_kept_to_the_last_digit(value: str) -> None:
    charger(edited(BREF, ("valeur: 12.50", f"valeur: {value}")))
    row = EspaceDeContrat.objects.get()
    (kept,) = [one for model in ITEMS for one in model._default_manager.of(row) if one.code == "O01-D02"]
    assert kept.valeur == Decimal(value)


@pytest.fixture
def fictif() -> EspaceDeContrat:
    """The fictitious contract with its document."""
    path = ROOT / "contrats" / "fictif" / "virelande-fictif-2024-2030.yaml"
    spans = canonique.load(path.read_text("utf-8")).spans_of_names
    signed = read_document(path.with_suffix(".txt").read_bytes(), spans)
    return load_contract(path.read_text("utf-8"), commande="tests", document=signed).espace


def test_the_projection_made_again_has_the_same_rows_and_keys(fictif: EspaceDeContrat) -> None:
    kept = {model: rows(model, keys=True) for model in ITEMS}
    others = {model: rows(model, keys=False) for model in PROJECTED}
    rebuild_projection(fictif)
    assert {model: rows(model, keys=True) for model in ITEMS} == kept
    assert {model: rows(model, keys=False) for model in PROJECTED} == others


def drop(tables: list[type[models.Model]]) -> None:
    """Empty tables that protect one another: what holds another goes last."""
    for model in tables:
        for column in (f for f in model._meta.concrete_fields if f.related_model is model):
            model._default_manager.update(**{column.name: None})
    for _ in tables:
        for model in tables:
            with suppress(models.ProtectedError), transaction.atomic():
                model._default_manager.all().delete()


def test_the_projection_dropped_is_made_again_from_the_version(fictif: EspaceDeContrat) -> None:
    before = {model: rows(model, keys=False) for model in PROJECTED if model not in ITEMS}
    said = {
        model: sorted(model._default_manager.values_list("code", "ordre", "source", "mots", "retire"))
        for model in ITEMS
    }
    for life in (
        LigneDeFinancement,
        InstanceSuivie,
        SuiviDEngagement,
        SuiviDIndicateur,
        FicheAction,
    ):  # it holds the rows: nothing else drops them
        life.objects.all().delete()
    drop(PROJECTED)
    assert not any(model._default_manager.exists() for model in PROJECTED)
    rebuild_projection(fictif)
    again = {
        model: sorted(model._default_manager.values_list("code", "ordre", "source", "mots", "retire"))
        for model in ITEMS
    }
    assert again == said
    assert {model: len(rows(model, keys=False)) for model in before} == {
        model: len(found) for model, found in before.items()
    }


def test_no_kind_of_the_contract_is_left_out_of_the_projection(fictif: EspaceDeContrat) -> None:
    assert [
        model.__name__ for model in PROJECTED if not model._default_manager.exists() and model.__name__ != "CodeRetire"
    ] == []


def test_an_item_row_is_never_deleted() -> None:
    charger()
    keys = {model: set(model._default_manager.values_list("pk", flat=True)) for model in ITEMS}
    codes = "".join(f"  - {{code: {code}}}\n" for code in ("O01-A01", "S01-E01", "O01-F01", "G01", "O01-D02", "B"))
    gone = edited(
        BREF,
        ("parties:\n", f"codes_retires:\n{codes}parties:\n"),
        (BREF[BREF.index("        actions:\n"):BREF.index("signataires:\n")], ""),
        (BREF[BREF.index("    engagements:\n"):BREF.index("parties:\n")], ""),
        (BREF[BREF.index("          - code: O01-D02\n"):BREF.index("        actions:\n")], ""),
    )  # fmt: skip
    bilan = charger(gone, motif=correction())
    assert len(bilan.retires) == 6
    assert {model: set(model._default_manager.values_list("pk", flat=True)) for model in ITEMS} == keys


def test_a_rebuild_keeps_the_words_of_the_document() -> None:
    espace = charger(document=document()).espace
    before = {model: rows(model, keys=True) for model in ITEMS}
    rebuild_projection(espace)
    assert {model: rows(model, keys=True) for model in ITEMS} == before
