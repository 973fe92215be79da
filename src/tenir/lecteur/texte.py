"""Normalised text from a text file, and what the three origins share: characters, bullets, running lines.

The lines of a text file are kept one for one: what is removed leaves an empty line, so that a source written by hand
against the file still points at the same words. Two kinds of pages are laid out again, and say so: tables, a cell a
line as from Word, and columns that stand side by side.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from tenir.fichier.document import UnreadableDocument, decoded_document
from tenir.lecteur.document import DocumentLu, LectureRefusee, LigneLue
from tenir.lecteur.texte_colonnes import unfolded
from tenir.lecteur.texte_tableaux import Brute, with_tables

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_LIGATURES = {ord(c): unicodedata.normalize("NFKC", c) for c in "ﬀﬁﬂﬃﬄﬆ"}
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_LINE_ENDS = str.maketrans(dict.fromkeys("\x85\u2028\u2029", " "))
# Printed bullets; the private-use area is where Symbol and Wingdings put theirs.
_BULLET = re.compile(
    r"^(\s*)(?:[•●○◦∙·▪▫■□◆◇➢➤➔►▶‣⁃→✓✔❖\ue000-\uf8ff*]\s*(?=\S)|[–—]\s+(?=\S)|o\s+(?=\S)|-\s?(?=[^\s\d-])|-\s+(?=\S)|>\s+(?=\S))"
)
_FOLIO = re.compile(r"^\W*(page|p\.)?\s*[|:]?\s*(\d{1,3})(?:\s*(?:/|sur|of)\s*\d{1,3})?\W*$", re.IGNORECASE)
_EDGE_NUMBER = re.compile(r"^\d{1,3}\b(?!\.\d|\s?%|\s*[-–]\s)|(?<![\w°.,-])\d{1,3}(?:\s*(?:/|sur)\s*\d{1,3})?$")
# A number after one of these tells an item, never a page: such a line opens a page without being its header.
_NUMBERED = re.compile(
    r"\b(?:orientation|objectif|action|fiche|axe|pilier|article|annexe|n\s?[°º])\W*\d+", re.IGNORECASE
)
_RULE = re.compile(r"^\s*([=~#*_-])\1{3,}\s*$")  # under a title
_LONGEST_FOLIO = 80  # characters: a page number among a few signs
TABLEAUX = "Ce texte a des tableaux : chaque cellule y est lue à part, sur une ligne à elle."
COLONNES = "Une partie de ce texte est en deux colonnes : elles sont lues l’une après l’autre."
_EDGE = 3  # running lines looked for at each edge of a page
_MANY = 0.3  # share of the pages that a running line must be on, and at least three of them


def clean(text: str) -> str:
    """Characters made plain: soft hyphens out (a hyphen where one ends a line), ligatures open, accents composed.

    What no page prints is dropped: broken fonts of PDF files put control characters inside words.
    """
    text = _CONTROL.sub("", text).translate(_LINE_ENDS)
    text = re.sub(r"\u00ad(?=\s*(?:\n|$))", "-", text).translate(_INVISIBLE).translate(_LIGATURES)
    return unicodedata.normalize("NFC", text)


def bullet(text: str) -> int | None:
    """The width of the printed bullet that opens a line, blanks included; None without bullet."""
    found = _BULLET.match(text)
    return found.end() if found else None


def folio(text: str, *, named: bool = False) -> int | None:
    """The number of a page printed alone on its line (« 12 », « Page | 33 », « 4/60 »); `named` asks for « page »."""
    found = _FOLIO.match(text) if len(text := text.strip()) <= _LONGEST_FOLIO else None
    return int(found[2]) if found and (found[1] or not named) else None


def running_lines(pages: Sequence[Sequence[str]]) -> set[tuple[int, int]]:
    """Where running headers, footers and folios stand: (page, line), both from 0.

    A line runs when the same words, page number aside, stand at the same edge of many pages, and no line of the body
    stands between it and the edge.
    """
    found: set[tuple[int, int]] = set()
    if len(pages) < 3:
        return found
    for step in (1, -1):
        edges = [[n for n in range(len(page))[::step] if page[n].strip()][:_EDGE] for page in pages]
        found |= _running_from_edge(pages, edges)
    return found


def _running_from_edge(pages: Sequence[Sequence[str]], edges: list[list[int]]) -> set[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    alive = set(range(len(pages)))
    for depth in range(_EDGE):
        keys = {p: _key(pages[p][edges[p][depth]], p) for p in alive if len(edges[p]) > depth}
        counts = Counter(key for key in keys.values() if key)
        alive = {p for p, key in keys.items() if key and counts[key] >= max(3, _MANY * len(pages))}
        found |= {(p, edges[p][depth]) for p in alive}
    return found


def _key(line: str, page: int) -> str | None:
    """What a running line has in common on its pages; the number must advance with the pages."""
    line = " ".join(line.split())
    number = folio(line)
    if number is not None:
        return f"folio {number - page}"
    if _NUMBERED.search(line) or bullet(line) is not None:
        return None
    edge = _EDGE_NUMBER.search(line)
    if edge is None:
        return line
    value = int(re.findall(r"\d+", edge.group())[0])
    return f"{line[: edge.start()]}# {value - page}{line[edge.end() :]}"


def depths(lines: Iterable[tuple[float, bool]], *, whole: bool) -> list[int | None]:
    """The depth of each bullet, from the indentation of every line and whether it has a bullet.

    A bullet set in further than the one above is inside it. A line without bullet ends the list when it stands left of
    it, or, where lines are whole paragraphs (not the second line of an item), no further in than the list.
    """
    stack: list[float] = []
    result: list[int | None] = []
    for indent, bulleted in lines:
        while stack and (stack[-1] > indent or (whole and not bulleted and stack[-1] == indent)):
            stack.pop()
        if bulleted and (not stack or indent > stack[-1]):
            stack.append(indent)
        result.append(len(stack) - 1 if bulleted else None)
    return result


def read_text(content: bytes) -> DocumentLu:
    """The document that the bytes of a text file hold.

    Raises:
        LectureRefusee: empty, or no text.
    """
    try:
        text, remarques = decoded_document(content)
    except UnreadableDocument as error:
        raise LectureRefusee(str(error)) from error
    if len(_CONTROL.findall(text)) > max(5, len(text) // 1000):
        raise LectureRefusee("Ce fichier n’est pas un document : il contient des données binaires.")
    lines = clean(text).split("\n")
    if lines[-1] == "":
        lines.pop()
    return _document(lines, remarques)


def _document(raw: list[str], remarques: tuple[str, ...]) -> DocumentLu:
    pages = _page_ranks(raw)
    lines = [line.replace("\f", "").replace("\v", " ") for line in raw]
    printed = [folio(line, named=True) for line in lines]
    removed = _removed(lines, pages) | {n for n, number in enumerate(printed) if number is not None}
    numbers = [page + 1 for page in pages] if pages[-1] else _pages_of_folios(printed)
    kept = ["" if n in removed else line for n, line in enumerate(lines)]
    flat = _one_column(kept, pages, numbers)
    ranged = with_tables(flat)
    columns = any(line.texte != words for line, words in zip(flat, kept, strict=False))
    told = {COLONNES: columns, TABLEAUX: any(line.tableau for line in ranged)}
    return DocumentLu(
        texte="".join(f"{line.texte}\n" for line in ranged),
        lignes=_read_lines(ranged),
        retirees=tuple((numbers[n], lines[n].strip()) for n in sorted(removed)),
        remarques=(*remarques, *(remark for remark, true in told.items() if true)),
    )


def _one_column(kept: Sequence[str], pages: Sequence[int], numbers: Sequence[int | None]) -> list[Brute]:
    """The lines of each page in the order one reads them."""
    out: list[Brute] = []
    first = 0
    for n in range(1, len(kept) + 1):
        if n < len(kept) and pages[n] == pages[first]:
            continue
        order = unfolded(kept[first:n]) or range(n - first)
        placed = ((one, kept[first + one]) if isinstance(one, int) else one for one in order)
        out += [Brute(words, numbers[first + rank]) for rank, words in placed]
        first = n
    return out


def _read_lines(lines: Sequence[Brute]) -> tuple[LigneLue, ...]:
    words = [line.texte for line in lines]
    titles = _underlined(words)
    levels = depths(((_indent(line), bullet(line) is not None) for line in words), whole=False)
    return tuple(
        LigneLue(n + 1, line.texte, line.page, titles.get(n), levels[n], tableau=line.tableau, style=line.style)
        for n, line in enumerate(lines)
    )


def _underlined(lines: list[str]) -> dict[int, int]:
    """The lines that a rule of signs below makes headings, with their level: the first sign seen is the highest."""
    found: dict[int, str] = {}
    for n, line in enumerate(lines[1:]):
        rule = _RULE.match(line)
        if rule and any(map(str.isalnum, lines[n])) and bullet(lines[n]) is None:
            found[n] = rule[1]
    signs = list(dict.fromkeys(found.values()))
    return {n: signs.index(sign) + 1 for n, sign in found.items()}


def _indent(line: str) -> int:
    return (len(line) - len(line.lstrip())) // 2 * 2  # one blank is no indentation


def _page_ranks(lines: list[str]) -> list[int]:
    """The page of each line, from 0: a form feed opens the next one."""
    ranks, page = [], 0
    for line in lines:
        page += line[: len(line) - len(line.lstrip())].count("\f")
        ranks.append(page)
        page += line.lstrip().count("\f")
    return ranks


def _removed(lines: list[str], ranks: list[int]) -> set[int]:
    starts = [ranks.index(page) for page in sorted(set(ranks))]
    ends = [*starts[1:], len(lines)]
    running = running_lines([lines[a:b] for a, b in zip(starts, ends, strict=True)])
    return {starts[page] + line for page, line in running}


def _pages_of_folios(printed: list[int | None]) -> list[int | None]:
    """Without form feeds, a page is known only between two folios that follow one another."""
    pages: list[int | None] = [None] * len(printed)
    last: int | None = None
    for n, number in enumerate(printed):
        if number is None:
            continue
        pages[n] = number
        if last is not None and number == (printed[last] or 0) + 1:
            pages[last + 1 : n] = [number] * (n - last - 1)
        last = n
    return pages
