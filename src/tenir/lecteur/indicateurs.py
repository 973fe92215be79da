"""The printed indicators: groups, sub-groups, the orientations a group covers, repeats that point to their first."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from tenir.fichier.modeles import Indicateur
from tenir.fichier.mots import comparable
from tenir.fichier.source import Plage
from tenir.lecteur.avis import Atelier, Niveau
from tenir.lecteur.cibles import SANS_VALEUR, Valeurs, cible_de, depart_de, separe, sont_des_valeurs
from tenir.lecteur.fiches import contenu
from tenir.lecteur.lexique import lexique
from tenir.lecteur.lignes import ALINEA, PERDUE, PUCE, Bloc, retrait
from tenir.lecteur.plan import Region
from tenir.lecteur.renvois import Renvois
from tenir.lecteur.structure.colonnes import CIBLE, DEPART, RENVOI, Rangee
from tenir.lecteur.structure.series import SERIE
from tenir.lecteur.structure.tableaux import Tableau

_PORTEE = re.compile(
    r"\(\s*(?:orientations?\s*)?(?:n°\s*)?(\d+)\s*(?:à|-|–|et)\s*(\d+)\s*\)|\(orientation\s*(?:n°\s*)?(\d+)\)", re.I
)
_CIBLE = re.compile(
    r"^(?:Réduire|Porter|Atteindre|Ramener|Augmenter|Diminuer)\b[^,;(]*?(\d[\d  ,.]*\s?%(?:\s+en\s+20\d\d)?)", re.I
)


def lire_indicateurs(
    atelier: Atelier,
    regions: Iterable[Region],
    titres: Mapping[str, str],
    premier: int = 1,
    orientation: str | None = None,
    renvois: Renvois | None = None,
) -> tuple[Indicateur, ...]:
    """Read the indicators of a region; `orientation` when they are printed inside one.

    `renvois` tells which orientation the words of a heading or of a cell refer to.
    """
    lecture = _Lecture(atelier, titres, premier, orientation, renvois or Renvois({}, {}, {}))
    for region in regions:
        lecture.lire(region)
    return tuple(lecture.lus)


@dataclass
class _Lecture:
    """What reading indicators remembers from one region to the next: those read, the tables seen."""

    atelier: Atelier
    titres: Mapping[str, str]
    premier: int
    orientation: str | None
    renvois: Renvois
    lus: list[Indicateur] = field(default_factory=list)
    tables: set[int] = field(default_factory=set)
    autour: Region | None = None  # the heading that numbered indicators stand under
    dernier: int = 0  # the rank of the last numbered indicator: numbers go on from one heading to the next

    def lire(self, region: Region) -> None:
        """Read a region: the rows of tables of indicators, the lists and paragraphs between them."""
        if region.rangee:
            self._of_row(region.rangee, (self._group(region), None), self._covered(region))
            return
        for part in self._parts(region):
            if isinstance(part, Tableau):
                self._of_table(part, region)
            else:
                self._of_lines(part)

    def _parts(self, region: Region) -> Iterator[Region | Tableau]:
        """A region cut at the tables that give an indicator a row, each read once."""
        start, whole = region.corps, True
        for table in self.atelier.tables.values():
            if table.suivi is None or table.fin < region.corps or table.debut > region.fin:
                continue
            whole = False
            if start < table.debut:
                yield replace(region, corps=start, fin=table.debut - 1)
            start = table.fin + 1
            if table.numero not in self.tables:
                self.tables.add(table.numero)
                yield table
        if whole or start <= region.fin:
            yield region if whole else replace(region, corps=start)

    def _of_table(self, table: Tableau, region: Region) -> None:
        groupe, portee = self._group(region), self._covered(region)
        for rangee in table.indicateurs():
            named = self.renvois.trouver(rangee.propre.mots)
            if rangee.seule and (named or SERIE.match(rangee.propre.mots)):
                groupe, portee = rangee.propre.mots, named
                continue
            told = next(
                (codes for tete, case in rangee.de(RENVOI) if (codes := self.renvois.trouver(case.mots, tete))), ()
            )
            self._of_row(rangee, (groupe, None), told or portee)

    def _of_row(self, rangee: Rangee, groupes: tuple[str | None, str | None], portee: tuple[str, ...]) -> None:
        """The indicators of a cell, one or several, with the values of its row."""
        blocs = self.atelier.texte.blocs(rangee.propre.numeros[0], rangee.propre.numeros[-1])
        for rank, bloc in enumerate(blocs):
            mots = self.atelier.texte.mots((bloc.plage,)).strip(" ;")
            if lexique().rien(mots):
                continue
            beside = _values_beside(rangee, bloc) if len(blocs) == 1 else ()
            values = Valeurs(*(_beside(rangee, sorte, rank, len(blocs)) for sorte in (DEPART, CIBLE)))
            self._add((bloc.plage, *beside), mots, groupes, portee, values)

    def _covered(self, region: Region) -> tuple[str, ...]:
        """The orientations that what stands in a region follows: the one around it, or those its heading names."""
        if self.orientation and self.orientation in self.titres:
            return (self.orientation,)
        return _orientations(region.titre, self.titres) or self._named(region.titre)

    def _group(self, region: Region) -> str | None:
        """The group that a heading opens: a part of the annex, or the orientation that it names."""
        return _title_of_group(region) or (region.titre if self._named(region.titre) else None)

    def _named(self, titre: str) -> tuple[str, ...]:
        return tuple(code for code in self.renvois.trouver(titre) if code in self.titres)

    def _of_lines(self, region: Region) -> None:
        """Read what is printed in lines: a heading over its values, numbered items, or a list with its groups."""
        if self._is_one(region):
            around = self.autour if self.autour and self.autour.niveau < region.niveau else region
            self._numbered((Plage(region.debut, region.fin),), around)
            return
        self.autour = region
        items = self._items(region)
        if not items:
            self._of_list(region)
            return
        if items[0].debut > region.corps:
            self._of_list(replace(region, fin=items[0].debut - 1))
        for item in items:
            self._numbered((item,), region)

    def _is_one(self, region: Region) -> bool:
        """Whether a numbered heading is the indicator itself: values stand in it, or alone under it."""
        if region.niveau < MIN_NIVEAU or not region.rang.isdigit() or lexique().section(region.titre, entier=True):
            return False
        under = [self.atelier.texte.mots((bloc.plage,)) for bloc in self.atelier.texte.blocs(region.corps, region.fin)]
        return all(map(sont_des_valeurs, under)) if under else bool(separe(region.titre)[1])

    def _items(self, region: Region) -> list[Plage]:
        """The numbered items of a region, « 1. », « 2. »…, each with the lines up to the next or to a blank."""
        texte = self.atelier.texte
        lines = texte.pleines(region.corps, region.fin)
        starts = [(n, int(found["rang"])) for n in lines if (found := _NUMERO.match(texte.brut(n)))]
        ranks = [rank for _, rank in starts]
        follows = ranks == list(range(ranks[0], ranks[0] + len(ranks))) if ranks else False
        if not follows or (len(ranks) == 1 and ranks[0] != self.dernier + 1):
            return []
        self.dernier = ranks[-1]
        ends = [*(n - 1 for n, _ in starts[1:]), region.fin]
        return [Plage(n, self._end(n, end)) for (n, _), end in zip(starts, ends, strict=True)]

    def _end(self, numero: int, fin: int) -> int:
        """The last line of an item: a blank line ends it, unless only its values follow."""
        texte = self.atelier.texte
        last = numero
        for line in texte.pleines(numero + 1, fin):
            if line > last + 1 and not sont_des_valeurs(texte.net(line)):
                break
            last = line
        return last

    def _numbered(self, source: tuple[Plage, ...], around: Region) -> None:
        """One numbered item, in the group that the heading around it opens."""
        mots = _NUMERO.sub(lambda found: found["titre"], self.atelier.texte.mots(source)).strip(" ;")
        self._add(source, mots, (self._group(around), None), self._covered(around))

    def _of_list(self, region: Region) -> None:
        atelier = self.atelier
        groupe, sous_groupe = self._group(region), None
        portee = self._covered(region)
        bare = self.orientation is not None and _bare(atelier, region)
        above: _Dessus | None = None  # the statement right above, which values may complete
        for source, mots, bloc in _each(atelier, region):
            if lexique().rien(mots):
                continue
            if above and above.complete(bloc, mots):
                self._completed(above, source, (groupe, sous_groupe), _narrowed(sous_groupe, portee, self.titres))
                above = above.lu()
                continue
            above = None
            if bloc.puce == ALINEA and not region.reste and not bare and not _in_a_cell(atelier, region, bloc):
                if mots.endswith(":"):
                    above = _Dessus(source, mots, bloc)
                if bloc.debut == bloc.fin and _is_group(mots):
                    groupe, sous_groupe = mots.rstrip(" :"), None
                    portee = _orientations(mots, self.titres) or self._named(mots) or portee
                continue
            above = _Dessus(source, mots, bloc, read=not mots.endswith(":"))
            if mots.endswith(":"):
                sous_groupe = mots.rstrip(" :")
                continue
            self._add(source, mots, (groupe, sous_groupe), _narrowed(sous_groupe, portee, self.titres))

    def _completed(
        self,
        above: "_Dessus",
        source: tuple[Plage, ...],
        groupes: tuple[str | None, str | None],
        under: tuple[str, ...],
    ) -> None:
        """Give the statement above the values that stand below it, as one indicator."""
        if above.read and self.lus:
            self.lus.pop()
        groupe, sous_groupe = (None if one == above.mots.rstrip(" :") else one for one in groupes)
        whole = (*above.source, *source)
        self._add(whole, self.atelier.texte.mots(whole), (groupe, sous_groupe), under)
        above.source = whole

    def _add(
        self,
        source: tuple[Plage, ...],
        mots: str,
        groupes: tuple[str | None, str | None],
        orientations: tuple[str, ...],
        beside: Valeurs = SANS_VALEUR,
    ) -> None:
        """One more indicator: its label, and the values that its columns or its own words give."""
        code = f"I{self.premier + len(self.lus):02d}"
        label, said = separe(mots)
        told = Valeurs(depart_de(said), cible_de(said)) if said and not beside.cible else SANS_VALEUR
        values = Valeurs(beside.depart or told.depart, beside.cible or told.cible)
        read = _indicateur(self.atelier, source, label if any(told) else mots, code, groupes, orientations, values)
        self.lus += [read] if read else []


MIN_NIVEAU = 2
_NUMERO = re.compile(r"^\s*(?P<rang>\d{1,2})\s?[.–-]\s+(?P<titre>[^\W\d_].*)", re.DOTALL)


@dataclass
class _Dessus:
    """A statement that the next ones may complete: its lines, its words, its block, whether it was read already."""

    source: tuple[Plage, ...]
    mots: str
    bloc: Bloc
    read: bool = False

    def complete(self, below: Bloc, mots: str) -> bool:
        """Whether what stands below gives the values of this one: announced by a colon, or named under it."""
        if not sont_des_valeurs(mots):
            return False
        deeper = below.puce == ALINEA or below.puce != self.bloc.puce
        return not self.read or (deeper and ":" in mots and self.bloc.puce != ALINEA)

    def lu(self) -> "_Dessus":
        """The same once read with its values: others may follow."""
        return replace(self, read=True)


_AN = re.compile(r"\b20\d\d\b")
_SENS = re.compile(r"\d|\b(?:hausse|baisse|augment|diminu|rédu|stab|maint|progress|oui)", re.IGNORECASE)


def _values_beside(rangee: Rangee, bloc: Bloc) -> Iterator[Plage]:
    """The cells of a row that give the values of its indicator, in the order of the page."""
    cases = sorted((case for sorte in (DEPART, CIBLE) for _, case in rangee.de(sorte)), key=lambda case: case.numeros)
    return (Plage(c.numeros[0], c.numeros[-1]) for c in cases if c.numeros[0] > bloc.fin)


def _beside(rangee: Rangee, sorte: str, rank: int, count: int) -> str | None:
    """The value of a sort in a row (where it starts, what is to be reached): one, or one a line for several."""
    found = []
    for tete, case in rangee.de(sorte):
        year = _AN.search(tete)
        said = case.mots.strip(" .;")
        if count > 1 and len(case.numeros) != count:
            continue
        if lexique().rien(said) or not _SENS.search(said):
            continue
        bare = year is not None and said[:1].isdigit() and not _AN.search(said)
        found.append(f"{said} en {year[0]}" if year and bare else said)
    return " ; ".join(found) or None


def _bare(atelier: Atelier, region: Region) -> bool:
    """Whether paragraphs are the indicators: no bullet is printed, and none of them is a sentence."""
    blocs = atelier.texte.blocs(region.corps, region.fin)
    return not any(bloc.puce for bloc in blocs) and not any(atelier.texte.finie(bloc.fin) for bloc in blocs)


def _each(atelier: Atelier, region: Region) -> Iterator[tuple[tuple[Plage, ...], str, Bloc]]:
    """The statements of a region with their words; those that signs part on one line of a row, each apart."""
    if region.dit:
        yield (Plage(region.debut, region.fin),), region.dit, Bloc(region.debut, region.fin, "•")
        return
    if region.reste and not atelier.texte.document.en_paragraphes and _cut_by_the_margin(atelier, region):
        yield from _of_label(atelier, region)
        return
    for source, bloc in _statements(atelier, region):
        mots = atelier.texte.mots(source)
        pieces = _pieces(mots.rstrip(" ;.")) if region.reste or _in_a_cell(atelier, region, bloc) else [mots]
        if len(pieces) == 1 or source[0].debut != source[-1].fin:
            yield source, mots, bloc
            continue
        raw = atelier.texte.brut(source[0].debut)
        for piece in pieces:
            start = raw.find(piece)
            own = (Plage(source[0].debut, source[0].debut, start + 1, start + len(piece)),) if start >= 0 else source
            yield own, piece, bloc


def _pieces(mots: str) -> list[str]:
    """The indicators of one line: parted by semicolons, or by commas where each piece is plainly one."""
    pieces = _POINT_VIRGULE.split(mots)
    said = "|".join(lexique().listes["mesures"])
    told = re.split(rf"(?:,\s+|\s+et\s+)(?=(?:l[ae]s?\s+|l[’'])?(?:{said})s?\b)", mots)
    if len(pieces) == 1 and len(told) > 1:
        return told
    listed = re.split(r",\s+", mots)
    if len(pieces) > 1 or len(listed) < 2 or any(map(str.isdigit, mots)) or "(" in mots or " et " in mots:
        return pieces
    heads = [comparable(piece).split()[:1] for piece in listed]
    measured = [bool(head) and head[0] in lexique().listes["mesures"] for head in heads]
    short = all(2 <= len(piece.split()) <= COURT for piece in listed)
    alike = all(measured) or not any(measured)
    free = not any(head[:1] and head[0] in lexique().listes["liaisons"] for head in heads)
    return listed if short and alike and free else pieces


_POINT_VIRGULE = re.compile(r"(?:\s*;\s*)+(?![^()]*\))")  # one between parentheses parts values, not indicators
COURT = 8  # words of an indicator that a comma parts from the next


def _cut_by_the_margin(atelier: Atelier, region: Region) -> bool:
    """Whether the lines under a label only carry its words on: plain lines, none of them an item."""
    texte = atelier.texte
    lines = texte.pleines(region.corps, region.fin)
    first = retrait(texte.brut(region.debut))
    plain = all(texte.puce(n) in (ALINEA, PERDUE) and retrait(texte.brut(n)) >= first for n in lines)
    return bool(lines) and plain and lines[-1] == region.debut + len(lines) and not PUCE.match(texte.brut(lines[0]))


def _of_label(atelier: Atelier, region: Region) -> Iterator[tuple[tuple[Plage, ...], str, Bloc]]:
    """The indicators said beside a label on several lines, values after a semicolon with what they measure."""
    whole = contenu(atelier, region)
    said: list[str] = []
    words = region.reste
    for numero in atelier.texte.pleines(region.corps, region.fin):
        cut = " ; " if atelier.texte.brut(numero - 1).rstrip().endswith(";") else " "
        words = f"{words}{cut}{atelier.texte.net(numero)}"
    for piece in _POINT_VIRGULE.split(words.rstrip(" ;.")):
        if said and sont_des_valeurs(piece):
            said[-1] = f"{said[-1]} : {piece}"
        else:
            said.append(piece)
    for piece in said:
        yield whole, piece, Bloc(region.debut, region.fin, "•")


def _statements(atelier: Atelier, region: Region) -> list[tuple[tuple[Plage, ...], Bloc]]:
    """The blocks of a region; in a row of a fiche, what follows the label comes first."""
    blocs = atelier.texte.blocs(region.corps, region.fin)
    under: list[tuple[tuple[Plage, ...], Bloc]] = [((bloc.plage,), bloc) for bloc in blocs]
    if not region.reste:
        return under
    row = contenu(atelier, region)
    return [(row[:1], Bloc(region.debut, region.debut)), *under]


def _in_a_cell(atelier: Atelier, region: Region, bloc: Bloc) -> bool:
    """Whether a paragraph stands beside its label in a row of a table, or is a cell of the column of indicators."""
    cell = atelier.texte.lignes[bloc.debut].tableau
    return cell is not None and (cell[2] > 1 or region.debut == region.corps)


def _title_of_group(region: Region) -> str | None:
    """The heading of a part of the annex, which typography shows; the annex's own is no group."""
    return region.titre if region.niveau > 1 and not lexique().section(region.titre) else None


