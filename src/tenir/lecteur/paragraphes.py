"""From paragraphs, as Word and PDF give them, to the lines of the normalised text.

One paragraph is one line, words cut by a line end made whole; a line printed inside a paragraph is a line of its own.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tenir.lecteur.document import DocumentLu, LigneLue
from tenir.lecteur.texte import bullet, depths

_LONG = 200  # characters: longer, a bold paragraph is prose, not a heading
_PHRASE = 12  # words: longer with a full stop, large letters are those of an introduction
_LARGER = 1.12  # a heading by size alone is that much larger than the body


@dataclass(frozen=True)
class Paragraphe:
    """One paragraph of a document, with what its typography says."""

    texte: str  # may hold \n where a line was broken on purpose
    page: int | None = None
    titre: int | None = None  # a real heading
    puce: int | None = None  # a real list
    gras: bool = False
    corps: float = 0.0  # size of the letters, in points
    retrait: float = 0.0  # left indentation, in points
    numerote: bool = False  # a real numbered list
    tableau: tuple[int, int, int] | None = None
    style: str | None = None  # the name that the file gives its style


def assemble(
    paragraphs: Sequence[Paragraphe],
    retirees: Iterable[tuple[int | None, str]],
    origine: str,
    remarques: Iterable[str] = (),
) -> DocumentLu:
    """The document made of paragraphs: headings and bullets that only typography shows become hints."""
    levels = _levels(paragraphs)
    bullets = _bullets(paragraphs)
    lines: list[LigneLue] = []
    for paragraph, titre, puce in zip(paragraphs, levels, bullets, strict=True):
        for rank, text in enumerate(paragraph.texte.split("\n")):
            lines.append(
                LigneLue(
                    numero=len(lines) + 1,
                    texte=text.strip(),
                    page=paragraph.page,
                    titre=titre if text.strip() else None,
                    puce=puce if rank == 0 else None,
                    gras=paragraph.gras,
                    tableau=paragraph.tableau,
                    style=paragraph.style,
                )
            )
    return DocumentLu(
        "".join(f"{line.texte}\n" for line in lines), tuple(lines), tuple(retirees), origine, tuple(remarques)
    )


def _bullets(paragraphs: Sequence[Paragraphe]) -> list[int | None]:
    """The depth of each bullet: that of a real list, otherwise from the indentation of the printed bullets."""
    typed = depths(((p.retrait, p.puce is None and _is_typed(p)) for p in paragraphs), whole=True)
    return [p.puce if p.puce is not None else depth for p, depth in zip(paragraphs, typed, strict=True)]


def _is_typed(paragraph: Paragraphe) -> bool:
    return paragraph.titre is None and bullet(paragraph.texte) is not None


def _levels(paragraphs: Sequence[Paragraphe]) -> list[int | None]:
    """The level of each heading; those told by size or bold alone come after the real ones, the largest first."""
    weights: Counter[float] = Counter()
    for paragraph in paragraphs:
        weights[paragraph.corps] += len(paragraph.texte)
    body = max(weights, key=lambda size: (weights[size], -size), default=0.0)
    first = max((p.titre for p in paragraphs if p.titre), default=0)
    shown = [None if p.titre else _shown(p, body) for p in paragraphs]
    ranks = {look: rank for rank, look in enumerate(sorted({look for look in shown if look}, reverse=True), start=1)}
    return [
        p.titre or (min(first + ranks[look], 9) if look else None) for p, look in zip(paragraphs, shown, strict=True)
    ]


def _shown(paragraph: Paragraphe, body: float) -> tuple[float, bool, bool] | None:
    """How a heading without style looks: size, capitals, bold; None for what is no heading."""
    text = paragraph.texte.strip()
    if not text or paragraph.tableau or paragraph.puce is not None or _is_typed(paragraph) or len(text) > _LONG:
        return None
    sentence = text.endswith(".") and len(text.split()) > _PHRASE
    larger = paragraph.corps > body * _LARGER and not sentence
    if not any(c.isalpha() for c in text) or not (larger or (paragraph.gras and text[-1] not in ".,;")):
        return None
    return (round(paragraph.corps), text.isupper(), paragraph.gras)
