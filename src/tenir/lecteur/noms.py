"""The spans of a document that name a person, or give an address or a telephone: found before anything is shown.

A name found once is hidden everywhere it is printed. Source: règlement (UE) 2016/679, article 5.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import accumulate

from tenir.fichier.source import Plage
from tenir.lecteur.coordonnees import coordonnees
from tenir.lecteur.document import DocumentLu
from tenir.lecteur.lexique import lexique
from tenir.lecteur.organismes import reconnaitre, territoires
from tenir.lecteur.personnes import (
    MAJ,
    MOT,
    PARTICULE,
    PORTEE,
    SURNOM,
    Suite,
    annoncee,
    enchainee,
    eponyme,
    est,
    est_prenom,
    nommee,
    porte_par_un_lieu,
    suites,
)

Etendue = tuple[int, int]

_CIVILITE = (
    r"(?<!\w)(?:[Mm]adame|[Mm]onsieur|[Mm]ademoiselle|[Dd]octeure?|[Mm]aître|MADAME|MONSIEUR|MADEMOISELLE|DOCTEUR"
    r"|Mme|MME|Mlle|Melle|Mr|Dr|Pr|Me|M\.)\.?\s+"
)
_COLONNE = re.compile(r"[^\S\n]{3,}|\t")
_NOM = rf"(?:[{MAJ}]\.[^\S\n]*)?{MOT}{SURNOM}{{0,3}}"
_CIVIL = re.compile(rf"{_CIVILITE}(?:(?:l[ea]\s+|l[’'])(?P<titre>[\w-]+)\s+)?(?P<nom>{_NOM})")
_CIVILS = re.compile(
    rf"(?<!\w)(?:Mmes|MM\.|Messieurs|Mesdames|Mlles|Drs)\s+(?P<noms>{_NOM}(?:(?:,\s*|\s+et\s+){_NOM})*)"
)
_INITIALE = re.compile(rf"(?<![\w.])(?!M\.)(?P<nom>[{MAJ}]\.(?:-[{MAJ}]\.)?[^\S\n]*{MOT}{SURNOM}{{0,2}})")
_SEUL = re.compile(rf"^[^\S\n]*(?P<nom>{MOT}{SURNOM}{{1,3}})[^\S\n]*$", re.MULTILINE)
_DES_NOMS = re.compile(rf"[^\S\n]*{MOT}(?:[^\S\n]+(?:{PARTICULE}[^\S\n]*)?{MOT}){{1,8}}[^\S\n]*")
_MOTS = re.compile(r"\w+")
_FAIT = re.compile(
    r"\bFait (?:à|en)\b|^[^\S\n]*(?:Signé )?[ÀA] [^\n,]{2,40}, le\b"
    r"|^[^\S\n]*(?:[\dIVX]{1,4}[.)]?[^\S\n]+)?(?:Signatures?|SIGNATURES?)[^\S\n]*$",
    re.MULTILINE,
)
_APRES_LA_SIGNATURE = 60  # lines


def noms_masques(document: DocumentLu) -> tuple[Plage, ...]:
    """The spans to hide, in the order of the text."""
    text = document.texte
    found = set(_civils(text)) | set(_initiales(text)) | set(_signataires(text))
    found |= set(_sous_les_titres(text)) | set(_dans_le_texte(text))
    found |= set(_encore(text, found)) | set(coordonnees(text))
    return tuple(_plages(text, _fondues(found)))


def _civils(text: str) -> Iterator[Etendue]:
    """After a civility, a name; after « MM. », names."""
    for match in _CIVIL.finditer(text):
        if (match["titre"] and not est("fonctions", match["titre"])) or eponyme(_ligne_avant(text, match.start())):
            continue
        yield from _un_nom(text, match.span("nom"))
    for match in _CIVILS.finditer(text):
        for nom in re.finditer(_NOM, match["noms"]):
            yield match.start("noms") + nom.start(), match.start("noms") + nom.end()


def _un_nom(text: str, span: Etendue) -> Iterator[Etendue]:
    """A name unless it is a function (« Madame Maire »), with the surname that the end of a line cut from it."""
    first = text[slice(*span)].split()[0]
    if est("fonctions", first) or est("porteurs_de_nom", first):
        return
    yield span
    if est_prenom(text[slice(*span)]) and (rest := re.compile(rf"[^\S\n]*\n[^\S\n]*({MOT})").match(text, span[1])):
        yield rest.span(1)


def _initiales(text: str) -> Iterator[Etendue]:
    """« J. Dupont » inside a line, unless the letter is a heading's own (« Annexe A. »)."""
    for match in _INITIALE.finditer(text):
        before = _ligne_avant(text, match.start()).split()
        word = match["nom"].rpartition(".")[2].split()[0]
        numbered = bool(before) and (
            before[-1].endswith("..") or before[-1][-1].isdigit()
        )  # « … 3 B. L’état des lieux »
        lettered = bool(before) and est("lettres_d_intitule", re.sub(r"^[dlDL][’']", "", before[-1]))
        if before and not numbered and not lettered and not est("liaisons", word) and not _un_corps(match["nom"]):
            yield match.span("nom")


