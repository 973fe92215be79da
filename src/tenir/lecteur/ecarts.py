"""Where a reading differs from a curated contract file: codes, order, numbers, bodies, printed titles, lines; no prose.

Each difference is explained by a documented kind (`docs/lecteur.md`), or it is not and has to be looked at.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tenir.fichier.modeles import (
    ActionPrevue,
    Article,
    Axe,
    ContratDeVille,
    Donnee,
    Engagement,
    Indicateur,
    InstanceDeGouvernance,
    Lieu,
    LigneDeCredits,
    Objectif,
    OrganismeCite,
    Orientation,
    Partie,
    Signataire,
)
from tenir.fichier.mots import comparable
from tenir.fichier.objet import Item, walk
from tenir.fichier.source import Plage
from tenir.lecteur.document import DocumentLu

_TRAIT = re.compile(r"\s*-\s*")


class Raison(StrEnum):
    """Why a difference is no fault of the reader: what only a person can decide or write."""

    CHIFFRE_EN_PROSE = "chiffre, lieu ou enseignement relevé à la main dans la prose"
    PROMESSE_EN_PROSE = "promesse ou rappel en prose : son début et sa fin se jugent"
    PHRASE = "organisme ou échéance relevé dans une phrase"
    UNITE = "unité ou période que l’intitulé ne dit pas"
    LIBELLE = "libellé recomposé d’une ligne qui porte plusieurs valeurs"
    RATTACHEMENT = "part d’un ensemble jugée d’après le sens"
    INSTANCE = "lignes d’une instance partagées avec d’autres parties"
    INTITULE = "intitulé nu d’un groupe de financeurs, rangé avec la première ligne"
    ORGANISATION = "organisme que le fichier des organisations reconnaît et que la référence ne nomme pas"
    ORIENTATIONS = "rapprochement de notre main avec les orientations"
    GROUPE = "parenthèse de l’intitulé du groupe"
    REGROUPEMENT = "forme d’un simple intitulé de regroupement"
    ACTION_OU_OBJECTIF = "puce rangée en action ou en objectif, par jugement"


@dataclass(frozen=True, slots=True)
class Ecart:
    """One difference between the reading and the reference."""

    code: str
    champ: str
    lu: Any
    reference: Any
    raison: Raison | None = None

    def phrase(self) -> str:
        """The difference as a French sentence."""
        why = f" — {self.raison}" if self.raison else ""
        return f"{self.code}, {self.champ} : lu « {_shown(self.lu)} », référence « {_shown(self.reference)} »{why}"


def _shown(value: Any) -> str:
    return "rien" if value in (None, (), "") else str(value)


def comparer(lu: ContratDeVille, reference: ContratDeVille, document: DocumentLu) -> list[Ecart]:
    """Every difference, in the order of the reference; lines are compared when both number the same ones."""
    same_text = reference.document is not None and reference.document.lignes == len(document.lignes)
    theirs = _items(reference)
    mine = _paired(_items(lu), theirs)
    found: list[Ecart] = []
    for code, item in theirs.items():
        if code not in mine:
            found.append(Ecart(code, "présence", None, _name(item), _missing(item, mine)))
        else:
            found += _fields(mine[code], item)
            found += _lines(mine[code], item, document, theirs) if same_text else []
    found += [Ecart(c, "présence", _name(i), None, _missing(i, theirs)) for c, i in mine.items() if c not in theirs]
    return found + _order(list(mine), list(theirs))


def inexpliques(ecarts: list[Ecart]) -> list[Ecart]:
    """The differences that no documented kind explains."""
    return [ecart for ecart in ecarts if ecart.raison is None]


def par_raison(ecarts: list[Ecart]) -> dict[str, int]:
    """How many differences each kind explains, the commonest first."""
    return dict(Counter(str(ecart.raison or "inexpliqué") for ecart in ecarts).most_common())


def _items(contrat: ContratDeVille) -> dict[str, Item]:
    """The items that are compared: named parts are prose."""
    places = (place.objet for place in walk(contrat))
    return {objet.code: objet for objet in places if isinstance(objet, Item) and not isinstance(objet, Partie)}


def _paired(mine: dict[str, Item], theirs: dict[str, Item]) -> dict[str, Item]:
    """The read items under the codes of the reference: what is chosen in the prose is matched by what it says.

    One figure, place or lesson more would move the codes of all those after it.
    """
    paired: dict[str, Item] = {}
    left = {code: item for code, item in theirs.items() if _chosen(item)}
    for code, item in mine.items():
        match = next((c for c, other in left.items() if _says_the_same(item, other)), None) if _chosen(item) else code
        if match and _chosen(item):
            del left[match]
        paired[match or f"{code} (lu)"] = item
    return paired


def _chosen(item: Item) -> bool:
    return item.genre in ("lieu", "enseignement") or re.fullmatch(r"T\d+", item.code) is not None


def _says_the_same(item: Item, other: Item) -> bool:
    if isinstance(item, Donnee) and isinstance(other, Donnee):
        return item.valeur == other.valeur and _share_a_line(item, other)
    if isinstance(item, Lieu) and isinstance(other, Lieu):
        return f"{comparable(item.nom)} ".startswith(f"{comparable(other.nom)} ")
    return item.genre == other.genre == "enseignement" and _numbers(item) == _numbers(other)


def _share_a_line(item: Item, other: Item) -> bool:
    return bool(_numbers(item) & _numbers(other))


def _numbers(item: Item) -> set[int]:
    return {n for p in item.source for n in p.lignes}


def _name(item: Item) -> str:
    fields = ("titre_imprime", "libelle", "nom", "financeur", "titre")
    return str(next((value for champ in fields if (value := getattr(item, champ, None))), ""))


def _missing(item: Item, others: dict[str, Item]) -> Raison | None:
    if _chosen(item):
        return Raison.CHIFFRE_EN_PROSE
    if item.genre == "rappel" and (any(p.colonne_debut for p in item.source) or (item.texte or "").endswith(".")):
        return Raison.PROMESSE_EN_PROSE
    if isinstance(item, Engagement):
        return Raison.PROMESSE_EN_PROSE if _prose_in(item.code, others) else None
    if isinstance(item, (ActionPrevue, Objectif)) and _moved(item, others):
        return Raison.ACTION_OU_OBJECTIF
    return None


def _prose_in(code: str, others: dict[str, Item]) -> bool:
    """Whether the signatory has promises in prose, so that the codes after them may have moved."""
    owner = code.partition("-")[0]
    return any(
        isinstance(i, Engagement) and i.forme == "prose" and not i.regroupement
        for c, i in others.items()
        if c.startswith(f"{owner}-")
    )


def _moved(item: Item, others: dict[str, Item]) -> bool:
    """The same lines stand in the other file as an action instead of an objective, or the other way round."""
    owner = item.code.partition("-")[0]
    taken = {n for p in item.source for n in p.lignes}
    return any(
        c.startswith(f"{owner}-") and type(o) is not type(item) and taken & {n for p in o.source for n in p.lignes}
        for c, o in others.items()
        if isinstance(o, (ActionPrevue, Objectif))
    )


Motif = Callable[[Any, Any, Item], Raison | None]


def _no_reason(lu: Any, reference: Any, item: Item) -> Raison | None:
    return None


def _always(raison: Raison) -> Motif:
    return lambda lu, reference, item: raison


def _body(lu: Any, reference: Any, item: Item) -> Raison | None:
    return Raison.ORGANISATION if lu is not None and reference is None else None


def _label(lu: Any, reference: Any, item: Item) -> Raison | None:
    """A label printed whole must agree; one that the columns of a shared line cut is put together by hand."""
    shared = any(p.colonne_debut is not None for p in item.source)
    return Raison.LIBELLE if shared else None


def _printed(lu: Any, reference: Any, item: Item) -> Raison | None:
    return Raison.LIBELLE if str(lu) in str(reference) else None


def _unit(lu: Any, reference: Any, item: Item) -> Raison | None:
    if lu and str(reference).startswith(f"{lu} "):  # « € » for « € par an »
        return Raison.UNITE
    return Raison.UNITE if "%" not in (lu, reference) and "€" not in (lu, reference) else None


def _group(lu: Any, reference: Any, item: Item) -> Raison | None:
    bare = re.sub(r"\s*\([^()]*\)", "", str(lu))
    return Raison.GROUPE if bare == reference else None


def _status(lu: Any, reference: Any, item: Item) -> Raison | None:
    return Raison.REGROUPEMENT if isinstance(item, Engagement) and item.regroupement else Raison.PROMESSE_EN_PROSE


FIELDS: dict[type, dict[str, Motif]] = {
    Axe: {"titre_imprime": _no_reason, "titre_protocole": _no_reason, "transversal": _no_reason},
    Orientation: {"titre_imprime": _no_reason, "titre_protocole": _no_reason},
    Objectif: {"forme": _no_reason, "sous_theme": _no_reason},
    ActionPrevue: {"sous_theme": _no_reason, "imprimee_sous": _no_reason, "horizon": _always(Raison.PHRASE)},
    Donnee: {
        "valeur": _no_reason,
        "valeur_max": _no_reason,
        "imprime": _printed,
        "libelle": _label,
        "unite": _unit,
        "periode": _always(Raison.UNITE),
        "partie_de": _always(Raison.RATTACHEMENT),
    },
    LigneDeCredits: {
        "nature": _no_reason,
        "financeur": _no_reason,
        "organisme": _body,
        "rattachee_a": _no_reason,
        "vide": _no_reason,
    },
    Indicateur: {
        "libelle": _no_reason,
        "groupe": _group,
        "sous_groupe": _no_reason,
        "depart": _no_reason,
        "cible": _no_reason,
        "repete": _no_reason,
        "orientations": _always(Raison.ORIENTATIONS),
    },
    Signataire: {"nom": _no_reason, "organisme": _no_reason},
    Engagement: {"forme": _status, "regroupement": _status, "parent": _status},
    InstanceDeGouvernance: {
        "nom": _no_reason,
        "frequence": _always(Raison.PHRASE),
        "reunions_par_an": _no_reason,
        "presidence": _always(Raison.PHRASE),
        "composition": _always(Raison.PHRASE),
    },
    Article: {},
}
LISTES: dict[type, dict[str, Raison | None]] = {
    Orientation: {"pilotes": None, "services_associes": None},
    ActionPrevue: {"pilotes": Raison.PHRASE, "partenaires": Raison.PHRASE},
}


def _fields(lu: Item, reference: Item) -> Iterator[Ecart]:
    for champ, motif in FIELDS.get(type(reference), {}).items():
        mine, theirs = _value(lu, champ), _value(reference, champ)
        if mine != theirs:
            yield Ecart(reference.code, champ, mine, theirs, motif(mine, theirs, reference))
    for champ, raison in LISTES.get(type(reference), {}).items():
        mine, theirs = _value(lu, champ), _value(reference, champ)
        if mine != theirs:
            yield Ecart(reference.code, champ, mine, theirs, raison)


def _value(item: Item, champ: str) -> Any:
    """A field made comparable: bodies by their ids, words without case for what we name ourselves.

    A blank beside a hyphen is nothing: the end of a printed line takes it away.
    """
    value = getattr(item, champ)
    if isinstance(value, tuple) and value and isinstance(value[0], OrganismeCite):
        return tuple(body.organisme or comparable(body.nom) for body in value)
    if champ == "imprimee_sous" and value:
        return str(value).casefold()
    return _TRAIT.sub("-", value) if isinstance(value, str) else value


def _lines(lu: Item, reference: Item, document: DocumentLu, others: dict[str, Item]) -> Iterator[Ecart]:
    mine, theirs = _non_blank(lu, document), _non_blank(reference, document)
    if mine == theirs:
        return
    yield Ecart(reference.code, "lignes", sorted(mine), sorted(theirs), _why_lines(reference, mine, theirs, others))


def _why_lines(reference: Item, mine: set[int], theirs: set[int], others: dict[str, Item]) -> Raison | None:
    if isinstance(reference, Engagement) and _prose_in(reference.code, others):
        return Raison.PROMESSE_EN_PROSE
    if _chosen(reference):
        return Raison.CHIFFRE_EN_PROSE
    if isinstance(reference, InstanceDeGouvernance):
        return Raison.INSTANCE
    heading = isinstance(reference, LigneDeCredits) and theirs < mine and min(mine) < min(theirs)
    return Raison.INTITULE if heading else None


def _non_blank(item: Item, document: DocumentLu) -> set[int]:
    rules = getattr(item, "regles", ())
    plages: list[Plage] = [*item.source, *(p for rule in rules for p in rule.source)]
    numbers = {n for plage in plages for n in plage.lignes}
    return {n for n in numbers if n <= len(document.lignes) and document.lignes[n - 1].texte.strip()}


def _order(mine: list[str], theirs: list[str]) -> list[Ecart]:
    common = set(mine) & set(theirs)
    a, b = [c for c in mine if c in common], [c for c in theirs if c in common]
    return [] if a == b else [Ecart(x, "ordre", x, y) for x, y in zip(a, b, strict=True) if x != y][:1]
