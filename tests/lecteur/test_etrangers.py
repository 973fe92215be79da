"""Contracts of other hands, in every format: how much of each is read, and what may never show."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from tenir.fichier.modeles import ContratDeVille
from tenir.lecteur.document import DocumentLu
from tests.lecteur import mesure_etrangers as mesure

DOCUMENTS = {path.name: path for path in mesure.documents()}
PLANCHERS = {
    "aveugle-1a.docx": (0.94, 0.94),
    "aveugle-1b.pdf": (0.93, 0.93),
    "aveugle-1c.odt": (0.97, 0.98),
    "aveugle-1d.txt": (0.95, 0.75),
    "aveugle-2a.docx": (0.92, 0.64),
    "aveugle-2b.pdf": (0.99, 0.98),
    "aveugle-2c.txt": (0.99, 0.99),
    "mise-au-point-a.docx": (0.99, 0.99),
    "mise-au-point-b.docx": (0.98, 0.98),
    "mise-au-point-c.pdf": (0.99, 0.99),
    "mise-au-point-d.odt": (0.99, 0.96),
    "mise-au-point-e.txt": (0.98, 0.99),
}
"""Precision and recall of each, under which the reader has lost something it knew."""


def _truth(nom: str) -> dict[str, Any]:
    return yaml.safe_load(DOCUMENTS[nom].with_suffix(".yaml").read_text(encoding="utf-8"))


@cache
def _read(path: Path) -> tuple[DocumentLu, ContratDeVille]:
    reading = mesure.lu(path)
    assert reading is not None
    return reading


@pytest.mark.parametrize("nom", DOCUMENTS)
def test_a_foreign_contract_is_read_as_well_as_before(nom: str) -> None:
    whole = mesure.ensemble(mesure.mesurer(_truth(nom), _read(DOCUMENTS[nom])[1]))
    precision, rappel = PLANCHERS[nom]
    assert (whole.precision, whole.rappel) >= (precision, 0)
    assert whole.rappel >= rappel


@pytest.mark.parametrize("nom", DOCUMENTS)
def test_nobody_is_named_by_a_foreign_contract(nom: str) -> None:
    assert mesure.visibles(_truth(nom), *_read(DOCUMENTS[nom])) == []


def test_every_foreign_contract_is_measured() -> None:
    assert set(DOCUMENTS) == set(PLANCHERS)
    assert "inventés" in (mesure.ICI / "LISEZMOI.md").read_text(encoding="utf-8")


def test_an_empty_reading_is_worth_nothing() -> None:
    nothing = mesure.ensemble(mesure.mesurer(_truth("mise-au-point-a.docx"), None))
    assert (nothing.justes, nothing.rappel) == (0, 0)


def test_the_project_of_a_quarter_stands_under_no_orientation_of_the_whole() -> None:
    contrat = _read(DOCUMENTS["mise-au-point-e.txt"])[1]
    projets = [projet for axe in contrat.axes for projet in axe.projets]
    assert [projet.quartiers for projet in projets][:2] == [("Les Vignes",), ("Le Grand Pont",)]
    assert all(projet.actions for projet in projets)
    assert len([o for o in contrat.orientations if o not in projets]) == 4
