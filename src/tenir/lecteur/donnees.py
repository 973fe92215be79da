"""The figures printed under « données »: label, value as printed and as read, unit, year, source, parts of a whole."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from tenir.fichier.modeles import Donnee
from tenir.fichier.source import Plage
from tenir.lecteur.avis import Atelier, Niveau
from tenir.lecteur.lexique import cle, lexique
from tenir.lecteur.lignes import ALINEA, PUCE, Texte
from tenir.lecteur.nombres import Nombre, mesure, nombres
from tenir.lecteur.plan import Region

_COUPE = re.compile(r"(?:^|\s)(?:dont|soit|et|où|en baisse|en hausse)\s|[,.]\s")
_PERIODE = re.compile(r"(?:19|20)\d\d(?:\s?-\s?(?:20)?\d\d)?")
_PARENTHESE = re.compile(r"\(([^()]*)\)?")
_PARTIE = re.compile(
    r"^\s*(?:et\s+)?[\d.,  %]+\s*(?:de |d’|d')?(?P<quoi>femmes?|hommes?|filles?|garçons?)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Cadre:
    """What a heading says of every figure under it."""

    periode: str | None
    origine: str | None


@dataclass(frozen=True, slots=True)
class _Ligne:
    """One printed statement: its lines, joined, and the heading of a list above it."""

    numeros: tuple[int, ...]
    mots: str
    prefixe: str = ""


def lire_donnees(atelier: Atelier, region: Region, code: str, premier: int = 1) -> tuple[Donnee, ...]:
    """Read the figures of a rubric."""
    cadre = _cadre(region.titre)
    found: list[Donnee] = []
    for ligne in _statements(atelier.texte, region):
        found += _read(atelier, ligne, cadre, code, premier + len(found))
    return tuple(found)


def _cadre(titre: str) -> _Cadre:
    inside = _PARENTHESE.search(titre)
    if inside is None:
        return _Cadre(None, None)
    years = {match.group() for match in _PERIODE.finditer(inside[1])}
    origin = re.sub(r"^(?:source|cf)\s+", "", inside[1]).strip(" ,")
    origin = re.sub(rf",?\s*{_PERIODE.pattern}$", "", origin) if "," in origin or origin in years else origin
    return _Cadre(years.pop() if len(years) == 1 else None, origin or None)


def _statements(texte: Texte, region: Region) -> Iterator[_Ligne]:
    """The lines of a rubric, a label cut over two lines joined, a list's heading passed down to its lines."""
    pending: list[int] = []
    prefix = ""
    for numero in texte.pleines(region.corps, region.fin):
        carried = pending and (_same_row(texte, pending[-1], numero) or _carries_on(texte, pending[-1], numero))
        if pending and not carried:
            yield _ligne(texte, pending, prefix)
            pending = []
        if not pending and texte.net(numero).endswith(":") and not nombres(texte.net(numero)):
            prefix = texte.net(numero).rstrip(" :")
            continue
        prefix = prefix if texte.puce(numero) != ALINEA or texte.lignes[numero].tableau else ""
        pending.append(numero)
    if pending:
        yield _ligne(texte, pending, prefix)


def _same_row(texte: Texte, above: int, numero: int) -> bool:
    """Whether two lines are cells of one row: the label, then its value."""
    cell, below = texte.lignes[above].tableau, texte.lignes[numero].tableau
    return cell is not None and below is not None and cell[:2] == below[:2]


def _carries_on(texte: Texte, above: int, numero: int) -> bool:
    """Whether a line goes on with a statement; a cell of another row never does."""
    if texte.puce(numero) != ALINEA or texte.lignes[numero].tableau:
        return False
    return _goes_on(texte, above, numero)


def _goes_on(texte: Texte, above: int, numero: int) -> bool:
    line = texte.net(numero)
    return (
        texte.suit(numero, above)
        or (line.startswith("(") and not texte.finie(above))
        or _sentence(texte, above, numero)
    )


def _sentence(texte: Texte, above: int, numero: int) -> bool:
    """A full line of prose carries its sentence on to a line that opens with a number."""
    line = texte.net(above)
    return texte.net(numero)[:1].isdigit() and not texte.courte(above) and not line.endswith((".", ")", ":"))


def _ligne(texte: Texte, numeros: list[int], prefix: str) -> _Ligne:
    row = len(numeros) > 1 and _same_row(texte, numeros[0], numeros[1])
    return _Ligne(tuple(numeros), (":" if row else "\n").join(texte.brut(n) for n in numeros), prefix)


def _read(atelier: Atelier, ligne: _Ligne, cadre: _Cadre, code: str, rang: int) -> list[Donnee]:
    values = _values(ligne.mots)
    cuts = _cuts(ligne.mots, values)
    found: list[Donnee] = []
    for index, nombre in enumerate(values):
        span = (cuts[index], cuts[index + 1])
        read = _donnee(atelier, ligne, cadre, nombre, span, _code(code, rang + index), found)
        found += [read] if read else []
    return found


def _code(owner: str, rang: int) -> str:
    """The code of a figure: of an orientation, or of the diagnosis when nothing owns it."""
    return f"{owner}-D{rang:02d}" if owner else f"T{rang:02d}"


@lru_cache(maxsize=8)
def _values(mots: str) -> list[Nombre]:
    """The measures of a statement: after its label when it has one, wherever they stand otherwise.

    Asked again for each of them: kept, so that a line of many figures costs what it holds and not its square.
    """
    label = mots.find(":")
    kept = [n for n in nombres(mots) if mesure(n, mots)]
    after = [n for n in kept if n.debut > label]
    return after if label >= 0 and after else kept


