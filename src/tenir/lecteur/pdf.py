"""Normalised text from a PDF: paragraphs made whole again from words and their places on the page.

A line of a PDF ends where the page does, not where the thought does: printed lines are joined into paragraphs, one
line each as from Word, so that an item has the same words whichever file it was read from.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import pypdfium2 as pdfium

from tenir.lecteur.document import DocumentLu, LectureRefusee
from tenir.lecteur.paragraphes import Paragraphe, assemble
from tenir.lecteur.pdf_mots import Ligne, Page, rows_of, words_and_rules
from tenir.lecteur.pdf_page import Bloc, blocks
from tenir.lecteur.texte import bullet, folio, running_lines
from tenir.lecteur.vocabulaire import Vocabulaire

MAX_PAGES = 600
USUAL = 0.2  # of the blocks: a left edge that so many share is a margin
STEP = 6  # points: letters do not begin exactly where their line does
CLOSE = 60  # points: further in, it is another column
_LABEL = re.compile(r"[^\W\d_][\w’'.&+/-]*(?: [\w’'.&+/-]+){0,3} ?:(?=\s|$)")
_PENDING = re.compile(
    r"(?:^|[\s’'(])(?:[dl][’']|à|au|aux|avec|d[eu]|des|dans|en|et|la|les?|ou|par|pour|sur|une?|leurs?|ses?|sa|son)$"
)
_LOCKED = "Ce PDF est protégé par un mot de passe : enregistrez-le sans protection, puis recommencez."


def read_pdf(content: bytes) -> DocumentLu:
    """The document that the bytes of a PDF hold.

    Raises:
        LectureRefusee: damaged, protected, scanned without text, or endless.
    """
    pages = _pages(content)
    if not any(page.mots for page in pages):
        raise LectureRefusee(_scanned(len(pages)))
    rows = [rows_of(page.mots) for page in pages]
    running = running_lines([[row.texte for row in page] for page in rows])
    retirees = [(_number(rows[p], running, p), rows[p][r].texte) for p, r in sorted(running)]
    flows: list[tuple[int, Bloc]] = []
    tables = 0
    for rank, page in enumerate(pages):
        kept = [row for r, row in enumerate(rows[rank]) if (rank, r) not in running]
        found, tables = blocks(kept, page, tables)
        flows += [(_number(rows[rank], running, rank), block) for block in found]
    words = Vocabulaire(line.texte for _number, block in flows for line in block.lignes)
    return assemble(list(_paragraphs(flows, words)), retirees=retirees, origine="pdf")


def _scanned(count: int) -> str:
    what = f"ses {count} pages sont des images" if count > 1 else "son unique page est une image"
    return f"Ce PDF est numérisé : {what} sans texte. Reconnaissez-en d’abord les caractères, ou demandez l’original."


def _pages(content: bytes) -> list[Page]:
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        locked = getattr(error, "err_code", None) == 4 or "assword" in str(error)
        sentence = _LOCKED if locked else "Ce PDF est abîmé : il ne s’ouvre pas."
        raise LectureRefusee(sentence) from error
    try:
        if len(document) > MAX_PAGES:
            raise LectureRefusee(f"Ce PDF compte {len(document)} pages : le lecteur s’arrête à {MAX_PAGES}.")
        return [words_and_rules(page) for page in document]
    except pdfium.PdfiumError as error:
        raise LectureRefusee("Ce PDF est abîmé : une de ses pages ne s’ouvre pas.") from error
    finally:
        document.close()


def _number(rows: Sequence[Ligne], running: set[tuple[int, int]], rank: int) -> int:
    """The number printed on a page, or its rank."""
    printed = (folio(row.texte) for r, row in enumerate(rows) if (rank, r) in running)
    return next((number for number in printed if number is not None), rank + 1)


def _paragraphs(flows: Sequence[tuple[int, Bloc]], words: Vocabulaire) -> Iterator[Paragraphe]:
    """Every paragraph in reading order; one cut by the end of a column or page is made whole."""
    last: Paragraphe | None = None
    open_line: tuple[Ligne, Bloc] | None = None
    pitch = _pitch(block for _number, block in flows)
    margins = _margins(block for _number, block in flows)
    for number, block in flows:
        left = _left(block, margins)
        for lines in split(block, pitch):
            found = _paragraph(lines, number, block, words, left)
            if last and open_line and _continues(*open_line, lines[0], block):
                last = replace(last, texte=words.join(last.texte, found.texte))
            else:
                if last:
                    yield last
                last = found
            open_line = (lines[-1], block)
    if last:
        yield last


def _margins(found: Iterable[Bloc]) -> dict[int, int]:
    """How many blocks of plain text begin at each place, in points."""
    return Counter(round(block.x0) for block in found if not block.tableau)


def _left(block: Bloc, margins: dict[int, int]) -> float:
    """The left edge that a block is set in from: its own when usual, else a usual one close by.

    A page that holds bullets alone begins where they do: without it they would seem less deep than on the next page.
    """
    own = round(block.x0)
    usual = [place for place, count in margins.items() if count >= USUAL * sum(margins.values())]
    if block.tableau or own in usual:
        return block.x0
    return min((place for place in usual if 0 < own - place < CLOSE), default=block.x0)


def _paragraph(lines: Sequence[Ligne], page: int, block: Bloc, words: Vocabulaire, left: float) -> Paragraphe:
    text = lines[0].texte
    for line in lines[1:]:
        text = words.join(text, line.texte)
    return Paragraphe(
        texte=text,
        page=page,
        gras=all(line.gras for line in lines),
        corps=lines[0].corps,
        retrait=STEP * round((lines[0].x0 - left) / STEP),
        tableau=block.tableau,
    )


def split(block: Bloc, pitch: float) -> list[list[Ligne]]:
    """The lines of a block gathered by paragraph."""
    gathered: list[list[Ligne]] = []
    for line in block.lignes:
        if gathered and _same_paragraph(gathered[-1], line, block, pitch):
            gathered[-1].append(line)
        else:
            gathered.append([line])
    return gathered


def _pitch(found: Iterable[Bloc]) -> float:
    """The distance between two lines of a paragraph, for a body of one point: among the smallest of the document."""
    pairs = [pair for block in found for pair in zip(block.lignes, block.lignes[1:], strict=False)]
    steps = sorted((a.y - b.y) / b.corps for a, b in pairs if a.y - b.y > 0.8 * b.corps)
    return steps[len(steps) // 10] if steps else 1.2


def _same_paragraph(paragraph: Sequence[Ligne], line: Ligne, block: Bloc, pitch: float) -> bool:
    """Whether a printed line goes on with the paragraph above it."""
    last = paragraph[-1]
    if _is_item(paragraph, line, block) or abs(line.corps - last.corps) > 0.6:
        return False
    if last.gras_fin != line.gras_debut and (last.gras or line.gras):
        return False
    if last.y - line.y > (pitch * 1.25 + 0.05) * line.corps:
        return False
    centred = bullet(paragraph[0].texte) is None and _centred(last, block)
    hangs = bullet(paragraph[0].texte) is not None and line.x0 > paragraph[0].x0 + 6  # under the words of its item
    full = _full(last, line, block, centred)
    if not hangs and (_set_in(paragraph, line, centred) or _begins(paragraph, line, carried=full and block.justifie)):
        return False
    return full


def _is_item(paragraph: Sequence[Ligne], line: Ligne, block: Bloc) -> bool:
    """Whether the line opens an item of a list; a dash that closes a parenthesis – like this one – does not.

    Nor does one that parts words of a paragraph, when the line above had no room for what it parts.
    """
    if bullet(line.texte) is None:
        return False
    if not line.texte.startswith("– ") or bullet(paragraph[0].texte) is not None:
        return True
    opened = " ".join(above.texte for above in paragraph).count(" – ")
    return not (opened % 2 or (opened and _full(paragraph[-1], line, block, centred=False)))


def _set_in(paragraph: Sequence[Ligne], line: Ligne, centred: bool) -> bool:
    """Whether the line is set in as the first of a paragraph is."""
    if centred or (len(paragraph) == 1 and bullet(paragraph[0].texte) is not None):
        return False
    return line.x0 > paragraph[-1].x0 + 8


def _begins(paragraph: Sequence[Ligne], line: Ligne, *, carried: bool) -> bool:
    """Whether the words begin something: « DDETS : … », or a capital after a list or a parenthesis is closed.

    `carried`: the line above reaches the very edge of a justified text, so that its final colon announces nothing.
    """
    end = paragraph[-1].texte[-1]
    if not line.texte[:1].isupper() or _PENDING.search(paragraph[-1].texte):
        return False
    return (end in ":;" and not carried) or _LABEL.match(line.texte) is not None or (end == ")" and len(paragraph) == 1)


def _full(last: Ligne, line: Ligne, block: Bloc, centred: bool) -> bool:
    """Whether the first word of a line would not have stood at the end of the one above."""
    room = line.premier + 0.22 * last.corps
    if centred:
        return last.x1 - last.x0 + room > block.x1 - block.x0 - 1
    if last.texte.endswith("-") and line.texte[:1].islower():
        return last.x1 > block.x1 - 6 * last.corps
    if block.justifie and last.x1 < block.x1 - 0.3 * last.corps:
        return False
    return last.x1 + room > block.x1 - 1


def _centred(line: Ligne, block: Bloc) -> bool:
    left, right = line.x0 - block.x0, block.x1 - line.x1
    return left > 12 and abs(left - right) < 3


def _continues(last: Ligne, before: Bloc, line: Ligne, block: Bloc) -> bool:
    """Whether a paragraph goes on at the top of the next column or page: a full line, then no new beginning."""
    if before is block or before.tableau or block.tableau or bullet(line.texte) is not None:
        return False
    if abs(line.corps - last.corps) > 0.6 or last.gras != line.gras or last.texte[-1] in ".:;!?":
        return False
    begins = line.texte[:1]
    return (begins.islower() or not begins.isalpha()) and last.x1 + line.premier + 0.22 * last.corps > before.x1 - 1
