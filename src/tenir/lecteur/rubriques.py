"""The headings of a document: sections, axes, orientations, rubrics and fiches, each told from one line and the next.

Recognised by numbering, words of the lexicon, capitals and the hints of typography; never by a line's number.
"""

import re
from dataclasses import dataclass, replace

from tenir.fichier.mots import ARTICLES, plain
from tenir.lecteur.lexique import cle, lexique
from tenir.lecteur.lignes import ALINEA, PUCE, Texte
from tenir.lecteur.organismes import reconnaitre

NUMERO = re.compile(
    r"^(?:(?P<romain>[IVX]{1,5})\s*[.)–-]|(?P<lettre>[A-Z])\s?[.)–-]|(?P<chiffre>\d{1,2})\s?[.)](?!\d)"
    r"|(?P<decimal>\d{1,2}(?:\.\d{1,2})+)\.?(?=\s+[A-ZÀ-Ý]))\s*(?P<titre>[^\W\d_«].*)$"
)
_PLURIEL = re.compile(r"\((?:s|x|e|es|ne|nes)\)", re.IGNORECASE)
_CHAPITRE = re.compile(
    r"^(?:chapitre|partie|titre|volet)\s+(?P<rang>[IVX]{1,5}|\d{1,2})\s*[:.–—-]\s*(?P<titre>\S.*)$", re.IGNORECASE
)
_GENRES = ("romain", "lettre", "chiffre", "decimal")
_POINTILLES = re.compile(r"(?<![.…])(?<!\.\s)(?:(?:\.\s?){4,}+|…{2,}+)\s*+\d++\s*+$")
_RANG = (
    r"\s*(?:n\s*[°ºo]\s*)?(?P<rang>\d+(?:\.\d+)*|[A-Z](?=\s*[«:.–-])|[IVX]+(?=\s*[«:.–-]))?\s*[:.–—-]?\s*(?P<titre>.*)$"
)
MAX_WORDS = 16
_LONGS = ("orientations", "axes", "fiches", "objectifs_operationnels")  # titles that may take several lines


@dataclass(frozen=True, slots=True)
class Titre:
    """A heading: what it opens, its rank as printed, its words, the lines it takes, and what follows on its line."""

    genre: str
    rang: str
    titre: str
    debut: int
    fin: int
    reste: str = ""  # content after the label on the same line (« Porteur : la commune »)
    profondeur: int = 0  # told by typography; 0 when only the number tells

    @property
    def niveau(self) -> int:
        """The depth of a section: I, then A, then 1, then 1.1."""
        return self.profondeur or {"chapitre": 1, "romain": 1, "lettre": 2, "chiffre": 3, "decimal": 4}.get(
            self.genre, 1
        )


def pointilles(line: str) -> bool:
    """Whether a line belongs to a table of contents (dotted leaders)."""
    return bool(_POINTILLES.search(line.strip()))


def propre(titre: str) -> str:
    """A printed title without final colon, guillemets around it, nor repeated spaces."""
    text = re.sub(r"\s+", " ", titre).strip(" :–—-\t")
    inner = re.fullmatch(r"«\s*([^»]*?)\s*»", text)
    return (inner[1] if inner else text).strip()


def mot_cle(texte: Texte, numero: int, liste: str) -> Titre | None:
    """A heading made of a word of the lexicon and a rank: « Orientation n° 3 : … », « Pilier 2 – … »."""
    line = texte.net(numero)
    mot = lexique().commence(liste, line)
    if mot is None or pointilles(line):
        return None
    match = re.match(_head_pattern(mot) + _RANG, line, re.IGNORECASE)
    if match is None or not _is_heading(match, liste, line):
        return None
    return Titre(liste, match["rang"] or "", propre(match["titre"]), numero, numero)


def _head_pattern(mot: str) -> str:
    return r"\s+".join(r"[\w’']+" for _ in mot.split())


def _is_heading(match: re.Match[str], liste: str, line: str) -> bool:
    if liste == "axes" and match["titre"].startswith("«"):
        return True
    separated = line[match.start("titre") - 2 : match.start("titre")].strip() in {":", "–", "-", ".", "—"}
    return bool(match["rang"]) and (separated or not match["titre"] or match["titre"][:1].isupper())


def numerotee(texte: Texte, numero: int) -> Titre | None:
    """A numbered section heading, « II. … », « B. … », « 3. … », « 3.2. … »; « 3) » in capitals, or it is a bullet."""
    line = texte.brut(numero).strip()
    if chapitre := _CHAPITRE.match(line):
        titre = propre(chapitre["titre"])
        return Titre("chapitre", chapitre["rang"], titre, numero, numero) if not pointilles(line) else None
    match = NUMERO.match(line)
    if match is None or pointilles(line) or not _short(match["titre"]):
        return None
    genre = next(name for name in _GENRES if match[name])
    if line[match.end(genre) :].lstrip().startswith(")") and not (texte.lignes[numero].titre or capitales(line)):
        return None
    return Titre(genre, match[genre], propre(match["titre"]), numero, numero)


def _short(titre: str) -> bool:
    return len(titre.split()) <= MAX_WORDS and not titre.rstrip().endswith((".", ",", ";"))


