"""Documents that leave the site: said once, written as a page, as Word and as accessible PDF (PDF/UA-1).

A document is plain values: whoever makes one knows nothing of files, and the three say the same thing. No text of it
is ever read as markup. `docs/adr/0023-documents.md`.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.safestring import SafeString

from tenir.core.carres import Rangs, drawing


@dataclass(frozen=True, slots=True)
class Tableau:
    """A table: its name for those who do not see it, its columns and their share of the width, its rows.

    A cell may hold several lines.
    """

    resume: str
    colonnes: tuple[str, ...]
    largeurs: tuple[int, ...]
    lignes: tuple[tuple[str, ...], ...]


PAR_LIGNE = 18
"""How many squares a row of an image holds, before it goes on under itself."""


@dataclass(frozen=True, slots=True)
class RangDImage:
    """A row of an image: what it is of, its squares (`core.carres.Motif`), and the same in words."""

    titre: str
    motifs: tuple[str, ...]
    phrase: str

    @property
    def dessin(self) -> SafeString:
        """Its squares as one image, whose text alternative is its sentence; nothing without any square."""
        return drawing(self.motifs, titre=self.phrase, par_ligne=PAR_LIGNE) if self.motifs else SafeString()


@dataclass(frozen=True, slots=True)
class Image:
    """A picture in squares, as a table of three columns: what each row is of, its squares, the same in words.

    `legende`: each drawing with what it means.
    """

    resume: str
    colonnes: tuple[str, str, str]
    rangs: tuple[RangDImage, ...]
    legende: tuple[tuple[str, str], ...]

    @property
    def signes(self) -> list[tuple[SafeString, str]]:
        """The legend, drawn."""
        return [(drawing([motif], titre=mots), mots) for motif, mots in self.legende]


@dataclass(frozen=True, slots=True)
class Partie:
    """A part: sentences, a picture, a table; without any of them, it says `vide`.

    `encadree`: in a frame, for it is what one must not miss; `autre_feuille`: it opens a new sheet; `en_regard`: two
    such parts, one after the other, stand side by side where a sheet is wide enough, without the words of their rows.
    """

    titre: str
    phrases: tuple[str, ...] = ()
    tableau: Tableau | None = None
    vide: str = ""
    image: Image | None = None
    encadree: bool = False
    autre_feuille: bool = False
    en_regard: bool = False

    @property
    def dite(self) -> bool:
        """Whether it has anything to say."""
        return bool(self.phrases or self.tableau or self.image)


LATER = ("image", "encadree", "autre_feuille", "en_regard")
"""What a part did not have when the first documents were kept: empty, it is not part of what was said."""


def picture_of(rangs: Rangs, *, resume: str, colonnes: tuple[str, str, str]) -> Image | None:
    """A picture of a page as a document keeps it; none without any square."""
    rows = tuple(
        RangDImage(row.titre, tuple(str(one.signe.motif) for one in row.carres), row.phrase) for row in rangs.rangs
    )
    legend = tuple((str(line.motif), line.mots) for line in rangs.legende)
    return Image(resume, colonnes, rows, legend) if legend else None


@dataclass(frozen=True, slots=True)
class Document:
    """What a document says. `avertissement` is repeated at the head of each sheet: a fictitious contract says so."""

    titre: str
    surtitre: str
    chapeau: tuple[str, ...]
    parties: tuple[Partie, ...]
    avertissement: str = ""


def digest(document: Document) -> str:
    """The SHA-256 of what a document says, in hexadecimal."""
    said = json.dumps(values(document), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


def values(document: Document) -> dict[str, Any]:
    """A document as JSON keeps it. What came `LATER` and is empty is left out: the digest of old ones still holds."""
    said = asdict(document)
    for part in said["parties"]:
        for name in LATER:
            if not part[name]:
                del part[name]
    return said


def recall(said: Mapping[str, Any]) -> Document:
    """A document again, from its values as `values` gives them and as JSON keeps them."""
    parts = tuple(
        Partie(
            part["titre"],
            tuple(part["phrases"]),
            _table(part["tableau"]) if part["tableau"] else None,
            part["vide"],
            _image(part["image"]) if part.get("image") else None,
            part.get("encadree", False),
            part.get("autre_feuille", False),
            part.get("en_regard", False),
        )
        for part in said["parties"]
    )
    return Document(said["titre"], said["surtitre"], tuple(said["chapeau"]), parts, said["avertissement"])


def _table(said: Mapping[str, Any]) -> Tableau:
    lines = tuple(tuple(line) for line in said["lignes"])
    return Tableau(said["resume"], tuple(said["colonnes"]), tuple(said["largeurs"]), lines)


def _image(said: Mapping[str, Any]) -> Image:
    rows = tuple(RangDImage(row["titre"], tuple(row["motifs"]), row["phrase"]) for row in said["rangs"])
    first, second, third = said["colonnes"]
    return Image(said["resume"], (first, second, third), rows, tuple((motif, mots) for motif, mots in said["legende"]))


def document_response(document: Document, *, name: str, format: str) -> HttpResponse:
    """Answer with the file of a document. `name` is the file's name without its ending.

    Raises:
        Http404: the format is neither pdf nor docx.
    """
    from tenir.core.documents import pdf, word  # both need the values above

    writers = {"pdf": (pdf.write, pdf.MIME), "docx": (word.write, word.MIME)}
    if format not in writers:
        raise Http404
    write, mime = writers[format]
    safe = re.sub(r"[^A-Za-z0-9_.-]+", "-", name).strip("-.") or "document"
    response = HttpResponse(write(document), content_type=mime)
    response["Content-Disposition"] = f'attachment; filename="{safe}.{format}"'
    return response
