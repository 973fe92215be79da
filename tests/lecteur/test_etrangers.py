"""Contracts of other hands, in every format: how much of each is read, and what may never show."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tenir.fichier.modeles import ContratDeVille
from tenir.lecteur.brouillon import lire
from tenir.lecteur.document import DocumentLu, LectureRefusee
from tests.exemples import few
from tests.lecteur import mesure_etrangers as mesure

DOCUMENTS = {path.name: path for path in mesure.documents()}
PLANCHERS = {
    "aveugle-10-aubrevoye.pdf": (0.99, 0.99),
    "aveugle-10-saint-alban.docx": (0.99, 0.99),
    "aveugle-10-val-de-merle.txt": (0.99, 0.99),
    "aveugle-11-haute-sarrette.pdf": (0.98, 0.98),
    "aveugle-11-port-cerise.txt": (0.97, 0.96),
    "aveugle-11-roquefeuil.docx": (0.98, 0.99),
    "aveugle-11-sainte-orse.odt": (0.99, 0.99),
    "aveugle-11-trois-gues.pdf": (0.95, 0.96),
    "aveugle-11-vernay.docx": (0.99, 0.99),
    "aveugle-12-bresme.docx": (0.97, 0.97),
    "aveugle-12-lizol.txt": (0.93, 0.74),
    "aveugle-12-montreval.odt": (0.99, 0.93),
    "aveugle-12-ormoy.pdf": (0.98, 0.96),
    "aveugle-13-ambrelle.txt": (0.96, 0.98),
    "aveugle-13-brevenne.pdf": (0.94, 0.99),
    "aveugle-13-haut-lirou.docx": (0.90, 0.90),
    "aveugle-13-ostrel.docx": (0.94, 0.99),
    "aveugle-13-rives-aulne.pdf": (0.98, 0.98),
    "aveugle-13-sarvenes.docx": (0.91, 0.99),
    "aveugle-13-veyrac.odt": (0.93, 0.98),
    "aveugle-14-lestrade.docx": (0.95, 0.94),
    "aveugle-14-morzelles.pdf": (0.95, 0.84),
    "aveugle-1a.docx": (0.97, 0.98),
    "aveugle-1b.pdf": (0.95, 0.96),
    "aveugle-1c.odt": (0.97, 0.98),
    "aveugle-1d.txt": (0.96, 0.81),
    "aveugle-2a.docx": (0.93, 0.65),
    "aveugle-2b.pdf": (0.99, 0.98),
    "aveugle-2c.txt": (0.99, 0.99),
    "aveugle-3-estuaire-vaume.odt": (0.98, 0.99),
    "aveugle-3-grand-sorel.txt": (0.99, 0.99),
    "aveugle-3-trois-vernes.pdf": (0.97, 0.96),
    "aveugle-3-val-orseuil.docx": (0.98, 0.98),
    "aveugle-4-haut-brenet.pdf": (0.98, 0.98),
    "aveugle-4-lezance.docx": (0.98, 0.98),
    "aveugle-4-morvelle.odt": (0.98, 0.98),
    "aveugle-5-bressande.docx": (0.99, 0.99),
    "aveugle-5-luzarne.txt": (0.98, 0.98),
    "aveugle-5-orgelle.odt": (0.98, 0.98),
    "aveugle-5-sauvaire.txt": (0.99, 0.99),
    "aveugle-6-aigremont.docx": (0.96, 0.99),
    "aveugle-6-corbelin.txt": (0.98, 0.98),
    "aveugle-6-hauteroche.odt": (0.98, 0.99),
    "aveugle-6-pontarcy.pdf": (0.96, 0.98),
    "aveugle-6-vallombre.docx": (0.96, 0.99),
    "aveugle-7-bellerive.docx": (0.96, 0.99),
    "aveugle-7-valserine.pdf": (0.99, 0.99),
    "aveugle-8-lusac.txt": (0.97, 0.99),
    "aveugle-8-marcourt.docx": (0.99, 0.99),
    "aveugle-9-brissac.txt": (0.99, 0.99),
    "aveugle-9-ferrand-les-mines.docx": (0.99, 0.99),
    "aveugle-9-lauzet.pdf": (0.99, 0.99),
    "aveugle-9-montclar.docx": (0.98, 0.97),
    "aveugle-9-oraine.odt": (0.87, 0.87),
    "aveugle-9-rivelong.pdf": (0.95, 0.90),
    "mise-au-point-a.docx": (0.99, 0.99),
    "mise-au-point-b.docx": (0.98, 0.98),
    "mise-au-point-c.pdf": (0.99, 0.99),
    "mise-au-point-d.odt": (0.99, 0.99),
    "mise-au-point-e.txt": (0.98, 0.99),
    "mise-au-point-f.docx": (0.99, 0.99),
    "mise-au-point-g.txt": (0.99, 0.99),
    "mise-au-point-h.odt": (0.90, 0.99),
}
"""Precision and recall of each, under which the reader has lost something it knew."""


LUS = sorted(DOCUMENTS)

SMALL = ("aveugle-1d.txt", "aveugle-5-sauvaire.txt", "aveugle-2c.txt", "mise-au-point-b.docx", "mise-au-point-e.txt")


def _truth(nom: str) -> dict[str, Any]:
    return yaml.safe_load(DOCUMENTS[nom].with_suffix(".yaml").read_text(encoding="utf-8"))


@cache
def _read(path: Path) -> tuple[DocumentLu, ContratDeVille]:
    reading = mesure.lu(path)
    assert reading is not None
    return reading


@pytest.mark.parametrize("nom", LUS)
def test_a_foreign_contract_is_read_as_well_as_before(nom: str) -> None:
    whole = mesure.ensemble(mesure.mesurer(_truth(nom), _read(DOCUMENTS[nom])[1]))
    precision, rappel = PLANCHERS[nom]
    assert (whole.precision, whole.rappel) >= (precision, 0)
    assert whole.rappel >= rappel


@pytest.mark.parametrize("nom", LUS)
def test_nobody_is_named_by_a_foreign_contract(nom: str) -> None:
    assert mesure.visibles(_truth(nom), *_read(DOCUMENTS[nom])) == []


def test_every_foreign_contract_is_measured() -> None:
    assert set(LUS) == set(PLANCHERS)
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


MARKS = ("", " : ", " – ", "(1.A)", "…", "Pilote :", ";;", "€", "2024-2030", "« »", "12 %", "Néant", "\tCAF", " | ")


@st.composite
def mangled(draw: st.DrawFn) -> DocumentLu:
    """A foreign contract whose lines were moved, cut, marked otherwise, put in tables that are none."""
    read = _read(DOCUMENTS[draw(st.sampled_from(sorted(SMALL)))])[0]
    lines = list(read.lignes)
    for _ in range(draw(st.integers(1, 12))):
        at, other = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
        line = lines[at]
        lines[at] = replace(
            lines[other] if draw(st.booleans()) else line,
            texte=line.texte[: draw(st.integers(0, 60))] + draw(st.sampled_from(MARKS)),
            titre=draw(st.sampled_from((line.titre, None, 1, 3))),
            puce=draw(st.sampled_from((line.puce, None, 0, 2))),
            tableau=draw(st.sampled_from((line.tableau, None, (1, 1, 1), (9, 2, 4)))),
        )
    numbered = tuple(replace(line, numero=rank) for rank, line in enumerate(lines, 1))
    return DocumentLu("".join(f"{line.texte}\n" for line in numbered), numbered, (), read.origine)


@settings(few(10))
@given(document=mangled())
def test_whatever_is_done_to_its_lines_a_document_is_read_or_refused(document: DocumentLu) -> None:
    try:
        lecture = lire(document)
    except LectureRefusee:
        return
    assert lecture.contrat.orientations