def capitales(text: str) -> bool:
    """Whether a text is all in capitals, with at least one true word."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 3 and all(c.isupper() or plain(c).upper() == c for c in letters)


def section_nue(texte: Texte, numero: int) -> Titre | None:
    """A section heading without a number: alone on its line, in capitals or said so by typography, or exact words."""
    line = texte.brut(numero).strip()
    if texte.puce(numero) != ALINEA or pointilles(line) or not _short(line) or not texte.seule(numero):
        return None
    marked = capitales(line) or texte.lignes[numero].titre is not None or bool(re.match(r"ANNEXES?\b", line))
    name = lexique().section(line) if marked else lexique().section(sans_article(line), entier=True)
    if name is None or not (marked or _almost_only(line, name)):
        return None
    return Titre("nue", "", propre(line), numero, numero)


def stylee(texte: Texte, numero: int) -> Titre | None:
    """A short heading that a Word style, size or bold shows, whatever its words."""
    line = texte.brut(numero).strip()
    shown = texte.lignes[numero].titre is not None and texte.puce(numero) == ALINEA
    return Titre("nue", "", propre(line), numero, numero) if shown and _short(line) and not pointilles(line) else None


def sans_article(line: str) -> str:
    """A heading in plain letters without the article it opens with, or as it is."""
    first, _, rest = plain(line).partition(" ")
    return rest if first in ARTICLES else line


def _almost_only(line: str, name: str) -> bool:
    """An unmarked line is a heading only when the words of the lexicon are nearly all it says."""
    known = next((key for key, section in lexique().sections if section == name and key in cle(line)), "")
    return line[:1].isupper() and len(cle(line).split()) - len(known.split()) <= 2


def rubrique(texte: Texte, numero: int) -> Titre | None:
    """A rubric of an orientation or a fiche: a label alone, with a parenthesis, or followed by its content."""
    line = PUCE.sub("", texte.brut(numero)).strip()
    head, colon, rest = _PLURIEL.sub("", line).partition(":")
    head_only = re.sub(r"\s*\(.*$", "", head).strip()
    name = lexique().rubrique(head_only) if head_only[:1].isupper() else None
    if (
        name is None
        and not rest.strip()[:1].isdigit()
        and head_only in texte.repetes
        and not _leads_in(head_only)
        and reconnaitre(head_only, ()) is None
    ):
        name = lexique().rubrique_probable(head_only)
    if name is None or (not colon and "(" not in head and head_only != head.strip()):
        return None
    rest = rest.strip()
    titled = not rest or (rest.startswith("(") and rest.rstrip(" :").endswith(")"))
    if texte.puce(numero) != ALINEA and titled:
        return None
    titre = propre(line if titled else head)
    return Titre(name, "", titre, numero, numero, "" if titled else rest)


def _leads_in(head: str) -> bool:
    """Whether words only lead to what follows (« Les partenaires s’accordent pour », « s’oblige à »)."""
    return cle(head).split()[-1:] != [] and cle(head).split()[-1] in lexique().listes["liaisons"]


def etendu(texte: Texte, titre: Titre, dernier: int) -> Titre:
    """A heading with the lines that carry it on."""
    while (suite := _next_line(texte, titre, titre.fin, dernier)) is not None:
        titre = replace(titre, titre=propre(f"{titre.titre} {texte.net(suite)}"), fin=suite)
    return titre


def _next_line(texte: Texte, titre: Titre, fin: int, dernier: int) -> int | None:
    following = next((n for n in range(fin + 1, min(fin + 3, dernier) + 1) if not texte.vide(n)), None)
    if following is None or is_heading(texte, following) or texte.puce(following) != ALINEA:
        return None
    if not _same_cells(texte.lignes[fin].tableau, texte.lignes[following].tableau, bool(titre.titre)):
        return None
    line = texte.net(following)
    if capitales(texte.net(fin)) and capitales(line) and titre.genre in ("romain", "nue"):
        return following
    if following > fin + 1 or not (titre.genre in _LONGS or texte.lignes[fin].titre):
        return None
    return following if texte.suit(following, fin) or not titre.titre or not texte.courte(fin) else None


def _same_cells(cell: tuple[int, int, int] | None, below: tuple[int, int, int] | None, titled: bool) -> bool:
    """Whether a heading may go on below: within its cell, or in the rest of its row when it has no title yet."""
    if cell is None or below is None:
        return cell is below
    return cell == below if titled else cell[:2] == below[:2]


def etiquette(texte: Texte, numero: int) -> Titre | None:
    """The label of a row in a table of a fiche, known or not: the first cell, with words in the next."""
    cell, below = (texte.lignes[n].tableau if n in texte.lignes else None for n in (numero, numero + 1))
    if cell is None or below is None or cell[2] != 1 or below[2] == 1 or cell[:2] != below[:2]:
        return None
    line = texte.net(numero)
    return Titre("autre", "", propre(line), numero, numero) if len(line.split()) <= MAX_WORDS else None


def is_heading(texte: Texte, numero: int) -> bool:
    """Whether a line opens anything at all."""
    return bool(
        rubrique(texte, numero)
        or numerotee(texte, numero)
        or any(mot_cle(texte, numero, liste) for liste in ("axes", "orientations", "objectifs_operationnels", "fiches"))
    )
