"""Builds the documents of the fifth sample from their words: `.docx` with python-docx, `.odt` by hand.

`#` opens a heading of as many levels, `- ` an item of a list, `| ` the row of a table, `. ` an entry of the contents.
"""

import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

from docx import Document

ODT = "application/vnd.oasis.opendocument.text"
NAMES = " ".join(
    f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "text", "table", "style")
)


def blocks(words: str) -> Iterator[tuple[str, list[str]]]:
    """The kinds of lines that follow one another, with their lines."""
    lines = [line for line in words.splitlines() if line.strip()]
    for kind, found in groupby(lines, lambda line: line.split(" ")[0] if line[0] in "#-|." else ""):
        yield kind, [line[len(kind) :].lstrip(" ") for line in found]


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def docx(words: str, path: Path) -> None:
    """The Word document of these words."""
    document = Document()
    for kind, lines in blocks(words):
        if kind == "|":
            rows = [cells(line) for line in lines]
            table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
            for row in rows:
                for cell, said in zip(table.add_row().cells, row, strict=True):
                    cell.text = said
            continue
        for line in lines:
            if kind.startswith("#"):
                document.add_heading(line, len(kind) - 1)
            else:
                document.add_paragraph(line, style="List Bullet" if kind == "-" else None)
    document.save(str(path))


def pdf(words: str, path: Path) -> None:
    """The Word document of these words, printed by LibreOffice, which has to be there."""
    with tempfile.TemporaryDirectory() as folder:
        word = Path(folder) / f"{path.stem}.docx"
        docx(words, word)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        printing = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(path.parent), str(word)]
        subprocess.run(printing, check=True, capture_output=True, timeout=180)


def odt(words: str, path: Path) -> None:
    """The OpenDocument text of these words."""
    body = []
    for kind, lines in blocks(words):
        if kind == "|":
            rows = [
                "".join(f"<table:table-cell>{para(cell)}</table:table-cell>" for cell in cells(line)) for line in lines
            ]
            columns = f'<table:table-column table:number-columns-repeated="{len(cells(lines[0]))}"/>'
            body.append(
                "<table:table>"
                + columns
                + "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
                + "</table:table>"
            )
        elif kind == "-":
            body.append(
                "<text:list>"
                + "".join(f"<text:list-item>{para(line)}</text:list-item>" for line in lines)
                + "</text:list>"
            )
        elif kind.startswith("#"):
            body += [f'<text:h text:outline-level="{len(kind)}">{escape(line)}</text:h>' for line in lines]
        else:
            body += [para(line) for line in lines]
    text = "<office:body><office:text>" + "".join(body) + "</office:text></office:body>"
    content = f"<office:document-content {NAMES}>{text}</office:document-content>"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODT}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", ODT)
        archive.writestr("content.xml", '<?xml version="1.0" encoding="UTF-8"?>' + content)
        archive.writestr("META-INF/manifest.xml", manifest)


def para(line: str) -> str:
    return "<text:p>" + escape(line).replace("\t", "<text:tab/>") + "</text:p>"


def txt(words: str, path: Path) -> None:
    """The text of these words, their lines as they are."""
    said = {"#": "", "|": "", "-": "  - ", ".": ""}
    lines = []
    for kind, found in blocks(words):
        lines += ["", *(said.get(kind[:1], "") + line for line in found)]
    path.write_text("\n".join(lines) + "\n", "utf-8")
