"""What stands under a heading: rubrics, and the sheets that labels or tables make of what they follow."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from tenir.lecteur.cibles import sont_des_valeurs
from tenir.lecteur.lexique import cle, lexique
from tenir.lecteur.lignes import ALINEA, PERDUE, PUCE, Bloc, Texte, retrait, sans_rang
from tenir.lecteur.plan import PlanDeFiche, Region
from tenir.lecteur.quartiers import nommes
from tenir.lecteur.rubriques import Titre, propre
from tenir.lecteur.structure.cases import nature as nature_de
from tenir.lecteur.structure.tableaux import (
    BUT,
    Sorte,
    Tableau,
    fiches_d_un_tableau,
    fiches_d_une_liste,
    region_de_suivi,
    regions_d_une_liste,
)
from tenir.lecteur.structure.trame import lues

_ETIQUETTE = re.compile(r"(?:^|\s*[–—|;•/]\s*|\s+-\s+|\.\s+)(?P<label>[A-ZÀ-Ý][^:;.–—|•]{1,50}?)\s*:\s*")
_TABULATION = re.compile(r"^(?P<label>[A-ZÀ-Ý][^:;.\t]{1,50}?)\t+\s*(?P<reste>\S.*)$")
_DANS_LA_MARGE = re.compile(
    r"^(?P<avant>(?:[^\s:;.]+\s+){1,5}?)(?P<label>[A-ZÀ-Ý][^\W\d_]+(?:\s[a-zà-ÿ]+){0,2}?)\s*:\s+\S"
)
_PLURIEL = re.compile(r"\((?:s|x|e|es|ne|nes)\)", re.IGNORECASE)
_TIRET = re.compile(r"^(?P<label>[A-ZÀ-Ý][^:;.–—|•]{3,50}?)\s+[–—-]\s+(?P<reste>\S.*:.*)$")
_ENTRE = re.compile(r"\((?P<dans>[^():]{3,40}:[^()]*(?:\([^()]*\)[^()]*)*)\)")
_GOUVERNE = re.compile(r"\s*[,;]\s+|\s+[–—-]\s+|\s*\(\s*")
LARGE = 900  # characters: a longer line is prose
LONGUE = 7  # words of a label
_LONG_TITRE = 25  # words
_VALEUR = re.compile(r"^[^:.;]{3,80}?\s*:\s*[<>±+-]?\s*\d[\d\s.,]*\s*(?:%|€|[^\W\d_]+)?\s*[.;]?$")


@dataclass(frozen=True, slots=True)
class Etiquette:
    """A label inside a line, what it is, and its content on that line."""

    nature: str
    label: str
    reste: str


@dataclass
class Contenu:
    """The rubrics and the sheets found in a range of lines, in order."""

    rubriques: list[Region] = field(default_factory=list)
    fiches: list[PlanDeFiche] = field(default_factory=list)


def etiquettes(texte: Texte, numero: int) -> list[Etiquette]:
    """The labels of a line (« Pilote : X – Partenaires : A, B »), when it opens with one, or those of its template."""
    return _printed(texte, numero) or [Etiquette(m.nature, m.label, m.reste) for m in lues(texte, numero)]


def _printed(texte: Texte, numero: int) -> list[Etiquette]:
    """The labels of a line that its own punctuation shows."""
    line = PUCE.sub("", texte.brut(numero)).strip()
    if tabbed := _tabbed(texte, line):
        return [tabbed]
    if len(line) > LARGE:
        return []
    if stopped := _stopped(texte, line):
        return [stopped]
    if ":" not in line:
        return []
    dashed = _TIRET.match(line)
    if dashed and lexique().rubrique(dashed["label"]) and _ETIQUETTE.match(dashed["label"] + " :") is not None:
        return [
            Etiquette(
                lexique().rubrique(dashed["label"]) or "autre", propre(dashed["label"]), dashed["reste"].strip(" .")
            )
        ]
    beside = _beside(texte, line)
    if beside:
        return [*beside[0], *_labels_of(texte, beside[1])]
    return _labels_of(texte, line)


def _labels_of(texte: Texte, line: str) -> list[Etiquette]:
    """The labels of a line that opens with one."""
    found = [m for m in _ETIQUETTE.finditer(line) if _nature(texte, m["label"])]
    return _cut(texte, line, found) if found and found[0].start() == 0 else []


def _beside(texte: Texte, line: str) -> tuple[list[Etiquette], str] | None:
    """What a margin says before the first label of a line: a quarter, a date (« 2024-2027 Pilote : … »)."""
    found = _DANS_LA_MARGE.match(line)
    before = found["avant"].strip(" ,") if found else ""
    if not found or not before or cle(before).split()[-1:] == [] or lexique().rubrique(found["label"]) is None:
        return None
    if cle(before).split()[-1] in lexique().listes["liaisons"] or lexique().rubrique(f"{before} {found['label']}"):
        return None
    kind = "lieu" if nommes(texte.identite.quartiers, before) else "calendrier"
    return [Etiquette(kind, "", before)], line[found.start("label") :]


def _tabbed(texte: Texte, line: str) -> Etiquette | None:
    """A label that a tabulation parts from its content."""
    found = _TABULATION.match(line)
    kind = _nature(texte, found["label"]) if found else None
    return Etiquette(kind, propre(found["label"]), found["reste"].strip()) if found and kind else None


def _stopped(texte: Texte, line: str) -> Etiquette | None:
    """A known label that a full stop parts from its content, as it does in other paragraphs."""
    head, point, rest = line.partition(". ")
    kind = lexique().rubrique(head) if point and head in texte.repetes_au_point else None
    return Etiquette(kind, head, rest.strip()) if kind and rest.strip() else None


def _cut(texte: Texte, line: str, found: Sequence[re.Match[str]]) -> list[Etiquette]:
    """Each label of a line with what stands up to the next."""
    ends = [*(m.start() for m in found[1:]), len(line)]
    labels = [
        Etiquette(
            _nature(texte, m["label"]) or "autre", propre(m["label"]), line[m.end() : end].strip(" ;–—|").rstrip(".")
        )
        for m, end in zip(found, ends, strict=True)
    ]
    return list(_with_governed(labels))


def _with_governed(labels: Sequence[Etiquette]) -> Iterator[Etiquette]:
    """The same, each parted from the labels that need no colon: « X – avec Y », « X, en lien avec Y »."""
    for label in labels:
        cuts = list(_GOUVERNE.finditer(label.reste)) if label.nature == "pilotes" else []
        told = [(m, said) for m in cuts if (said := _governs(label.reste[m.end() :]))]
        if not told or not label.reste[: told[0][0].start()].strip():
            yield label
            continue
        cut, (kind, words, reste) = told[0]
        yield replace(label, reste=label.reste[: cut.start()].strip())
        yield Etiquette(kind, words, reste)


def _governs(mots: str) -> tuple[str, str, str] | None:
    """The label that words open with and that governs what follows (« avec », « porté par »), longest first."""
    words = mots.split()
    for count in range(min(LONGUE, len(words) - 1), 0, -1):
        head = " ".join(words[:count])
        if cle(head).split()[-1:] and cle(words[count - 1]) in lexique().listes["liaisons"]:
            kind = lexique().rubrique(head)
            rest = mots[len(mots) - len(mots.split(None, count)[-1]) :]
            if kind and rest[:1].isupper():
                return kind, head, rest
    return None


def incluses(texte: Texte, bloc: Bloc) -> tuple[str, list[Etiquette]]:
    """The title of an item and the labels inside it, those that punctuation shows or those of the template."""
    titre, labels = _enclosed(texte, bloc)
    if labels or bloc.debut not in texte.trame.items:
        return titre, labels
    titre, marques = texte.trame.items[bloc.debut]
    return propre(sans_rang(titre)), [Etiquette(m.nature, m.label, m.reste) for m in marques]


def _enclosed(texte: Texte, bloc: Bloc) -> tuple[str, list[Etiquette]]:
    """« Le camion. Pilote : X. », « Le camion (porté par : X ; avec : Y) »."""
    line = PUCE.sub("", " ".join(texte.brut(n).strip() for n in range(bloc.debut, bloc.fin + 1))).strip()
    line = sans_rang(line)
    lines = range(bloc.debut, bloc.fin + 1)
    if ":" not in line or len(line) > LARGE or any(etiquettes(texte, n) for n in lines if not texte.vide(n)):
        return "", []
    inner = next((m for m in _ENTRE.finditer(line) if _nature(texte, m["dans"].partition(":")[0].strip())), None)
    if inner:
        parts = [p.partition(":") for p in re.split(r"\s*;\s*", inner["dans"])]
        labels = [Etiquette(_nature(texte, p[0]) or "autre", propre(p[0]), p[2].strip()) for p in parts if p[1]]
        labels = list(_with_governed(labels))
        line = line[: inner.start()]
    else:
        found = [m for m in _ETIQUETTE.finditer(line) if m.start() and _nature(texte, m["label"])]
        if not found:
            return "", []
        labels = _cut(texte, line, found)
        line = line[: found[0].start() + 1]
    if not any(label.nature in ("pilotes", "services associés") for label in labels):
        return "", []
    return propre(re.split(r"\.\s|\s[–—]\s|\s:\s", line, maxsplit=1)[0].rstrip(".")), labels


def _bare(label: str) -> str:
    return re.sub(r"\s*\(.*$", "", _PLURIEL.sub("", label)).strip()


def _nature(texte: Texte, label: str) -> str | None:
    """What a label is: known words, or an author's own that come back and point to one rubric alone."""
    bare = _bare(label)
    if len(bare.split()) > LONGUE:
        return None
    if _names_one(bare):
        return INTITULE
    known = lexique().rubrique(bare) or ("rappel" if cle(bare) in lexique().listes["rappel"] else None)
    return known or (lexique().rubrique_probable(bare) if _comes_back(texte, bare) else None)


