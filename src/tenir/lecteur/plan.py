"""The plan of a document: its sections, then each orientation with its rubrics. Every line is in exactly one region."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace

from tenir.fichier.mots import plain
from tenir.lecteur import rubriques
from tenir.lecteur.lexique import lexique
from tenir.lecteur.lignes import ALINEA, Texte
from tenir.lecteur.numeros import rang
from tenir.lecteur.rubriques import (
    Titre,
    etendu,
    etiquette,
    mot_cle,
    numerotee,
    pointilles,
    rubrique,
    section_nue,
    stylee,
)
from tenir.lecteur.structure.colonnes import Rangee

LABEL = 9  # words: a longer line is no heading of a signatory
SUR = 9  # level of a part that its heading gives to one signatory, wherever it stands
FICHES = ("fiches", "objectifs_operationnels")


@dataclass(frozen=True, slots=True)
class Region:
    """A run of lines under one heading: its nature (section or rubric), its heading, its body."""

    nature: str
    titre: str
    debut: int
    corps: int  # first line after the heading; past `fin` when there is none
    fin: int
    rang: str = ""
    niveau: int = 0
    reste: str = ""
    dit: str = ""  # its words, when they stand inside the lines of an item among others
    rangee: Rangee | None = None  # its row, when the values of an indicator stand beside it

    def __contains__(self, numero: int) -> bool:
        return self.debut <= numero <= self.fin


@dataclass(frozen=True, slots=True)
class PlanDeFiche:
    """A fiche action (or an operational objective): its heading and its rubrics."""

    titre: Titre
    rubriques: tuple[Region, ...]
    rappels: tuple[tuple[str, str], ...] = ()  # what the columns of its list say of where it stands: head, words
    quartiers: tuple[str, ...] = ()  # those that a heading above it names


@dataclass(frozen=True, slots=True)
class PlanDOrientation:
    """An orientation in the body: its heading, its rubrics, its fiches, and the axe it stands under."""

    titre: Titre
    axe: Titre | None
    fin: int
    rubriques: tuple[Region, ...]
    fiches: tuple[PlanDeFiche, ...] = ()
    quartiers: tuple[str, ...] = ()  # those whose project it is; none for an orientation of the whole contract


@dataclass(frozen=True)
class Plan:
    """Where everything stands."""

    sections: tuple[Region, ...]
    orientations: tuple[PlanDOrientation, ...]
    axes: tuple[Titre, ...]
    annonces: dict[str, Titre] = field(default_factory=dict)  # protocol lines, by rank of orientation
    annonces_d_axes: tuple[Titre, ...] = ()
    sommaire: frozenset[int] = frozenset()
    en_phrases: bool = False  # promises are looked for in sentences, signatory by signatory


def plan(texte: Texte) -> Plan:
    """Read the plan of a document."""
    derniere = len(texte.document.lignes)
    corps, annonces = _orientations(texte, derniere)
    axes = _axes(texte, corps)
    debut = min([t.debut for t in (*corps, *axes)], default=derniere + 1)
    fin = _end_of_orientations(texte, corps, derniere)
    sommaire = frozenset(n for n in range(1, derniere + 1) if pointilles(texte.brut(n)))
    return Plan(
        sections=(*_sections(texte, 1, debut - 1), *_sections(texte, fin + 1, derniere)),
        orientations=tuple(_orientation_plans(texte, corps, axes, fin)),
        axes=tuple(axes),
        annonces=annonces,
        annonces_d_axes=tuple(_announced_axes(texte, debut, annonces)),
        sommaire=sommaire,
    )


def _orientations(texte: Texte, derniere: int) -> tuple[list[Titre], dict[str, Titre]]:
    """The orientations of the body, and the lines of the protocol that announce them."""
    found = _ranked(texte, derniere, "orientations") or _ranked(texte, derniere, "orientations_faibles")
    by_rank: dict[str, list[tuple[int, Titre]]] = defaultdict(list)
    for rank, titre in enumerate(found):
        end = found[rank + 1].debut - 1 if rank + 1 < len(found) else derniere
        by_rank[titre.rang].append((_weight(texte, titre, end), titre))
    corps = [max(seen, key=lambda pair: (pair[0], pair[1].debut))[1] for seen in by_rank.values()]
    kept = {titre.debut for titre in corps}
    annonces = {t.rang: _announced(texte, t) for t in reversed(found) if t.debut not in kept}
    return [etendu(texte, t, derniere) for t in sorted(corps, key=lambda t: t.debut)], annonces


def _ranked(texte: Texte, derniere: int, liste: str) -> list[Titre]:
    titres = (mot_cle(texte, numero, liste) for numero in texte.pleines(1, derniere))
    return [replace(titre, genre="orientations") for titre in titres if titre and titre.rang]


def _weight(texte: Texte, titre: Titre, fin: int) -> int:
    """How much of a body follows a heading: a bullet in a list of orientations has none."""
    if texte.puce(titre.debut) != ALINEA:
        return 0
    return 1 + sum(1 for numero in texte.pleines(titre.fin + 1, fin) if rubrique(texte, numero))


def _announced(texte: Texte, titre: Titre) -> Titre:
    """An announced orientation with the lines that carry its title on."""
    fin, words = titre.debut, titre.titre
    while not texte.vide(fin + 1) and texte.puce(fin + 1) == ALINEA and texte.suit(fin + 1, fin):
        fin, words = fin + 1, f"{words} {texte.net(fin + 1)}"
    return Titre(titre.genre, titre.rang, rubriques.propre(words), titre.debut, fin)


def _axes(texte: Texte, corps: list[Titre]) -> list[Titre]:
    """The axes of the body: a heading with the word, or a lettered one right above an orientation."""
    found: list[Titre] = []
    for rank, orientation in enumerate(corps):
        first = corps[rank - 1].fin + 1 if rank else max(1, orientation.debut - 12)
        above = texte.pleines(first, orientation.debut - 1)[-4:]
        named = [t for n in above if (t := mot_cle(texte, n, "axes")) and texte.puce(n) == ALINEA]
        lettered = [t for n in above[-1:] if (t := numerotee(texte, n)) and t.genre in ("lettre", "romain")]
        if chosen := (named or lettered)[-1:]:
            found.append(etendu(texte, chosen[0], orientation.debut - 1))
    return found


def _announced_axes(texte: Texte, debut: int, annonces: dict[str, Titre]) -> list[Titre]:
    """The lines of the protocol that announce axes: above an announced orientation."""
    places = {titre.debut for titre in annonces.values()}
    named = [t for n in texte.pleines(1, debut - 1) if (t := mot_cle(texte, n, "axes"))]
    return [t for t in named if any(n in places for n in texte.pleines(t.fin + 1, t.fin + 4))]


def _end_of_orientations(texte: Texte, corps: list[Titre], derniere: int) -> int:
    if not corps:
        return 0
    for numero in texte.pleines(corps[-1].fin + 1, derniere):
        if rubrique(texte, numero) or any(mot_cle(texte, numero, liste) for liste in FICHES):
            continue
        titre = numerotee(texte, numero)
        if section_nue(texte, numero) or (titre and _closes(titre)):
            return numero - 1
    return derniere


def _closes(titre: Titre) -> bool:
    """Whether a numbered heading ends the orientations: a chapter, a known part, or one that nothing else can be."""
    if titre.genre == "chiffre":
        return lexique().section(titre.titre, entier=True) in ("engagements", "gouvernance")
    return titre.genre == "chapitre" or (titre.genre == "romain" and bool(lexique().section(titre.titre)))


def _orientation_plans(texte: Texte, corps: list[Titre], axes: list[Titre], fin: int) -> list[PlanDOrientation]:
    starts = sorted([*(t.debut for t in corps), *(t.debut for t in axes), fin + 1])
    plans = []
    for titre in corps:
        end = next(start for start in starts if start > titre.debut) - 1
        axe = next((a for a in reversed(axes) if a.debut < titre.debut), None)
        fiches = _fiches(texte, titre.fin + 1, end)
        head = fiches[0].titre.debut - 1 if fiches else end
        plans.append(PlanDOrientation(titre, axe, end, tuple(_rubrics(texte, titre.fin + 1, head)), tuple(fiches)))
    return plans


def _fiches(texte: Texte, debut: int, fin: int) -> list[PlanDeFiche]:
    heads = [
        etendu(texte, titre, fin)
        for numero in texte.pleines(debut, fin)
        for liste in FICHES
        if (titre := mot_cle(texte, numero, liste)) and titre.rang and texte.puce(numero) == ALINEA
    ]
    return [PlanDeFiche(head, tuple(_rubrics(texte, head.fin + 1, end))) for head, end in _with_ends(heads, fin)]


def _with_ends(heads: list[Titre], fin: int) -> list[tuple[Titre, int]]:
    """Each heading with the last line before the next."""
    return list(zip(heads, [*(head.debut - 1 for head in heads[1:]), fin], strict=False))


def _rubrics(texte: Texte, debut: int, fin: int) -> list[Region]:
    """Cut a range by its rubrics; what stands before the first is « présentation »."""
    heads: list[Titre] = []
    for numero in texte.pleines(debut, fin):
        label = None if heads and _row_of_figures(texte, numero, heads[-1]) else etiquette(texte, numero)
        if titre := rubrique(texte, numero) or label or _reopened(texte, heads, numero):
            heads.append(titre)
    before = heads[0].debut - 1 if heads else fin
    regions = [Region("présentation", "", debut, debut, before)] if texte.pleines(debut, before) else []
    for head, end in _with_ends(heads, fin):
        regions.append(Region(head.genre, head.titre, head.debut, head.fin + 1, end, reste=head.reste))
    return regions


def _reopened(texte: Texte, heads: list[Titre], numero: int) -> Titre | None:
    """The list of actions again, at a bullet like its first: labels that say all on their line stood under an item."""
    if not heads or not heads[-1].reste or heads[-1].reste[-1:] in ",;:":
        return None
    above = next((head for head in reversed(heads) if not head.reste), None)
    if above is None or above.genre != "actions":
        return None
    first = next((n for n in texte.pleines(above.fin + 1, numero - 1) if texte.puce(n) != ALINEA), None)
    if first is None or texte.puce(numero) != texte.puce(first):
        return None
    return replace(above, debut=numero, fin=numero - 1)


def _row_of_figures(texte: Texte, numero: int, head: Titre) -> bool:
    """Whether a row stands in a table of figures printed under their rubric, not in the table that holds the rubric."""
    cell, above = texte.lignes[numero].tableau, texte.lignes[head.debut].tableau
    return head.genre == "données" and cell is not None and (above is None or above[0] != cell[0])


def _sections(texte: Texte, debut: int, fin: int) -> list[Region]:
    """Cut a range by its numbered and plain section headings."""
    if debut > fin or not texte.pleines(debut, fin):
        return []
    heads = _section_heads(texte, debut, fin)
    before = heads[0].debut - 1 if heads else fin
    regions = [Region("ouverture", "", debut, debut, before)] if texte.pleines(debut, before) else []
    natures: dict[int, str] = {}
    for head, end in _with_ends(heads, fin):
        nature = _nature(head, natures)
        natures = {level: kept for level, kept in natures.items() if level < head.niveau} | {head.niveau: nature}
        regions.append(Region(nature, head.titre, head.debut, head.fin + 1, end, head.rang, head.niveau))
    return regions


def _nature(head: Titre, natures: dict[int, str]) -> str:
    inherited = next((natures[level] for level in sorted(natures, reverse=True) if level < head.niveau), "")
    if head.niveau >= 3 and inherited:
        return inherited
    return lexique().section(head.titre) or inherited or "autre"


def _section_heads(texte: Texte, debut: int, fin: int) -> list[Titre]:
    heads: list[Titre] = []
    expected: Counter[str] = Counter()
    for numero in texte.pleines(debut, fin):
        if heads and numero <= heads[-1].fin:
            continue
        titre = numerotee(texte, numero)
        if titre and not _next_in_sequence(titre, expected, first=not heads):
            titre = None
        if titre and _is_a_chapter(texte, titre, heads):
            titre = replace(titre, profondeur=1)
        titre = (
            titre or section_nue(texte, numero) or _by_style(texte, numero, heads) or _by_blank(texte, numero, heads)
        )
        if titre:
            _count(titre, expected)
            heads.append(etendu(texte, titre, fin))
    return heads


def _is_a_chapter(texte: Texte, titre: Titre, heads: list[Titre]) -> bool:
    """Whether « 1. » opens a chapter: the contents lists it, and nothing stands above it but the contents."""
    if titre.genre != "chiffre" or any(h.niveau == 1 and h.genre == "nue" and not _is_contents(h) for h in heads):
        return False
    if any(head.niveau == 1 and head.genre in ("chapitre", "romain") for head in heads):
        return False
    listed = (texte.net(n) for n in range(1, titre.debut) if pointilles(texte.brut(n)))
    start = re.compile(rf"{re.escape(titre.rang)}\s*[.)]\s*{re.escape(titre.titre)}", re.IGNORECASE)
    return any(start.match(line.strip()) for line in listed)


def _is_contents(titre: Titre) -> bool:
    return lexique().section(titre.titre) == "sommaire"


def _rank(titre: Titre) -> int:
    if titre.genre == "lettre":
        return ord(titre.rang) - ord("A") + 1
    return rang(titre.rang) or 0


def _next_in_sequence(titre: Titre, expected: Counter[str], *, first: bool) -> bool:
    """A numbered line is a heading only in its turn: a map's legend or a street number is not.

    The first after the orientations, which have taken numbers of their own, comes when its words tell a section.
    """
    known = first and bool(lexique().section(titre.titre, entier=True))
    return known or _rank(titre) == expected[titre.genre] + 1


def _by_blank(texte: Texte, numero: int, heads: list[Titre]) -> Titre | None:
    """A signatory or a body of governance told by a blank line above alone, in a section that numbers no part."""
    above = next((head for head in reversed(heads) if head.niveau == 1), None)
    line = texte.brut(numero).strip()
    if above is None or any(head.niveau > 1 and not head.profondeur for head in _since(heads, above)):
        return None
    if not texte.vide(numero - 1) or texte.puce(numero) != ALINEA or len(line.split()) > LABEL:
        return None
    nature = lexique().section(above.titre)
    promises = plain(texte.net(numero + 1)).replace("’", "'").startswith(("s'engage", "promet"))
    signs = nature == "engagements" and (texte.puce(numero + 1) != ALINEA or promises)
    meets = nature == "gouvernance" and lexique().contient("instances", line) and not texte.vide(numero + 1)
    if not line[:1].isupper() or line[-1] in ".:;," or not (signs or meets):
        return None
    return Titre("nue", "", rubriques.propre(line), numero, numero, profondeur=2)


def _by_style(texte: Texte, numero: int, heads: list[Titre]) -> Titre | None:
    """A heading that only typography shows, under a section that numbers no part of its own."""
    titre = stylee(texte, numero)
    above = next((head for head in reversed(heads) if head.niveau == 1), None)
    if titre is None or above is None or any(head.niveau > 1 and not head.profondeur for head in _since(heads, above)):
        return None
    deeper = _deeper(texte, numero, above, _since(heads, above))
    instance = lexique().section(above.titre) == "gouvernance" and lexique().contient("instances", titre.titre)
    return replace(titre, profondeur=2 if deeper or instance else 1)


def _deeper(texte: Texte, numero: int, above: Titre, since: list[Titre]) -> bool:
    """Whether a styled heading stands under a section: smaller, right below its heading, or like one that does."""
    hint, level = texte.lignes[above.debut].titre, texte.lignes[numero].titre or 0
    smaller = hint is not None and level > hint
    alike = any(head.profondeur == 2 and texte.lignes[head.debut].titre == level for head in since)
    return smaller or alike or not texte.pleines(above.fin + 1, numero - 1)


def _since(heads: list[Titre], above: Titre) -> list[Titre]:
    return [head for head in heads if head.debut > above.debut]


def _count(titre: Titre, expected: Counter[str]) -> None:
    if titre.genre == "nue":
        expected["lettre"] = expected["chiffre"] = expected["decimal"] = 0
        return
    expected[titre.genre] = _rank(titre)
    order = ("chapitre", "romain", "lettre", "chiffre", "decimal")
    for lower in order[order.index(titre.genre) + 1 :]:
        expected[lower] = 0
