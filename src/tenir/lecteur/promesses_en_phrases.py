"""The promises that sentences hold: a signatory as their subject, and what it says that it does or will do.

« L’Agence s’engage à financer le bus, ainsi qu’à le publier ; elle finance aussi … »: each promise has its own words,
and the subject goes on with « elle » until another one is named.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from tenir.lecteur.lexique import cle, lexique
from tenir.lecteur.lignes import ALINEA, PUCE, Bloc, Texte
from tenir.lecteur.phrases import Phrase, morceaux, phrases, tel_quel
from tenir.lecteur.promet import S_ENGAGE

_INFINITIF = (
    r"(?:ne\s+(?:pas|plus)\s+|n[’']\w+\s+|mieux\s+|(?:y|en|les?|la|leur|lui|se)\s+|[sl][’'])?"
    r"[^\W\d_][\w’'-]*(?:er|ir|re|oir)\b"
)
_ENGAGE = re.compile(
    rf"\b(?:{S_ENGAGE}(?:nt|ra|ront)?|promet(?:tent)?)\b(?P<suite>(?:\s+(?:également|aussi|en\s+outre|enfin|notamment"
    r"|par\s+ailleurs|ainsi|donc))*(?:,[^,;.]{3,70},)?\s*(?:à|de|d[’'])?\s*:?\s*)"
)
_AUSSI = re.compile(
    rf"\s*(?:;|,|\bet\b|,?\s*ainsi\s+qu[’'])\s*(?:et\s+)?(?:également\s+|aussi\s+|enfin\s+)?à\s+(?={_INFINITIF})"
)
_POINTS = re.compile(r"\s*;\s*(?:et\s+)?(?:à\s+)?")
_VERBES = re.compile(r"\s*;\s*(?:et\s+)?(?=[a-zà-ÿ])")  # « maintient … ; ouvre … ; et réserve … »
_REPRISE = re.compile(
    r"(?:\s*;\s*(?:et\s+|enfin,?\s+|en outre,?\s+)?|\s*,?\s+et\s+)(?=(?:elle|il|celle-ci|celui-ci)\b|s[’']engage)"
)
_CLAUSE = re.compile(r"\s*;\s*(?:et\s+|enfin,?\s+)?(?=(?:l[’']|la\s|le\s|les\s)?[^\W\d_])")
_DEBUT = re.compile(
    r"^\s*(?:(?:(?:article\s+)?\d{1,2}(?:\.\d{1,2})*\s?[.):–°-]?|[A-Z]{1,2}\d{1,2}\s?[.):–-])\s+)?"
    r"(?:(?:pour sa part|de son côté|enfin|par ailleurs|en outre|de même|dans ce cadre|à ce titre|ainsi)\s*,?\s+)*",
    re.IGNORECASE,
)
_PRONOM = re.compile(r"^(?:elle|il|celle-ci|celui-ci)\b\s*", re.IGNORECASE)
_INCISE = re.compile(
    r"^\s*(?:\([^()]*\)\s*)?(?:,[^,;.:]{3,80},\s*)?"
    r"(?:(?:également|aussi|pour sa part|de son côté|par ailleurs|en outre)\s+)*"
)
_ARTICLE = re.compile(r"^(?:l[’']|la\s+|les?\s+)", re.IGNORECASE)
_ETIQUETTE = re.compile(r"^(?P<nom>[^:;.]{2,90}?)\s*(?::|\s[–—-])\s+")
_ENTRE_NOMS = re.compile(r"\s*,\s+(?:et\s+)?|\s+et\s+(?=(?:l[’']|la\s|le\s|les\s|[A-ZÀ-Ý]))")
_PRESENTEE = re.compile(
    r"(?:par délégation,?\s+)?(?:M\.|MM\.|Mmes?|Monsieur|Madame|\[|représenté)"
)  # who stands for a party
LONG_NOM = 12  # words
LONG_SUJET = 9  # words of one that no file and no party knows


@dataclass(frozen=True, slots=True)
class Promis:
    """What one signatory promises in a sentence, and where."""

    nom: str
    phrase: Phrase


class EnPhrases:
    """Reads the sentences of a part; `connu` tells the party that words name, "" for none."""

    def __init__(self, texte: Texte, connu: Callable[[str], str]) -> None:
        self._texte = texte
        self._connu = connu

    def lire(self, debut: int, fin: int, *, sujet: str = "", entier: bool = True) -> list[Promis]:
        """The promises of a range: of one signatory (`sujet`), or of those that sentences name.

        `entier`: the part is one of commitments, so what a signatory does is promised; elsewhere it must say so.
        """
        found: list[Promis] = []
        if debut > fin or not self._texte.pleines(debut, fin):
            return found
        names: tuple[str, ...] = (sujet,) if sujet else ()
        for bloc in (one for held in self._texte.blocs(debut, fin) for one in self._a_party_a_line(held)):
            if bloc.puce != ALINEA and not self._leads(bloc.debut):
                continue
            for phrase in phrases(self._texte, bloc.debut, bloc.fin):
                for part in self._clauses(phrase):
                    names, pieces = self._of_a_clause(part, names, sujet, entier=entier)
                    found += [Promis(nom, piece) for piece in pieces for nom in names]
            if not sujet:
                names = ()  # « elle » never goes back to the paragraph above
        return found

    def _a_party_a_line(self, bloc: Bloc) -> list[Bloc]:
        """The lines of a paragraph that each open with a party and its colon; else the paragraph."""
        lines = self._texte.pleines(bloc.debut, bloc.fin) if bloc.puce == ALINEA else []
        labels = [(n, _ETIQUETTE.match(self._texte.net(n))) for n in lines]
        heads = [n for n, label in labels if label and self._connu(label["nom"])]
        if len(heads) < 2 or heads[0] != bloc.debut:
            return [bloc]
        ends = [*(n - 1 for n in heads[1:]), bloc.fin]
        return [Bloc(start, end) for start, end in zip(heads, ends, strict=True)]

    def _leads(self, numero: int) -> bool:
        """Whether a bullet opens with a party: an item a signatory."""
        line = self._texte.net(numero)
        labelled = _ETIQUETTE.match(line)
        return bool(self._named(line)[0] or (labelled and self._connu(labelled["nom"])))

    def _clauses(self, phrase: Phrase) -> list[Phrase]:
        """A sentence cut where another subject, or the same again, opens a clause."""
        said = tel_quel(self._texte, phrase)
        cuts = [m.span() for m in _REPRISE.finditer(said)]
        cuts += [m.span() for m in _CLAUSE.finditer(said) if self._named(said[m.end() :])[0]]
        edges = [0, *(n for span in sorted(set(cuts)) for n in span), len(said)]
        return morceaux(self._texte, phrase, [(edges[k], edges[k + 1]) for k in range(0, len(edges), 2)])

    def _of_a_clause(
        self, phrase: Phrase, names: tuple[str, ...], sujet: str, *, entier: bool
    ) -> tuple[tuple[str, ...], list[Phrase]]:
        """Who speaks in a clause, and each thing that it promises."""
        said = tel_quel(self._texte, phrase)
        bullet = PUCE.match(said)
        start = bullet.end() if bullet else 0
        opening = _DEBUT.match(said[start:])
        start += opening.end() if opening else len(said[start:]) - len(said[start:].lstrip())
        names, after = self._subject(said[start:], names, sujet)
        if not names:
            return (), []
        after += start
        engaged = _ENGAGE.search(said, after)
        if engaged and (engaged.start() - after < LARGE_INCISE or sujet):
            return names, self._each(phrase, said, engaged.end(), listed=":" in engaged["suite"])
        label = _ETIQUETTE.match(said[start:])
        presented = label is not None and _PRESENTEE.match(said[start + label.end() :])
        if entier and label and not presented and start + label.end() >= after and self._connu(label["nom"]):
            return names, self._each(phrase, said, start + label.end(), listed=True)
        if not entier or after == start:
            return names, []
        aside = _INCISE.match(said[after:])
        verb = after + (aside.end() if aside else 0)
        return names, self._each(phrase, said, verb, alone=True) if _acts(said[verb:]) else []

    def _subject(self, said: str, names: tuple[str, ...], sujet: str) -> tuple[tuple[str, ...], int]:
        """The parties that a clause has as its subject, and where their name ends."""
        if pronoun := _PRONOM.match(said):
            return names, pronoun.end()
        found, end = self._named(said)
        if found:
            bare = len(_LIEN.sub("", said[:end]))
            whole = _COMPLEMENT.match(said, bare) if not sujet and _bare_institution(found) else None
            if whole:
                return (_ARTICLE.sub("", said[: whole.end()]),), whole.end()
            return ((sujet,) if sujet and sujet in found else found), end
        engaged = _ENGAGE.search(said)
        if engaged is None:
            return ((sujet,) if sujet else ()), 0
        before = re.split(r",\s", said[: engaged.start()])[0].strip(" ,")
        if not before:
            return names, engaged.start()
        if sujet:
            return (sujet,), engaged.start()
        return ((_ARTICLE.sub("", before),) if _may_sign(before) else ()), engaged.start()

    def _named(self, said: str) -> tuple[tuple[str, ...], int]:
        """The known parties that words open with, and where the last name ends."""
        words = list(re.finditer(r"\S+", said))[:LONG_NOM]
        for count in range(len(words), 0, -1):
            end = words[count - 1].end()
            head = said[:end].rstrip(" ,;:")
            if "." in head or ";" in head or ":" in head or _LIEN.search(head):
                continue
            if one := self._connu(head):
                return (one,), len(head)
            pieces = _ENTRE_NOMS.split(head)
            if len(pieces) > 1 and all(pieces) and (several := tuple(map(self._connu, pieces))) and all(several):
                return several, len(head)
        return (), 0

    def _each(
        self, phrase: Phrase, said: str, start: int, *, listed: bool = False, alone: bool = False
    ) -> list[Phrase]:
        """The things promised from a place of a sentence on: « à …, à … et à … », « : … ; … »."""
        between = _VERBES if alone else _POINTS if listed else _AUSSI
        cuts = [m.span() for m in between.finditer(said, start)]
        edges = [start, *(n for span in cuts for n in span), len(said.rstrip(" .;,\n"))]
        spans = [(edges[k], edges[k + 1]) for k in range(0, len(edges), 2)]
        spans = [
            (a + len(said[a:b]) - len(re.sub(r"^\s*(?:à\s+)?", "", said[a:b])), b)
            for a, b in spans
            if said[a:b].strip()
        ]
        return [piece for piece in morceaux(self._texte, phrase, spans) if any(map(str.isalpha, piece.mots))]


LARGE_INCISE = 90  # characters between a subject and its verb


def _acts(said: str) -> bool:
    """Whether words open with a verb that does something: neither a state nor a past, nor a link between names."""
    first = re.match(r"(?:ne\s+|n[’'])?([^\W\d_]+)", said)
    if first is None or not first[0].islower():
        return False
    word = cle(first[1])
    return word not in lexique().listes["jamais_une_promesse"] and len(said.split()) > 2


def _bare_institution(noms: tuple[str, ...]) -> bool:
    """Whether one party is known by what it is alone (« Département »), which a sentence may say in full."""
    return len(noms) == 1 and cle(_ARTICLE.sub("", noms[0])) in lexique().listes["institutions"]


_LIEN = re.compile(r"\s+(?:de(?:\s+la)?|du|des|d[’'])$")
_COMPLEMENT = re.compile(
    r"\s+(?:de\s+la\s+|de\s+l[’']|du\s+|des\s+|de\s+|d[’'])[A-ZÀ-Ý][\w’'-]*"
    r"(?:\s+(?:(?:de|du|des|la|le|les|sur|en|et)\s+|d[’']|l[’'])*[A-ZÀ-Ý][\w’'-]*)*"
)


def agit(mots: str) -> str:
    """The body that a sentence opens with and says the deeds of, without its article; "" when it does not."""
    found = _SUJET.match(mots)
    return found["nom"] if found and _acts(mots[found.end() :]) else ""


_SUJET = re.compile(
    r"^(?:L[’']|La\s+|Les?\s+)?(?P<nom>[A-ZÀ-Ý][\w’'-]*"
    r"(?:\s+(?:(?:de\s+la|de|du|des|et)\s+|de\s+l[’']|d[’'])?(?:[a-zà-ÿ]{6,}\s+)?[A-ZÀ-Ý][\w’'-]*){0,5})\s+"
)


def _may_sign(nom: str) -> bool:
    """Whether a subject that no file knows may be a signatory: short, and called by a name of its own."""
    words = _ARTICLE.sub("", nom).split()
    collective = any(word in lexique().listes["collectifs"] for word in cle(nom).split())
    clause = cle(nom).split()[:1] in (["ce"], ["que"], ["qu"])  # « Ce que promet chaque signataire » is a title
    return (
        bool(words)
        and not clause
        and len(words) <= LONG_SUJET
        and any(w[:1].isupper() for w in words)
        and not collective
    )