def _cuts(mots: str, values: list[Nombre]) -> list[int]:
    """Where the words of each value begin: at the last link word before it."""
    edges = [0]
    for before, after in pairwise(values):
        links = [match.start() for match in _COUPE.finditer(mots, before.fin, after.debut + 1)]
        edges.append((links[-1] if links else before.fin) + (1 if links else 0))
    return [*edges, len(mots)]


def _donnee(
    atelier: Atelier,
    ligne: _Ligne,
    cadre: _Cadre,
    nombre: Nombre,
    span: tuple[int, int],
    code: str,
    before: list[Donnee],
) -> Donnee | None:
    whole = len(before) == 0 and span[1] == len(ligne.mots)
    source = (_lines(ligne),) if whole else colonnes(atelier.texte, ligne.numeros, span)
    label, part = _label(ligne, nombre, span)
    parent = _parent(part, before, atelier.texte, ligne)
    years = _years(ligne.mots)
    _doubt(atelier, nombre, code)
    return atelier.bati(
        Donnee,
        code=code,
        libelle=label,
        imprime=nombre.imprime,
        valeur=nombre.valeur,
        valeur_max=nombre.valeur_max,
        unite=_unit(nombre, label),
        periode=cadre.periode or (years[-1] if len(years) == 1 else None),
        perimetre=part,
        origine=cadre.origine,
        partie_de=parent,
        source=source,
        texte=atelier.texte.mots(source),
    )


@lru_cache(maxsize=8)
def _years(mots: str) -> list[str]:
    return [m.group() for m in _PERIODE.finditer(mots) if not nombres(m.group())[0].unite]


def _lines(ligne: _Ligne) -> Plage:
    return Plage(ligne.numeros[0], ligne.numeros[-1])


def colonnes(texte: Texte, numeros: Iterable[int], span: tuple[int, int]) -> tuple[Plage, ...]:
    """The source of a stretch of some lines joined by a line feed: whole lines where it can, columns where it must."""
    plages, place = [], 0
    for numero in numeros:
        raw = texte.brut(numero)
        first, last = max(0, span[0] - place), min(len(raw), span[1] - place)
        if first < last and raw[first:last].strip():
            full = not raw[:first].strip() and not raw[last:].strip()
            plages.append(Plage(numero, numero) if full else Plage(numero, numero, first + 1, last))
        place += len(raw) + 1
    return tuple(plages)


def _label(ligne: _Ligne, nombre: Nombre, span: tuple[int, int]) -> tuple[str, str | None]:
    """The printed label, the value taken out, and the part it speaks of (« femmes ») when it is one."""
    flat = PUCE.sub("", ligne.mots, count=1).replace("\n", " ")
    lead = len(ligne.mots) - len(flat)
    span, start, end = (max(0, span[0] - lead), span[1] - lead), nombre.debut - lead, nombre.fin - lead
    piece = flat[span[0] : span[1]]
    match = _PARTIE.match(re.sub(r"^\W*dont\s+", "", piece.strip(" (")))
    head, colon, _ = flat.partition(":")
    own = _around(flat[span[0] : start], flat[end : span[1]])
    after = _after(flat[end : span[1]], nombre)
    text = own
    if colon and span[0] <= len(head):
        text = f"{head} : {after}" if after else head
    if match or (colon and span[0] > len(head)):
        text = f"{_first_label(flat)}, dont {match['quoi']}" if match else f"{_first_label(flat)} : {own}"
    label = re.sub(r"\s*\(\s*\)", "", _trim(f"{ligne.prefixe} : {text}" if ligne.prefixe else text))
    return label or _trim(flat), match["quoi"] if match else None


def _after(text: str, nombre: Nombre) -> str:
    """What a label leaves to say after its value, beyond the unit."""
    words = _trim(text)
    only_unit = words == nombre.suivant or cle(nombre.suivant) in lexique().listes["non_unites"]
    return "" if only_unit else words


def _around(before: str, following: str) -> str:
    """The words on both sides of a value, a gap where it stood."""
    head, tail = re.sub(r"\(\s*$", "", before).strip(), following.removeprefix(")").strip()
    apart = head not in ("", "et", "dont", "soit") and _trim(head) and _trim(tail) and ":" not in head
    return _trim(f"{head} … {tail}" if apart else f"{head} {tail}")


def _first_label(flat: str) -> str:
    values = _values(flat)
    head, colon, _ = flat.partition(":")
    return _trim(head if colon else flat[: values[0].debut] if values else flat)


def _trim(text: str) -> str:
    bare = re.sub(r"\s+", " ", text)
    bare = re.sub(r"^(?:[\s,.;:()-]|(?:dont|soit|et|où|des|du|de)\s)+", "", bare)
    return re.sub(r"(?:[\s,.;:(-]|\s(?:dont|soit|et|des|du|de))+$", "", bare).strip()


def _parent(part: str | None, before: list[Donnee], texte: Texte, ligne: _Ligne) -> str | None:
    whole = next((d for d in reversed(before) if d.perimetre is None), None)
    return whole.code if part and whole else None


def _unit(nombre: Nombre, label: str) -> str | None:
    if nombre.unite:
        return nombre.unite
    counted = re.match(r"nombre (?:de |d’|d')(?P<quoi>[\w’'-]+)", label, re.IGNORECASE)
    no_unit = (*lexique().listes["liaisons"], *lexique().listes["non_unites"])
    follows = nombre.suivant if cle(nombre.suivant) not in no_unit else ""
    return (counted["quoi"] if counted else follows) or None


def _doubt(atelier: Atelier, nombre: Nombre, code: str) -> None:
    if nombre.unite == "%" and nombre.valeur > 100:
        atelier.juge(code, Niveau.BASSE, f"{nombre.imprime} dépasse 100 % : chiffre à vérifier dans le document.")
