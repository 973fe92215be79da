import re
from collections import Counter
from collections.abc import Iterator, Sequence

from tenir.fichier.contenus import non_lus
from tenir.fichier.document import DocumentNormalise, is_bullet
from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille
from tenir.fichier.mots import comparable
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.gouvernance.recits import recits
from tenir.regles.indicateurs.releves import LABELLED, vises
from tenir.regles.lettres import NOMBRE, valeur
from tenir.regles.parties import SIGNE, annoncees
from tenir.regles.passages import porteur
from tenir.regles.phrases import Phrase, phrases
from tenir.regles.registre import Lit, regle
from tenir.regles.structure.comptes_du_plan import par_niveau, pourvues, promises_a_toutes
from tenir.regles.textes import sans_accents
from tenir.regles.titres import ACTIONS, NIVEAUX, Tete, niveaux, par_nom, tetes

COPIES = re.compile(rf"\ben ({NOMBRE}) exemplaires?\b")
SIGNATORIES = re.compile(
    rf"\b(?:les|entre|ses|nos|des|engage|lie|reunit|unit) ({NOMBRE})"
    r" (?:signataires|parties signataires|partenaires signataires)\b"
    rf"|\bsignataires,? au nombre de ({NOMBRE})\b"
)
PARTIAL = re.compile(
    r"\b(?:ce|chaque(?! (?:annee|mois|trimestre|semestre|automne|ete|hiver|printemps|rentree))|chacun|par"
    r" (?:axe|pilier)|autres?|premi\w+|derni\w+|precedent\w*|parmi|un des|une des|ancien\w*)\b"
)
LED = re.compile(
    rf"^\W*(?:(?:les|ces|ses|nos|voici|soit) )?({NOMBRE}) (?P<nom>[a-z]{{4,}}s|[a-z]{{3,}}x)\b[^:]*:$"
    rf"|\b({NOMBRE}) (?P<suivi>[a-z]{{4,}}s|[a-z]{{3,}}x)(?: \w+)? suivant(?:e?s) ?:$"
)
INDICATORS = re.compile(
    rf"\b(?:les|ses|des|sur|de) ({NOMBRE}) (?:indicateurs\b(?! de l[’']axe| par | pour )"
    r"|mesures\b(?! par | pour | sur | prises? | d[’'e]))"
)
QUARTERS = re.compile(
    rf"\b(?:les|aux|des|ses|de|dans) ({NOMBRE}) quartiers prioritaires\b"
    r"(?! d(?:u|e la|es|e l[’']) (?:departement|region|agglo|metropole|pays|france|communaute))"
)
CODE = re.compile(r"\bQ[NP]\d{5}[A-Z]\b|\bQP\d{6}\b")
NEAR, ENOUGH = 2, 4
TIMES = {"fois", "mois", "jours", "semaines", "annees", "heures", "euros", "habitants", "pages"}


