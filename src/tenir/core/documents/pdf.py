"""A document as accessible PDF: Typst refuses to write one that is not PDF/UA-1."""

import json
import re
from dataclasses import asdict
from importlib.resources import as_file, files
from typing import Any

import typst

from tenir.core.documents import PAR_LIGNE, Document
from tenir.core.typographie import writable_all

MIME = "application/pdf"
PAGE = "document.typ"
UNKNOWN = "?"
"""What is drawn for a character that the letters of the document do not have (an emoji, another script)."""
TRIES = 50
_JOINERS = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f]")
"""Signs that have no shape, and join or turn the letters beside them."""
_MISSING = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


def write(document: Document) -> bytes:
    """The PDF of a document. The same document gives the same bytes.

    Raises:
        typst.TypstError: it would not be accessible (no title).
    """
    told = _JOINERS.sub("", json.dumps(writable_all(_with_drawings(document)), ensure_ascii=False))
    for _ in range(TRIES):
        try:
            return _compiled(told)
        except typst.TypstError as refused:
            missing = _missing(str(refused))
            if not missing:
                raise
            told = re.sub(f"[{re.escape(missing)}]", UNKNOWN, told)
    return _compiled(re.sub(r"[^\x20-\u017f‘’“”«»–—…€]", UNKNOWN, told))


def _with_drawings(document: Document) -> dict[str, Any]:
    """The values of a document, its pictures drawn."""
    said = asdict(document)
    for part, written in zip(document.parties, said["parties"], strict=True):
        if part.image:
            written["image"]["rangs"] = [
                {"titre": row.titre, "phrase": row.phrase, "nombre": len(row.motifs), "svg": str(row.dessin)}
                for row in part.image.rangs
            ]
            written["image"]["signes"] = [[str(drawn), words] for drawn, words in part.image.signes]
            written["image"]["par_ligne"] = PAR_LIGNE
    return said


def _compiled(told: str) -> bytes:
    """Typst's answer, with its own letters only: the same on every machine."""
    with as_file(files("tenir.core.documents")) as folder:
        written = typst.compile(
            folder / PAGE, root=folder, sys_inputs={"document": told}, pdf_standards=["ua-1"], ignore_system_fonts=True
        )
    return bytes(written)


def _missing(refusal: str) -> str:
    """The characters that a refusal of Typst says it cannot draw."""
    found = "".join(_MISSING.findall(refusal))
    return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), found)
