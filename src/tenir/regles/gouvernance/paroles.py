"""What sentences say of the bodies of governance: « le comité de pilotage se réunit deux fois par an »."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import takewhile

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.fichier.mots import comparable
from tenir.fichier.rythmes import rythmes
from tenir.fichier.source import Plage
from tenir.regles.gouvernance.recits import SUJET
from tenir.regles.memoire import lu_une_fois
from tenir.regles.phrases import Phrase, phrases
from tenir.regles.textes import sans_accents

_NAME = (
    r"(?:(?:inter)?comite|commission|conseil(?!\s(?:departemental|regional|municipal|communautaire|metropolitain))|conference|assemblee|bureau|groupe|cellule|instance|atelier|cercle)"
    r"(?:\s(?!se\b|s[’'])[\w’'-]+){0,6}?"
)
_MEETS = re.compile(
    rf"\b(?P<nom>{_NAME})\s*(?:,[^,.]{{0,60}},|,\s+qui)?\s+(?:se reuni\w+|se tien\w+|est reuni\w*|sont reuni\w*"
    rf"|siege\w*)\b"
)
_LED = re.compile(
    rf"\b(?P<nom>{_NAME})(?:\s+(?:est|sera|sont)\s+|,\s+(?P<apposee>))(?:co-?)?(?P<comment>preside"
    rf"|anime)e?s?\s+(?:[\w]+ment\s+)?par (?P<qui>(?(apposee)[^.;:,]+|[^.;:]+))"
)
_IS_SUBJECT = re.compile(
    rf"^\W*(?:le |la |l[’'])(?P<nom>{_NAME}),?\s+(?:\w+,\s)?(?:se|est|sera|suit|reunit|prepare|rassemble|assure)\b"
)
_HE_IS_LED = re.compile(
    r"^\W*(?:il|elle)\s+(?:est|sera)\s+(?:co-?)?(?P<comment>preside|anime)e?s?\s+(?:\w+ment\s+)?par\s(?P<qui>[^.;:]+)"
)
_GOES_ON = re.compile(r"^\W*(?:il|elle|son|sa|ses|ces|ce)\b")
_NEAR = 4
"""How many lines below a body « il » still speaks of it, at most."""
_QUI = r"(?P<qui>[^.;:,]{3,80})"
_ELSE_LED = (
    re.compile(rf"\b(?P<nom>{_NAME}),?\s+qu(?:e\s|[’'])(?:co-?)?preside(?:nt|ra|ront)?\s+{_QUI}"),
    re.compile(
        rf"(?:^|[.;:]\s)\W*(?P<qui>(?:l[ae]s?\s|l[’'])[^.;:,]{{2,60}}?)\s+(?:co-?)?preside(?:nt|ra|ront)?\s+"
        rf"(?:le\s|la\s|l[’']|ce\s|cette\s)(?P<nom>{_NAME})(?=[.,;:]|\s(?:et|qui|dont|se|pour|chaque|une?)\b|$)"
    ),
    re.compile(
        rf"\bpresidence d(?:u\s|e\sla\s|e\sl[’'])(?P<nom>{_NAME})\s+(?:est|sera|revient|incombe|appartient)\s"
        rf"(?:\w+ment\s)?(?:(?:assuree|confiee|exercee|tenue)\s)?(?:par|a|aux?)\s+{_QUI}"
    ),
    re.compile(
        rf"^\W*(?P<qui>(?:l[ae]s?\s|l[’'])[^.;:,]{{2,50}}?)\s[a-z]{{2,}}(?:e|ent|it|ra|ront)\s[^.;:]*?\s"
        rf"(?:co-?)?preside(?:nt|ra|ront)?\s(?:le\s|la\s|l[’'])(?P<nom>{_NAME})(?=\s?[.,;:]|\s(?:et|qui)\b|$)"
    ),
    re.compile(rf"\b(?P<nom>{_NAME}),?\s+(?:\w+\s){{0,2}}sous la (?:co-?)?presidence (?:de\s|du\s|d[’']){_QUI}"),
)
"""The other ways to say who chairs: « le comité, que préside X », « X préside le comité », « sous sa présidence »."""
_TITLE = re.compile(rf"^\W*(?:\d[\d.]*\s*[.)]?\s*)?(?:le |la |les |l[’'])?(?P<nom>{_NAME})\s*(?::|$)")
_ITS_OWN = re.compile(r"\b(?:se reuni\w*|se tien\w*|siege)\b")
_BODY = re.compile(
    r"\b(?:comite|commission|conseil(?!\s(?:departemental|regional|municipal|communautaire|metropolitain))|conference|assemblee|bureau|groupe|cellule|atelier|cercle)\b"
)
_OF_IT = re.compile(r"(?:\b(?:du|des|au|aux|de la|a la|par l[ae])|\b(?:de |a |par )?l[’'])\s?$")
"""What leads to a body that a sentence is not about: « il prépare les réunions du comité et se réunit… »."""
_AND_SO = re.compile(r"^\W*(?:il|elle)\s.*\bet\s$")


@dataclass(frozen=True, slots=True)
class Parole:
    """What is said of a body: its name in comparable words and as printed, what, and where."""

    nom: str
    nom_imprime: str
    dit: str
    par_an: int
    au_moins: bool
    source: tuple[Plage, ...]


def rythmes_dits(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Parole]:
    """The rhythms of the bodies: those read under their name, then those of the sentences that name them."""
    for one in contrat.instances:
        words = document.mots(one.source)
        found = list(rythmes(words))
        if one.source and len({it.par_an for it in found}) == 1 and found[0].par_an == one.reunions_par_an:
            said = words[found[0].debut : found[0].fin]
            yield Parole(comparable(one.nom), one.nom, said, found[0].par_an, found[0].au_moins, one.source)
    for phrase in phrases(document):
        yield from _of_sentence(phrase)
    yield from _under_their_name(document)
    yield from _going_on(document)


def _of_sentence(phrase: Phrase) -> Iterator[Parole]:
    said = sans_accents(phrase.texte)
    for match in _MEETS.finditer(said):
        first, last = match.start("nom") + _last_body(match["nom"]), match.end("nom")
        nom = phrase.texte[first:last]
        if nom.endswith(" et") and _OF_IT.search(said[:first]):
            continue
        clause = re.split(r"[;:]", said[match.end() :])[0]
        other = _BODY.search(clause)
        found = list(rythmes(clause[: other.start()] if other else clause))
        shift = match.end()
        if not found and not _BODY.search(said[: match.start()]):
            shift, found = 0, list(rythmes(said[: match.start()]))
        if len(found) == 1:
            start, end = shift + found[0].debut, shift + found[0].fin
            source = phrase.plage(min(start, match.start("nom")), max(end, match.end()))
            said_so = phrase.texte[start:end].strip()
            yield Parole(comparable(nom), nom, said_so, found[0].par_an, found[0].au_moins, source)


def _under_their_name(document: DocumentNormalise) -> Iterator[Parole]:
    """What follows the name of a body, alone on its line or before a colon: « Le comité technique : il se réunit… »."""
    following = phrases(document)
    for rank, phrase in enumerate(following):
        if found := _TITLE.match(sans_accents(phrase.texte)):
            about = [(phrase, found.end())] if phrase.texte[found.end() :].strip() else []
            about += [(after, 0) for after in _below(following[rank + 1 : rank + 4])]
            yield from _of_its_own(phrase.texte[slice(*found.span("nom"))], about)


def _going_on(document: DocumentNormalise) -> Iterator[Parole]:
    """What a paragraph says on of the body that its sentence is about: « Le comité fixe… ; il se réunit… »."""
    following = phrases(document)
    for rank, phrase in enumerate(following):
        if found := SUJET.match(sans_accents(phrase.texte)):
            about = takewhile(partial(_is_on, phrase), following[rank + 1 : rank + 4])
            own = [(one, 0) for one in about if _HE_MEETS.match(sans_accents(one.texte))]
            yield from _of_its_own(phrase.texte[slice(*found.span("nom"))], own[:1])


def _is_on(here: Phrase, one: Phrase) -> bool:
    """Whether a sentence of the same paragraph is still about the same body."""
    return one.paragraphe is here.paragraphe and not SUJET.match(sans_accents(one.texte))


_HE_MEETS = re.compile(r"^\W*(?:il|elle)\s(?:se\s(?:reuni|tien)|est reuni|siege)")


def _below(following: Sequence[Phrase]) -> Iterator[Phrase]:
    """The sentences that are still about the body named above: up to the name of another."""
    for one in following:
        if _TITLE.match(sans_accents(one.texte)):
            return
        yield one


def _of_its_own(nom: str, about: list[tuple[Phrase, int]]) -> Iterator[Parole]:
    """The one rhythm of the sentences on a body that say « il se réunit », and name no other."""
    for phrase, start in about:
        said = sans_accents(phrase.texte)[start:]
        found = list(rythmes(said))
        meets = _ITS_OWN.search(said)
        goes_on = meets is not None and _AND_SO.match(said[: meets.start()])
        if found and _BODY.search(said[: found[0].debut]) and not goes_on:
            return
        if len(found) == 1 and meets:
            words = phrase.texte[start:][found[0].debut : found[0].fin]
            yield Parole(comparable(nom), nom, words, found[0].par_an, found[0].au_moins, phrase.plage())
            return


def _last_body(name: str) -> int:
    """Where the last body of a name begins: « comité de pilotage et le comité technique » speaks of the second."""
    return [match.start() for match in _BODY.finditer(name)][-1] if _BODY.search(name) else 0


_Presidence = tuple[str, str, str, tuple[Plage, ...]]


@lu_une_fois
def presidences_dites(document: DocumentNormalise) -> tuple[_Presidence, ...]:
    """Each body that a sentence says chaired or run: its name, how, by whom, and where."""
    found = list(_presidences(document))
    names = {nom for nom, *_ in found}
    return tuple((_whole_name(nom, names, document.mots(where)), how, who, where) for nom, how, who, where in found)


def _whole_name(nom: str, names: set[str], words: str) -> str:
    """The name of a body that « et » had cut (« groupe Habitat » of « groupe Habitat et santé »), as said elsewhere."""
    longer = [one for one in names if one.startswith(f"{nom} ")]
    return longer[0] if len(longer) == 1 and longer[0] in comparable(words) else nom


def _presidences(document: DocumentNormalise) -> Iterator[_Presidence]:
    subject: tuple[str, int] | None = None
    for phrase in phrases(document):
        said = sans_accents(phrase.texte)
        if found := _HE_IS_LED.match(said):
            if subject and phrase.ligne - subject[1] <= _NEAR:
                yield subject[0], found["comment"], phrase.texte[slice(*found.span("qui"))], phrase.plage()
            continue
        if found := _IS_SUBJECT.match(said) or SUJET.match(said):
            subject = (comparable(found["nom"]), phrase.ligne)
        elif not _GOES_ON.match(said) and not ("presid" in said and _PRONOUN.search(said)):
            subject = None
        if subject and phrase.ligne - subject[1] <= _NEAR and (chaired := _by_pronoun(said)):
            yield subject[0], "preside", phrase.texte[slice(*chaired)], phrase.plage()
        yield from _named_there(phrase, said)


def _named_there(phrase: Phrase, said: str) -> Iterator[_Presidence]:
    """The bodies that a sentence names and says chaired or run."""
    if "presid" in said or "anim" in said:
        for match in _LED.finditer(said):
            source = phrase.plage(match.start("nom"), match.end("qui"))
            for nom, start, end in par_ellipse(said, *match.span("qui")):
                yield comparable(nom or match["nom"]), match["comment"], phrase.texte[start:end], source
    for pattern in _ELSE_LED if "presid" in said else ():
        for match in pattern.finditer(said):
            start, end = min(match.start("nom"), match.start("qui")), max(match.end("nom"), match.end("qui"))
            yield (
                comparable(match["nom"]), "preside", phrase.texte[slice(*match.span("qui"))], phrase.plage(start, end),
            )  # fmt: skip


def par_ellipse(said: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Who chairs, then who chairs the bodies named after: « …par la Région, le groupe Emploi par l’État ».

    Each with the name of its body, nothing for the first, and where it stands in the sentence.
    """
    nom, since = "", start
    for found in _ELLIPSE.finditer(said, start, end):
        yield nom, since, found.start()
        nom, since = found["nom"], found.end()
    yield nom, since, end


