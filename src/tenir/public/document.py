"""The signed document, line by line: what is cited is highlighted, each line leads to the item that it carries."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from tenir.contrat.adresses import address
from tenir.contrat.models import Axe, DocumentSigne, EntreeDeRecherche, Orientation, RegleDOrdre
from tenir.contrat.recherche import SEARCHED
from tenir.core.composants import Lien
from tenir.core.exports import export_response
from tenir.core.typographie import accord, capital, en_lettres, pluriel
from tenir.fichier.codes import PARTIE
from tenir.fichier.source import Plage, parse_source, written_lines
from tenir.habilitations.models import EspaceDeContrat
from tenir.public.espace import context, contract_or_404, crumbs

MAX_ASKED = 500
"""Length beyond which `?lignes=` is not read."""

CONTENTS = ("axe", "orientation", "signataire", "partie")


@dataclass(frozen=True, slots=True)
class Claim:
    """An item and the lines that carry it."""

    code: str
    plages: tuple[Plage, ...]

    @property
    def debut(self) -> int:
        """The first of its lines."""
        return min(plage.debut for plage in self.plages)


def document(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole document: `?lignes=12-14,17` highlights."""
    espace = contract_or_404(slug)
    signed = DocumentSigne.objects.filter(espace=espace).first()
    asked = request.GET.get("lignes", "")
    cited = cited_ranges(asked)
    given = context(espace, fil=crumbs(espace, Lien("Le document signé")))
    if signed is None:
        return render(request, "public/document_absent.html", given | {"citees": written_lines(cited)})
    lines, found = signed.normalise().lignes, claims(espace)
    cited = tuple(plage for plage in cited if plage.debut <= len(lines))
    given |= {
        "citees": written_lines(cited),
        "chapeau": lede(len(lines), signed.noms_masques),
        "illisible": bool(asked) and not cited,
        "premiere": cited[0].debut if cited else 0,
        "sommaire": contents(espace, found),
        "lignes": numbered(slug, lines, found, numbers(cited, len(lines))),
    }
    return render(request, "public/document.html", given)


def document_export(request: HttpRequest, slug: str, format: str) -> HttpResponse:
    """The lines as a file, names masked, each with the codes of its items."""
    espace = contract_or_404(slug)
    signed = DocumentSigne.objects.filter(espace=espace).first()
    if signed is None:
        raise Http404
    return export_response(_rows(espace, signed), name=f"{slug}-document", format=format)


def cited_ranges(asked: str) -> tuple[Plage, ...]:
    """The ranges asked in the address; none when they cannot be read."""
    if not asked or len(asked) > MAX_ASKED:
        return ()
    try:
        return parse_source(asked)
    except ValueError:
        return ()


def numbers(ranges: Sequence[Plage], last: int) -> set[int]:
    """The line numbers of some ranges, none beyond the last line."""
    return {number for plage in ranges for number in range(plage.debut, min(plage.fin, last) + 1)}


def claims(espace: EspaceDeContrat) -> list[Claim]:
    """What every item in force claims of the document. One query, whatever the size of the contract."""
    sources = [model._default_manager.of(espace).order_by().values_list("code", "source") for model in SEARCHED]
    titles = [model._default_manager.of(espace).order_by() for model in (Axe, Orientation)]
    rules = RegleDOrdre.objects.filter(instance__espace=espace, instance__retire=False).order_by()
    others: list[Any] = [
        *sources[1:],
        *(rows.values_list("code", "source_protocole") for rows in titles),
        rules.values_list("instance__code", "source"),
    ]
    written = sources[0].union(*others, all=True)
    return [Claim(code, parse_source(source)) for code, source in written if source]


def codes_by_line(found: Sequence[Claim], last: int) -> dict[int, list[str]]:
    """The codes of the items of each line, in the order of their columns."""
    placed: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for claim in found:
        for plage in claim.plages:
            for number in numbers([plage], last):
                placed[number].append((plage.colonne_debut or 0, claim.code))
    return {number: list(dict.fromkeys(code for _, code in sorted(codes))) for number, codes in placed.items()}


