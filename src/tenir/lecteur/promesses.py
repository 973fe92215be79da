"""What a signatory prints, told apart: bullets that promise, sentences that promise, recalls, frame documents.

Bullets nest by the order in which their signs appear below a line that ends with « : »; a plain paragraph under such a
line counts as one more sign.
"""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from tenir.fichier.enums import Forme
from tenir.fichier.source import Plage
from tenir.lecteur.lexique import lexique
from tenir.lecteur.lignes import ALINEA, Bloc, Texte
from tenir.lecteur.phrases import Phrase, couper, phrases
from tenir.lecteur.promet import S_ENGAGE

PARAGRAPHE = "¶"
_INFINITIF = re.compile(r"^(?:Mieux \w|[A-ZÀ-Ý])[\w’'-]*(?:er|ir|re)\b")
_NOM_D_ACTION = re.compile(r"^[A-ZÀ-Ý]\w+(?:tion|ment|age|ien|ui)\b")
_GERONDIF = re.compile(r"\ben \w+ant\b[^:]*:$")
_PROMET_DE = re.compile(rf"{S_ENGAGE}(?:nt)? à \w+(?:er|ir|re)\b")
_FUTUR = re.compile(r"\b\w{2,}er(?:a|ont)\b|\bseront\b|\bsera\b")
_COMPTE = re.compile(r"\b(?:\d+|deux|trois|quatre|cinq|six|sept|huit) \w+ ?:$")
_PREPOSITION = re.compile(r"^(?:Sur|Pour|Dans|En|Au titre) ")
_AUSSI = re.compile(r"(?:(?<=,)\s|\bet\s)\s*à\s+(?=\w+(?:er|ir|re)\b)")
_ET_FAIT = re.compile(r"\bet\s+(?=\w+(?:é|i|u|is|it|ert)\s+(?:les?|la|une?|des|l’)\b)")  # « rénové … et agrandi la … »
_VERBE = re.compile(r"^(?:Mieux |mieux |ne pas |Ne pas |[sS][’'])?[^\W\d_][\w’'-]*(?:er|ir|re)\b")
_PIECE = re.compile(r"[^;]+")
_OUVERTURE = re.compile(r"^\s*(?:et\s+)?(?:à\s+)?")
ALINEA_COURT = 45  # words of a paragraph that is one item
COURT = 12


def promet(mots: str) -> bool:
    """Whether words open with a verb in the infinitive, as an item of a list of promises does."""
    return bool(_VERBE.match(mots))


class Sorte(StrEnum):
    """What a bullet or a sentence is."""

    ENGAGEMENT = "engagement"
    RAPPEL = "rappel"
    DOCUMENT = "document"


@dataclass
class Promesse:
    """A bullet or a sentence of a signatory, with its depth."""

    sorte: Sorte
    forme: Forme
    source: tuple[Plage, ...]
    mots: str
    niveau: int = 0
    signe: str = ALINEA
    enfants: list["Promesse"] = field(default_factory=list)

    @property
    def regroupement(self) -> bool:
        """Whether it only groups what stands under it."""
        if not self.enfants:
            return False
        if self.mots.endswith(":"):
            return not _GERONDIF.search(self.mots) and not _PROMET_DE.search(self.mots)
        return (
            self.forme is Forme.PUCE
            and all(child.signe == PARAGRAPHE and child.forme is Forme.PUCE for child in self.enfants)
        ) or _lead(self.mots)


def _lead(mots: str) -> bool:
    """A short heading of bullets: no verb, a preposition first (« Pour le cadre de vie »)."""
    return bool(_PREPOSITION.match(mots)) and len(mots.split()) <= COURT and not {".", ","} & set(mots)


def _bare(raw: str, span: tuple[int, int]) -> tuple[int, int]:
    """A stretch of a line without the blanks, « et » and « à » that open it, nor the point that ends it."""
    words = raw[span[0] : span[1]]
    opening = len(words) - len(_OUVERTURE.sub("", words))
    return span[0] + opening, span[0] + len(words.rstrip(" .;"))


