"""The values that an indicator prints: from what it starts, what it must reach, and when."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise, takewhile

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille, Indicateur
from tenir.fichier.mots import plain
from tenir.fichier.source import Plage
from tenir.regles.memoire import lu_une_fois
from tenir.regles.periode import periode_dite

YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
NUMBER = re.compile(r"(?<![\w,.])\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|(?<![\w.,])\d+(?:[.,]\d+)?")
VALUES = re.compile(
    r"\s*(?::|\(|\s[–—-]\s|;|→|,\s*(?=de\s+\d|\d|cible|objectif|valeur|départ|référence|situation)"
    r"|\s(?=de\s\d[\d\u202f]*(?:[.,]\d+)?\s?%?\s(?:\w+\s){0,3}?à\s\d[\d\u202f]*(?:[.,]\d+)?(?![\d,.])(?!\s*ans\b)))"
)
"""What stands between the measure and its values."""
TARGET = re.compile(r"cible|objectif|vise|atteindre|attendu|d'ici|horizon|echeance|a terme|passe[rs]? a")
START = re.compile(
    r"valeur initiale|initial|depart|reference|actuel|base\b|situation|contre|au lieu de|constate|etat zero"
)
ORDERED = re.compile(r"(?:→|->|=>|\bà\b|\bpuis\b)")
"""What leads from the value of the start to the value to reach."""


@dataclass(frozen=True, slots=True)
class Releve:
    """One value that an indicator prints: the number, its year when it has one, what the words before it call it."""

    valeur: Decimal
    annee: int | None
    role: str
    pour_cent: bool = False


def measure(libelle: str) -> str:
    """A label without the values printed after it: « Nombre de visites : 0 en 2023 » is « Nombre de visites »."""
    for found in VALUES.finditer(libelle):
        if any(character.isdigit() for character in libelle[found.end() :]) and found.start():
            return libelle[: found.start()].strip(" ,;:–-")
    return libelle


def releves(indicateur: Indicateur) -> list[Releve]:
    """The values of an indicator in their order: those of its label, then that of its target."""
    printed = indicateur.texte or ""
    whole = printed if printed.startswith(indicateur.libelle) else indicateur.libelle  # its values may follow its label
    values = whole[len(measure(indicateur.libelle)) :]
    target = indicateur.cible or ""
    target = "" if target in values else target  # the reader took it from the label
    return _read(values) + [Releve(one.valeur, one.annee, "cible") for one in _read(target)]


def start_and_target(indicateur: Indicateur, beside: tuple[str, ...] = ()) -> tuple[Releve, Releve] | None:
    """The value an indicator starts from and the value it must reach, when its words or its years leave no doubt.

    `beside` are the cells of its row: the value of the start stands before the value to reach.
    """
    values = releves(indicateur)
    in_cells = [one for cell in beside for one in _read(cell)]
    if len(in_cells) == 2 and measure(indicateur.libelle) == indicateur.libelle:
        return in_cells[0], in_cells[1]
    if len(values) != 2:
        return None
    first, second = values
    if "départ" in (second.role, first.role) or "cible" in (first.role, second.role):
        backwards = second.role == "départ" or (first.role == "cible" and second.role != "cible")
        return (second, first) if backwards else (first, second)
    if first.annee and second.annee and first.annee != second.annee:
        return (first, second) if first.annee < second.annee else (second, first)
    return (first, second) if ORDERED.search(indicateur.libelle) else None


def cells(indicateur: Indicateur, document: DocumentNormalise) -> tuple[str, ...]:
    """The cells of values printed after an indicator on the lines of its row, none when it is a piece of a line.

    Its label comes first in its source; the cells of its values may follow there.
    """
    if not indicateur.source or any(plage.colonne_debut for plage in indicateur.source):
        return ()
    label = indicateur.source[0].fin
    below = document.lignes[label : label + MOST]
    return tuple(line.strip() for line in takewhile(CELL.fullmatch, below))


MOST = 4
"""How many cells of values a row has at most."""
CELL = re.compile(
    r"\s*(?:(?:env\.|environ|\+|-|≥|>)?\s?\d[\d\s\u202f.,]*\s?(?:%|€|par an|/an|personnes|jeunes|logements|places)?"
    r"(?:\s?\((?:19|20)\d{2}\))?"
    r"|[↑↗↓↘]|(?:en |à la |à )?(?:hausse|baisse|augmenter|réduire|diminuer))\s*",
    re.IGNORECASE,
)
"""A line that holds a value, or the way it must go, and nothing else."""


@dataclass(frozen=True, slots=True)
class Couple:
    """Two dated values, of the start and to reach, and the words of their indicator, as they are printed.

    `apres` is what the line goes on with: a source, the heading of the next field.
    """

    libelle: str
    depart: Releve
    cible: Releve
    source: tuple[Plage, ...]
    apres: str = ""

    @property
    def lignes(self) -> set[int]:
        """Its lines."""
        return {line for plage in self.source for line in plage.lignes}


DATED = rf"((?:{NUMBER.pattern})(?:\s?%)?)\s?(?:[^\d,;:.()→]{{0,20}}?)\s?(?:\(|en |fin |d[’']ici )((?:19|20)\d{{2}})\)?"
_LINK = r"\s?(?:,|;|/|\.|–|—|puis|→|->|à|et|vers)\s?(?:puis |cible :? ?|objectif :? ?|viser |atteindre |à |vers )?"
_AFTER = r"(?P<apres>\W*$|\)?\s?[.;,–—|(]\s*(?:\(?[A-ZÀ-Ý]|source|selon|d[’']après|relevé|suivi)[^:]{0,30}:?.*$)"
PAIR = re.compile(rf"^(?P<avant>.*?)[\s:(]*{DATED}{_LINK}{DATED}{_AFTER}")
_YEARS_FIRST = (
    rf"(?:en |fin |valeur |référence |départ |cible |objectif )*\(?((?:19|20)\d{{2}})\)?\s?[:=]\s?({NUMBER.pattern})"
)
BY_YEAR = re.compile(
    rf"^(?P<avant>.*?)[\s:(,;–—]*{_YEARS_FIRST}(?:[^\d,;:.()→]{{0,20}}?)\s?(?:,|;|/|\.|–|—|→|->|\|)\s?"
    rf"{_YEARS_FIRST}(?:[^\d,;:.()→]{{0,20}}?){_AFTER}",
    re.IGNORECASE,
)
"""The same, each year before its value: « 2023 : 45 ; 2027 : 150 »."""
TARGET_FIRST = re.compile(
    rf"^(?:[^:\d]{{2,40}}:\s)?(?P<cible>{NUMBER.pattern})\s?(?P<nom>[^\W\d][^\d():;]{{3,80}}?)"
    rf"\s(?:par an |chaque année )?"
    rf"(?:en|d[’']ici|fin|à l[’']horizon)\s(?P<an>20\d{{2}})\s?\((?:contre )?(?P<depart>{NUMBER.pattern}|aucune?)\s?"
    rf"(?:[^\d():;]{{0,20}}\s)?en\s(?P<avant>20\d{{2}})\)[.;]?$"
)
"""The value to reach, what it counts, then where it starts: « 130 élèves inscrits en 2030 (45 en 2023) »."""
ALONE = re.compile(rf"^{DATED}$")
NUMBERED = re.compile(r"^(?:\d{1,3}\s?[.)–-]|[-–•*])\s?\S")
ABOVE = 7
"""How many lines above its values the label of an indicator stands, at most."""


@lu_une_fois
def couples(document: DocumentNormalise) -> tuple[Couple, ...]:
    """The dated values printed by two, on one line or in two cells, with the label above them."""
    lines = [line.strip() for line in document.lignes]
    found = tuple(_couples(lines))
    read = {line for one in found for line in one.lignes}
    return (*found, *(one for one in _of_tables(lines) if not one.lignes & read))


def _of_tables(lines: list[str]) -> Iterator[Couple]:
    """The rows of a table, a cell a line, whose heads are dated: « Situation 2024 », « Cible 2027 », « Cible 2030 »."""
    for at in range(1, len(lines) - 1):
        years = [_dated_head(line) for line in takewhile(_dated_head, lines[at : at + FARTHEST])]
        if len(years) > 1 and not _dated_head(lines[at - 1]) and _says(lines[at - 1]):
            yield from _rows(lines, at + len(years), years)


def _rows(lines: list[str], start: int, years: list[str]) -> Iterator[Couple]:
    """The rows below dated heads: a label, the number of an action perhaps, then as many values as there are years."""
    row = start
    while row < min(len(lines), start + FARTHEST) and not _dated_head(lines[row]):
        values = list(takewhile(VALUE.fullmatch, lines[row + 1 : row + 3 + len(years)]))
        if any(map(_dated_head, values)):
            return  # the heads of the next table
        if len(values) - len(years) in (0, 1) and not VALUE.fullmatch(lines[row]):
            held = values[-len(years) :]
            yield _couple(lines[row], (held[0], years[0], held[-1], years[-1]), Plage(row + 1, row + 1 + len(values)))
            row += len(values)
        row += 1


def _dated_head(line: str) -> str:
    """The year of the head of a column: nothing when it has none, or more than one."""
    found = YEAR.findall(line)
    return found[0] if len(found) == 1 and len(line) <= HEAD and HEADED.match(line) else ""


HEADED = re.compile(
    r"(?:(?:situation|valeur|point|état|année|départ|référence|cible|objectif|résultat|niveau|réalisé)\b[^\d]*)?\(?(?:19|20)\d{2}\)?$",
    re.IGNORECASE,
)
HEAD = 40
VALUE = re.compile(rf"(?:{NUMBER.pattern})\s?%?")
FARTHEST = 400
"""How many lines a table of indicators runs below its heads, at most."""


def vises(contrat: ContratDeVille, document: DocumentNormalise) -> list[Couple]:
    """Those whose value to reach is of the contract: two years of the past tell how things went."""
    periode = periode_dite(contrat, document) or contrat.identite.periode
    return [one for one in couples(document) if (one.cible.annee or 0) >= periode.debut]


def _couples(lines: list[str]) -> Iterator[Couple]:
    end = 0  # of the row above
    for at, line in enumerate(lines):
        if backwards := TARGET_FIRST.match(line):
            start = "0" if backwards["depart"].startswith("auc") else backwards["depart"]
            dated = (start, backwards["avant"], backwards["cible"], backwards["an"])
            yield _couple(backwards["nom"], dated, Plage(at + 1, at + 1))
            continue
        two = ALONE.match(line), ALONE.match(lines[at + 1]) if at + 1 < len(lines) else None
        if two[0] and two[1]:
            label = max(
                range(max(at - ABOVE, end), at), key=lambda n: len(lines[n]) if _says(lines[n]) else 0, default=at
            )
            yield _couple(lines[label], (*two[0].groups(), *two[1].groups()), Plage(label + 1, at + 2))
            end = at + 2
        elif found := pair(line):
            avant, values, apres = found
            first = _label(lines, at, avant)
            yield _couple(" ".join([*lines[first:at], avant]), values, Plage(first + 1, at + 1), apres)
        elif found := _wrapped(lines, at):
            avant, values, apres = found
            first = _label(lines, at, avant)
            yield _couple(" ".join([*lines[first:at], avant]), values, Plage(first + 1, at + 2), apres)


def _wrapped(lines: list[str], at: int) -> tuple[str, tuple[str, ...], str] | None:
    """The two values of a line that ends on the next: « 58 % en 2023, 71 % en / 2028 »."""
    below = lines[at + 1] if at + 1 < len(lines) else ""
    goes_on = below[:1].islower() or (below[:1].isdigit() and not NUMBERED.match(below))
    return pair(f"{lines[at]} {below}") if YEAR.search(lines[at]) and goes_on and not ALONE.match(below) else None


def pair(line: str) -> tuple[str, tuple[str, ...], str] | None:
    """What stands before two dated values on a line, the values and their years, and what stands after."""
    if len(YEAR.findall(line)) < 2:
        return None
    if found := PAIR.match(line):
        values = found.groups()[1:5]
    elif found := BY_YEAR.match(line):
        first, start, last, target = found.groups()[1:5]
        values = (start, first, target, last)
    else:
        return None
    return found["avant"], values, found["apres"]


def _says(line: str) -> bool:
    return not ALONE.match(line) and len(line) < LONGEST


LONGEST = 140


def _label(lines: list[str], at: int, before: str) -> int:
    """The first line of the label that ends on a line: it carries a number or a bullet, or stands just above."""
    if NUMBERED.match(lines[at]) or len(before) > LONGEST / 4:
        return at if NUMBERED.match(lines[at]) or not _goes_on(lines, at) else at - 1
    for first in range(at - 1, max(at - 4, -1), -1):
        if not lines[first] or pair(lines[first]):
            return first + 1
        if NUMBERED.match(lines[first]) or LABELLED.match(lines[first]):
            return first
    return max(at - 1, 0)


def _goes_on(lines: list[str], at: int) -> bool:
    return at > 0 and lines[at][:1].islower() and bool(lines[at - 1])


LABELLED = re.compile(r"^[A-ZÀ-Ý][^\W\d_]*(?: [^\W\d_]+){0,3}\s?:\s")
"""What names a field before an indicator: « On mesurera : »."""


def _couple(label: str, values: tuple[str, ...], where: Plage, apres: str = "") -> Couple:
    start, first, target, last = values
    return Couple(
        LABELLED.sub("", re.sub(r"^(?:\d{1,3}\s?[.)]|[-–•*])\s?", "", label)).strip(" :;,("),
        Releve(_number(start), int(first), "départ", start.endswith("%")),
        Releve(_number(target), int(last), "cible", target.endswith("%")),
        (where,),
        apres.strip(" .;,–—|"),
    )


def _number(printed: str) -> Decimal:
    return Decimal(re.sub(r"[\s%]", "", printed).replace(",", "."))


def shown(one: Releve) -> str:
    """A value as it is told: « 52 % en 2028 »."""
    number = f"{one.valeur:f}".replace(".", ",") + (" %" if one.pour_cent else "")
    return f"{number} en {one.annee}" if one.annee else number


def _read(text: str) -> list[Releve]:
    """The numbers of a text that are not years, each with the year printed beside it."""
    dated = [found for found in NUMBER.finditer(text) if not _is_year(text, found)]
    bounds = [found.start() for found in dated] + [len(text)]
    starts = [0, *(found.end() for found in dated)]
    return [
        Releve(
            Decimal(re.sub(r"\s", "", found[0]).replace(",", ".")),
            _year(text[found.end() : until], text[since : found.start()], len(dated)),
            _role(text[since : found.start()], text[found.end() : until] if len(dated) == 1 else ""),
        )
        for found, since, (_, until) in zip(dated, starts, pairwise([0, *bounds[1:]]), strict=False)
    ]


def _is_year(text: str, found: re.Match[str]) -> bool:
    return YEAR.fullmatch(found[0]) is not None and not re.match(r"\s*%", text[found.end() :])


def _year(after: str, before: str, count: int) -> int | None:
    """The year printed after a value, else the one printed before it: « 65 % en 2023 », « 2023 : 65 % »."""
    first = re.match(r"[^:;]*?\b(?:en|fin|d’ici|d'ici|\(|au|avant)?\s*\(?((?:19|20)\d{2})\b", after)
    last = YEAR.findall(before)
    if re.search(r"(?:19|20)\d{2}\s*\)?\s*(?::|=|\()\s*$", before) and last:
        return int(last[-1])
    if first and not re.search(r"[:=]", after[first.end() : first.end() + 3]):
        return int(first[1])
    return int(last[-1]) if last else None


def _role(before: str, after: str) -> str:
    said = plain(before).replace("’", "'")
    last = max(
        (found.start(), role)
        for role, motif in (("cible", TARGET), ("départ", START), ("", re.compile("^")))
        for found in motif.finditer(said)
    )
    return last[1]