def contents(espace: EspaceDeContrat, found: Sequence[Claim]) -> list[Lien]:
    """The table of contents: parts, axes, orientations and signatories, in the order of the document."""
    starts: dict[str, int] = {}
    for claim in found:  # an orientation is announced in the protocol: what counts is where it is written out
        starts[claim.code] = max(claim.debut, starts.get(claim.code, 0))
    entries = EntreeDeRecherche.objects.filter(espace=espace, genre__in=CONTENTS)
    titles = {code: titre for code, titre in entries.values_list("code", "titre") if titre and "-" not in code}
    ordered = sorted((starts[code], code) for code in titles if code in starts)
    return [Lien(titles[code], f"#l{line}", code) for line, code in ordered]


def numbered(slug: str, lines: Sequence[str], found: Sequence[Claim], cited: set[int]) -> Iterator[SafeString]:
    """Yield each line as a list item, the cited ones highlighted."""
    for number, (line, margin) in enumerate(_plain_lines(slug, tuple(lines), tuple(found)), start=1):
        yield _line(number, lines[number - 1], margin, cited=True) if number in cited else line


@lru_cache(maxsize=16)
def _plain_lines(
    slug: str, lines: tuple[str, ...], found: tuple[Claim, ...]
) -> tuple[tuple[SafeString, SafeString | str], ...]:
    """Each line as a list item, and its margin: the codes of the items that begin there.

    The document shows whole, because anchors (#l1838, #P03) must be found on one page. Kept, because the lines of a
    signed contract hardly ever change; the key is all that they are made from, so that what is kept is never stale.
    """
    codes = codes_by_line(found, len(lines))
    anchors = _first_lines_of_parts(found)
    before: list[str] = []
    made = []
    for number, text in enumerate(lines, start=1):
        here = codes.get(number, before if not text.strip() else [])
        new = [(code, (number, code) in anchors) for code in here if code not in before]
        margin = _margin(slug, new)
        made.append((_line(number, text, margin), margin))
        before = here
    return tuple(made)


def _first_lines_of_parts(found: Sequence[Claim]) -> set[tuple[int, str]]:
    """Where each part begins: its code is an anchor there, once, even when it stands in several places."""
    firsts: dict[str, int] = {}
    for claim in found:
        if re.match(PARTIE, claim.code):
            firsts[claim.code] = min(claim.debut, firsts.get(claim.code, claim.debut))
    return {(line, code) for code, line in firsts.items()}


def _line(number: int, text: str, margin: SafeString | str, *, cited: bool = False) -> SafeString:
    marks = (format_html(' class="{}"', "citee"), format_html(' aria-label="Ligne {}, citée"', number))
    shown = '<li id="l{0}"{1}><a class="numero" href="#l{0}"{2}>{0}</a><span>{3}</span>{4}</li>\n'
    return format_html(shown, number, *(marks if cited else ("", "")), text, margin)


def _margin(slug: str, codes: Sequence[tuple[str, bool]]) -> SafeString | str:
    """The codes of a line, each leading to its item; a part of the document itself is at home here."""
    links = [
        format_html('<a class="code" id="{0}" href="#{0}">{0}</a>', code)
        if at_home
        else format_html('<a class="code" href="{}">{}</a>', address(slug, code), code)
        for code, at_home in codes
    ]
    shown = format_html_join(" ", "{}", ((link,) for link in links))
    return format_html('<span class="appartenance">{}</span>', shown) if links else ""


def lede(count: int, masked: str) -> str:
    """How long it is, and what is hidden in it."""
    start = f"Le texte que les signataires ont signé, ligne par ligne : {pluriel(count, 'ligne', genre='f')}."
    if not masked:
        return start
    spans = len(parse_source(masked))
    hidden = accord(
        spans, "passage qui nomme une personne est masqué", "passages qui nomment une personne sont masqués"
    )
    return f"{start} {capital(en_lettres(spans))} {hidden}."


def _rows(espace: EspaceDeContrat, signed: DocumentSigne) -> Iterator[list[object]]:
    lines = signed.normalise().lignes
    codes = codes_by_line(claims(espace), len(lines))
    yield ["Contrat", "Ligne", "Texte", "Éléments"]
    for number, text in enumerate(lines, start=1):
        yield [espace.titre, number, text, " ; ".join(codes.get(number, []))]


def document_url(slug: str, source: str) -> str:
    """The address of the document with the lines of a source highlighted."""
    return f"{reverse('document', args=[slug])}?lignes={source.replace(' ', '')}"


urlpatterns = [
    path("document/", document, name="document"),
    path("document.<str:format>", document_export, name="document-export"),
]
