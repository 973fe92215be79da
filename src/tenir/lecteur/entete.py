"""The signatories that a contract names where it presents its parties: « X, représenté par … », a list, a sentence."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tenir.fichier.mots import comparable, plain
from tenir.fichier.source import Plage
from tenir.lecteur.avis import Atelier
from tenir.lecteur.intitules_devines import est_un_corps
from tenir.lecteur.lexique import cle, lexique
from tenir.lecteur.lignes import ALINEA, PUCE, Bloc, Texte
from tenir.lecteur.organismes import reconnaitre
from tenir.lecteur.plan import Region
from tenir.lecteur.structure.valeurs import corps_possible

PRESENTATION = (
    "ouverture",
    "protocole",
    "preambule",
    "signature",
    "engagements",
    "diagnostic",
    "autre",
    "orientations",
    "gouvernance",
)
_REPRESENTE = re.compile(
    r"^(?P<nom>.*?\S)\s*+,?\s*+(?:\([^()]*+\)\s*+,?\s*+)?(?:représentée?s?|agissant|prise?s? en la personne)\b",
    re.IGNORECASE,
)
_PAR_SON_NOM = re.compile(
    r"^(?P<nom>[^—–:;.]{2,90}?)\s+[—–-]\s+(?:par délégation,?\s+)?(?:M\.|MM\.|Mmes?|Monsieur|Madame)\s"
)
_RANG = re.compile(r"^(?:et\s+|\(\d{1,2}\)\s*|\d{1,2}\s?[.)°-]\s*)+")
_LIEN = re.compile(
    r"^.*?\b(?:soussignée?s?|entre|lie|engage|unit|associe|réunit|signée? par|passé avec)"
    r"\s*:?\s+(?=(?:l[’'ea]|les|[A-ZÀ-Ý]))",
    re.IGNORECASE,
)
_PHRASE_QUI_SUIT = re.compile(r"^(?:il|ils|elles?|nous|vu|considérant|ci-après|ont?|est)\b", re.IGNORECASE)
_LIEN_SEUL = re.compile(r"^(?:et|d[’']une part|(?:et\s+)?d[’']autre part)\s*[,:]*$", re.IGNORECASE)
_ANNONCE = re.compile(r"\b(?:signataires?|soussignés?|parties|conclu entre|entre)\b[^.]*:?\s*$", re.IGNORECASE)
_PHRASE = re.compile(
    r"\b(?:(?:ont signé|signent|sont parties (?:au|à ce))(?:\s+(?:le|ce|au))?(?:\s+présent)?(?:\s+contrat)?\s*:"
    r"|engage|lie|unit|est (?:conclu|passé) entre|est signé (?:entre|par)|sont signataires\s*:?"
    r"|signataires s[’']engagent\s*:)\s+"
    r"(?P<liste>[^.;:]+)",
    re.IGNORECASE,
)
_SEPARE = re.compile(r",\s+(?:et\s+)?|\s+et\s+(?=(?:l[’'ea]|les|[A-ZÀ-Ý]))")
_D_AUTRES = re.compile(r"\s+et\s+(?:\d+|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|ses|leurs|d[’']autres)\b.*$")
LONGUEUR = 14  # words of a name
PLUSIEURS = 3
ANNONCE = 3  # words of a line that announces the parties and nothing else
_POUR = re.compile(r"^Pour\s+(?P<nom>(?:l[’']|la\s|les?\s)?[^,;:.]{2,90}?)\s*(?:,[^.]*)?$")
PROCHES = 4  # lines between two places of a block of signatures


@dataclass(frozen=True, slots=True)
class Partie:
    """A party to the contract: its name as printed, and where."""

    nom: str
    source: Plage


def parties_en_tete(atelier: Atelier, sections: Iterable[Region]) -> tuple[Partie, ...]:
    """The parties, in the order printed, each once."""
    regions = [r for r in sections if r.nature in PRESENTATION]
    for found in (_represented, _in_a_table, _listed, _in_a_sentence, _at_the_end, _above_a_name):
        parties = list(_once(found(atelier, regions)))
        if len(parties) > 1:
            return tuple(parties)
    return ()


def _once(parties: Iterable[Partie]) -> Iterator[Partie]:
    seen: set[str] = set()
    for partie in parties:
        key = comparable(partie.nom)
        if key and key not in seen:
            seen.add(key)
            yield partie


def _represented(atelier: Atelier, regions: list[Region]) -> Iterator[Partie]:
    texte = atelier.texte
    for region in regions:
        for numero in texte.pleines(region.debut, region.fin):
            line = " ".join(PUCE.sub("", texte.brut(numero)).split())  # a run of blanks costs as one
            if (
                plain(line).startswith("represent")
                and not texte.vide(numero - 1)
                and len(texte.net(numero - 1).split()) <= LONGUEUR
            ):
                yield from _named(texte, numero - 1, texte.net(numero - 1))
                continue
            pieces = [_RANG.sub("", piece) for piece in re.split(r"\s*;\s*", line)]
            told = [_REPRESENTE.match(piece) or _PAR_SON_NOM.match(piece) for piece in pieces]
            alone = pieces[0].rstrip(" .").split(", ")[0]
            if not any(told) and _goes_on(texte, numero) and _may_be_a_party(alone):
                yield from _named(texte, numero, alone)
            for piece, found in zip(pieces, told, strict=True):
                if found:
                    yield from _named(texte, numero, _LIEN.sub("", found["nom"]))
                elif sum(map(bool, told)) > 1:  # in a list of parties, one that nobody is said to represent
                    yield from _named(texte, numero, piece.rstrip(" ."))


def _may_be_a_party(mots: str) -> bool:
    """Whether words may name a party: no link between two, no sentence that follows them."""
    return corps_possible(mots) and not _LIEN_SEUL.match(mots) and not _PHRASE_QUI_SUIT.match(mots)


def _goes_on(texte: Texte, numero: int) -> bool:
    """Whether a line is an item of a list of parties that a semicolon parts, one at least said to be represented.

    « Et : », alone on its line, parts such a list and ends nothing.
    """
    above = _above(texte, numero)
    while above and texte.brut(above).rstrip().endswith(";"):
        if _REPRESENTE.match(texte.net(above)):
            return True
        above = _above(texte, above)
    return False


def _above(texte: Texte, numero: int) -> int:
    """The line above that says something more than a link; nought when there is none."""
    told = (n for n in range(numero - 1, 0, -1) if not texte.vide(n) and not _LIEN_SEUL.match(texte.net(n)))
    return next(told, 0)


def _in_a_table(atelier: Atelier, _regions: list[Region]) -> Iterator[Partie]:
    """The first names of the rows of a table that says beside each who represents it."""
    for table in atelier.tables.values():
        heads, *rows = table.lignes
        if not any(plain(case.mots).startswith("represent") for case in heads[1:]):
            continue
        for row in rows:
            own = next((case for case in row if any(map(str.isalpha, case.mots))), None)
            if own is not None and len(row) > 1:
                yield from _named(atelier.texte, own.numeros[0], own.mots)


def _above_a_name(atelier: Atelier, _regions: list[Region]) -> Iterator[Partie]:
    """In a table of signatures, what stands right above who signs, in the cell or in the one over it."""
    texte = atelier.texte
    hidden = {n for plage in texte.noms_masques for n in plage.lignes}
    for table in atelier.tables.values():
        cells = {(case.ligne, case.colonne): case for case in table.cases}
        for case in table.cases:
            first = next((n for n in case.numeros if n in hidden), None)
            over = cells.get((case.ligne - 1, case.colonne))
            places = [n for n in case.numeros if first and n < first] or (list(over.numeros) if over else [])
            if first and places and not hidden.intersection(places):
                yield from _named(texte, places[0], _POUR_QUI.sub("", texte.net(places[0])).split(",")[0])


_POUR_QUI = re.compile(r"^Pour\s+")


def _named(texte: Texte, numero: int, words: str) -> Iterator[Partie]:
    words = _RANG.sub("", words.strip(" ,:–—-•"))
    nom = re.sub(r"^(?:et|d’une part|d'une part|d’autre part)\s*,?\s+", "", words.strip(" ,:–—-•")).strip(" ,:")
    nom = re.sub(
        r",\s*(?:office|établissement|société|association|bailleur|ci-après|opérateur|syndicat|régie|communauté|métropole|commune"
        r"|collectivité|intercommunalité|chambre|agence|groupement)\b.*$",
        "",
        nom,
    )
    nom = re.sub(r"\s*\((?:communauté|métropole|commune|bailleur|office)[^()]*\)$", "", nom)
    nom = re.sub(r"\s*\([a-zà-ÿ][^()]*\s[^()]*\)$", "", nom)  # what its acronym stands for
    bare = re.sub(r"^(?:l[’']|la |les? )", "", nom)
    named = any(c.isupper() for c in nom) or cle(bare) in lexique().listes["institutions"]
    if nom and len(nom.split()) <= LONGUEUR and named and not re.match(r"[a-zà-ÿ]+é\b", nom):
        raw = texte.brut(numero)
        start = raw.find(nom)
        yield Partie(nom, Plage(numero, numero, start + 1, start + len(nom)) if start >= 0 else Plage(numero, numero))


def _listed(atelier: Atelier, regions: list[Region]) -> Iterator[Partie]:
    """The bullets, or the short lines, under words that announce the signatories."""
    texte = atelier.texte
    for region in regions:
        announced = bool(re.search(r"\b(?:signataires?|parties|soussignes?)\b", plain(region.titre)))
        for bloc in texte.blocs(region.corps, region.fin):
            mots = texte.mots((bloc.plage,))
            if bloc.puce == ALINEA and (named := _one_a_line(atelier, bloc, announced=announced)):
                yield from named
                continue
            if bloc.puce == ALINEA and _ANNONCE.search(mots) and mots.rstrip().endswith(":"):
                announced = True
                continue
            if bloc.puce == ALINEA and announced and len(mots.split()) > LONGUEUR:
                announced = False
            if announced and (bloc.puce != ALINEA or reconnaitre(mots, atelier.territoires)):
                yield from _named(texte, bloc.debut, re.split(r"\s*[,;(]|\s[–—-]\s", PUCE.sub("", mots))[0])


def _one_a_line(atelier: Atelier, bloc: Bloc, *, announced: bool) -> list[Partie]:
    """The bodies of lines without a bullet, each alone or parted by slashes, under a line that only announces them."""
    texte = atelier.texte
    lines = texte.pleines(bloc.debut, bloc.fin)
    while lines and _ANNONCE.search(texte.net(lines[0])) and len(texte.net(lines[0]).split()) <= ANNONCE:
        announced, lines = True, lines[1:]
    if not announced:
        return []
    pieces = [(n, piece) for n in lines for piece in re.split(r"\s+/\s+", texte.net(n).rstrip(" .,;"))]
    if len(pieces) < PLUSIEURS or any(len(one.split()) > LONGUEUR or not one[:1].isupper() for _, one in pieces):
        return []
    if sum(est_un_corps(piece, atelier.territoires) for _, piece in pieces) * 2 <= len(pieces):
        return []
    return [partie for n, piece in pieces for partie in _named(texte, n, re.split(r"\s{2,}|\s*[,;(]", piece)[0])]


def _in_a_sentence(atelier: Atelier, regions: list[Region]) -> Iterator[Partie]:
    texte = atelier.texte
    for region in regions:
        for bloc in texte.blocs(region.corps, region.fin):
            found = _PHRASE.search(texte.mots((bloc.plage,)))
            names = [_D_AUTRES.sub("", name) for name in _SEPARE.split(found["liste"])] if found else []
            if len(names) >= PLUSIEURS and all(len(name.split()) <= LONGUEUR for name in names):
                for name in names:
                    yield from _named(texte, bloc.debut, name)
                return


def _at_the_end(atelier: Atelier, _regions: list[Region]) -> Iterator[Partie]:
    """The places of a block of signatures: « Pour l’État, le préfet », several close to one another."""
    texte = atelier.texte
    told = [
        (n, found["nom"])
        for n in texte.pleines(1, len(texte.document.lignes))
        if texte.brut(n).lstrip().startswith("Pour ")
        and texte.puce(n) == ALINEA
        and (found := _POUR.match(texte.net(n)))
    ]
    close = [
        k for k, (n, _nom) in enumerate(told) if sum(abs(n - other) <= PROCHES for other, _ in told) >= PLUSIEURS - 1
    ]
    if len(close) >= PLUSIEURS:
        for k in close:
            yield from _named(texte, *told[k])
