"""The template that a document repeats from one action to the next, told by what comes back, not by its words.

« Portée par X », « En lien avec Y », « Z conduit cette action. »: words that open (or close) a line or a sentence in
record after record are a label, with a colon or without; what varies is its value, and the kind of the values (bodies,
amounts, dates, measures) says what the label is. A family of labels is believed only when its records hold several of
them and one of them is of bodies.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tenir.lecteur.lexique import cle, lexique
from tenir.lecteur.lignes import ALINEA, PUCE, Texte
from tenir.lecteur.rubriques import NUMERO, capitales
from tenir.lecteur.structure.series import DECIMAL, numerote
from tenir.lecteur.structure.signes import valeurs_sous_signes
from tenir.lecteur.structure.valeurs import (
    CALENDRIER,
    CORPS,
    COUT,
    CREDITS,
    MESURE,
    TEXTE,
    corps_possible,
    corps_sur,
    est_court,
    plusieurs,
    sorte,
)

ASSEZ = 3  # records in which a label must come back
LONGUE = 9  # words of a label
LARGE = 900  # characters of a paragraph that is cut into sentences
COLON = 60  # characters of a label before its colon
BEAUCOUP = 20_000  # lines of a document that is looked into
_PHRASE = re.compile(r"(?<=[.;!?])\s+(?=[«A-ZÀ-Ý])")
_FIN = re.compile(r"[\s.;:,–—-]+$")
_DEDANS = re.compile(r"^(?P<titre>[^()]{8,}?)\s*\((?P<dans>[^()]{3,160})\)(?P<suite>.*)$")
_ARTICLES = frozenset(["le", "la", "les", "l", "un", "une", "du", "des", "de", "d", "au", "aux"])
_SOMME = re.compile(r"\d[\d\s\u202f\u00a0.,]*\s?(?:k?€|M€|euros?\b)")
_MONNAIE = frozenset(("euros", "euro", "€", "k€"))
_CLOS = "… "  # before a label that closes its pieces
_AVEC = re.compile(
    r"^(?:et\s+)?(?:avec|en lien avec|aux côtés de|associant|appui(?:\s+de)?)\s+(?:l[ae]s?\s+|l[’'])?", re.I
)


@dataclass(frozen=True, slots=True)
class Marque:
    """A value of a record: what it is, the label that said so, its words, the lines of its paragraph."""

    nature: str
    label: str
    reste: str
    debut: int
    fin: int


@dataclass(frozen=True, slots=True)
class Morceau:
    """A line or a sentence of a paragraph, the heading it stands under."""

    fiche: int  # the line of the heading above, or of the item itself
    debut: int
    fin: int
    mots: str


@dataclass
class Trame:
    """What the template gives: by first line of a paragraph its values, and the title of an item that holds them."""

    marques: dict[int, tuple[Marque, ...]] = field(default_factory=dict)
    items: dict[int, tuple[str, tuple[Marque, ...]]] = field(default_factory=dict)
    suites: frozenset[int] = frozenset()  # the lines that carry those paragraphs on
    natures: dict[str, str] = field(default_factory=dict)  # what each label is

    def dit(self, label: str) -> str:
        """What a label is, "" when the template does not tell."""
        found = self.natures.get(cle(label), "")
        return "" if found == "autre" else found


def trame(texte: Texte) -> Trame:
    """The template of a document; an empty one when nothing comes back."""
    if len(texte.lignes) > BEAUCOUP:
        return Trame()
    pieces = list(_morceaux(texte))
    found = _lignes(texte, pieces)
    found.items.update(_parentheses(texte))
    found.marques.update(_sous_signes(texte))
    return found


def _sous_signes(texte: Texte) -> dict[int, tuple[Marque, ...]]:
    """The values that signs alone announce, told by their kinds; none where no sign gives bodies."""
    said = {
        signe: [(Morceau(titre, numero, numero, dit), dit) for titre, numero, dit in values]
        for signe, values in valeurs_sous_signes(texte).items()
    }
    natures = _natures(said, list(said))
    if "pilotes" not in natures.values():
        return {}
    return {
        piece.debut: (Marque(natures[signe], signe, dit, piece.debut, piece.fin),)
        for signe, held in said.items()
        for piece, dit in held
    }


def _morceaux(texte: Texte) -> Iterable[Morceau]:
    """The sentences of the paragraphs outside tables, each under the heading above it; a label stays with its value."""
    heading = 0
    run: list[tuple[int, int, int, list[str]]] = []
    for debut, fin, mots in _paragraphes(texte):
        if debut == fin and _est_un_titre(texte, debut, mots):
            heading = debut
        elif len(mots) <= LARGE:
            run.append((debut if texte.puce(debut) != ALINEA else heading, debut, fin, _PHRASE.split(mots)))
    several = [(fiche, cle(said[0])) for fiche, _debut, _fin, said in run if len(said) > 1]
    records = len({fiche for fiche, _head in several})
    heads = Counter(head for head in (head for _fiche, head in set(several)) if len(head.split()) <= LONGUE + 2)
    for fiche, debut, fin, said in run:
        led = len(said) > 1 and heads[cle(said[0])] >= max(ASSEZ, records / 2) and said[0].endswith(".")
        led = led or ":" in said[0][:COLON]  # what a label governs may be parted by semicolons
        for piece in [" ".join(said)] if led else said:
            yield Morceau(fiche, debut, fin, piece.strip())


def _paragraphes(texte: Texte) -> Iterable[tuple[int, int, str]]:
    """The paragraphs outside tables; in a text file, headings are cut from what they stand right above."""
    apart = texte.document.en_paragraphes
    run: list[int] = []
    last = 0
    for numero, ligne in texte.lignes.items():
        blank = texte.vide(numero) or ligne.tableau is not None
        starts = apart or numero != last + 1 or texte.puce(numero) != ALINEA
        starts = starts or _titre_nu(texte, last) or _coupee(texte, last, numero)
        if run and (blank or starts):
            yield _reuni(texte, run)
            run = []
        if not blank:
            run.append(numero)
            last = numero
    if run:
        yield _reuni(texte, run)


def _reuni(texte: Texte, run: Sequence[int]) -> tuple[int, int, str]:
    words = PUCE.sub("", texte.brut(run[0])).strip()
    for numero in run[1:]:
        words = texte.joint(words, numero)
    return run[0], run[-1], words


def _coupee(texte: Texte, above: int, numero: int) -> bool:
    """Whether the author ended a line of a text file before its margin, and opened the next with a capital."""
    line = texte.brut(numero).strip()
    first = line.split()[0] if line else ""
    if line[:1].isupper() and not texte.repliee:
        return True
    return line[:1].isupper() and (
        ":" in line[:COLON] or len(texte.brut(above).rstrip()) + 1 + len(first) <= texte.largeur
    )


def _titre_nu(texte: Texte, numero: int) -> bool:
    """Whether a line of a text file is a numbered heading, or a short one that stands right above others."""
    line = texte.brut(numero).strip()
    if not line or line.endswith((".", ",", ";", ":")) or (":" in line and not numerote(line)):
        return False
    if numerote(line) or DECIMAL.match(line) or NUMERO.match(line) or capitales(line):
        return True
    return texte.vide(numero - 1) and texte.courte(numero) and texte.net(numero + 1)[:1].isupper()


def _est_un_titre(texte: Texte, numero: int, mots: str) -> bool:
    if texte.lignes[numero].titre is not None:
        return True
    return texte.puce(numero) == ALINEA and not texte.document.en_paragraphes and _titre_nu(texte, numero)


def _lignes(texte: Texte, pieces: Sequence[Morceau]) -> Trame:
    """The labels that open or close pieces, believed by families."""
    opened, closed = _etiquettes(pieces, fin=False), _etiquettes(pieces, fin=True)
    said: dict[str, list[tuple[Morceau, str]]] = defaultdict(list)
    for piece in pieces:
        first, last = opened.get(piece, (0, 0)), closed.get(piece, (0, 0))
        words = piece.mots.rstrip(" .").split()
        if first[0] and first[1] >= last[1]:
            said[" ".join(map(_mot, words[: first[0]]))].append((piece, " ".join(words[first[0] :])))
        elif last[0]:
            said[_CLOS + " ".join(map(_mot, words[-last[0] :]))].append((piece, " ".join(words[: -last[0]])))
    said = {label: held for label, held in said.items() if _varie(held)}
    inner = {label: middle for label, held in said.items() if (middle := _au_milieu(held))}
    parted = _coupees(said, inner)
    believed = _croyables({label: parted[label] for label in said})
    natures = _natures(parted, [one for own in believed for one in (own, inner.get(own)) if one])
    return _posees(pieces, said, natures, frozenset(inner.values()))


def _au_milieu(held: Sequence[tuple[Morceau, str]]) -> str:
    """The words that part each value of a label in two (« X qui mène le projet, épaulé par Y »), "" for none."""
    values = [value.split() for _piece, value in held]
    if len(values) < ASSEZ:
        return ""
    seen: Counter[tuple[str, ...]] = Counter()
    for words in values:
        runs = ((i, n) for n in range(2, LONGUE) for i in range(1, len(words) - n))
        seen.update({tuple(words[i : i + n]) for i, n in runs})
    shared = [run for run, times in seen.items() if times == len(values) and not any(map(_est_un_nom, run))]
    best = max(shared, key=len, default=())
    while best and _mot(best[-1]) in _ARTICLES:
        best = best[:-1]  # the article is the name's
    return " ".join(best) if len(best) > 1 else ""


def _est_un_nom(word: str) -> bool:
    return word[:1].isupper() or any(map(str.isdigit, word))


def _coupees(
    said: Mapping[str, list[tuple[Morceau, str]]], inner: Mapping[str, str]
) -> dict[str, list[tuple[Morceau, str]]]:
    """The values by label, those that other words part given to each of the two."""
    parted: dict[str, list[tuple[Morceau, str]]] = dict(said)
    for label, words in inner.items():
        cut = [(piece, value.partition(f" {words} ")) for piece, value in said[label]]
        parted[label] = [(piece, before) for piece, (before, _words, _after) in cut]
        parted[words] = [(piece, after) for piece, (_before, _words, after) in cut]
    return parted


def _varie(held: Sequence[tuple[Morceau, str]]) -> bool:
    """Whether a label comes back often enough, before values that differ."""
    return len({piece.debut for piece, _value in held}) >= ASSEZ and len({value for _piece, value in held}) > 1


def _etiquettes(pieces: Iterable[Morceau], *, fin: bool) -> dict[Morceau, tuple[int, int]]:
    """How many words of each piece are a label, and how many pieces share them: on until values part them."""
    nodes: dict[tuple[str, ...], list[Morceau]] = defaultdict(list)
    raw = {p: p.mots.rstrip(" .").split()[:: -1 if fin else 1] for p in pieces}
    words = {p: [_mot(w) for w in own] for p, own in raw.items()}
    for piece, own in words.items():
        for count in range(1, min(LONGUE, len(own)) + 1):
            nodes[tuple(own[:count])].append(piece)
    found: dict[Morceau, tuple[int, int]] = {}
    for piece, own in words.items():
        count = _partage(own, raw[piece], nodes, fin=fin)
        if count > 1 or (count and (raw[piece][0].endswith((":", ".")) or _seul(own[0]))):
            found[piece] = count, len({p.debut for p in nodes[tuple(own[:count])]})
    return found


def _seul(word: str) -> bool:
    """Whether one word may be a label without a sign: neither a pronoun nor a link, nor what a body is called by."""
    lists = lexique().listes
    return len(word) > 2 and not any(
        cle(word) in lists[name] for name in ("liaisons", "collectifs", "noms_de_corps", "jamais_une_promesse")
    )


def _partage(
    own: Sequence[str], raw: Sequence[str], nodes: Mapping[tuple[str, ...], Sequence[Morceau]], *, fin: bool
) -> int:
    """How many of its first words a piece shares: no name, figure nor article; to a colon where there is one."""
    stopped = next((k + 1 for k, w in enumerate(raw[:LONGUE]) if w.endswith((":", ".")) and not fin), 0)
    if stopped and stopped < len(own) and len({p.debut for p in nodes[tuple(own[:stopped])]}) >= ASSEZ:
        return stopped
    best = 0
    for count in range(1, min(LONGUE, len(own) - 1) + 1):
        word, here = raw[count - 1], nodes[tuple(own[:count])]
        named = (word[:1].isupper() and (fin or count > 1)) or any(map(str.isdigit, word)) or own[count - 1] in _MONNAIE
        if named or own[count - 1] in lexique().listes["mesures"]:
            break
        if len({p.debut for p in here}) < ASSEZ or (best and len(here) * 2 < len(nodes[tuple(own[:best])])):
            break
        best = count
    while best and own[best - 1] in _ARTICLES:
        best -= 1
    return best


def _mot(word: str) -> str:
    return word.strip(" .;,:").casefold().replace("’", "'")


def _croyables(said: Mapping[str, list[tuple[Morceau, str]]]) -> list[str]:
    """The labels of records that hold several of them, one of them of bodies: each once a record."""
    records = {label: Counter(p.fiche for p, _ in held) for label, held in said.items()}
    once = [label for label, seen in records.items() if sum(n > 1 for n in seen.values()) * 4 <= len(seen)]
    kinds = {label: sorte([value for _, value in said[label]]) for label in once}
    known = {label: lexique().rubrique(_nu(label)) for label in once}
    carriers = [label for label in once if kinds[label] == CORPS or known[label] in ("pilotes", "services associés")]
    kept = []
    for label in once:
        beside = [c for c in carriers if c != label and len(records[c].keys() & records[label].keys()) >= ASSEZ]
        company = [o for o in once if o != label and len(records[o].keys() & records[label].keys()) >= ASSEZ]
        if beside or (label in carriers and company):
            kept.append(label)
    return kept


def _nu(label: str) -> str:
    return _FIN.sub("", label.removeprefix(_CLOS))


def _natures(said: Mapping[str, list[tuple[Morceau, str]]], believed: Sequence[str]) -> dict[str, str]:
    """What each label is: by its words where they say it, otherwise by the kind of its values and by its place."""
    found: dict[str, str] = {}
    kinds = {label: sorte([value for _, value in said[label]]) for label in believed}
    for label in believed:
        told = lexique().rubrique(_nu(label)) or lexique().rubrique_probable(_nu(label))
        if told and _s_accorde(told, kinds[label]):
            found[label] = told
        elif kinds[label] in (CREDITS, COUT, CALENDRIER):
            found[label] = kinds[label]
        elif kinds[label] == MESURE:
            found[label] = "indicateurs"
    bodies = [label for label in believed if kinds[label] == CORPS and label not in found]
    bodies.sort(key=lambda label: plusieurs([value for _, value in said[label]]))
    for label in bodies:
        found[label] = "services associés" if "pilotes" in found.values() else "pilotes"
    if "indicateurs" not in found.values():
        ends = [label for label in believed if label not in found and kinds[label] == TEXTE]
        ends = [label for label in ends if est_court([v for _, v in said[label]]) and _dernieres(label, said, believed)]
        found.update(dict.fromkeys(ends[-1:], "indicateurs"))
    return {label: found.get(label, "autre") for label in believed}


def _s_accorde(told: str, kind: str) -> bool:
    """Whether what words say of a label and what its values are go together."""
    wanted = {
        "pilotes": (CORPS, TEXTE),
        "services associés": (CORPS, TEXTE),
        "calendrier": (CALENDRIER, TEXTE),
        "données": (TEXTE,),
    }
    return kind in wanted.get(told, (kind,)) and told != "actions"


def _dernieres(label: str, said: Mapping[str, list[tuple[Morceau, str]]], believed: Sequence[str]) -> bool:
    """Whether a label closes its records: nothing of the template stands after it."""
    last: dict[int, int] = {}
    for other in believed:
        for piece, _value in said[other]:
            last[piece.fiche] = max(last.get(piece.fiche, 0), piece.debut)
    held = [piece for piece, _value in said[label]]
    return sum(piece.debut == last[piece.fiche] for piece in held) * 3 >= len(held) * 2


def _posees(
    pieces: Sequence[Morceau],
    said: Mapping[str, list[tuple[Morceau, str]]],
    natures: Mapping[str, str],
    milieux: frozenset[str],
) -> Trame:
    """The values where they stand, paragraph by paragraph; one that another label cuts inside its line is parted."""
    at: dict[Morceau, tuple[str, str]] = {
        piece: (label, value) for label in natures if label not in milieux for piece, value in said[label]
    }
    records: dict[int, set[str]] = defaultdict(set)
    for piece, (label, _value) in at.items():
        records[piece.fiche].add(label)
    shown = {label: label if label in milieux else _imprimee(label, said[label][0]) for label in natures}
    inner = {label: shown[label] for label in natures if not label.startswith(_CLOS)}
    by_paragraph: dict[int, list[Marque]] = defaultdict(list)
    ends: dict[int, int] = {}
    paid = _verbes_d_argent(pieces, records)
    for piece in pieces:
        if len(records.get(piece.fiche, ())) < 2:
            continue
        if piece not in at:
            told = [("crédits", "", sums)] if (sums := _sommes(piece.mots, paid)) else []
        else:
            told = [(natures[own], _FIN.sub("", shown[own]), words) for own, words in _parted(*at[piece], inner)]
        for kind, label, words in told:
            value = words.strip(" .;:,–—")
            value = _de_qui(value) if kind == CREDITS else value
            if value:
                by_paragraph[piece.debut].append(Marque(kind, label, value, piece.debut, piece.fin))
                ends[piece.debut] = piece.fin
    found = Trame(natures={cle(_FIN.sub("", words)): natures[label] for label, words in shown.items()})
    heads = {p.debut: p for p in reversed(pieces)}
    for debut, marques in by_paragraph.items():
        first = heads[debut]
        if first.fiche == debut and first not in at:
            found.items[debut] = (_FIN.sub("", first.mots), tuple(marques))
        elif first.fiche != debut:
            found.marques[debut] = tuple(marques)
    found.suites = frozenset(n for d in found.marques for n in range(d + 1, ends[d] + 1))
    return found


def _verbes_d_argent(pieces: Sequence[Morceau], records: Mapping[int, set[str]]) -> list[str]:
    """The words that come back between a name and a sum (« y consacre »), longest first."""
    seen: Counter[str] = Counter()
    for piece in pieces:
        if piece.fiche in records and (found := _SOMME.search(piece.mots)):
            words = piece.mots[: found.start()].split()
            seen.update(" ".join(words[-n:]) for n in (1, 2, 3) if len(words) > n and words[-n:] == _bas(words[-n:]))
    return sorted((words for words, times in seen.items() if times > 1), key=len, reverse=True)


def _bas(words: Sequence[str]) -> list[str]:
    return [word.lower() for word in words]


def _sommes(mots: str, verbes: Sequence[str]) -> str:
    """A sentence that says what bodies bring, as names and sums (« La CAF y consacre 45 000 euros »), or ""."""
    told: list[str] = []
    start = 0
    for found in _SOMME.finditer(mots):
        name = re.sub(r"^\W*(?:et|puis|ainsi que)\s+", "", mots[start : found.start()]).strip(" ,:")
        name = next((name.removesuffix(f" {verb}") for verb in verbes if name.endswith(f" {verb}")), name)
        if not corps_sur(name) or len(name.split()) > LONGUE:
            return ""
        told.append(f"{name} : {found.group().strip()}")
        start = found.end()
    return " ; ".join(told)


def _de_qui(value: str) -> str:
    """« 12 000 € de l’État et 3 000 € de la CAF » as names and sums; the same words where it is said otherwise."""
    told = [_SOMME_DE.match(part) for part in re.split(r"\s*[,;]\s*(?=\d)|\s+et\s+(?=\d)", value)]
    pairs = [f"{found['qui']} : {found['somme'].strip()}" for found in told if found and corps_possible(found["qui"])]
    return " ; ".join(pairs) if len(pairs) == len(told) else value


_SOMME_DE = re.compile(
    rf"^(?P<somme>{_SOMME.pattern})\s+(?:de\s+la\s+part\s+)?(?:de\s+la\s+|de\s+l[’']|du\s+|des\s+|de\s+|d[’'])(?P<qui>\S.*)$"
)


def _imprimee(label: str, first: tuple[Morceau, str]) -> str:
    """A label as its first piece prints it."""
    words, count = first[0].mots.rstrip(" .").split(), len(label.removeprefix(_CLOS).split())
    return " ".join(words[-count:] if label.startswith(_CLOS) else words[:count])


def _parted(label: str, value: str, inner: Mapping[str, str]) -> list[tuple[str, str]]:
    """A value and those that other labels open inside it, where the end of a line was lost."""
    cuts = sorted(
        (at, other) for other, words in inner.items() if other != label and (at := value.find(f" {words} ")) > 0
    )
    parts, start, own = [], 0, label
    for place, other in cuts:
        parts.append((own, value[start:place]))
        start, own = place + len(inner[other]) + 2, other
    return [*parts, (own, value[start:])]


def _parentheses(texte: Texte) -> dict[int, tuple[str, tuple[Marque, ...]]]:
    """The items of lists that end alike in parentheses: who carries, with whom, when (« … (X, avec Y ; 2026) »)."""
    found: dict[int, tuple[str, tuple[Marque, ...]]] = {}
    sure = 0
    listed = 0
    for debut, fin, mots in _paragraphes(texte):
        if texte.puce(debut) == ALINEA or len(mots) > LARGE:
            continue
        listed += 1
        inside = _DEDANS.match(mots)
        parts = [part for part in re.split(r"\s*[;,]\s*|\s+[–—-]\s+", inside["dans"]) if part] if inside else []
        if inside is None or len(parts) < 2 or ":" in inside["dans"]:
            continue
        marques = tuple(_de_parenthese(parts, debut, fin))
        if {"pilotes"} < {m.nature for m in marques}:
            found[debut] = (inside["titre"].strip(), marques)
            sure += corps_sur(parts[0])
    return found if len(found) >= ASSEZ and sure * 2 >= len(found) else {}


def _de_parenthese(parts: Sequence[str], debut: int, fin: int) -> Iterable[Marque]:
    """What each part of a parenthesis is: the first name carries, those after « avec » help, a year says when."""
    helping: list[str] = []
    for rank, part in enumerate(parts):
        with_ = _AVEC.match(part)
        said = part[with_.end() :] if with_ else part
        if sorte([said]) == CALENDRIER:
            yield Marque("calendrier", "", said, debut, fin)
        elif rank == 0 and not with_:
            yield Marque("pilotes", "", said, debut, fin)
        elif with_ or helping or corps_possible(said):
            helping.append(said)
    if helping:
        yield Marque("services associés", "", ", ".join(helping), debut, fin)


def lues(texte: Texte, numero: int) -> tuple[Marque, ...]:
    """The values of the paragraph that a line opens, those of a label that a person silenced left out."""
    tues = lexique().tues
    return tuple(m for m in texte.trame.marques.get(numero, ()) if cle(m.label) not in tues)
