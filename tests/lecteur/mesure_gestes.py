"""What ten examples change: `python -m tests.lecteur.mesure_gestes [FOLDER]`.

Someone who knows what the document says shows headings that were not understood, one at a time, as in the workshop: the
first line of a missing item, and its kind. An example that mends nothing is taken back; all count.
"""

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from tenir.fichier.mots import plain
from tenir.lecteur.brouillon import lire
from tenir.lecteur.document import DocumentLu, LectureRefusee
from tenir.lecteur.gabarit import Gabarit, GabaritRefuse, par_exemple
from tenir.lecteur.lecture import read_content
from tenir.lecteur.lignes import Texte
from tenir.lecteur.noms import noms_masques
from tenir.lecteur.structure.roles import Role
from tests.lecteur.mesure import Mesure
from tests.lecteur.mesure_etrangers import ICI, documents, ensemble, mesurer

GESTES = 10
SHOWN = {
    "axes": (Role.AXE, lambda truth: truth.get("axes") or []),
    "orientations": (Role.ORIENTATION, lambda truth: [o["titre"] for o in truth["orientations"]]),
    "actions": (Role.FICHE, lambda truth: [a["titre"] for a in truth.get("actions") or []]),
    "objectifs": (Role.OBJECTIF, lambda truth: [o["texte"] for o in truth.get("objectifs") or []]),
}


def gestes(truth: Mapping[str, Any], read: DocumentLu) -> tuple[Mesure, Mesure, int]:
    """The measure at the first reading, that after at most ten examples, and how many were given."""
    texte, gabarit, given = Texte(read, noms_masques(read)), Gabarit(), 0
    first = best = _measured(truth, read, gabarit)
    for line, role in _examples(truth, texte):
        if given == GESTES:
            break
        try:
            tried = gabarit.avec(regle=par_exemple(texte, line, role))
        except GabaritRefuse:
            continue
        if tried == gabarit:
            continue
        given += 1
        now = _measured(truth, read, tried)
        if now.justes > best.justes:
            gabarit, best = tried, now
    return first, best, given


def _examples(truth: Mapping[str, Any], texte: Texte) -> Iterator[tuple[int, Role]]:
    """Every item of each kind in turn, by the line that prints it: the second of a kind says what the first did not."""
    lines = [_bare(line) for line in texte.document.lignes]
    found = {role: [n for t in titles(truth) if (n := _line_of(lines, t))] for role, titles in SHOWN.values()}
    for rank in range(3):
        for role, numbers in found.items():
            yield from ((number, role) for number in numbers[rank : rank + 1])


def _line_of(lines: list[str], title: str) -> int:
    said = _bare(title.split("||")[0])[:40]
    return next((number for number, line in enumerate(lines, 1) if said and said in line), 0)


def _bare(text: Any) -> str:
    return re.sub(r"[^a-z0-9]", "", plain(str(getattr(text, "texte", text))))


def _measured(truth: Mapping[str, Any], read: DocumentLu, gabarit: Gabarit) -> Mesure:
    try:
        return ensemble(mesurer(truth, lire(read, gabarit).contrat))
    except LectureRefusee:
        return ensemble(mesurer(truth, None))


def main(folder: Path) -> None:
    """Print, for each document, what was read at first, and after the examples."""
    print("| | gestes | précision | rappel | précision après | rappel après |\n|---|---|---|---|---|---|")  # noqa: T201
    for document in documents(folder):
        truth = yaml.safe_load(document.with_suffix(".yaml").read_text("utf-8"))
        first, best, given = gestes(truth, read_content(document.read_bytes()))
        figures = " | ".join(f"{one:.2f}" for one in (first.precision, first.rappel, best.precision, best.rappel))
        print(f"| {document.name} | {given} | {figures} |")  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ICI)