class Promesses:
    """Reads the blocks of one signatory, in order."""

    def __init__(self, texte: Texte, debut: int, fin: int) -> None:
        self._texte = texte
        self._blocs = texte.blocs(debut, fin)
        self._signs: list[str] = []
        self._depth_of_paragraphs: int | None = None
        self._sorte = Sorte.ENGAGEMENT
        self._dans_une_case = any(texte.lignes[bloc.debut].tableau for bloc in self._blocs)
        apart = texte.document.en_paragraphes or self._dans_une_case
        self._nues = apart and not any(bloc.puce for bloc in self._blocs)
        self.lues: list[Promesse] = []

    def lire(self) -> list[Promesse]:
        """Every promise, recall and frame document, flat and in order; `enfants` tells the tree."""
        for rank, bloc in enumerate(self._blocs):
            following = self._blocs[rank + 1] if rank + 1 < len(self._blocs) else None
            mots = self._texte.mots((bloc.plage,))
            if bloc.puce == ALINEA:
                self._paragraph(bloc, mots, following, rank)
            else:
                self._bullet(bloc, mots, bloc.puce)
        return self.lues

    def _paragraph(self, bloc: Bloc, mots: str, following: Bloc | None, rank: int) -> None:
        listed = following is not None and following.puce != ALINEA
        if pieces := self._in_a_cell(bloc):
            self.lues += pieces
        elif self._nues and self._stands_alone(mots):
            self._top(bloc, mots, Forme.PUCE)
        elif self._under_a_list(mots, rank):
            self._bullet(bloc, mots, PARAGRAPHE)
        elif listed and _lead(mots):
            self._top(bloc, mots, Forme.PUCE)
            self._signs = [PARAGRAPHE + "titre"]
        elif listed and (mots.endswith(":") or not mots.endswith((".", "!", "?"))):
            self._lead_in(bloc, mots)
        elif rank == 0 and listed and _NOM_D_ACTION.match(mots):
            self._top(bloc, mots, Forme.PUCE)
        else:
            self._sentences(bloc)

    def _in_a_cell(self, bloc: Bloc) -> list[Promesse]:
        """What the signs of one cell part (« financer le bus ; le publier »), each opening with its verb."""
        if not self._dans_une_case or bloc.debut != bloc.fin:
            return []
        raw = self._texte.brut(bloc.debut)
        spans = [_bare(raw, found.span()) for found in _PIECE.finditer(raw)]
        spans = [span for span in spans if span[0] < span[1]]
        if len(spans) < 2 or not all(_VERBE.match(raw[a:b]) for a, b in spans):
            return []
        sources = [(Plage(bloc.debut, bloc.debut, a + 1, b),) for a, b in spans]
        return [Promesse(Sorte.ENGAGEMENT, Forme.PUCE, own, self._texte.mots(own)) for own in sources]

    def _stands_alone(self, mots: str) -> bool:
        """Where no bullet is printed, a short paragraph that opens with a verb, or ends as an item does, is one.

        So is one that opens in small letters (« maintient deux postes »): its subject is the heading, or the next cell.
        """
        short = len(mots.split()) <= ALINEA_COURT and not mots.endswith(":")
        return short and (bool(_VERBE.match(mots)) or mots.endswith(";") or (mots[:1].islower() and ". " not in mots))

    def _lead_in(self, bloc: Bloc, mots: str) -> None:
        """The sentence that announces bullets says what they are; one that promises by itself is their parent."""
        self._signs, self._depth_of_paragraphs = [], None
        lexicon = lexique()
        *before, last = phrases(self._texte, bloc.debut, bloc.fin)
        self._read(before)
        mots = last.mots
        if lexicon.contient("marques_de_document_cadre", mots):
            self._sorte = Sorte.DOCUMENT
        elif lexicon.contient("marques_de_rappel", mots):
            self._sorte = Sorte.RAPPEL
        else:
            self._sorte = Sorte.ENGAGEMENT
        if _PROMET_DE.search(mots) and not _COMPTE.search(mots):
            self._top(bloc, mots, Forme.PROSE)
            self._signs = [PARAGRAPHE + "titre"]

    def _under_a_list(self, mots: str, rank: int) -> bool:
        """A paragraph under a bullet that ends with « : », or like those that stood under one before."""
        if not self.lues or self.lues[-1].sorte is not Sorte.ENGAGEMENT or not self._signs:
            return False
        above = self._texte.mots((self._blocs[rank - 1].plage,)) if rank else ""
        inside = self._blocs[rank - 1].puce != ALINEA or PARAGRAPHE in self._signs
        if above.endswith(":") and inside:
            return True
        if PARAGRAPHE in self._signs and (_INFINITIF.match(mots) or mots.endswith(":")):
            return True
        return self._depth_of_paragraphs is not None and inside and bool(_INFINITIF.match(mots))

    def _bullet(self, bloc: Bloc, mots: str, sign: str) -> None:
        niveau = self._level(sign)
        if sign == PARAGRAPHE:
            self._depth_of_paragraphs = niveau
        apart = self._sentence_apart(bloc)
        own = Plage(bloc.debut, apart - 1 if apart else bloc.fin)
        self._add(Promesse(self._sorte, Forme.PUCE, (own,), self._texte.mots((own,)), niveau, sign))
        if apart:
            rest = (Plage(apart, bloc.fin),)
            self._add(Promesse(Sorte.ENGAGEMENT, Forme.PROSE, rest, self._texte.mots(rest), niveau + 1, PARAGRAPHE))

    def _sentence_apart(self, bloc: Bloc) -> int | None:
        """A sentence of the future that opens a line of a bullet where the line above had room for its first word."""
        for numero in range(bloc.debut + 1, bloc.fin + 1):
            above, line = self._texte.brut(numero - 1).strip(), self._texte.net(numero)
            if not (above.endswith(".") and line[:1].isupper()) or _INFINITIF.match(line):
                continue
            room = len(above) + 1 + len(line.split()[0]) <= self._texte.largeur
            if room and _FUTUR.search(self._texte.mots((Plage(numero, bloc.fin),))):
                return numero
        return None

    def _top(self, bloc: Bloc, mots: str, forme: Forme) -> None:
        self._add(Promesse(Sorte.ENGAGEMENT, forme, (bloc.plage,), mots, 0))

    def _level(self, sign: str) -> int:
        if sign.startswith("niveau "):
            base = 1 if self._signs[:1] == [PARAGRAPHE + "titre"] else 0
            return base + int(sign.split()[1])
        announced = bool(self.lues) and self.lues[-1].mots.endswith(":") and self._signs != []
        if sign in self._signs and not (
            announced and self._signs[-1] != sign and self.lues[-1].signe == self._signs[-1]
        ):
            del self._signs[len(self._signs) - self._signs[::-1].index(sign) :]
        else:
            self._signs = self._where(sign, announced)
        return len(self._signs) - 1

    def _where(self, sign: str, announced: bool) -> list[str]:
        if sign == PARAGRAPHE and not announced and self._depth_of_paragraphs is not None:
            return [*self._signs[: self._depth_of_paragraphs], sign]
        return [*self._signs, sign]

    def _add(self, promesse: Promesse) -> None:
        parent = next(
            (p for p in reversed(self.lues) if p.niveau < promesse.niveau and p.sorte is promesse.sorte), None
        )
        if promesse.niveau and parent:
            parent.enfants.append(promesse)
        self.lues.append(promesse)

    def _sentences(self, bloc: Bloc) -> None:
        """The sentences of a paragraph that promise; those that recall what was done."""
        self._signs, self._sorte, self._depth_of_paragraphs = [], Sorte.ENGAGEMENT, None
        self._read(phrases(self._texte, bloc.debut, bloc.fin))

    def _read(self, sentences: list[Phrase]) -> None:
        lexicon = lexique()
        for phrase in sentences:
            if phrase.mots.endswith(":"):
                continue
            contrary = lexicon.contient("marques_contraires", phrase.mots)
            if lexicon.contient("marques_de_promesse", phrase.mots) and not contrary:
                for promise in self._each(phrase):
                    self._add(Promesse(Sorte.ENGAGEMENT, Forme.PROSE, promise.source, promise.mots))
            elif lexicon.contient("marques_de_rappel_en_prose", phrase.mots):
                for done in couper(self._texte, phrase, _ET_FAIT):
                    self.lues.append(Promesse(Sorte.RAPPEL, Forme.PROSE, done.source, done.mots))

    def _each(self, phrase: Phrase) -> list[Phrase]:
        """« S’engage à siéger, à rendre ses avis et à mener une enquête » promises three things."""
        if not _PROMET_DE.search(phrase.mots) or len(_AUSSI.findall(phrase.mots)) < 2:
            return [phrase]
        return couper(self._texte, phrase, _AUSSI)
