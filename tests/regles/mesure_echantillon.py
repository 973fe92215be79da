"""What the rules tell of faults planted in contracts never seen: `python -m tests.regles.mesure_echantillon [CASE …]`.

A folder holds clean documents and `cas.yaml`: forty faults, each made of `gestes` done to one `document`, and the words
(`dit`) of which a message must say one. A fault is told when an anomaly that the clean document does not have says so.
`--sortie FOLDER` keeps the faulty documents, `--echantillon N` takes another sample. From the fifth on, documents are
built from their words (`batir.py`), and a fault is made in the words.
"""

import argparse
import copy
import json
import re
import subprocess
import sys
import tempfile
import textwrap
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml
from docx import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from tests.regles.echantillon5 import batir

RULES = Path(__file__).parent
LAST = "9"
WIDTH = 92
TENIR = "from tenir.cli.main import main; raise SystemExit(main())"
Geste = Mapping[str, Any]


def plain(words: str) -> str:
    """Words to compare: one kind of space, of apostrophe and of case."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", words).replace("’", "'")).casefold()


def pattern(words: str) -> re.Pattern[str]:
    """The words as they may be printed: cut by a line, held by a space that does not break, an apostrophe curved."""
    return re.compile(r"\s+".join(re.escape(word).replace("'", "['’]") for word in re.split(r"\s+", words)))


def printed(words: str) -> str:
    """The words in the typography of the two documents."""
    words = re.sub(r" ([:%€»])", "\u00a0\\1", words.replace("'", "’"))
    words = re.sub(r" ([;?!])", "\u202f\\1", words)
    return re.sub(r"(?<=\d) (?=\d{3}\b)", "\u00a0", words)


def the_one(found: list[Any], geste: Geste) -> Any:
    """The place that a step means: the only one, or the one whose rank it gives."""
    rank = geste.get("rang")
    if rank is None and len(found) != 1:
        raise SystemExit(f"{len(found)} places: {geste}")
    return found[0 if rank is None else rank - 1 if rank > 0 else rank]


def in_text(text: str, gestes: list[Geste]) -> str:
    """A text document, faulty."""
    for geste in gestes:
        if "apres" in geste:
            padded = r"\s" if "   " in geste["apres"] else ""
            begins = re.compile(r"\s*" + pattern(geste["apres"].strip()).pattern + padded)
            lines = text.split("\n")
            at = the_one([n for n, line in enumerate(lines) if begins.match(line)], geste)
            while lines[at + 1].startswith("    "):
                at += 1
            lines.insert(at + 1, printed(geste["paragraphe"]))
            text = "\n".join(lines)
        else:
            at = the_one(list(pattern(geste["ancien"]).finditer(text)), geste)
            text = text[: at.start()] + printed(geste["nouveau"]) + text[at.end() :]
    return "\n".join(folded for line in text.split("\n") for folded in fold(line))


def fold(line: str) -> list[str]:
    """The line as the document folds it, once a fault made it longer."""
    if len(line) <= WIDTH or "     " in line:
        return [line]
    indent = "    " if line.startswith("  - ") else ""
    return textwrap.wrap(line, WIDTH, subsequent_indent=indent, break_on_hyphens=False)


def write(paragraph: Paragraph, words: str) -> None:
    """Other words in a paragraph, in the face of its first run."""
    for run in paragraph.runs[1:]:
        run._element.getparent().remove(run._element)
    paragraph.runs[0].text = printed(words)


def in_word(document: Any, gestes: list[Geste]) -> None:
    """A Word document, made faulty."""
    for geste in gestes:
        paragraphs = [Paragraph(p, document) for p in document.element.body.iter(qn("w:p"))]
        words = pattern(geste.get("apres") or geste["ancien"])
        whole = geste.get("entier") or "rangee" in geste
        meets = words.fullmatch if whole else words.match if "apres" in geste else words.search
        place = the_one([p for p in paragraphs if meets(p.text)], geste)
        if "rangee" in geste:
            row_of(place, geste)
        elif "apres" in geste:
            new = copy.deepcopy(place._element)
            place._element.addnext(new)
            write(Paragraph(new, document), geste["paragraphe"])
        elif geste["nouveau"] is None:
            place._element.getparent().remove(place._element)
        else:
            write(place, words.sub(geste["nouveau"], place.text, count=1))


def row_of(place: Paragraph, geste: Geste) -> None:
    """The row of a table taken away, or another under it."""
    row = next(place._element.iterancestors(qn("w:tr")))
    if geste["rangee"] is None:
        row.getparent().remove(row)
        return
    new = copy.deepcopy(row)
    row.addnext(new)
    for cell, words in zip(new.iter(qn("w:p")), geste["rangee"], strict=True):
        write(Paragraph(cell, place._parent), words)


def in_words(words: str, gestes: list[Geste]) -> str:
    """The words that a document is built from, faulty."""
    for geste in gestes:
        if words.count(geste["ancien"]) != 1:
            raise SystemExit(f"{words.count(geste['ancien'])} places: {geste}")
        words = words.replace(geste["ancien"], geste["nouveau"])
    return words


def built(source: Path, path: Path, gestes: list[Geste]) -> Path:
    """The document built from its words, in the typography of print."""
    make = {".docx": batir.docx, ".odt": batir.odt, ".txt": batir.txt, ".pdf": batir.pdf}[path.suffix]
    make(printed(in_words(source.read_text("utf-8"), gestes)), path)
    return path


def plant(sample: Path, case: Mapping[str, Any], folder: Path) -> Path:
    """The document of a case, with its fault if any."""
    clean = sample / case["document"]
    path = folder / f"{case['id']}{clean.suffix}"
    if clean.with_suffix(".md").exists():
        return built(clean.with_suffix(".md"), path, case["gestes"])
    if clean.suffix == ".txt":
        path.write_text(in_text(clean.read_text("utf-8"), case["gestes"]), "utf-8")
    else:
        document = Document(str(clean))
        in_word(document, case["gestes"])
        document.save(str(path))
    return path


def told(document: Path) -> tuple[list[dict[str, Any]], str]:
    """The anomalies of a document, or what refuses it."""
    asked = [sys.executable, "-c", TENIR, "controler", str(document), "--format", "json"]
    got = subprocess.run(asked, capture_output=True, text=True, timeout=120, check=False)
    try:
        return json.loads(got.stdout)["anomalies"], ""
    except ValueError:
        return [], (got.stderr or got.stdout).strip()[-200:]


def row(anomaly: Mapping[str, Any]) -> str:
    return f"        {anomaly['règle']} {anomaly['lignes']} {anomaly['anomalie'][:220]}"


def measure(sample: Path, cases: list[dict[str, Any]], folder: Path, say: Callable[[str], None]) -> int:
    """How many of the cases are told, each said with what is new in its document."""
    clean: dict[str, set[tuple[str, str]]] = {}
    for name in sorted({case["document"] for case in cases}):
        found, refusal = told(plant(sample, {"id": Path(name).stem, "document": name, "gestes": []}, folder))
        clean[name] = {(x["règle"], x["anomalie"]) for x in found}
        say("\n".join([f"{name}: {len(found)} {refusal}", *map(row, found)]))
    hits = 0
    for case in cases:
        found, refusal = told(plant(sample, case, folder))
        new = [x for x in found if (x["règle"], x["anomalie"]) not in clean[case["document"]]]
        words = [plain(word) for word in case["dit"]]
        right = [x for x in new if any(word in plain(f"{x['anomalie']} {x['remède']}") for word in words)]
        hits += bool(right)
        said = "told" if right else "MISS"
        say("\n".join([f"{said}  {case['id']}  {case['genre']} {refusal}", *map(row, (right or new)[:3])]))
    return hits


def main() -> int:
    """Print what is told, fault by fault."""
    parser = argparse.ArgumentParser(prog="python -m tests.regles.mesure_echantillon")
    parser.add_argument("cas", nargs="*")
    parser.add_argument("--sortie", type=Path)
    parser.add_argument("--echantillon", default=LAST)
    parser.add_argument(
        "--forme", choices=[".docx", ".odt", ".txt", ".pdf"], help="the same words built in another form"
    )
    parser.add_argument("--planter-seulement", action="store_true")
    asked = parser.parse_args()
    sample = RULES / f"echantillon{asked.echantillon}"
    every = yaml.safe_load((sample / "cas.yaml").read_text("utf-8"))
    cases = [case for case in every if not asked.cas or case["id"].startswith(tuple(asked.cas))]
    if asked.forme:
        cases = [{**case, "document": f"{Path(case['document']).stem}{asked.forme}"} for case in cases]
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.sortie or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        if asked.planter_seulement:
            for case in cases:
                plant(sample, case, folder)
            return 0
        hits = measure(sample, cases, folder, lambda line: print(line, flush=True))  # noqa: T201
    print(f"{hits} of {len(cases)}")  # noqa: T201
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