def _comes_back(texte: Texte, label: str) -> bool:
    return label in texte.repetes or label in texte.repetes_en_ligne


def _names_one(label: str) -> bool:
    """« Action : », « Intitulé : », that one action follows; « Actions : » announces several."""
    alone = not label.casefold().endswith("s") and cle(label) in lexique().listes["intitule"]
    return alone and lexique().rubrique(label) in (None, "actions")


INTITULE = "intitule"  # a label that the title of one action follows
TABLEAU = "tableau"  # what a table holds beside its items: heads, labels, cells without a place of their own


def _of_indicators(table: Tableau, nature: str) -> bool:
    """Whether a table of figures lists indicators with their values: its first head says so, or its rubric."""
    if table.sorte is not Sorte.CHIFFRES:
        return False
    first = table.lignes[0][0].mots
    return nature == "indicateurs" or nature_de(first) == "indicateurs"


class Lecteur:
    """Reads what stands under headings, the tables of the document at hand."""

    def __init__(self, texte: Texte, tables: dict[int, Tableau]) -> None:
        self._texte = texte
        self._tables = tables

    def lire(self, debut: int, fin: int, nature: str, titre: str = "", *, une_fiche: bool = False) -> Contenu:
        """The rubrics and sheets of a range; `nature`: what prose is there; `une_fiche`: labels are of one sheet."""
        found = Contenu()
        for kind, lines in self._parted(debut, fin):
            if isinstance(kind, Tableau):
                self._of_table(kind, nature, titre, found, une_fiche=une_fiche)
            else:
                self._of_lines(lines, nature, titre, found, une_fiche=une_fiche)
        return found

    def _parted(self, debut: int, fin: int) -> list[tuple[Tableau | None, list[int]]]:
        """A range cut at its tables."""
        parts: list[tuple[Tableau | None, list[int]]] = []
        for numero in self._texte.pleines(debut, fin):
            cell = self._texte.lignes[numero].tableau
            table = self._tables.get(cell[0]) if cell else None
            if not parts or parts[-1][0] is not table:
                parts.append((table, []))
            parts[-1][1].append(numero)
        return parts

    def _of_table(self, table: Tableau, nature: str, titre: str, found: Contenu, *, une_fiche: bool) -> None:
        found.rubriques.append(Region(TABLEAU, titre, table.debut, table.fin + 1, table.fin))
        if table.suivi:
            found.rubriques.append(region_de_suivi(table))
        elif _of_indicators(table, nature):
            found.rubriques += regions_d_une_liste(table, "indicateurs", seule=True)
        elif table.sorte is Sorte.FICHE:
            sheets = fiches_d_un_tableau(self._texte, table)
            if len(sheets) == 1 and (une_fiche or sheets[0][0] is None):
                found.rubriques += sheets[0][1]
            else:
                found.fiches += [PlanDeFiche(head, tuple(rows)) for head, rows in sheets if head and head.titre]
        elif table.sorte is Sorte.ACTIONS and not une_fiche:
            self._listed(table, found)
        elif table.sorte is Sorte.INDICATEURS:
            found.rubriques += regions_d_une_liste(table, "indicateurs")
        elif table.sorte is Sorte.CHIFFRES or nature not in ("présentation", TABLEAU):
            kept = "données" if table.sorte is Sorte.CHIFFRES else nature
            found.rubriques.append(Region(kept, titre, table.debut, table.debut, table.fin))

    @staticmethod
    def _listed(table: Tableau, found: Contenu) -> None:
        """The actions of a table, after the objective that their rows recall, said once."""
        seen: set[int] = set()
        for recalls, sheet in fiches_d_une_liste(table):
            aim = recalls.get("objectifs") or recalls.get(BUT)
            if aim is not None and aim.numeros[0] not in seen:
                seen.add(aim.numeros[0])
                titre = Titre("objectifs_operationnels", "", propre(aim.mots), aim.numeros[0], aim.numeros[-1])
                found.fiches.append(PlanDeFiche(titre, ()))
            found.fiches.append(sheet)

    def _of_lines(self, lines: Sequence[int], nature: str, titre: str, found: Contenu, *, une_fiche: bool) -> None:
        if not une_fiche:
            lines = self._of_items(lines, found)
        segments = self._segments(lines)
        if not une_fiche and any(segment.nomme for segment in segments):
            self._of_named(segments, nature, titre, found)
            return
        groups = [segment for segment in segments if segment.etiquettes]
        leads = Counter(group.etiquettes[0].nature for group in groups)
        many = not une_fiche and bool(groups) and (max(leads.values()) > 1 or self._one_sheet(nature, segments))
        pending: list[int] = []
        sheet: tuple[Titre, list[Region]] | None = None
        for segment in segments:
            if not segment.etiquettes:
                pending += segment.lignes
                if many and sheet is not None:
                    found.fiches.append(PlanDeFiche(sheet[0], tuple(sheet[1])))
                    sheet = None
                continue
            if many and pending and sheet is None:
                head, before, after = self._titled(pending, nature)
                self._prose(before, nature, titre, found.rubriques)
                sheet = (head, [])
                self._prose(after, "description", "", sheet[1])
                pending = []
            elif pending:
                self._prose(pending, nature, titre, found.rubriques)
                pending = []
            (sheet[1] if sheet else found.rubriques).extend(self._labelled(segment))
        if sheet is not None:
            found.fiches.append(PlanDeFiche(sheet[0], tuple(sheet[1])))
        self._prose(pending, nature, titre, found.rubriques)

    def _of_named(self, segments: Sequence["_Segment"], nature: str, titre: str, found: Contenu) -> None:
        """Sheets that a label names each (« Action : Le camion »), with the labels and the prose up to the next."""
        for segment in segments:
            if segment.nomme:
                first = segment.lignes[0]
                last = segment.lignes[-1] if len(segment.etiquettes) == 1 else first
                mots = propre(
                    " ".join(
                        [segment.etiquettes[0].reste, *(self._texte.net(n) for n in segment.lignes[1:] if n <= last)]
                    )
                )
                regions = self._labelled(segment)[1:]
                found.fiches.append(PlanDeFiche(Titre("fiches", "", mots, first, last), tuple(regions)))
            elif not found.fiches:
                self._prose(segment.lignes, nature, titre, found.rubriques)
            else:
                sheet, more = found.fiches[-1], list[Region]()
                if segment.etiquettes:
                    more += self._labelled(segment)
                else:
                    self._prose(segment.lignes, "description", "", more)
                found.fiches[-1] = replace(sheet, rubriques=(*sheet.rubriques, *more))

    def _of_items(self, lines: Sequence[int], found: Contenu) -> list[int]:
        """Take the items that hold their own labels out as sheets, with the list under each; give the other lines."""
        left: list[int] = []
        taken: int | None = None
        for bloc in self._texte.blocs(lines[0], lines[-1]) if lines else []:
            titre, labels = incluses(self._texte, bloc)
            if labels:
                taken = bloc.debut
                regions = tuple(
                    Region(e.nature, e.label, bloc.debut, bloc.fin + 1, bloc.fin, dit=e.reste) for e in labels
                )
                found.fiches.append(PlanDeFiche(Titre("fiches", "", titre, bloc.debut, bloc.fin), regions))
            elif taken is not None and self._under(bloc.debut, taken):
                continue
            else:
                taken = None
                left += [n for n in lines if bloc.debut <= n <= bloc.fin]
        return left

    def _under(self, numero: int, item: int) -> bool:
        """Whether a bullet stands deeper than an item above it."""
        own, above = self._texte.lignes[numero].puce, self._texte.lignes[item].puce
        return own is not None and above is not None and own > above

    def _one_sheet(self, nature: str, segments: Sequence["_Segment"]) -> bool:
        """Under actions, labels printed once are of the one action above them, or of the whole when a list is there."""
        first = next(k for k, segment in enumerate(segments) if segment.etiquettes)
        above = [n for segment in segments[:first] for n in segment.lignes]
        return nature == "actions" and bool(above) and len(self._texte.blocs(above[0], above[-1])) == 1

    def _prose(self, lines: Sequence[int], nature: str, titre: str, out: list[Region]) -> None:
        """Plain lines as a region of what they stand in; those that only give a figure are data."""
        for figure, run in groupby(lines, lambda n: nature == "présentation" and self._gives_a_figure(n)):
            taken = list(run)
            out.append(Region("données" if figure else nature, titre, taken[0], taken[0], taken[-1]))

    def _gives_a_figure(self, numero: int) -> bool:
        return bool(_VALEUR.match(self._texte.net(numero)))

    def _segments(self, lines: Sequence[int]) -> list["_Segment"]:
        """Runs of plain lines, and lines of labels each with those that carry it on."""
        segments: list[_Segment] = []
        for numero in lines:
            labels = etiquettes(self._texte, numero)
            if numero in self._texte.trame.suites and segments and segments[-1].etiquettes:
                segments[-1].lignes.append(numero)
            elif labels:
                segments.append(_Segment([numero], labels))
            elif (segments and segments[-1].etiquettes and self._goes_on(segments[-1], numero)) or (
                segments and not segments[-1].etiquettes
            ):
                segments[-1].lignes.append(numero)
            else:
                segments.append(_Segment([numero], []))
        return segments

    def _goes_on(self, segment: "_Segment", numero: int) -> bool:
        """Whether a line still belongs to the last label above it."""
        texte, last = self._texte, segment.lignes[-1]
        if not segment.etiquettes[-1].reste:
            return len(segment.lignes) == 1 or texte.puce(numero) != ALINEA
        if segment.etiquettes[-1].nature == "indicateurs" and texte.net(last).endswith(";") and numero == last + 1:
            return sont_des_valeurs(texte.net(numero))
        if texte.document.en_paragraphes or numero != last + 1 or texte.puce(numero) not in (ALINEA, PERDUE):
            return False
        if retrait(texte.brut(numero)) > retrait(texte.brut(segment.lignes[0])):
            return True
        listed = texte.brut(last).rstrip().endswith(",")
        if texte.puce(numero) == PERDUE and not (listed or self._same_margin(segment, numero) or self._opened(segment)):
            return False
        return texte.suit(numero, last) or not texte.courte(last) or self._opened(segment)

    def _opened(self, segment: "_Segment") -> bool:
        """Whether a parenthesis stays open at the end of what stands under a label."""
        said = " ".join(self._texte.brut(n) for n in segment.lignes)
        return said.count("(") > said.count(")")

    def _same_margin(self, segment: "_Segment", numero: int) -> bool:
        """Whether a line goes on below a label at its own margin, which the whole sheet is set in by."""
        texte, first, last = self._texte, segment.lignes[0], segment.lignes[-1]
        alike = retrait(texte.brut(numero)) == retrait(texte.brut(first)) > 1
        return alike and not texte.net(numero)[:1].isupper() and not texte.finie(last)

    def _titled(self, lines: Sequence[int], nature: str) -> tuple[Titre, list[int], list[int]]:
        """The title of a sheet among the lines above its labels; what stands before it, and what describes it."""
        blocs = self._texte.blocs(lines[0], lines[-1])
        last_listed = next((k for k in range(len(blocs) - 1, -1, -1) if blocs[k].puce != ALINEA), None)
        short = [k for k, bloc in enumerate(blocs) if self._is_title(bloc.debut, bloc.fin)]
        chosen = (
            last_listed
            if last_listed is not None
            else (short[-1] if short and short[-1] > 0 and nature != "actions" else (short or [0])[0])
        )
        bloc = blocs[chosen]
        if self._apart(bloc):
            bloc = Bloc(bloc.debut, bloc.debut, bloc.puce)
        head = Titre("fiches", "", propre(self._texte.mots((bloc.plage,))), bloc.debut, bloc.fin)
        before = [n for n in lines if n < bloc.debut]
        after = [n for n in lines if n > bloc.fin]
        return head, before, after

    def _apart(self, bloc: Bloc) -> bool:
        """Whether the first line of an item is its title, and the next one a sentence of its own."""
        texte = self._texte
        if bloc.debut == bloc.fin or texte.document.en_paragraphes:
            return False
        below = texte.net(bloc.debut + 1)
        return below[:1].isupper() and not texte.suit(bloc.debut + 1, bloc.debut) and texte.courte(bloc.debut)

    def _is_title(self, debut: int, fin: int) -> bool:
        words = " ".join(self._texte.net(n) for n in range(debut, fin + 1))
        return len(words.split()) <= _LONG_TITRE and not words.rstrip().endswith((".", ":"))

    def _labelled(self, segment: "_Segment") -> list[Region]:
        """One region a label; the last takes the lines that carry it on."""
        first, last = segment.lignes[0], segment.lignes[-1]
        sentences = any(e.reste and e.reste not in self._texte.brut(first) for e in segment.etiquettes)
        if last in self._texte.trame.suites or (sentences and first in self._texte.trame.marques):
            return [Region(e.nature, e.label, first, last + 1, last, dit=e.reste) for e in segment.etiquettes]
        regions = [Region(e.nature, e.label, first, first + 1, first, reste=e.reste) for e in segment.etiquettes]
        regions[-1] = replace(regions[-1], corps=first + 1, fin=last)
        return regions


@dataclass
class _Segment:
    lignes: list[int]
    etiquettes: list[Etiquette]

    @property
    def nomme(self) -> bool:
        """Whether it opens with the title of an action."""
        return bool(self.etiquettes) and self.etiquettes[0].nature == INTITULE and bool(self.etiquettes[0].reste)
