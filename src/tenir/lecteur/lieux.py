"""The places of the quarter, as a part of the diagnosis lists them: a table, the legend of a map, a sentence."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from tenir.fichier.modeles import Lieu
from tenir.fichier.mots import ARTICLES, plain
from tenir.fichier.source import Plage
from tenir.lecteur.avis import Atelier
from tenir.lecteur.donnees import colonnes
from tenir.lecteur.lexique import lexique
from tenir.lecteur.lignes import Texte
from tenir.lecteur.plan import Region

_CASES = re.compile(r"\s{2,}")
_LEGENDE = re.compile(r"^\s*(?P<repere>\d{1,2}|Hors [a-zà-ÿ]+)\s?[-–.:]\s*(?=\S)")
_NOM = re.compile(r"[^,;()]+")
_ET = re.compile(r"\s+et\s+(?=(?:l[ea]s?\s|l[’']|un)|[A-ZÀ-Ý])")


@dataclass(frozen=True, slots=True)
class _Trouve:
    source: tuple[Plage, ...]
    nom: str
    nature: str | None = None
    repere: str | None = None


def est_liste_de_lieux(region: Region) -> bool:
    """Whether a part of the diagnosis is about places."""
    return region.nature == "diagnostic" and bool(lexique().contient("lieux", region.titre))


def lire_lieux(atelier: Atelier, regions: Iterable[Region]) -> tuple[Lieu, ...]:
    """Read the places, in the order of the text."""
    found = [lieu for region in regions if est_liste_de_lieux(region) for lieu in _of_region(atelier.texte, region)]
    read = (
        atelier.bati(
            Lieu,
            code=f"L{rank:02d}",
            nom=lieu.nom,
            nature=lieu.nature,
            repere=lieu.repere,
            source=lieu.source,
            texte=atelier.texte.mots(lieu.source),
        )
        for rank, lieu in enumerate(found, 1)
    )
    return tuple(lieu for lieu in read if lieu)


def _of_region(texte: Texte, region: Region) -> Iterator[_Trouve]:
    lines = texte.pleines(region.corps, region.fin)
    rows = [n for n in lines if texte.lignes[n].tableau]
    yield from _of_table(texte, rows)
    columns = [n for n in lines if n not in rows and len(_CASES.split(texte.brut(n).strip())) > 1]
    for numero in columns if len(columns) > 1 else []:
        nom, nature = _CASES.split(texte.brut(numero).strip())[:2]
        if not _is_header(nom):
            yield _Trouve((Plage(numero, numero),), nom, _kind(nature))
    prose = [n for n in lines if n not in rows and (n not in columns or len(columns) < 2)]
    marked = [n for n in prose if _LEGENDE.match(texte.brut(n))]
    yield from _of_legend(texte, [n for n in prose if marked and n >= marked[0]])
    if not marked:
        yield from _of_sentences(texte, prose)


def _of_table(texte: Texte, rows: list[int]) -> Iterator[_Trouve]:
    for _row, group in groupby(rows, key=lambda n: (texte.lignes[n].tableau or (0, 0, 0))[:2]):
        numbers = list(group)
        cells = [texte.net(n) for n in numbers]
        if not _is_header(cells[0]):
            source = (Plage(numbers[0], numbers[-1]),)
            yield _Trouve(source, cells[0], _kind(cells[1]) if len(cells) > 1 else None)


def _is_header(cell: str) -> bool:
    return lexique().commence("lieux", cell) is not None and len(cell.split()) == 1


def _kind(cell: str) -> str:
    return cell.split(",")[0].strip()


def _of_legend(texte: Texte, lines: list[int]) -> Iterator[_Trouve]:
    """The numbered groups of a legend, each with its names parted by commas."""
    starts = [n for n in lines if _LEGENDE.match(texte.brut(n))]
    for start, end in zip(starts, [*(n - 1 for n in starts[1:]), *lines[-1:]], strict=True):
        match = _LEGENDE.match(texte.brut(start))
        group = [n for n in lines if start <= n <= end]
        if match:
            yield from _names(texte, group, match.end(), match["repere"].lower())


def _of_sentences(texte: Texte, lines: list[int]) -> Iterator[_Trouve]:
    """The names after the colon of a sentence: « Plus loin : la piscine, le lycée et l’hôpital »."""
    joined = "\n".join(texte.brut(n) for n in lines)
    if " : " in joined:
        yield from _names(texte, lines, joined.index(" : ") + 3, None)


def _names(texte: Texte, lines: list[int], debut: int, repere: str | None) -> Iterator[_Trouve]:
    joined = "\n".join(texte.brut(n) for n in lines)
    for match in _NOM.finditer(joined, debut):
        for start, end in _halves(joined, match.start(), match.end(), prose=repere is None):
            nom = _without_article(re.sub(r"\s+", " ", joined[start:end]).strip(" ."))
            if re.search(r"[^\W\d]{2}", nom) and not nom[0].isdigit():
                start += len(joined[start:end]) - len(joined[start:end].lstrip())
                yield _Trouve(colonnes(texte, lines, (start, end)), nom, repere=repere)


def _halves(text: str, start: int, end: int, *, prose: bool) -> list[tuple[int, int]]:
    """« le lycée et l’hôpital » in a sentence is two places; « et » in a legend is part of a name."""
    cut = _ET.search(text, start, end) if prose else None
    if cut is None:
        return [(start, end)]
    return [(a, b) for a, b in ((start, cut.start()), (cut.end(), end)) if a < b]


def _without_article(nom: str) -> str:
    first, _, rest = nom.partition(" ")
    return rest if rest and plain(first) in ARTICLES and first[:1].islower() else re.sub(r"^[ld][’']", "", nom)
