"""« La commune et le CCAS »: two bodies where both are known, or plainly two; never « Loisirs et Culture »."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from tenir.fichier.modeles import Axe, ContratDeVille, OrganismeCite, Orientation
from tenir.fichier.mots import comparable
from tenir.lecteur.lexique import cle, lexique

_ARTICLE = re.compile(r"^(?:l[’']|la\s+|les?\s+|du\s+|des\s+)", re.IGNORECASE)
_ET = re.compile(r"\s+et\s+")
_SIGLE = re.compile(r"^(?:[A-ZÀ-Ý]{2,7}\d?|[A-Z](?:\.[A-Z])+\.?)$")
LONG = 12  # words of two names

Connu = Callable[[str], bool]


def en_deux(piece: str, connu: Connu) -> tuple[str, str] | None:
    """The two names that « A et B » holds, None where it may be one name."""
    if "(" in piece or len(piece.split()) > LONG or cle(_ARTICLE.sub("", piece)) in lexique().organismes:
        return None
    for link in _ET.finditer(piece):
        left, right = piece[: link.start()], piece[link.end() :]
        if _are_two(left, right, connu):
            return left, _ARTICLE.sub("", right)
    return None


def _are_two(left: str, right: str, connu: Connu) -> bool:
    one, other = _ARTICLE.sub("", left), _ARTICLE.sub("", right)
    if not one or not other:
        return False
    first, second = (connu(name) or _institution(name) for name in (one, other))
    if (first and second) or (_SIGLE.match(one) and _SIGLE.match(other)):
        return True
    articled = other != right
    if first:
        return _may_be_a_name(other, articled=articled) and (articled or len(one.split()) + len(other.split()) > 2)
    if second:
        return _may_be_a_name(one, articled=one != left)
    return articled and one != left and _body_first(one) and _body_first(other)


def _institution(name: str) -> bool:
    return cle(name) in lexique().listes["institutions"]


def _may_be_a_name(name: str, *, articled: bool) -> bool:
    return name[:1].isupper() or _body_first(name) or (articled and len(name.split()) > 1)


def _body_first(name: str) -> bool:
    """Whether words open with what bodies are called (« association », « mission »), or with a name of their own."""
    return bool(_SIGLE.match(name.split()[0])) or cle(name).split()[:1] in _bodies()


def _bodies() -> list[list[str]]:
    return [[mot] for mot in lexique().listes["noms_de_corps"]]


def separer(contrat: ContratDeVille) -> ContratDeVille:
    """A draft whose lists of bodies part the pairs that the document tells apart: one of the two stands alone in it."""
    alone = {_key(nom) for nom in _named(contrat)}
    if not alone:
        return contrat
    axes = tuple(_of_axe(axe, lambda name: _key(name) in alone) for axe in contrat.axes)
    return contrat.model_copy(update={"axes": axes})


def _key(nom: str) -> str:
    return comparable(_ARTICLE.sub("", nom))


def _named(contrat: ContratDeVille) -> Iterator[str]:
    """The names that stand alone somewhere: parties, bodies cited, the grouping of communes."""
    yield from (s.nom for s in contrat.signataires)
    if contrat.identite.epci:
        yield contrat.identite.epci.nom
    for orientation in contrat.orientations:
        for cite in _cites(orientation):
            if not _ET.search(cite.nom):
                yield cite.nom


def _cites(orientation: Orientation) -> Iterator[OrganismeCite]:
    yield from (*orientation.pilotes, *orientation.services_associes)
    for action in orientation.actions:
        yield from (*action.pilotes, *action.partenaires)


Ensemble = TypeVar("Ensemble", bound=Orientation)


def _of_axe(axe: Axe, connu: Connu) -> Axe:
    return axe.model_copy(
        update={
            "orientations": tuple(_of_orientation(o, connu) for o in axe.orientations),
            "projets": tuple(_of_orientation(o, connu) for o in axe.projets),
        }
    )


def _of_orientation(orientation: Ensemble, connu: Connu) -> Ensemble:
    actions = tuple(
        action.model_copy(
            update={"pilotes": _each(action.pilotes, connu), "partenaires": _each(action.partenaires, connu)}
        )
        for action in orientation.actions
    )
    lists = {name: _each(getattr(orientation, name), connu) for name in ("pilotes", "services_associes")}
    return orientation.model_copy(update={"actions": actions, **lists})


def _each(cites: Iterable[OrganismeCite], connu: Connu) -> tuple[OrganismeCite, ...]:
    """The same bodies, each pair as two; what is known as one body stays one."""
    found: list[OrganismeCite] = []
    for cite in cites:
        pair = en_deux(cite.nom, connu) if cite.organisme is None else None
        names = [cite.nom] if pair is None else list(pair)
        found += [cite.model_copy(update={"nom": name}) for name in names if all(name != one.nom for one in found)]
    return tuple(found)
