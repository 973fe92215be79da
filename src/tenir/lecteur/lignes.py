"""The lines of a document as the reader walks them: bullets, blank lines, ends of sentences, blocks.

A block is a bullet or a paragraph with the lines that carry it on. Hints of typography win; without them (a text file)
the characters decide, the leading space that a PDF leaves in place of a lost bullet included.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from tenir.fichier.document import DEMESUREE, DocumentNormalise
from tenir.fichier.mots import plain
from tenir.fichier.source import Plage
from tenir.lecteur.document import DocumentLu, LigneLue
from tenir.lecteur.lexique import lexique
from tenir.lecteur.tableaux_coupes import recousus

if TYPE_CHECKING:
    from tenir.fichier.modeles import Identite
    from tenir.lecteur.structure.trame import Trame

GLYPHES = r"[•▪‣◦●○–➢→>*✓✔❖◆■□➤►\uf0b7\uf0a7\uf0d8\uf02d\uf0fc\uf0e8]"
PUCE = re.compile(rf"^\s*(?P<glyphe>{GLYPHES}|o(?=\s)|\.(?=\s)|-(?=\s?\S)|\d{{1,2}}\)(?=\s)|[a-z]\)(?=\s))\s*(?=\S)")
_RANG = re.compile(r"^(?:(?:\d{1,2}|[a-z])\)|\d{1,2}\.(?=\s+[A-ZÀ-Ý«]))\s+")
_FOLIO = re.compile(r"^(?:page\s*\|?\s*\d+(?:\s*(?:sur|/)\s*\d+)?|[-–—]?\s*\d{1,3}\s*[-–—]?)$", re.IGNORECASE)
NOTES = "¹²³⁴⁵⁶⁷⁸⁹"
AU_POINT = 60  # characters of a label that a full stop ends
INTITULE = 7  # words: a longer label is a sentence
PERDUE = "perdue"
ALINEA = ""
_FILET = re.compile(r"^([=~#*_.-])\1{3,}$")
_MENE = re.compile(r"\.{4,}+\s*+\d{1,3}(?!\d)|(?:\.\s){5,}+\.?\s*+\d{1,3}\s*$")
_EN_LIGNE = re.compile(r"\.\s(?P<label>[A-ZÀ-Ý][^:;.,]{1,50}?)\s?:\s")
ITEM = 14  # words of an item whose bullet was lost
PARAGRAPHE = 900  # characters of one that holds labels
SOUVENT = 3  # times that an author's own label comes back inside paragraphs
ANNONCES = 3  # titles under « Sommaire », for a table of contents without page numbers
ENTRE_DEUX = 2  # lines of a table of contents that carry a title on
_LIAISON = re.compile(
    r"(?:\b(?:le|la|les|un|une|de|du|des|par|pour|et|ou|à|au|aux|en|sur|dans|avec|sans|sous|que|qui|dont|son|sa|ses|leur)"
    r"|[,-]|\b[dlnsqu]+[’'])$",
    re.IGNORECASE,
)


def sans_conduite(ligne: LigneLue) -> LigneLue:
    """A line whose label dots lead from (« Aides demandées ....... État »), as if a colon did: its columns stay."""
    found = _CONDUITE.match(ligne.texte) if "...." in ligne.texte else None
    if found is None or not any(map(str.isalpha, ligne.texte[found.end() :])):
        return ligne
    dots = found["points"]
    return replace(ligne, texte=f"{found['label']}:{' ' * (len(dots) - 1)}{ligne.texte[found.end('points') :]}")


_CONDUITE = re.compile(r"^(?P<label>\s*[A-ZÀ-Ý][^.:;\t]{1,50}?\s?)(?P<points>\.{4,})(?=\s?\S)")


def sans_rang(mots: str) -> str:
    """An item without the number that a list prints before it."""
    return _RANG.sub("", mots)


@dataclass(frozen=True, slots=True)
class Bloc:
    """A bullet or a paragraph: its first and last lines, and the sign it opens with."""

    debut: int
    fin: int
    puce: str = ALINEA  # the glyph, PERDUE, « niveau 0 »… when typography says so, or ALINEA for a plain paragraph

    @property
    def plage(self) -> Plage:
        """The block as a source."""
        return Plage(self.debut, self.fin)


@dataclass(frozen=True)
class Texte:
    """A document with the questions that every reader of a part asks of its lines."""

    document: DocumentLu
    noms_masques: tuple[Plage, ...] = field(default=())
    _puces: dict[int, str] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def normalise(self) -> DocumentNormalise:
        """The same text as the rest of Tenir reads it, names of persons masked."""
        return DocumentNormalise(self.document.texte, self.noms_masques)

    @cached_property
    def identite(self) -> "Identite":
        """What the document prints of the contract itself, read once: names of quarters and towns help every reader."""
        from tenir.lecteur.identite import lire_identite  # which asks the lines themselves

        return lire_identite(self)

    @cached_property
    def trame(self) -> "Trame":
        """The template that the document repeats from one action to the next, told once."""
        from tenir.lecteur.structure.trame import trame  # which asks the lines themselves

        return trame(self)

    @cached_property
    def lignes(self) -> dict[int, LigneLue]:
        """Every line by its number, as readers see it: one out of all measure is blank to them."""
        return {
            ligne.numero: replace(ligne, texte="") if len(ligne.texte) > DEMESUREE else sans_conduite(ligne)
            for ligne in recousus(self.document.lignes)
        }

    @cached_property
    def demesurees(self) -> tuple[int, ...]:
        """The lines that no reader looks into: what it costs may grow with the square of their length."""
        return tuple(
            ligne.numero for ligne in self.document.lignes if len(ligne.texte) > DEMESUREE and ligne.texte.strip()
        )

    @cached_property
    def largeur(self) -> int:
        """The width that a full line of prose reaches: nine in ten of the lines cut by the margin are no longer."""
        lines = [ligne.texte.strip() for ligne in self.lignes.values()]
        lengths = self._repliees
        return lengths[len(lengths) * 9 // 10] if len(lengths) > 2 else max(map(len, lines), default=0)

    @cached_property
    def _repliees(self) -> list[int]:
        """The lengths, in order, of the lines that the margin cuts inside a sentence."""
        lines = [ligne.texte.strip() for ligne in self.lignes.values()]
        cut = [a for a, b in pairwise(lines) if a and b[:1].islower() and not a.endswith((".", ":", ";"))]
        return sorted(len(line) for line in cut)

    @property
    def repliee(self) -> bool:
        """Whether a margin cuts the sentences of the document: a line is then not always a paragraph."""
        return len(self._repliees) > 2

    @cached_property
    def plat(self) -> str:
        """The whole document on one line, lower case, without accents."""
        return plain(re.sub(r"\s+", " ", self.document.texte))

    def brut(self, numero: int) -> str:
        """A line as it is, "" beyond the ends."""
        ligne = self.lignes.get(numero)
        return ligne.texte if ligne else ""

    def net(self, numero: int) -> str:
        """A line without outer space nor bullet."""
        return PUCE.sub("", self.brut(numero)).strip()

    def vide(self, numero: int) -> bool:
        """Whether a line is blank, a rule of signs, or a footnote that no reading should stumble on."""
        return numero not in self.lignes or numero in self._vides

    @cached_property
    def _vides(self) -> frozenset[int]:
        texts = ((numero, ligne.texte.strip()) for numero, ligne in self.lignes.items())
        return frozenset(n for n, text in texts if not text or text[0] in NOTES or _FILET.match(text))

    def folio(self, numero: int) -> bool:
        """Whether a line is a page number."""
        return bool(_FOLIO.match(self.brut(numero).strip()))

    def pleines(self, debut: int, fin: int) -> list[int]:
        """The non-blank lines of a range, ends included."""
        return [numero for numero in range(debut, fin + 1) if not self.vide(numero)]

    def mots(self, source: Iterable[Plage]) -> str:
        """The words of a source, as the site will show them."""
        return _RANG.sub("", self.normalise.mots(tuple(source)))

    def joint(self, text: str, numero: int) -> str:
        """Words carried on by a line, one that the end of the page cut made whole."""
        return self.normalise.joined([text, self.net(numero)])

    def puce(self, numero: int) -> str:
        """The bullet a line opens with, or ALINEA."""
        if numero not in self._puces:
            self._puces[numero] = self._puce(numero)
        return self._puces[numero]

    def _puce(self, numero: int) -> str:
        ligne = self.lignes.get(numero)
        if ligne is None or self.vide(numero):
            return ALINEA
        match = PUCE.match(ligne.texte)
        if ligne.puce is not None and (ligne.puce or match is None):
            return f"niveau {ligne.puce}"  # lines that are not set in are told apart by their signs
        if match:
            return re.sub(r"\w+(?=\))", "1" if match["glyphe"][0].isdigit() else "a", match["glyphe"])
        return PERDUE if self._lost_bullet(numero) else ALINEA

    def _lost_bullet(self, numero: int) -> bool:
        """A leading space stands for a bullet after a blank line or another such line, not at the top of a page."""
        texte, above = self.brut(numero), self.brut(numero - 1)
        if numero == 1 or not texte.startswith(" ") or self.document.origine != "texte" or texte == texte.upper():
            return False
        if self._hangs(numero):
            return False
        if texte.startswith("  ") or not above.strip() or self._in_a_run(numero):
            return True
        return above.rstrip().endswith((",", ";", ":")) or (above.startswith(" ") and above.rstrip().endswith("."))

    def _hangs(self, numero: int) -> bool:
        """Whether a line set in carries on a printed bullet above it, set in no more."""
        line, above = self.brut(numero), numero - 1
        ended = retrait(line) == 1 or self.brut(above).rstrip().endswith((".", ":", ";", ","))
        if ended and line.strip()[:1].isupper():
            return False
        while self.brut(above).strip() and not PUCE.match(self.brut(above)):
            if retrait(self.brut(above)) != retrait(line):
                return False
            above -= 1
        return bool(PUCE.match(self.brut(above))) and retrait(self.brut(above)) <= retrait(line)

    def _in_a_run(self, numero: int) -> bool:
        """Whether a line near it opens alike, with a space and a capital: a page top has no such neighbour."""
        if not self._spaced(numero):
            return False
        if lexique().rubrique(self.brut(numero - 1).rstrip(" :")):
            return True
        for step in (-1, 1):
            near = range(numero + step, numero + 8 * step, step)
            if any(self._spaced(n) for n in takewhile(lambda n: self.brut(n).strip(), near)):
                return True
        return False

    def _spaced(self, numero: int) -> bool:
        line = self.brut(numero)
        return bool(re.match(r" [A-ZÀ-Ý]", line)) and not line.isupper()

    def suit(self, numero: int, precedent: int) -> bool:
        """Whether a line carries on the sentence of an earlier one, blank lines between them or not."""
        return _opens(self.brut(precedent)) or self.net(numero)[:1].islower()

    def blocs(self, debut: int, fin: int) -> list[Bloc]:
        """Cut a range into bullets and paragraphs."""
        return list(self._blocs(debut, fin))

    def _blocs(self, debut: int, fin: int) -> Iterator[Bloc]:
        current: Bloc | None = None
        for numero in self.pleines(debut, fin):
            sign = self.puce(numero)
            if current and not self._starts(numero, sign, current):
                current = Bloc(current.debut, numero, current.puce)
                continue
            if current:
                yield current
            current = Bloc(numero, numero, sign)
        if current:
            yield current

    def _starts(self, numero: int, sign: str, current: Bloc) -> bool:
        if sign not in (ALINEA, PERDUE):
            return True
        if sign == PERDUE or self.lignes[numero].titre is not None or self.intertitre(numero):
            return True
        if self.document.origine in ("word", "odt") and self.brut(current.fin).rstrip().endswith((":", ";")):
            return True  # there a paragraph is a boundary: what it ends with announces the next
        carried_on = self.suit(numero, current.fin) and not self._bare_items(numero, current)
        if numero > current.fin + 1 or self.document.en_paragraphes:
            listed = current.puce != ALINEA and self.brut(current.fin).rstrip().endswith(",")
            return not carried_on or (listed and self.net(numero)[:1].isupper())
        if self.brut(numero).startswith(" ") and self.finie(current.fin) and not carried_on:
            return True  # the top of a page opens a paragraph
        return not carried_on and self.finie(current.fin) and self.courte(current.fin)

    def _bare_items(self, numero: int, current: Bloc) -> bool:
        """Whether two short paragraphs that both open in small letters are items of a list whose bullets were lost."""
        above = self.net(current.debut)
        if not self.document.en_paragraphes or current.debut != current.fin or _opens(above):
            return False
        return above[:1].islower() and self.net(numero)[:1].islower() and len(above.split()) <= ITEM

    def intertitre(self, numero: int) -> bool:
        """Whether a line is a short heading printed above bullets, here or elsewhere in the document."""
        return self._above_bullets(numero) or (self.puce(numero) == ALINEA and self.net(numero) in self._intertitres)

    @cached_property
    def _intertitres(self) -> frozenset[str]:
        """The sub-headings seen above bullets: one whose bullets are gone is still one."""
        return frozenset(self.net(numero) for numero in self.lignes if self._above_bullets(numero))

    def _above_bullets(self, numero: int) -> bool:
        """A short line above bullets, the line above it having room left for its words."""
        line = self.brut(numero).strip()
        if not line[:1].isupper() or line.endswith((".", ",", ";", ")")) or self.puce(numero) != ALINEA:
            return False
        below = next((n for n in range(numero + 1, numero + 4) if not self.vide(n)), 0)
        above = "" if self.vide(numero - 1) else self.brut(numero - 1).strip()
        room = above.endswith((")", ".")) or len(above) + 1 + len(line) <= 0.9 * self.largeur
        return self.puce(below) != ALINEA and len(line.split()) <= 9 and room and not _opens(above)

    @cached_property
    def repetes(self) -> frozenset[str]:
        """The labels that come back, alone on their line or before a colon: headings that an author gave himself."""
        heads = (self.brut(n).partition(":")[0].strip() for n in self.lignes if self._may_label(n))
        counts = Counter(head for head in heads if head[:1].isupper() and len(head.split()) <= INTITULE)
        return frozenset(head for head, times in counts.items() if times > 1)

    @cached_property
    def repetes_en_ligne(self) -> frozenset[str]:
        """The labels that come back inside paragraphs, after a full stop and before a colon."""
        lines = (texte for n in self.lignes if len(texte := self.brut(n)) <= PARAGRAPHE and ". " in texte)
        counts = Counter(found["label"] for line in lines for found in _EN_LIGNE.finditer(line))
        return frozenset(label for label, times in counts.items() if times >= SOUVENT)

    @cached_property
    def repetes_au_point(self) -> frozenset[str]:
        """The words that open several paragraphs and that a full stop parts from them (« Objectifs. Rompre … »)."""
        heads = (brut[: brut.find(". ")].strip() for n in self.lignes if ". " in (brut := self.brut(n))[:AU_POINT])
        counts = Counter(head for head in heads if head[:1].isupper() and len(head.split()) <= INTITULE)
        return frozenset(head for head, times in counts.items() if times > 1)

    def _may_label(self, numero: int) -> bool:
        """A line without bullet, or one set in whose colon shows that the space before it is no lost bullet."""
        return self.puce(numero) == ALINEA or (self.puce(numero) == PERDUE and " :" in self.brut(numero))

    @cached_property
    def _printed(self) -> Counter[str]:
        return Counter(ligne.texte.strip() for ligne in self.lignes.values())

    @cached_property
    def sommaire(self) -> frozenset[int]:
        """The lines of the table of contents: its style, dotted leaders, and what stands between its first and last."""
        found = {
            n for n, ligne in self.lignes.items() if ligne.texte.strip() and (ligne.sommaire or _mene(ligne.texte))
        }
        found |= self._annonces()
        between: set[int] = set()
        for first, last in pairwise(sorted(found)):
            gap = [n for n in range(first + 1, last) if not self.vide(n)]
            if len(gap) <= ENTRE_DEUX:
                between.update(gap)
        return frozenset(found | between)

    def _annonces(self) -> set[int]:
        """The lines under « Sommaire » that lead to no page number: each is printed again, further on."""
        words = {n: _sans_point(self.net(n)) for n in self.lignes if not self.vide(n)}
        times = Counter(words.values())
        opened = [n for n, said in words.items() if lexique().section(said, entier=True) == "sommaire"]
        found: set[int] = set()
        for head in (n for n in opened if len(words[n].split()) <= INTITULE):
            led = _led(words, times, head)
            found.update([head, *led] if len(led) >= ANNONCES else ())
        return found

    def fois(self, line: str) -> int:
        """How many times the same line is printed."""
        return self._printed[line.strip()]

    def seule(self, numero: int) -> bool:
        """Whether a line stands alone, or opens its paragraph in capitals or by typography."""
        ligne = self.lignes[numero]
        page_top = ligne.texte.startswith(" ") or ligne.page != getattr(self.lignes.get(numero - 1), "page", None)
        alone = (self.vide(numero - 1) or page_top) and self.vide(numero + 1)
        alone = alone or self.document.en_paragraphes or ligne.texte.lstrip().startswith("ANNEXE")
        return alone or ligne.titre is not None or ligne.gras or ligne.texte.strip() == ligne.texte.strip().upper()

    def finie(self, numero: int) -> bool:
        """Whether a line ends a sentence."""
        return self.brut(numero).rstrip().endswith((".", ":", "?", "!", ";", "…"))

    def courte(self, numero: int) -> bool:
        """Whether a line stops well before the width of the prose."""
        return len(self.brut(numero).strip()) < 0.75 * self.largeur


def _led(words: Mapping[int, str], times: Mapping[str, int], head: int) -> list[int]:
    """The lines below one that are printed again further on, up to the first of their headings or to two that are not.

    One title may be printed otherwise than its heading.
    """
    led: dict[str, int] = {}
    others: list[int] = []
    for numero in (n for n in words if n > head):
        if words[numero] in led:
            break
        if times[words[numero]] > 1:
            led[words[numero]] = numero
        elif others and others[-1] > max(led.values(), default=head):
            break
        else:
            others.append(numero)
    last = max(led.values(), default=0)
    return sorted([*led.values(), *(n for n in others if n < last)])


def _sans_point(line: str) -> str:
    return line.rstrip(" .:")


def _mene(line: str) -> bool:
    """Whether dotted leaders lead to a page number, at the end of a line or inside it."""
    return ".." in line and bool(_MENE.search(line))


def retrait(texte: str) -> int:
    """How far a line is set in, in characters."""
    return len(texte) - len(texte.lstrip())


def _opens(texte: str) -> bool:
    return bool(_LIAISON.search(texte.strip()))