@regle("STR009", gravite=Gravite.A_CORRIGER, depuis="0.1", lit=Lit.MOTS)
def nombre_annonce_qui_differe(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Un nombre annoncé n’est pas celui de la liste.

    ## Ce que la règle vérifie

    Quand le document annonce combien il a de signataires, d’axes ou d’orientations (quel que soit leur nom),
    d’actions (en tout, sous un axe, ou pourvues d’un montant, d’un pilote, d’un calendrier), d’indicateurs, de
    quartiers prioritaires ou d’exemplaires, ou combien d’éléments suivent (« quatre objectifs : »), ce nombre est celui
    des titres numérotés, des signataires lus ou des puces. La règle se tait quand le compte n’est pas sûr.

    ## Pourquoi

    Un signataire ou une orientation est tombé en route, ou le texte d’un autre contrat est resté.

    ## Exemple fautif

    « Les douze signataires conviennent… », et neuf signataires s’engagent.

    ## Corrigé

    « Les neuf signataires conviennent… »

    ## Source

    Cohérence interne : ce qu’on annonce se compte.
    """
    yield from _levels(contrat, document)
    if Contenu.SIGNATAIRES not in non_lus(contrat):
        yield from _signatories(contrat, document)
    yield from _lists(contrat, document)
    yield from _others(contrat, document)
    yield from _bodies(contrat, document)
    for phrase, start, end, truth in (
        *par_niveau(contrat, document),
        *pourvues(document),
        *promises_a_toutes(document),
    ):
        yield _told(contrat, phrase, start, end, truth)


def _others(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """The indicators, the quarters and the copies that sentences announce."""
    codes = {found[0] for found in CODE.finditer(document.texte)}
    numbered, measured = _numbered_indicators(document), _measured(contrat, document)
    announced = {
        valeur(found[1] or found[2])
        for phrase in phrases(document)
        for found in SIGNATORIES.finditer(sans_accents(phrase.texte))
        if "ignataires" in phrase.texte
    }
    listed = len(annoncees(document)) if len(annoncees(document)) in announced else 0
    for phrase in phrases(document):
        said = sans_accents(phrase.texte)
        for found in INDICATORS.finditer(said) if "indicateurs" in said or "mesures" in said else ():
            if PARTIAL.search(said[: found.end()]) or valeur(found[1]) in {
                numbered,
                measured,
                len(contrat.indicateurs),
            }:
                continue
            if numbered:
                yield _told(contrat, phrase, *found.span(), f"{numbered} sont numérotés")
            elif measured:
                yield _told(contrat, phrase, *found.span(), f"{measured} ont leur valeur de départ et leur cible")
        for found in QUARTERS.finditer(said) if "quartiers" in said else ():
            if codes and not PARTIAL.search(said[: found.end()]) and valeur(found[1]) != len(codes):
                yield _told(contrat, phrase, *found.span(), f"{len(codes)} ont leur code dans le document")
        for found in COPIES.finditer(said) if "exemplaire" in said else ():
            count = valeur(found[1])
            if listed and count != listed and abs((count or 0) - listed) <= NEAR:
                yield _told(contrat, phrase, *found.span(), f"{listed} parties signent")


def _bodies(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """The groups of one name that sentences describe (« le cercle Santé suit… ») and that others count."""
    heads: dict[str, set[str]] = {}
    for one in recits(contrat, document):
        head, _, rest = one.nom.partition(" ")
        if one.recite and rest:
            heads.setdefault(head, set()).add(one.nom)
    for head, names in heads.items():
        plural = re.compile(rf"\b(?:les|ses|des|aux|chacun des|dans les|de ces) ({NOMBRE}) {re.escape(head)}s\b")
        for phrase in phrases(document) if len(names) > 1 else ():
            said = sans_accents(phrase.texte)
            for found in plural.finditer(said) if f"{head}s" in said else ():
                if valeur(found[1]) != len(names):
                    yield _told(contrat, phrase, *found.span(), f"{len(names)} sont décrits")


def _measured(contrat: ContratDeVille, document: DocumentNormalise) -> int:
    """How many indicators print their two values; nought when a line beside them may be one that does not."""
    found = vises(contrat, document)
    lines = {line for one in found for line in one.lignes}
    starts = sorted(one.source[0].debut for one in found)
    forms = Counter(_form(document.lignes[start - 1]) for start in starts)
    if len(found) == sum(len(one.actions) for one in contrat.orientations) > ENOUGH:
        return len(found)  # one for each action
    if len(found) < ENOUGH or len(forms) > 1:
        return 0
    form = next(iter(forms))
    alike = [n for n, line in enumerate(document.lignes, 1) if form and _form(line) == form]
    if form.endswith(":"):
        return len(found) if set(alike) <= lines else 0
    near = [n for n in alike if n in lines or n - 1 in lines or n + 1 in lines]
    return len(found) if form and set(near) <= lines else 0


def _form(line: str) -> str:
    """How a line opens: its bullet, or the name of its field; nothing for words alone."""
    field = LABELLED.match(line.strip())
    return comparable(field[0]) + ":" if field else line.strip()[:1] if is_bullet(line) else ""


def _numbered_indicators(document: DocumentNormalise) -> int:
    """How many indicators are numbered from 1 below the heading of their table; nought when that is not sure."""
    start = next((n for n, line in enumerate(document.lignes, 1) if _heads_indicators(line)), 0)
    reached = 0
    for line in document.lignes[start:] if start else ():
        reached += bool(re.match(rf"\s*(?:I|n\s?°\s?)?{reached + 1}\b(?:\s*[.):–-]|\s*$|\s{{2,}})(?!\d)", line))
        if reached and re.match(r"\s*annexe\b", line, re.IGNORECASE):
            break
    return reached if reached >= ENOUGH else 0


def _heads_indicators(line: str) -> bool:
    said = sans_accents(line)
    return bool(re.match(r"\W*annexe\b.*\bindicateurs\b", said)) and not re.search(r"\.{4}|\d\s*$", said)


def _by_part(document: DocumentNormalise, heads: Sequence[Tete]) -> set[int]:
    """How many actions stand under each part: a sentence may announce those alone."""
    counts: dict[str, set[str]] = {}
    above = [one for one in tetes(document) if one.nom in NIVEAUX and not one.sommaire]
    for one in heads:
        parts = one.numero.split(".")
        for depth in range(1, len(parts)):
            counts.setdefault(".".join(parts[:depth]), set()).add(one.numero)
        for nom in {it.nom for it in above}:
            last = [it for it in above if it.nom == nom and it.ligne < one.ligne][-1:]
            counts.setdefault(f"{nom} {last[0].numero if last else ''}", set()).add(one.numero)
    return {len(kept) for kept in counts.values()}


def _ahead(document: DocumentNormalise, heads: Sequence[Tete], line: int) -> set[int]:
    """How many actions stand between a sentence and each heading below it: « le socle comprend six actions »."""
    actions = sorted({one.ligne for one in heads if one.ligne > line})
    ends = [one.ligne for one in tetes(document) if one.ligne > line and one.nom not in ACTIONS]
    return {count for end in ends if (count := sum(one < end for one in actions)) > 1}


def _levels(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    for nom, heads in par_nom(document, niveaux(contrat, document) | ACTIONS):
        numbers = {one.numero for one in heads}
        ranks = {one.rang for one in heads}
        alone = len(numbers) == 1 and not _is_the_only_axis(contrat, heads)
        if alone or (None not in ranks and ranks != set(range(1, len(ranks) + 1))):
            continue
        first = nom.split()[0]
        known = {len(numbers)} | (_by_part(document, heads) if nom in ACTIONS else _read(contrat, heads))
        plural = re.compile(rf"\b(?P<avant>\w+) (?P<dit>({NOMBRE}) {_plural(nom)})\b(?P<apres>[^,.]{{0,20}})")
        for phrase in phrases(document):
            said = sans_accents(phrase.texte)
            for found in plural.finditer(said) if first in said else ():
                number = valeur(found[3])
                partial = PARTIAL.search(said[: found.end()]) or found["avant"] in ("ces", "des", "sur", "aux")
                here = _ahead(document, heads, phrase.ligne) if nom in ACTIONS else set()
                if number in known | here or partial or re.match(r" d(?:e |u |es )", found["apres"]):
                    continue
                yield _told(contrat, phrase, *found.span("dit"), f"ses titres en numérotent {len(numbers)}")


def _is_the_only_axis(contrat: ContratDeVille, heads: Sequence[Tete]) -> bool:
    """Whether one axis was read, where these headings stand."""
    lines = {one.ligne for one in heads}
    return len(contrat.axes) == 1 and any(plage.debut in lines for plage in contrat.axes[0].source)


def _read(contrat: ContratDeVille, heads: Sequence[Tete]) -> set[int]:
    """How many were read of what headings number, in all and under each axis: any of these may be announced."""
    lines = {one.ligne for one in heads}
    under = {len(one.orientations) for one in contrat.axes} | {len(contrat.orientations)}
    axes = any(plage.debut in lines for one in contrat.axes for plage in one.source)
    orientations = any(plage.debut in lines for one in contrat.orientations for plage in one.source)
    return (under if orientations or not axes else set()) | ({len(contrat.axes)} if axes or not orientations else set())


def _signatories(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    copies = {
        valeur(found[1])
        for phrase in phrases(document)
        if "exemplaire" in phrase.texte
        for found in COPIES.finditer(sans_accents(phrase.texte))
    }
    count, listed = len(contrat.signataires), len(annoncees(document))
    signed = sum(1 for line in document.lignes for _ in SIGNE.finditer(line))
    if listed and listed in copies | {signed}:
        count = listed
    sure = count in copies or (count == listed == signed) or all(one.engagements for one in contrat.signataires)
    for phrase in phrases(document):
        for found in SIGNATORIES.finditer(sans_accents(phrase.texte)) if "ignataires" in phrase.texte else ():
            number = valeur(found[1] or found[2])
            if sure and number != count and number not in copies:
                yield _told(contrat, phrase, found.start(), found.end(), f"{count} signent")


def _lists(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    for phrase in phrases(document):
        said = sans_accents(phrase.texte)
        found = LED.search(said) if said.endswith(":") else None
        if not found or (found["nom"] or found["suivi"]) in TIMES or len(re.findall(rf"\b{NOMBRE}\b", said)) != 1:
            continue
        number = valeur(found[1] or found[3])
        items = _bullets(document, phrase.plage()[0].fin)
        if number and items > 1 and number > 1 and items != number:
            yield _told(contrat, phrase, found.start(), len(phrase.texte), f"la liste en compte {items}")


def _bullets(document: DocumentNormalise, line: int) -> int:
    """How many bullets of one kind follow a line at once."""
    first, count = "", 0
    for text in document.lignes[line:]:
        mark = text[: len(text) - len(text.lstrip()) + 1]
        if is_bullet(text) or re.match(r"\s*[–—]\s", text):
            first = first or mark
            count += mark == first
        elif text.strip() and (not first or not text.strip()[0].islower()):
            break
    return count


def _told(contrat: ContratDeVille, phrase: Phrase, start: int, end: int, truth: str) -> Anomalie:
    words = phrase.texte[start:end].strip(" :")
    return Anomalie(
        porteur(contrat, phrase.plage(start, end)[0].debut),
        f"Le document annonce « {words} » ; {truth}.",
        "Corrigez le nombre, ou retrouvez ce qui manque.",
        source=phrase.plage(start, end),
    )


def _plural(nom: str) -> str:
    """A noun in comparable words, as a pattern of its plural: « fiches action » and « fiches actions » both."""
    first, *others = nom.split()
    return " ".join([rf"{re.escape(first)}[sx]", *(rf"{re.escape(word)}[sx]?" for word in others)])
