import re
from collections.abc import Iterator
from itertools import pairwise

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import Axe, ContratDeVille, Orientation
from tenir.fichier.mots import comparable
from tenir.fichier.source import Plage
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.lettres import romain
from tenir.regles.passages import porteur
from tenir.regles.phrases import phrases
from tenir.regles.registre import Lit, regle
from tenir.regles.textes import sans_accents
from tenir.regles.titres import ACTIONS, Tete, niveaux, par_nom

ENTRY = re.compile(
    r"^\s*+(?P<titre>\S(?:.*?[^\s._…][.…]?)?)\s*+(?:\.{4,}+|…{2,}+|\.(?:\s\.){3,}+|_{4,}+)[\s.…_]*+\d{1,3}\s*+$"
)
NUMBER = re.compile(r"^(?:\d+(?:\.\d+)*|[IVX]+|[A-Z])\s*[.)–-]")
ENOUGH = 3
"""How many entries make a contents, and how many must be found as they are before one that is not is told."""
ABRIDGED = 3
"""A title of fewer words is an abridgement, when the other is longer."""


@regle("STR014", gravite=Gravite.A_CORRIGER, depuis="0.1", lit=Lit.MOTS)
def intitule_qui_differe(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Un intitulé diffère d’un endroit à l’autre.

    ## Ce que la règle vérifie

    Un axe, une orientation ou un article qui porte un numéro a le même titre partout où ce numéro est imprimé en tête
    de ligne : liste, corps, annexe, et dans les phrases qui le citent entre guillemets. Chaque ligne du sommaire se
    retrouve dans le corps. Un titre abrégé, ou coupé par la marge, n’est pas une faute ; ce que STR003 dit déjà n’est
    pas répété.

    ## Pourquoi

    On croit lire deux orientations, ou l’on cherche une page qui n’existe pas.

    ## Exemple fautif

    Sommaire : « 3. La conduite du contrat ». Dans le corps : « 3. Les instances ».

    ## Corrigé

    Le même titre aux deux endroits.

    ## Source

    Cohérence interne.
    """
    yield from _numbered(contrat, document)
    yield from _quoted(contrat, document)
    yield from _contents(contrat, document)
    yield from _listed(contrat, document)


def _numbered(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    named: list[Axe | Orientation] = [*contrat.axes, *contrat.orientations]
    said = {comparable(one.titre_protocole) for one in named if one.titre_protocole}
    for _, every in par_nom(document, niveaux(contrat, document)):
        found = [one for one in every if not _of_columns(one)]
        first: dict[str, Tete] = {}
        titles = {comparable(one.titre) for one in found}
        for one in found:
            kept = first.setdefault(one.numero, one)
            others = {comparable(it.titre) for it in found if it.numero != one.numero}
            adjacent = found.index(one) - found.index(kept) == 1 and one.puce == kept.puce
            if adjacent or {comparable(one.titre), comparable(kept.titre)} & others:
                continue  # the number is wrong, and STR008 says so
            if _differ(kept.titre, one.titre) and not {comparable(one.titre), comparable(kept.titre)} & said:
                if _restarts(found, titles):
                    continue
                yield Anomalie(
                    porteur(contrat, one.ligne),
                    f"« {one.imprime} {one.numero} » s’appelle « {kept.titre} » ligne {kept.ligne}, "
                    f"et « {one.titre} » ici.",
                    "Gardez un seul titre.",
                    source=one.source,
                )


def _quoted(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """The titles that sentences quote after a number: « l’axe 2, “Se loger” », when their headings carry another."""
    for nom, heads in par_nom(document, niveaux(contrat, document) | QUOTED):
        titles: dict[str, list[Tete]] = {}
        for one in heads:
            titles.setdefault(one.numero, []).append(one)
        cited = re.compile(CITED.format(nom=re.escape(nom).replace(r"\ ", r"\s")))
        for phrase in phrases(document):
            for found in cited.finditer(sans_accents(phrase.texte)):
                number = found["numero"].upper()
                number = str(romain(number) or number)
                titre = phrase.texte[slice(*found.span("titre"))]
                carried = [one.titre for one in titles.get(number, ()) if one.ligne != phrase.ligne and one.titre]
                if carried and all(_differ(titre, one) for one in carried):
                    yield Anomalie(
                        porteur(contrat, phrase.ligne),
                        f"« {nom.capitalize()} {number} » s’appelle ici « {titre} », et « {carried[0]} » "
                        f"ligne {titles[number][0].ligne}.",
                        "Gardez un seul titre.",
                        source=phrase.plage(*found.span()),
                    )


QUOTED = frozenset({"article", "fiche", "fiche action", "action"})
CITED = (
    r"\b{nom}s?\s(?:n\s?[°o]\s?)?(?P<numero>\d{{1,2}}(?:\.\d{{1,2}})*|[ivx]{{1,4}}|[a-z]\.?\d{{1,2}}|[a-z])"
    r"\s?(?:,|:|\(|–|-|intitulee?)?\s?«\s?(?P<titre>[^«»]{{6,120}}?)\s?»"
)
"""A level, its number, then its title between quotes."""


def _of_columns(one: Tete) -> bool:
    """Whether it is the heads of a table: « Question 1 Question 2 Total » names several."""
    return re.search(rf"\b{re.escape(one.imprime)}\s+(?:n°\s*)?[\dIVX]", one.titre, re.IGNORECASE) is not None


def _restarts(found: list[Tete], titles: set[str]) -> bool:
    """Whether numbers begin again under each part: then one number has as many titles as there are parts."""
    by_number: dict[str, set[str]] = {}
    for one in found:
        by_number.setdefault(one.numero, set()).update({comparable(one.titre)} - {""})
    return sum(len(kept) > 1 for kept in by_number.values()) > max(1, len(by_number) / 2) or len(titles) < 2


def _differ(one: str, other: str) -> bool:
    a, b = comparable(one), comparable(other)
    if not a or not b or a.startswith(b) or b.startswith(a):
        return False
    short, long = sorted((a.split(), b.split()), key=len)
    return len(short) >= ABRIDGED or len(long) <= ABRIDGED


def _contents(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    entries = list(_entries(document))
    listed = {number for number, _ in entries}
    lines = [
        comparable(line) for number, line in enumerate(document.lignes, 1) if number not in listed and line.strip()
    ]
    heads = set(lines) | {f"{a} {b}".strip() for a, b in pairwise(lines)}
    lost = [(number, titre) for number, titre in entries if not _is_there(comparable(titre), heads)]
    if len(entries) < ENOUGH or len(entries) - len(lost) < max(ENOUGH - 1, 2 * len(entries) / 3):
        return
    for number, titre in lost:
        yield Anomalie(
            porteur(contrat, number),
            f"Le sommaire annonce « {titre} » : aucun titre du document ne s’appelle ainsi.",
            "Accordez le sommaire et le corps du document.",
            source=(Plage(number, number), *_same_number(document, titre, listed)),
        )


def _entries(document: DocumentNormalise) -> Iterator[tuple[int, str]]:
    """The entries of a contents, with their line; one that the margin cut begins on the line above."""
    above = ""
    for number, line in enumerate(document.lignes, 1):
        if found := ENTRY.match(line):
            goes_on = found["titre"][:1].islower() and above and above[-1] not in ".;:" and not above[-1].isdigit()
            yield number, f"{above} {found['titre']}" if goes_on else found["titre"]
        above = line.strip()


def _same_number(document: DocumentNormalise, titre: str, listed: set[int]) -> tuple[Plage, ...]:
    """The heading of the body that carries the number of an entry."""
    found = NUMBER.match(titre)
    start = re.compile(rf"^\s*{re.escape(found[0])}\s*\S") if found else None
    lines = (n for n, line in enumerate(document.lignes, 1) if start and n not in listed and start.match(line))
    return tuple(Plage(number, number) for number in list(lines)[:1])


def _listed(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """The lists that number the sheets anew (« 9. Un cabinet »), when all their entries but one have their titles."""
    for _, heads in par_nom(document, ACTIONS):
        titles = {one.numero: one for one in heads if one.titre}
        lines = {one.ligne for one in heads}
        found = [
            (number, match["numero"], match["titre"])
            for number, line in enumerate(document.lignes, 1)
            if number not in lines and (match := NUMBERED.match(line)) and match["numero"] in titles
        ]
        for run in _runs(found):
            wrong = [one for one in run if _differ(one[2], titles[one[1]].titre)]
            if len(wrong) == 1 and len(run) > ENOUGH:
                number, numero, titre = wrong[0]
                yield Anomalie(
                    porteur(contrat, number),
                    f"« {titles[numero].imprime} {numero} » s’appelle « {titles[numero].titre} » ligne "
                    f"{titles[numero].ligne}, et « {titre} » ici.",
                    "Gardez un seul titre.",
                    source=(Plage(number, number), *titles[numero].source),
                )


NUMBERED = re.compile(
    r"^\W*(?:[Ff]iche|[Aa]ction)?\s*(?:n\s?°\s*)?(?P<numero>\d{1,2}(?:\.\d{1,2})*)\s?[.):–-]*\s+(?P<titre>[A-ZÀ-Ý«].{5,120}?)[\s.…;]*(?:\s\d{1,3})?$"
)
"""An entry of a list: a number, then a title."""
APART = 2
"""How many lines part two entries of a list, at most."""


def _runs(found: list[tuple[int, str, str]]) -> Iterator[list[tuple[int, str, str]]]:
    """The entries that follow one another."""
    run: list[tuple[int, str, str]] = []
    for one in found:
        if run and one[0] - run[-1][0] > APART:
            yield run
            run = []
        run.append(one)
    yield run


def _is_there(titre: str, heads: set[str]) -> bool:
    """Whether a line is that title, its number forgiven, or begins by it."""
    bare = re.sub(r"^(?:\d+|[ivx]+|[a-z]) ", "", titre)
    return any(
        head.startswith(titre) or re.sub(r"^(?:\d+ |[ivx]+ |[a-z] )+", "", head).startswith(bare) for head in heads
    )