def _is_group(mots: str) -> bool:
    return len(mots.split()) <= 12 and not mots.endswith(".")


def _orientations(mots: str, titres: Mapping[str, str]) -> tuple[str, ...]:
    match = _PORTEE.search(mots)
    if match is None:
        return ()
    first = int(match[1] or match[3])
    wanted = [f"O{n:02d}" for n in range(first, int(match[2] or first) + 1)]
    return tuple(code for code in wanted if code in titres)


def _narrowed(sous_groupe: str | None, portee: tuple[str, ...], titres: Mapping[str, str]) -> tuple[str, ...]:
    """Of the orientations of a group, those whose title speaks of the sub-group: all its words, or else some."""
    wanted = set(comparable(sous_groupe or "").split())
    shared = {code: wanted & set(comparable(titres[code]).split()) for code in portee}
    whole = tuple(code for code in portee if wanted and shared[code] == wanted)
    return whole or tuple(code for code in portee if shared[code]) or portee


def _indicateur(
    atelier: Atelier,
    source: tuple[Plage, ...],
    mots: str,
    code: str,
    groupes: tuple[str | None, str | None],
    orientations: tuple[str, ...],
    values: Valeurs = SANS_VALEUR,
) -> Indicateur | None:
    target = _CIBLE.match(mots)
    return atelier.bati(
        Indicateur,
        code=code,
        libelle=mots,
        groupe=groupes[0],
        sous_groupe=groupes[1],
        orientations=orientations,
        depart=values.depart,
        cible=values.cible or (target[1].strip() if target else None),
        source=source,
        texte=atelier.texte.mots(source) if any(values) else mots,
    )


def avec_repetitions(atelier: Atelier, indicateurs: Iterable[Indicateur]) -> tuple[Indicateur, ...]:
    """The same indicators, those printed again pointing to their first."""
    firsts: dict[str, str] = {}
    told: list[Indicateur] = []
    for indicateur in indicateurs:
        first = firsts.setdefault(comparable(indicateur.libelle), indicateur.code)
        if first != indicateur.code:
            atelier.juge(
                indicateur.code, Niveau.MOYENNE, f"Même libellé que {first} : est-ce bien le même indicateur ?"
            )
        told.append(indicateur.model_copy(update={"repete": first}) if first != indicateur.code else indicateur)
    return tuple(told)
