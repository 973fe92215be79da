import re
from collections.abc import Iterator

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.fichier.mots import plain
from tenir.fichier.source import Plage
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.chiffres.chf002_part_plus_grande_que_le_tout import part_plus_grande_que_le_tout
from tenir.regles.chiffres.chf006_parties_qui_ne_font_pas_le_total import parties_qui_ne_font_pas_le_total
from tenir.regles.chiffres.ensembles import SIDES, counts
from tenir.regles.chiffres.phrases import COUNT, WRITTEN, last_count, not_told, sentence_before, value, what
from tenir.regles.mots import nombre
from tenir.regles.passages import Passage, paragraphes, passages
from tenir.regles.registre import Lit, regle

SIDE = r"(?:femmes?|filles?|hommes?|garçons?)"
BEING = r"(?:(?:sont\s)?des\s|sont\s(?:des\s)?)?"
HALVES = re.compile(
    rf"(?P<a>{WRITTEN})\s{BEING}(?P<qui>{SIDE})\s?(?:\([^()]*\)\s?)?(?:,|et|/|;|contre|pour)\s?"
    rf"(?P<b>{WRITTEN})\s{BEING}(?P<autre>{SIDE})\b"
)
PART = re.compile(
    rf"(?:\bdont|parmi lesquel(?:le)?s|parmi eux|parmi elles)\s(?P<suite>[^.;!?\d%]{{0,40}}?)(?P<a>{WRITTEN})"
)
TOGETHER = re.compile(
    rf"\s?(?:,\s?soit|parmi les|parmi|sur les|sur un total de|pour un total de|sur)\s(?P<tout>{WRITTEN})"
)
"""What leads from women and men to their whole, when it comes after them."""
AMONG = re.compile(
    rf"(?:\b[Pp]armi|\b[Ss]ur)\s(?:les\s)?(?P<tout>{WRITTEN})[^.;!?\d%,]{{0,40}},\s(?P<a>{WRITTEN})"
    rf"|(?P<b>{WRITTEN})[^.;!?\d%,]{{1,40}}?\ssur\s(?:les\s|un total de\s)?(?P<total>{WRITTEN})"
)
CLOSED = re.compile(r"\s*(?:$|[.;,):(A-ZÉÈÀ]|en\s(?:19|20)\d{2}|au\s\d|à\sfin)")
"""What comes after women and men when they are all of them: « 60 hommes de moins de 26 ans » are some of them."""