_ELLIPSE = re.compile(rf"(?:,|\bet)\s+(?:et\s)?(?:le |la |l[’'])(?P<nom>{_NAME})\s+par\s+(?=l[ae]s?\s|l[’']|\w)")
_PRONOUN = re.compile(
    r"\s(?:(?:le|la|l[’'])\s?(?:co-?)?preside(?:nt|ra|ront)?\b"
    r"|en\s(?:assure|exerce|tien)\w*\s(?:seule?\s|ensemble\s)?la\s(?:co-?)?presidence\b)(?!\s(?:de|du|des|d[’']))"
)


def _by_pronoun(said: str) -> tuple[int, int] | None:
    """Where a sentence says who chairs the body it goes on about: « …suit l’axe 1 et la Région le préside »."""
    found = _PRONOUN.search(said) if "presid" in said else None
    if found is None:
        return None
    head = SUJET.match(said) or _IS_SUBJECT.match(said)
    start = head.end() if head else 0
    if head:
        links = list(re.finditer(r",\s|;\s|\bet\s|\bque\s", said[start : found.start()]))
        if not links:
            return None
        start += links[-1].end()
    return (start, found.start()) if 2 <= found.start() - start <= _LONGEST else None


_LONGEST = 80
"""How many characters name who chairs, at most."""
