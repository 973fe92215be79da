"""How a heading looks: the word and the number it opens with, its style, its capitals. Alike headings share a form."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from tenir.fichier.mots import plain
from tenir.lecteur.lexique import cle, lexique
from tenir.lecteur.lignes import ALINEA, PERDUE, Texte, retrait
from tenir.lecteur.numeros import rang
from tenir.lecteur.rubriques import NUMERO, Titre, capitales, pointilles, propre, rubrique, sans_article
from tenir.lecteur.structure.series import (
    DECIMAL,
    DECOUPES,
    ENTIER,
    LONG,
    NIVEAU,
    NIVEAUX,
    SERIES_CONNUES,
    TIRET,
    Serie,
    dans_une_autre,
    dit_un_niveau,
    en_tete_de_prose,
    en_toutes_lettres,
    numerote,
)

_NU = re.compile(r"^(?:[nN]\s?[°º]\s?)?(?P<rang>\d{1,2}|[IVX]{1,5})\s*(?:[►›|:–—-]\s*|\s)(?P<titre>[A-ZÀ-Ý«].*)$")
_CODE = re.compile(
    r"^(?P<rang>(?P<lettres>[IVX]{1,5}|[A-Z]{1,3})[.\s-]?\d{1,2}(?:\.\d{1,2})?)\s*(?:[).:–—-]+\s*|\s+(?=[«A-ZÀ-Ý]))(?P<titre>[^\W\d_«].*|«.*)$"
)
_ROMAIN = re.compile(r"[IVX]+$")
LARGE = 400  # characters of a line that may be a heading
SOUS_UN_TITRE = 15  # words: fewer under a heading of the first page are still the cover
PARAGRAPHE = 40  # lines of one, at most
COURT = 14  # words of a heading that nothing but its place shows
_FINALES = (".", ",", ";")
_MONTANT = re.compile(r"\d\s?(?:k?€|euros?\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Forme:
    """What headings of one kind have in common."""

    sorte: str  # mot, style, nombre, code, capitales, seule
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.sorte}:{self.detail}" if self.detail else self.sorte


def etage_de(forme: Forme) -> int | None:
    """The level that the word of a form says: 0 for an axis, 1 for an orientation, 2 for an objective, or None."""
    said = (k for k, liste in enumerate(NIVEAUX) if forme.detail in lexique().listes[liste])
    return next(said, None) if forme.sorte == "mot" else None


@dataclass(frozen=True, slots=True)
class Entete:
    """A line that may open a part: its form, its rank as printed, its words, the lines it takes."""

    forme: Forme
    rang: str
    titre: str
    debut: int
    fin: int
    niveau: int | None = None  # what typography says
    rubrique: str = ""  # the rubric that it opens, when it is one
    autour: str = ""  # the word of the part that it opens beside, « article » for « Article 9 – Axe 1 »
    amorce: str = ""  # the prose that goes on after the title, on its own line

    @property
    def partie(self) -> bool:
        """Whether its words are those of a part of every contract, which no orientation holds."""
        if self.mot or self.rubrique:
            return False
        return lexique().section(sans_article(self.titre), entier=True) in PARTIES

    @property
    def decoupe(self) -> str:
        """The word that cuts the text there, whatever else the heading opens; "" when none does."""
        return self.autour or (self.mot if self.mot in DECOUPES else "")

    @property
    def mot(self) -> str:
        """The word of its series (« pilier »), "" for a heading without one."""
        return self.forme.detail if self.forme.sorte == "mot" else ""

    @property
    def etage(self) -> int | None:
        """The level that its word says: 0 for an axis, 1 for an orientation, 2 for an objective, or None."""
        return etage_de(self.forme)


def _of_a_quarter(line: str) -> str:
    """The name of the quarter that a line may be (« Quartier des Ormes », « Les Ormes »), as a key."""
    bare = re.sub(
        r"^(?:le\s+)?(?:quartier|secteur|qpv)\s+(?:d[eu]s?\s+(?:la\s+|l[’'])?|d[’'])?", "", line, flags=re.IGNORECASE
    )
    return cle(sans_article(bare))


PARTIES = ("engagements", "gouvernance", "evaluation", "indicateurs", "protocole")


class Entetes:
    """Finds the headings of a document."""

    def __init__(self, texte: Texte, imposees: Iterable[Forme] = ()) -> None:
        """`imposees`: the forms that a person spoke of; their words number headings even when they come once."""
        self._texte = texte
        self._series_lues: dict[int, Serie | None] = {}
        self._quartiers = {cle(sans_article(quartier.nom)) for quartier in texte.identite.quartiers}
        self._imposes = frozenset(forme.detail for forme in imposees if forme.sorte == "mot")

    @cached_property
    def series(self) -> frozenset[str]:
        """The words that number headings in this document: known ones, and those that come back with other numbers."""
        ranks: dict[str, set[str]] = defaultdict(set)
        for numero in self._texte.lignes:
            if (found := self._serie(numero)) and self._may_open(numero):
                ranks[found.mot].add(found.rang)
        excluded = lexique().listes["series_exclues"]
        numbering = frozenset(
            mot
            for mot, seen in ranks.items()
            if mot not in excluded
            and (
                (len(seen) > 1 and (mot in DECOUPES or any(rang(each) == 1 for each in seen)))
                or len(seen) >= ASSEZ
                or any(mot in lexique().listes[k] for k in SERIES_CONNUES)
            )
        )
        return numbering | self._imposes

    def _serie(self, numero: int) -> Serie | None:
        if numero not in self._series_lues:
            found = self._read_serie(numero)
            self._series_lues[numero] = replace(found, rang=TIRET.sub(".", found.rang)) if found else None
        return self._series_lues[numero]

    def _read_serie(self, numero: int) -> Serie | None:
        line = self._texte.net(numero)
        if run_in := en_tete_de_prose(line):
            return run_in
        if len(line) > LARGE or len(line.split()) > LONG or pointilles(line):
            return None
        if within := dans_une_autre(self._texte.brut(numero).strip()):
            return within
        if not line[:1].isupper():
            return None
        return numerote(line) or en_toutes_lettres(line) or self._unranked(numero, line)

    def _unranked(self, numero: int, line: str) -> Serie | None:
        """A level without a number, where typography shows a heading: « Orientation : … »; not a rubric's label."""
        found = NIVEAU.match(line) if self._texte.lignes[numero].titre is not None else None
        if found is None or not dit_un_niveau(found["mot"]) or lexique().rubrique(found["mot"]):
            return None
        return Serie(cle(found["mot"]), "", found["titre"]) if self._texte.fois(line) == 1 else None

    @cached_property
    def codes(self) -> frozenset[str]:
        """The letters that number items in this document (« II-3) », « CV1 »), each from the first on."""
        ranks: dict[str, set[int | None]] = defaultdict(set)
        for numero in self._texte.lignes:
            if self._may_open(numero) and (found := _CODE.match(self._texte.brut(numero).strip())):
                ranks[found["lettres"]].add(rang(found["rang"]))
        numbering = any({1, 2} <= seen for seen in ranks.values())
        return frozenset(letters for letters, seen in ranks.items() if numbering and 1 in seen)

    def _coded(self, numero: int) -> Entete | None:
        """An item that a code of letters and a number opens, set in or not; a sentence is none."""
        line = self._texte.brut(numero).strip()
        found = _CODE.match(line)
        if found is None or not self._is_coded(found["lettres"]) or line.endswith(_FINALES):
            return None
        if self._texte.puce(numero) not in (ALINEA, PERDUE) or self._texte.lignes[numero].titre is not None:
            return None
        forme = Forme("code", re.sub(r"[A-Z]+", "A", re.sub(r"\d+", "1", found["rang"])))
        return self._extended(Entete(forme, found["rang"], propre(found["titre"]), numero, numero))

    def _is_coded(self, letters: str) -> bool:
        """Whether letters number items: in a series of their own, or roman where others are (« II-4 »)."""
        return letters in self.codes or (bool(_ROMAIN.match(letters)) and any(map(_ROMAIN.match, self.codes)))

    def _may_open(self, numero: int) -> bool:
        ligne = self._texte.lignes[numero]
        alone = ligne.tableau is None and "\t" not in ligne.texte.strip()  # a label and its content, or a row
        trame = self._texte.trame
        if (numero in trame.marques and ligne.titre is None) or numero in trame.suites:
            return False
        return alone and not self._texte.vide(numero) and numero not in self._texte.sommaire

    def lire(self) -> list[Entete]:
        """Every heading in order, those of the cover and of the table of contents left out."""
        found: list[Entete] = []
        for numero in sorted(self._texte.lignes):
            if (found and numero <= found[-1].fin) or not self._may_open(numero):
                continue
            if entete := self.entete(numero):
                found.append(entete)
        return self._with_own_rubrics(self._without_sentences(found[self._cover(found) :]))

    def _without_sentences(self, found: list[Entete]) -> list[Entete]:
        """Without the looks whose lines are mostly sentences: short paragraphs that stand alone, no headings."""
        looks: dict[Forme, list[bool]] = defaultdict(list)
        for entete in found:
            words = len(entete.titre.split())
            looks[entete.forme].append(words >= PHRASE and self._texte.brut(entete.fin).rstrip().endswith("."))
        prose = {form for form, seen in looks.items() if form.sorte == "style" and sum(seen) * 2 > len(seen) > 2}
        return [entete for entete in found if entete.forme not in prose or entete.rang or entete.rubrique]

    @staticmethod
    def _with_own_rubrics(found: list[Entete]) -> list[Entete]:
        """Headings without number that come back word for word, or look like rubrics: an author's own rubrics."""
        times = Counter(cle(e.titre) for e in found if not e.rang)
        looks: dict[Forme, list[bool]] = defaultdict(list)
        for entete in found:
            looks[entete.forme].append(bool(entete.rubrique) or times[cle(entete.titre)] > 1)
        rubrics = {form for form, seen in looks.items() if form.sorte == "style" and sum(seen) * 3 > len(seen) * 2}
        return [
            replace(e, rubrique=lexique().rubrique_probable(e.titre) or "autre")
            if not e.rubrique
            and not e.rang
            and not e.mot
            and (times[cle(e.titre)] > 1 or e.forme in rubrics)
            and not e.partie
            else e
            for e in found
        ]

    def _cover(self, found: list[Entete]) -> int:
        """How many headings the cover takes: those before the first that has words under it, or opens a known part."""
        for rank, entete in enumerate(found):
            end = found[rank + 1].debut - 1 if rank + 1 < len(found) else len(self._texte.lignes)
            words = sum(len(self._texte.net(n).split()) for n in self._texte.pleines(entete.fin + 1, end))
            if (
                entete.mot
                or entete.rang
                or entete.rubrique
                or words >= SOUS_UN_TITRE
                or lexique().section(entete.titre)
            ):
                return rank
        return 0

    def entete(self, numero: int) -> Entete | None:
        """The heading that a line opens, whatever shows it."""
        texte, ligne = self._texte, self._texte.lignes[numero]
        line = texte.brut(numero).strip()
        serie = self._serie(numero)
        long = not (serie and serie.amorce) and (len(line) > LARGE or len(line.split()) > LONG)
        if long or pointilles(line) or not any(map(str.isalpha, line)):
            return None
        if serie and serie.mot in self.series and self._stands_out(numero, serie):
            forme = Forme("mot", serie.mot)
            if serie.amorce:
                return Entete(forme, serie.rang, propre(serie.titre), numero, numero, ligne.titre, amorce=serie.amorce)
            head = Entete(forme, serie.rang, propre(serie.titre), numero, numero, ligne.titre, autour=serie.decoupe)
            return self._extended(head)
        if coded := self._coded(numero):
            return coded
        if texte.puce(numero) != ALINEA and not ligne.titre:
            return None
        opened = rubrique(texte, numero)
        if opened:
            if opened.reste:
                return self._shown(numero, line) if ligne.titre is not None else None
            if opened.genre not in DE_FICHE_SEULE or texte.fois(line) > 1:
                return self._rubric(opened, numero, line)
        return self._shown(numero, line)

    def _stands_out(self, numero: int, serie: Serie) -> bool:
        """Whether a line of a series is a heading: an item of a list only if no other prints what sheets recall."""
        plain_line = self._texte.puce(numero) == ALINEA or self._texte.lignes[numero].titre
        return bool(plain_line) or self._set_in(numero) or self._only_listed(serie)

    def _only_listed(self, serie: Serie) -> bool:
        """Whether a level is said in a list alone (« • Objectif 1.1 – … »), and sheets printed elsewhere recall it."""
        if not serie.rang or etage_de(Forme("mot", serie.mot)) is None or (serie.mot, serie.rang) in self._ouverts:
            return False
        return len(serie.titre) >= ASSEZ_DIT and f" {cle(serie.titre)} " in self._rappeles

    @cached_property
    def _ouverts(self) -> frozenset[tuple[str, str]]:
        """The levels that plain lines open."""
        plain_lines = (n for n in self._texte.lignes if self._may_open(n) and self._texte.puce(n) == ALINEA)
        return frozenset((found.mot, found.rang) for n in plain_lines if (found := self._serie(n)))

    @cached_property
    def _rappeles(self) -> str:
        """All that the cells of tables say, and what a label such as « Rattachement » does."""
        cells = (ligne.texte for ligne in self._texte.lignes.values() if ligne.tableau)
        labels = (n for n, ligne in self._texte.lignes.items() if ":" in ligne.texte and ligne.tableau is None)
        said = (self._texte.net(n).partition(":") for n in labels)
        recalls = (rest for label, _colon, rest in said if cle(label) in lexique().listes["rappel"])
        return f" {' | '.join(map(cle, (*cells, *recalls)))} "

    def _set_in(self, numero: int) -> bool:
        """Whether a heading of a known series is only set in: blanks before « Action 1.2 – … » are no lost bullet."""
        serie = self._serie(numero)
        known = serie is not None and any(serie.mot in lexique().listes[name] for name in SERIES_CONNUES)
        return known and self._texte.puce(numero) == PERDUE and retrait(self._texte.brut(numero)) > 1

    def _rubric(self, opened: Titre, numero: int, line: str) -> Entete | None:
        ligne = self._texte.lignes[numero]
        once = self._texte.fois(line) == 1 and ligne.titre is None and not self._texte.document.en_paragraphes
        if once and capitales(line) and lexique().section(line, entier=True):
            return Entete(Forme("capitales"), "", propre(line), numero, numero)
        forme = Forme("style", str(ligne.titre)) if ligne.titre is not None else Forme("rubrique")
        return Entete(forme, "", opened.titre, numero, opened.fin, ligne.titre, opened.genre)

    def _shown(self, numero: int, line: str) -> Entete | None:
        ligne = self._texte.lignes[numero]
        bare = _NU.match(line) if ligne.titre is not None else None
        numbered = NUMERO.match(line) or DECIMAL.match(line) or ENTIER.match(line) or bare
        rang = ""
        if numbered:
            groups = {k: v for k, v in numbered.groupdict().items() if v and k != "titre"}
            rang = next(iter(groups.values()))
        titre = propre(numbered["titre"] if numbered else line)
        sentence = line.endswith(".") and len(line.split()) > COURT
        if ligne.titre is not None and not line.endswith((",", ";")) and not sentence:
            return self._extended(Entete(Forme("style", str(ligne.titre)), rang, titre, numero, numero, ligne.titre))
        if line.endswith(_FINALES):
            return None
        if numbered:
            shape = self._numbering(line, rang)
            return self._extended(Entete(Forme("nombre", shape), rang, titre, numero, numero))
        if self._texte.document.en_paragraphes:
            return None
        in_capitals = capitales(line) and self._texte.puce(numero) == ALINEA and not _MONTANT.search(line)
        if in_capitals and not self._under_a_label(numero) and not self._leads_as_others(numero):
            return self._extended(Entete(Forme("capitales"), "", titre, numero, numero))
        return self._alone(numero, titre)

    def _under_a_label(self, numero: int) -> bool:
        """Whether a line is what a label above it announces, with or without a colon (« Partenaires », « CARSAT »)."""
        above = self._texte.brut(numero - 1).strip()
        return bool(above) and (above.endswith(":") or self._listed_under_a_label(numero))

    def _listed_under_a_label(self, numero: int) -> bool:
        """Whether a line set in stands below a label that is alone on its line, no blank between them."""
        texte, own = self._texte, retrait(self._texte.brut(numero))
        for above in range(numero - 1, max(0, numero - PRES), -1):
            if texte.vide(above):
                return False
            if retrait(texte.brut(above)) < own:
                return (label := rubrique(texte, above)) is not None and not label.reste
        return False

    def _leads_as_others(self, numero: int) -> bool:
        """Whether a line leads to its list as lines near it do that are not in capitals: « L’ARS : », « La CAF : »."""
        near = range(max(1, numero - PRES), numero)
        return self._leads(numero) and any(self._leads(n) and not capitales(self._texte.brut(n)) for n in near)

    def _leads(self, numero: int) -> bool:
        """Whether a line ends by a colon, right above an item of a list."""
        plain_line = self._texte.puce(numero) == ALINEA and self._texte.brut(numero).strip().endswith(":")
        return plain_line and self._texte.puce(numero + 1) != ALINEA

    @staticmethod
    def _numbering(line: str, rang: str) -> str:
        if rang[:1].isdigit():
            return "1" + ".1" * rang.count(".")
        return "I" if (re.match(r"^[IVX]+$", rang) and len(rang) > 1) or rang in "IVX" else "A"

    def _alone(self, numero: int, titre: str) -> Entete | None:
        """In a text file: a short line after a blank one, above a rubric, a list or a known part."""
        texte = self._texte
        line = texte.brut(numero).strip()
        if (
            not line[:1].isupper()
            or len(line.split()) > COURT
            or (
                line.endswith((".", ":", ",", ";", ")"))
                and not (line.endswith(")") and line.count("(") == line.count(")"))
            )
        ):
            return None
        if not (texte.vide(numero - 1) or numero == 1) or line.endswith(":") or self._opens_prose(numero):
            return None
        if _of_a_quarter(line) in self._quartiers and texte.vide(numero + 1):
            return Entete(Forme("quartier"), "", titre, numero, numero)
        known = lexique().section(line) is not None and len(line.split()) <= 8
        below = next((n for n in range(numero + 1, numero + 4) if not texte.vide(n)), None)
        label = rubrique(texte, below) if below is not None else None
        opens = below is not None and (
            plain(texte.net(below)).startswith("represent")
            or texte.puce(below) != ALINEA
            or (label is not None and not label.reste)
        )
        if known or opens or (texte.vide(numero + 1) and below is not None and not texte.courte(below)):
            return Entete(Forme("seule"), "", titre, numero, numero)
        return None

    def _opens_prose(self, numero: int) -> bool:
        """Whether a short line is the first of a paragraph that the margin cuts, and that a point ends."""
        texte, last = self._texte, numero
        if not texte.brut(numero + 1).strip()[:1].islower():
            return False
        while last - numero < PARAGRAPHE and not texte.vide(last + 1) and texte.puce(last + 1) == ALINEA:
            last += 1
        return texte.brut(last).rstrip().endswith(".")

    def _extended(self, entete: Entete) -> Entete:
        """A heading with the lines that carry it on: its title below its number, or the rest of a long title."""
        texte, fin, titre = self._texte, entete.fin, entete.titre
        while (suite := self._next(entete, fin, titre)) is not None:
            titre, fin = propre(f"{titre} {texte.net(suite)}"), suite
        return replace(entete, titre=titre, fin=fin)

    def _next(self, entete: Entete, fin: int, titre: str) -> int | None:
        texte = self._texte
        suite = next((n for n in range(fin + 1, fin + 3) if not texte.vide(n)), None)
        if suite is None or not self._may_open(suite):
            return None
        if texte.puce(suite) != ALINEA and not self._hangs_under(suite, fin, entete):
            return None
        line = texte.net(suite)
        if len(line.split()) > LONG or rubrique(texte, suite) or NUMERO.match(line) or self._in_series(suite):
            return None
        level = texte.lignes[suite].titre
        if not any(map(str.isalnum, titre)):
            return suite if not line.endswith(".") and (level is not None or entete.niveau is None) else None
        if texte.document.en_paragraphes:
            broken = level is not None and level == entete.niveau and fin + 1 == suite
            return suite if broken and (line[:1].islower() or texte.suit(suite, fin)) else None
        if suite != fin + 1 or fin - entete.debut > 2:
            return None
        joined = line[:1].islower() or texte.suit(suite, fin)
        both = entete.forme.sorte == "capitales" and capitales(line)
        return suite if joined or both else None

    def _hangs_under(self, suite: int, fin: int, entete: Entete) -> bool:
        """Whether a line set in carries on the coded title above it, set in less."""
        texte = self._texte
        deeper = retrait(texte.brut(suite)) > retrait(texte.brut(entete.debut))
        return entete.forme.sorte == "code" and texte.puce(suite) == PERDUE and deeper and texte.suit(suite, fin)

    def _in_series(self, numero: int) -> bool:
        found = self._serie(numero)
        return bool(found and found.mot in self.series)


PRES = 12  # lines: what a part of promises holds between two names
DE_FICHE_SEULE = ("lieu", "public", "coût", "calendrier")  # printed once, such a word titles a part, not a rubric
PHRASE = 4  # words of a short sentence
ASSEZ_DIT = 8  # characters of a title that a sheet may recall
ASSEZ = 3  # ranks of a word that numbers headings, when the first is printed otherwise (« Article premier »)


def titre_de(entete: Entete, genre: str) -> Titre:
    """The heading as the readers of items know it."""
    return Titre(genre, entete.rang, entete.titre, entete.debut, entete.fin)


def est_titre_du_document(entete: Entete) -> bool:
    """Whether a heading is the document's own title."""
    words = plain(entete.titre)
    return "contrat de ville" in words or "engagements quartiers" in words or "quartiers 2030" in words