@regle("CHF017", gravite=Gravite.BLOQUANTE, depuis="0.2", lit=Lit.MOTS)
def phrase_dont_les_parties_depassent(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Dans une phrase ou un tableau, les parties ne vont pas avec le total.

    ## Ce que la règle vérifie

    Dans une phrase, ou dans les colonnes « femmes », « hommes » et « ensemble » d’un tableau, les femmes et les
    hommes d’un nombre font ce nombre, et ce qui suit « dont » n’est pas plus grand que ce qui le précède. Les deux
    comptent la même chose : des enfants peuvent être plus nombreux que les familles. Quand la phrase n’a pas
    d’autre nombre, les femmes et les hommes sont comparés aux habitants comptés juste au-dessus. Ce que les règles
    CHF002 et CHF006 disent déjà n’est pas répété.

    ## Pourquoi

    L’un des nombres est faux, et rien ne dit lequel.

    ## Exemple fautif

    On compte 240 demandeurs d’emploi, dont 130 femmes et 140 hommes.

    ## Corrigé

    On compte 240 demandeurs d’emploi, dont 130 femmes et 110 hommes.

    ## Source

    Arithmétique.
    """
    known = [*part_plus_grande_que_le_tout(contrat), *parties_qui_ne_font_pas_le_total(contrat)]
    both = list(passages(contrat, document, HALVES, "femme", "fille"))
    halves = [one for passage in both for one in _halves(passage)]
    above = [one for passage in both for one in _above(document, passage)]
    halves += not_told(above, halves)
    yield from not_told(halves, known)
    parts = [one for passage in passages(contrat, document, PART, "dont", "parmi") for one in _part(passage)]
    yield from not_told(parts, [*known, *halves])
    yield from not_told(_columns(document), [*known, *halves])
    among = [one for passage in passages(contrat, document, AMONG, "armi", "ur ") for one in _among(passage)]
    yield from not_told(among, [*known, *halves, *parts])


HEADS = {"femmes": 0, "hommes": 1, "ensemble": 2, "total": 2, "filles": 0, "garcons": 1}
"""What heads the columns of a table by sex, without accents, and what it is."""


def _columns(document: DocumentNormalise) -> Iterator[Anomalie]:
    """Rows of a table whose three columns are women, men and all, each cell on a line."""
    lines = [plain(line).strip() for line in document.lignes]
    for number in range(len(lines) - 2):
        heads = [HEADS.get(cell) for cell in lines[number : number + 3]]
        if sorted(one for one in heads if one is not None) == [0, 1, 2]:
            yield from _rows(document, number + 3, [one for one in heads if one is not None])


def _rows(document: DocumentNormalise, first: int, heads: list[int]) -> Iterator[Anomalie]:
    """The rows below the heads: a label and three numbers, until a line that is none of these."""
    for start in range(first, len(document.lignes) - 3, 4):
        cells = [line.strip() for line in document.lignes[start + 1 : start + 4]]
        if not all(COUNT.fullmatch(cell) for cell in cells):
            return
        by_head = dict(zip(heads, cells, strict=True))
        total = value(by_head[0]) + value(by_head[1])
        if total != value(by_head[2]):
            label = document.lignes[start].strip()
            said = f"« {label} » : {by_head[0]} et {by_head[1]} font {total}, et non {by_head[2]}."
            source = (Plage(start + 1, start + 4),)
            yield Anomalie(None, said, "Vérifiez ces nombres dans leur source.", source=source)


def _halves(passage: Passage) -> Iterator[Anomalie]:
    """Women and men against the last number before them in the sentence."""
    found, text = passage.trouve, passage.paragraphe.texte
    before = sentence_before(text, found.start())
    whole = last_count(before)
    if after := TOGETHER.match(text, found.end()):
        before, whole = text[: after.end()], after
    if SIDES_OF[found["qui"][0]] == SIDES_OF[found["autre"][0]] or whole is None:
        return
    printed = whole[0] if after is None else after["tout"]
    if after is None and (what(before, whole) not in ("personnes", "") or _strays(before[whole.end() :])):
        return
    total = value(found["a"]) + value(found["b"])
    some_only = total < value(printed) and (after is not None or not CLOSED.match(text[found.end() :]))
    if total != value(printed) and not some_only:
        said = f"{found['a']} {found['qui']} et {found['b']} {found['autre']} font {total}, et non {printed}."
        yield Anomalie(passage.objet, said, "Vérifiez ces nombres dans leur source.", source=passage.source)


def _above(document: DocumentNormalise, passage: Passage) -> Iterator[Anomalie]:
    """Women and men of a sentence that has no other number, against the people counted just above it.

    Told only where their sum is near a number of people, and none of the numbers above is that sum.
    """
    found, text = passage.trouve, passage.paragraphe.texte
    sentence = sentence_before(text, found.start())
    if SIDES_OF[found["qui"][0]] == SIDES_OF[found["autre"][0]] or last_count(sentence):
        return
    if TOGETHER.match(text, found.end()) or not CLOSED.match(text[found.end() :]):
        return
    cut = paragraphes(document)
    rank = next((rank for rank, one in enumerate(cut) if one is passage.paragraphe), 0)
    told = next((one for one in reversed(cut[max(rank - 2, 0) : rank]) if len(one.texte) > HEADING), None)
    above = (told.texte + " " if told else "") + text[: found.start() - len(sentence)]
    total = value(found["a"]) + value(found["b"])
    counts_above = [one for one in COUNT.finditer(above) if value(one[0]) > max(value(found["a"]), value(found["b"]))]
    if any(value(one[0]) == total for one in counts_above):
        return
    near = [one for one in counts_above if ALL.match(above, one.end()) and abs(value(one[0]) - total) * 10 <= total]
    if near:
        said = (
            f"{found['a']} {found['qui']} et {found['b']} {found['autre']} font {nombre(total)}, et non {near[-1][0]}."
        )
        yield Anomalie(passage.objet, said, "Vérifiez ces nombres dans leur source.", source=passage.source)


HEADING = 60
"""How many characters a heading has at most: it parts two paragraphs, not what they say."""
ALL = re.compile(r"\s(?:habitants|personnes|résidents|habitantes et habitants)\b")
"""What counts everybody."""
SIDES_OF = {word[0]: side for word, side in SIDES.items()}


def _part(passage: Passage) -> Iterator[Anomalie]:
    """What follows « dont » against the last number before it in the sentence."""
    found, text = passage.trouve, passage.paragraphe.texte
    before = sentence_before(text, found.start())
    whole = last_count(before)
    part = COUNT.match(text, found.start("a"))
    if whole is None or part is None or _strays(before[whole.end() :]):
        return
    first, second = what(before, whole), what(found["suite"] + text[found.start("a") :], _shifted(found, text))
    alike = first == second or (not second and ACTS.match(text[found.end("a") :]))
    if first and alike and value(found["a"]) > value(whole[0]):
        said = f"{found['a']} après « dont » est plus grand que {whole[0]}, dont c’est une partie."
        yield Anomalie(passage.objet, said, "Vérifiez les deux nombres dans leur source.", source=passage.source)


ACTS = re.compile(r"\s(?:y\s|en\s|n[’']\s?|ne\s)?(?:\w{2,}ent|sont|ont|font|vont)\b")
"""A verb right after a number: « dont 124 habitent le quartier » counts what stands before."""


def _among(passage: Passage) -> Iterator[Anomalie]:
    """« Parmi les 240 demandeurs, 310… » and « 310 logements sociaux sur 240 logements »."""
    found, text = passage.trouve, passage.paragraphe.texte
    part, whole = (found["a"], found["tout"]) if found["a"] else (found["b"], found["total"])
    of_part = counts(text[found.start("b") : found.start("total")]) if found["b"] else ""
    of_whole = counts(text[found.end("tout" if found["a"] else "total") :][:30])
    same = of_whole and of_part in (("", "personnes") if found["a"] else (of_whole,))
    if same and value(part) > value(whole):
        said = f"{part} parmi {whole} : une partie n’est pas plus grande que le tout."
        yield Anomalie(passage.objet, said, "Vérifiez les deux nombres dans leur source.", source=passage.source)


def _shifted(found: re.Match[str], text: str) -> re.Match[str]:
    """The part in the text that begins by the words between « dont » and it."""
    shifted = COUNT.search(found["suite"] + text[found.start("a") :])
    return shifted or found


def _strays(between: str) -> bool:
    """Whether other numbers, years apart, come between a whole and its parts: which is meant?"""
    return re.search(r"\d", re.sub(r"(?:19|20)\d{2}", "", between)) is not None
