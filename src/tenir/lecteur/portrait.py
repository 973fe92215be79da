"""The figures in the prose of the preamble and of the diagnosis, each with the clause that says what it counts.

Which of them a contract file keeps is a person's choice; the reader proposes them all, each with its doubt.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import zip_longest
from operator import attrgetter, methodcaller

from tenir.fichier.modeles import Donnee
from tenir.fichier.source import Plage
from tenir.lecteur.avis import Atelier, Niveau
from tenir.lecteur.chiffres_ranges import chiffres_alignes, chiffres_enumeres
from tenir.lecteur.donnees import colonnes, lire_donnees
from tenir.lecteur.lexique import cle, lexique
from tenir.lecteur.lieux import est_liste_de_lieux
from tenir.lecteur.nombres import AVANT, Nombre, nombres
from tenir.lecteur.plan import Region
from tenir.lecteur.quartiers import nommes
from tenir.lecteur.structure.chiffres_de_tableaux import ChiffreDeTableau, chiffres_d_un_tableau
from tenir.lecteur.structure.tableaux import Sorte

NATURES = ("preambule", "diagnostic")
PRESUMEE = "diagnostic présumé"  # what stands before the project where no part says that it is a diagnosis
SANS_NOM = ("ouverture", "autre")  # parts that no word names
SANS_CHIFFRES = (
    "indicateurs",
    "engagements",
    "gouvernance",
    "orientations",
    "sommaire",
)  # parts whose tables hold none
_VALEUR_SEULE = re.compile(
    r"^[^\w]*(?P<label>[^:.;]{3,100}?)\s*:\s*[<>±+-]?\s*\d[\d\s.,]*\s*(?:%|€|[^\W\d_]+)?\s*[.;]?$"
)
PETIT = (
    5  # under it, a bare number counts things of the sentence (« deux pièces », « 4 axes ») more often than it measures
)
_BORNE = re.compile(
    r"[;:]\s|,\s|[.!?]\s+(?=[«A-ZÀ-Ý])|\s(?=(?:contre|soit|dont|alors que|c’est-à-dire)\s)|\s*\(|\)|$", re.IGNORECASE
)
GRAND = 100  # from it on, a number measures something whatever word follows
_RANG = re.compile(r"(?:er|re|ère|e|è?me|nde?)\b")
_PARMI = re.compile(r"\s*[\w’'-]+ sur \w")
_SUR = re.compile(
    r"\b(?:\d+|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix)(?:\s[\w’'-]+){0,3}\ssur\s$", re.IGNORECASE
)
_LIEN = re.compile(r"\s(?:et|ou|puis)\s")
_HEURE = re.compile(r"\s?h(?:eures?)?\b")
_A_L_HEURE = ("a", "avant", "apres", "des", "vers", "entre", "et")  # before a time of the day
_AN = re.compile(r"\b(?:19|20)\d\d\b")
_ANS = re.compile(r"(?:19|20)\d\d\s?(?:-|à)\s?(?:19|20)\d\d")
_COURT = 2  # words: a shorter parenthesis only gives the value of what stands before it


@dataclass(frozen=True, slots=True)
class _Chiffre:
    """A figure, and where its clause runs in the joined words of its paragraph."""

    nombre: Nombre
    debut: int
    fin: int


def lire_portrait(atelier: Atelier, regions: Iterable[Region], projet: int = 0) -> tuple[Donnee, ...]:
    """Read the figures of the preamble and the diagnosis, in the order of the text.

    Where none is and no table tells any, what presents a quarter before the line that opens the project (`projet`).
    """
    held = list(regions)
    found = _figures_of(atelier, held)
    if found or any(region.nature in NATURES for region in held):
        return found
    before = (region for region in held if region.nature in SANS_NOM and region.fin < projet)
    return _figures_of(atelier, [replace(region, nature=PRESUMEE) for region in before])


def _figures_of(atelier: Atelier, regions: Iterable[Region]) -> tuple[Donnee, ...]:
    found: list[Donnee] = []
    for region in regions:
        if region.nature in SANS_CHIFFRES:
            continue
        found += _of_tables(atelier, region, len(found) + 1)
        ranged_there = chiffres_alignes(atelier.texte, region.corps, region.fin)
        aligned = [figure for figure in ranged_there if figure.numero not in atelier.alignees]
        found += _of_cells(atelier, aligned, len(found) + 1)
        ranged = {chiffre.numero for chiffre in aligned}
        told = region.nature in NATURES and not est_liste_de_lieux(region)
        for bloc in atelier.texte.blocs(region.corps, region.fin):
            numeros = [
                n
                for n in atelier.texte.pleines(bloc.debut, bloc.fin)
                if not _in_figures(atelier, n) and n not in ranged
            ]
            mots = "\n".join(atelier.texte.brut(n) for n in numeros)
            if numeros and (listed := chiffres_enumeres(mots.replace("\n", " "))):
                for label, value, place, span in listed:
                    read = _listed(atelier, label, value, place, colonnes(atelier.texte, numeros, span), len(found) + 1)
                    found += [read] if read else []
                continue
            each = _valued(atelier, numeros, mots)
            for first, last in each:
                found += lire_donnees(atelier, Region("données", "", first, first, last), "", len(found) + 1)
            if each:
                continue
            if not (told or (region.nature == PRESUMEE and _of_a_quarter(atelier, mots))):
                continue
            for chiffre in _figures(mots.replace("\n", " ")):
                read = _donnee(atelier, numeros, mots, chiffre, f"T{len(found) + 1:02d}")
                found += [read] if read else []
    return tuple(found)


def _of_a_quarter(atelier: Atelier, mots: str) -> bool:
    """Whether a paragraph presents a quarter, by its code."""
    return any(quartier.code and quartier.code in mots for quartier in atelier.texte.identite.quartiers)


def _valued(atelier: Atelier, numeros: list[int], mots: str) -> list[tuple[int, int]]:
    """The lines of a paragraph that only give a value beside its label: all of it, or each of its lines."""
    if not numeros:
        return []
    if len(numeros) > 1 and all(_VALEUR_SEULE.match(atelier.texte.brut(n).strip()) for n in numeros):
        return [(n, n) for n in numeros]
    return [(numeros[0], numeros[-1])] if _VALEUR_SEULE.match(mots.replace("\n", " ")) else []


def _in_figures(atelier: Atelier, numero: int) -> bool:
    cell = atelier.texte.lignes[numero].tableau
    table = atelier.tables.get(cell[0]) if cell else None
    return table is not None and table.sorte is Sorte.CHIFFRES


def _of_tables(atelier: Atelier, region: Region, premier: int) -> list[Donnee]:
    """The figures of the tables of a region."""
    found: list[Donnee] = []
    for table in atelier.tables.values():
        if table.sorte is Sorte.CHIFFRES and region.debut <= table.debut <= region.fin:
            found += _of_cells(atelier, chiffres_d_un_tableau(table), premier + len(found))
    return found


def _of_cells(atelier: Atelier, chiffres: Iterable[ChiffreDeTableau], premier: int) -> list[Donnee]:
    found: list[Donnee] = []
    for chiffre in chiffres:
        read = _of_cell(atelier, chiffre, f"T{premier + len(found):02d}")
        found += [read] if read else []
    return found


def _listed(
    atelier: Atelier, label: str, value: str, place: str | None, source: tuple[Plage, ...], rang: int
) -> Donnee | None:
    """A figure of a line that lists several by place."""
    nombre = nombres(value)[0]
    return atelier.bati(
        Donnee,
        code=f"T{rang:02d}",
        libelle=label,
        imprime=value,
        valeur=nombre.valeur,
        valeur_max=nombre.valeur_max,
        unite=nombre.unite or _unite(nombre),
        perimetre=place,
        source=source,
        texte=atelier.texte.mots(source),
    )


def _of_cell(atelier: Atelier, chiffre: ChiffreDeTableau, code: str) -> Donnee | None:
    nombre = nombres(chiffre.imprime)[0]
    source = (Plage(chiffre.numero, chiffre.numero),)
    return atelier.bati(
        Donnee,
        code=code,
        libelle=chiffre.libelle,
        imprime=chiffre.imprime,
        valeur=nombre.valeur,
        valeur_max=nombre.valeur_max,
        unite=nombre.unite or _unite(nombre),
        periode=chiffre.periode,
        perimetre=chiffre.perimetre,
        source=source,
        texte=atelier.texte.mots(source),
    )


def _figures(mots: str) -> Iterator[_Chiffre]:
    end = 0
    values = [n for n in _numbers(mots) if _measures(n, mots)]
    for nombre, following in zip_longest(values, values[1:]):
        debut, fin = _clause(mots, nombre, end)
        if following and fin > following.debut:
            links = [m.start() for m in _LIEN.finditer(mots, nombre.fin, following.debut)]
            fin = links[-1] if links else following.debut
        yield _Chiffre(nombre, debut, fin)
        end = fin


def _measures(nombre: Nombre, mots: str) -> bool:
    """Whether a number of a sentence measures something: not a date, a rank, an age, a reference nor « 1 sur 2 »."""
    if nombre.unite:
        return True
    after, before = mots[nombre.fin : nombre.fin + AVANT], cle(mots[: nombre.debut][-24:])
    if _HEURE.match(after) and (before.split() or [""])[-1] in _A_L_HEURE:
        return False
    lists = lexique().listes
    if (
        nombre.annee
        or _ANS.fullmatch(nombre.imprime)
        or _RANG.match(after)
        or _PARMI.match(after)
        or (before.split() or [""])[-1] in lists["references_avant"]
    ):
        return False
    if _SUR.search(mots[max(0, nombre.debut - AVANT) : nombre.debut]):
        return False
    if before.endswith("au nombre de"):
        return True
    word = cle(nombre.suivant)
    if not word or word in lists["nombres_exclus_en_prose"]:
        return False
    if word in lists["liaisons"]:
        return nombre.valeur >= GRAND
    return nombre.valeur >= PETIT or word in lists["unites_de_mesure"]


def _clause(mots: str, nombre: Nombre, after: int) -> tuple[int, int]:
    """The clause around a figure, past the one before; a short parenthesis is part of what it follows."""
    edges = _edges(mots)
    past = bisect_right(edges, nombre.debut, key=methodcaller("end"))
    before = [edge for edge in edges[max(0, past - 2) : past] if edge.end() > after]
    debut, last = (
        (before[-1].end() if before else after),
        edges[bisect_left(edges, nombre.fin, key=methodcaller("start"))],
    )
    if before and before[-1].group().strip() == "(" and len(mots[debut : last.start()].split()) <= _COURT:
        debut = before[-2].end() if len(before) > 1 else after
    fin = last.start()
    opens = last.group().strip() == "("
    closing = mots.find(")", last.end()) if opens else -1
    if closing > 0 and not any(_measures(n, mots) for n in _between(mots, last.end(), closing)):
        fin = closing + 1
    elif mots[fin : fin + 1] == ")":
        fin += 1
    debut += len(mots[debut:fin]) - len(mots[debut:fin].lstrip())
    return debut, fin


@lru_cache(maxsize=8)
def _edges(mots: str) -> list[re.Match[str]]:
    """Where the clauses of a paragraph may end, found once for all of its figures."""
    return list(_BORNE.finditer(mots))


@lru_cache(maxsize=8)
def _numbers(mots: str) -> list[Nombre]:
    return nombres(mots)


def _between(mots: str, start: int, end: int) -> list[Nombre]:
    """The numbers of a paragraph that start between two places."""
    found = _numbers(mots)
    return found[bisect_left(found, start, key=attrgetter("debut")) : bisect_left(found, end, key=attrgetter("debut"))]


def _donnee(atelier: Atelier, numeros: list[int], mots: str, chiffre: _Chiffre, code: str) -> Donnee | None:
    nombre, source = chiffre.nombre, colonnes(atelier.texte, numeros, (chiffre.debut, chiffre.fin))
    clause = mots[chiffre.debut : chiffre.fin].replace("\n", " ")
    years = sorted(set(_AN.findall(clause)))
    places = nommes(atelier.texte.identite.quartiers, clause)
    atelier.juge(code, Niveau.MOYENNE, f"« {nombre.imprime} » relevé dans une phrase : ce chiffre est-il à garder ?")
    return atelier.bati(
        Donnee,
        code=code,
        libelle=_dit(clause, nombre) or _libelle(clause, nombre),
        imprime=nombre.imprime,
        valeur=nombre.valeur,
        valeur_max=nombre.valeur_max,
        unite=_unite(nombre),
        periode=years[0] if len(years) == 1 else None,
        perimetre=places[0] if len(places) == 1 else None,
        origine=lexique().contient("sources_de_chiffres", clause),
        source=source,
        texte=atelier.texte.mots(source),
    )


def _unite(nombre: Nombre) -> str | None:
    """The printed unit, or the plural that follows: « 506 logements », not « 506 appartiennent »."""
    word = nombre.suivant
    return nombre.unite or (word if word.endswith(("s", "x")) or _known_unit(word) else None)


def _known_unit(word: str) -> bool:
    return cle(word) in lexique().listes["unites_de_mesure"]


def _dit(clause: str, nombre: Nombre) -> str:
    """What a sentence measures, without the verb that says how much: « le taux de pauvreté y atteint … ».

    « Le quartier compte 2 150 habitants » counts what follows; "" when a sentence says it otherwise.
    """
    before, _, after = clause.partition(nombre.imprime)
    if measured := _MESURE.match(before.strip()):
        return _libelle(measured["sujet"], nombre)
    counted = _COMPTE.search(before.strip()) is not None
    words = re.sub(r"\s+", " ", _PLUS_LOIN.split(after, maxsplit=1)[0]).strip(" ,;:.()-–")
    words = words or (_unite(nombre) or "") if counted else ""
    return words if len(words.split()) <= COURT_DIT else ""


COURT_DIT = 7  # words of what a sentence counts
_ENVIRON = r"(?:\s+(?:à|de|encore|désormais|aussi|environ|près\s+de|plus\s+de|quelque))*$"
_MESURE = re.compile(
    r"^(?P<sujet>\S.{2,90}?)\s+(?:(?:y|en)\s+)?(?:s[’'](?:élève|élèvent|établit|établissent)|attein(?:t|gnent)|est|sont|était"
    r"|dépasse(?:nt)?|avoisine(?:nt)?|culmine)" + _ENVIRON,
    re.IGNORECASE,
)
_COMPTE = re.compile(r"\b(?:compte|accueille|abrite|regroupe|recense|rassemble)(?:nt)?" + _ENVIRON, re.IGNORECASE)
_PLUS_LOIN = re.compile(r"\s+(?:et|ou|mais|à|aux?|dans|pour)\s|[(,;:.]")


def _libelle(clause: str, nombre: Nombre) -> str:
    """The clause without its value, its parentheses, nor the link it opens with."""
    bare = re.sub(r"\([^()]*\)?", "", clause.replace(nombre.imprime, " ", 1))
    bare = _ENTREE.sub("", re.sub(r"\s+", " ", bare))
    return bare.strip(" ,;:.()-–") or re.sub(r"\s+", " ", clause).strip()


_ENTREE = re.compile(r"^[\s*•o·-]*(?:(?:contre|soit|dont|et|une?|près de|de|environ|quelque)\s+)+", re.IGNORECASE)