def _un_corps(words: str) -> bool:
    """Whether what follows an initial is a body, which opens a sentence: « voir le plan B. L’État verse… »."""
    name = re.sub(r"^[^.]*\.\S*\s+|^[LlDd][’']", "", words)
    bare = re.sub(r"^[LlDd][’']", "", name)
    return est("institutions", bare) or reconnaitre(bare, ()) is not None


def _signataires(text: str) -> Iterator[Etendue]:
    """Near a signature, a name alone on its line."""
    for signed in _FAIT.finditer(text):
        end = _apres(text, signed.start(), _APRES_LA_SIGNATURE)
        for match in _SEUL.finditer(text, text.rfind("\n", 0, signed.start()) + 1, end):
            words = match["nom"].split()
            body = est("porteurs_de_nom", words[0]) or (words[0].isupper() and words[1] == "du")  # « CAF du Val »
            if words[0].isupper() != words[-1].isupper() and not body:
                yield match.span("nom")


def _sous_les_titres(text: str) -> Iterator[Etendue]:
    """Near a signature, the line of capitals right under « Le maire de Valbrume »: one name, or one a column."""
    for signed in _FAIT.finditer(text):
        above = ""
        start = text.find("\n", signed.start()) + 1
        end = _apres(text, signed.start(), _APRES_LA_SIGNATURE)
        while 0 < start < end:
            stop = text.find("\n", start)
            stop = end if stop < 0 else stop
            line = text[start:stop]
            if _DES_NOMS.fullmatch(line) and _un_titre(above) and not _d_un_corps(line):
                yield start + len(line) - len(line.lstrip()), start + len(line.rstrip())
            above = line if line.strip() else above
            start = stop + 1


def _un_titre(line: str) -> bool:
    """Whether a line opens with the function of who signs (« Pour le président, la vice-présidente »)."""
    bare = re.sub(r"^\s*(?:[Pp]our\s+)?(?:[Ll][ea]\s+|[Ll][’'])?", "", line)
    return bool(lexique().commence("fonctions", bare.replace("’", " ")))


def _d_un_corps(line: str) -> bool:
    """Whether capitals alone on a line end the name of a body (« Le directeur de », « Valbrume Habitat »)."""
    words = line.split()
    told = any(est("jamais_un_nom", word) or est("porteurs_de_nom", word) for word in words)
    return told or _un_titre(line) or reconnaitre(line.strip(), ()) is not None


def _dans_le_texte(text: str) -> Iterator[Etendue]:
    """Runs of words in capitals that something says to be a person."""
    lieux = territoires(text)
    person, bearer = -1, -1  # where the last name of each sort ended
    for suite in suites(text):
        start, end = (found := nommee(suite) or suite).etendue
        if porte_par_un_lieu(found) or enchainee(text, bearer, start):
            bearer = end
        elif _est_une_personne(suite, lieux, suivante=enchainee(text, person, start)):
            person = end
            yield start, end


def _est_une_personne(suite: Suite, lieux: tuple[str, ...], *, suivante: bool) -> bool:
    if est("porteurs_de_nom", suite[0]) or reconnaitre(suite.nom, lieux):
        return False
    if nommee(suite):
        return True
    return len(suite.mots) < 4 and (annoncee(suite) or (suivante and suite.melee)) and _a_elle_seule(suite)


def _a_elle_seule(suite: Suite) -> bool:
    """Whether the document never uses the first word of a run without the others, as it does for a place or a body."""
    return suite.texte.count(suite[0]) == suite.texte.count(suite.nom)


def _encore(text: str, found: Iterable[Etendue]) -> Iterator[Etendue]:
    """Every other place where a whole name is printed, the text walked once however many names it holds."""
    names = {name for start, end in found if " " in (name := text[start:end])}
    lengths: dict[str, set[int]] = defaultdict(set)
    for name in names:
        if opening := _MOTS.match(name):
            lengths[opening.group()].add(len(name))
    for word in _MOTS.finditer(text):
        for length in lengths.get(word.group(), ()):
            start, end = word.start(), word.start() + length
            whole = text[start:end] in names and not _MOTS.match(text, end)
            if whole and not eponyme(_ligne_avant(text, start)):
                yield start, end


def _fondues(found: Iterable[Etendue]) -> list[Etendue]:
    """The spans in order, those that overlap made one."""
    merged: list[Etendue] = []
    for start, end in sorted(found):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _plages(text: str, spans: Iterable[Etendue]) -> Iterator[Plage]:
    starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
    for start, end in spans:
        for first, last in _by_line(text, start, end):
            line = bisect_right(starts, first)
            yield Plage(line, line, first - starts[line - 1] + 1, last - starts[line - 1])


def _by_line(text: str, start: int, end: int) -> Iterator[Etendue]:
    """A span cut where lines end, the blanks of their margins left out."""
    for piece in re.finditer(r"[^\n]+", text[start:end]):
        words = piece.group()
        if words.strip():
            lead = len(words) - len(words.lstrip())
            yield start + piece.start() + lead, start + piece.start() + len(words.rstrip())


def _ligne_avant(text: str, place: int) -> str:
    """What stands before on the line, in the same column: wide blanks part the name of a body from who signs for it."""
    before = text[max(text.rfind("\n", 0, place) + 1, place - PORTEE) : place]
    return _COLONNE.split(before)[-1]


def _apres(text: str, place: int, lines: int) -> int:
    """The place that many lines further."""
    for _ in range(lines):
        place = text.find("\n", place) + 1 or len(text)
    return place
