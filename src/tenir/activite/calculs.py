"""Indicators that compute themselves: what the kinds of a contract make of each, over a period, from their rows.

A kind says how it feeds an indicator (`natures.modeles.Alimentation`). What counts is what the register counts: held,
retained, read by whoever looks. Terms of one unit add up; of two, they stand side by side, and are never summed.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.db.models import Max, Q, Sum

from tenir.activite.catalogue import NIVEAUX, catalogue_of, codes_of
from tenir.activite.enums import DansLeQuartier
from tenir.activite.models import Entree, EntreeQuerySet, Valeur
from tenir.activite.services.valeurs import Cle, exact, told
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.niveaux import Niveau
from tenir.natures.catalogue import Catalogue
from tenir.natures.enums import Forme, Unite
from tenir.natures.modeles import Alimentation, NatureEntiere
from tenir.natures.phrases import formula

UNITS = {
    Forme.SEANCE: "séances",
    Forme.DECOMPTE: "décomptes",
    Forme.ETAT: "relevés",
    Forme.OBJET: "notes",
}
"""What « compte » counts, by the form of the kind."""
PERCENT = "%"
DISTINCT = {"organismes": "organisme", "lieux": "lieu", "objets": "objet"}
"""The field of an entry of which « distincts » counts the different values."""


@dataclass(frozen=True, slots=True)
class Valeurs:
    """What a term makes: one value, or two bounds, when different people do not add up."""

    moins: Decimal
    plus: Decimal

    def __str__(self) -> str:
        if self.moins == self.plus:
            return told(self.plus)
        return f"entre {told(self.moins)} et {told(self.plus)}"


@dataclass(frozen=True)
class Terme:
    """One kind that makes a part of an indicator, and how."""

    nature: NatureEntiere
    fed: Alimentation
    codes: tuple[str, ...]

    @property
    def phrase(self) -> str:
        """« Nombre de cafés-logement »."""
        said = formula(self.fed, self.nature)
        return said[:1].upper() + said[1:]

    @cached_property
    def unite(self) -> str:
        """What it counts, in the plural."""
        fed = self.fed
        if fed.calcul == "part":
            return PERCENT
        if fed.calcul == "distincts":
            return str(fed.de)
        if fed.calcul == "objets":
            return self.nature.pluriel
        mesure = self.nature.mesure(fed.mesure) if fed.mesure else None
        return mesure.unite if mesure else UNITS[self.nature.forme]

    @property
    def of_people(self) -> bool:
        """Whether it counts people: no public page shows it."""
        mesure = self.nature.mesure(self.fed.mesure) if self.fed.mesure else None
        return bool(mesure and mesure.of_people)

    def made(self, espace: EspaceDeContrat, niveau: Niveau, debut: date, fin: date) -> Valeurs | None:
        """What it makes over a period; none when nothing was said. One or two queries."""
        return _MADE[self.fed.calcul](self, _rows(self, espace, niveau), debut, fin)


@dataclass(frozen=True, slots=True)
class Somme:
    """Terms of one unit, which add up."""

    unite: str
    termes: tuple[Terme, ...]

    def made(self, espace: EspaceDeContrat, niveau: Niveau, debut: date, fin: date) -> Valeurs | None:
        """What they make together; none when none says anything."""
        found = [one for term in self.termes if (one := term.made(espace, niveau, debut, fin)) is not None]
        if not found:
            return None
        return Valeurs(sum((one.moins for one in found), Decimal(0)), sum((one.plus for one in found), Decimal(0)))


def calculs_of(espace: EspaceDeContrat, niveau: Niveau) -> dict[str, list[Somme]]:
    """What the kinds that a level reads make of each indicator, by its code, in their order; one query."""
    kinds = catalogue_of(espace)
    found: dict[str, list[Terme]] = defaultdict(list)
    for term in _terms(kinds, niveau):
        found[term.fed.indicateur].append(term)
    return {code: _together(terms) for code, terms in sorted(found.items())}


def _terms(kinds: Catalogue, niveau: Niveau) -> Iterator[Terme]:
    for kind in kinds.values():
        if NIVEAUX[kind.visible] <= niveau:
            yield from (Terme(kind, fed, tuple(codes_of(kinds, kind.nature))) for fed in kind.alimente)


def _together(terms: Iterable[Terme]) -> list[Somme]:
    """Terms by unit, in the order in which each is first met; shares never add up."""
    found: dict[object, list[Terme]] = {}
    for rank, term in enumerate(terms):
        key = (term.unite, rank) if term.fed.calcul == "part" else term.unite
        found.setdefault(key, []).append(term)
    return [Somme(same[0].unite, tuple(same)) for same in found.values()]


def _rows(term: Terme, espace: EspaceDeContrat, niveau: Niveau) -> EntreeQuerySet:
    rows = Entree.objects.of(espace).up_to(niveau).counted().filter(mots__code__in=term.codes).order_by()
    return rows.filter(quartier=DansLeQuartier.OUI) if term.fed.quartier else rows


def _in(rows: EntreeQuerySet, debut: date, fin: date) -> EntreeQuerySet:
    return rows.filter(fin__range=(debut, fin))


def _one(value: Decimal | int) -> Valeurs:
    return Valeurs(Decimal(value), Decimal(value))


def _count(term: Terme, rows: EntreeQuerySet, debut: date, fin: date) -> Valeurs | None:
    asked = Q(etat=term.fed.etat) if term.fed.etat else Q()
    return _one(_in(rows, debut, fin).filter(asked).count()) if _known(rows, debut, fin) else None


def _different(term: Terme, rows: EntreeQuerySet, debut: date, fin: date) -> Valeurs | None:
    field = DISTINCT[str(term.fed.de)]
    found = _in(rows, debut, fin).exclude(**{field: None}).values(field).distinct().count()
    return _one(found) if _known(rows, debut, fin) else None


def _known(rows: EntreeQuerySet, debut: date, fin: date) -> bool:
    """Whether anything was ever noted by then: before the first entry, nought would be an invention."""
    return rows.filter(fin__lte=fin).exists()


def _sum(term: Terme, rows: EntreeQuerySet, debut: date, fin: date) -> Valeurs | None:
    return _of(_added(_in(rows, debut, fin), _key(term.fed)))


def _added(rows: EntreeQuerySet, key: Cle) -> Decimal | None:
    given = Valeur.objects.filter(entree__in=rows.values("pk"), mesure=key[0], modalite=key[1])
    total = given.aggregate(total=Sum("valeur"))["total"]
    return None if total is None else exact(total)


def _of(value: Decimal | None) -> Valeurs | None:
    return None if value is None else _one(value)


def _key(fed: Alimentation) -> Cle:
    return str(fed.mesure), fed.modalite or ""


def _most(term: Terme, rows: EntreeQuerySet, debut: date, fin: date) -> Valeurs | None:
    """Of different people: at least the greatest, at most the sum."""
    mesure, modalite = _key(term.fed)
    given = Valeur.objects.filter(entree__in=_in(rows, debut, fin).values("pk"), mesure=mesure, modalite=modalite)
    found = given.aggregate(most=Max("valeur"), total=Sum("valeur"))
    if found["most"] is None:
        return None
    counted = term.nature.mesure(mesure)
    people = counted is not None and counted.unite == Unite.PERSONNES
    return Valeurs(exact(found["most"]), exact(found["total"] if people else found["most"]))


def _last(term: Terme, rows: EntreeQuerySet, debut: date, fin: date) -> Valeurs | None:
    """The last value known at the end of the period of each body, place and thing, together."""
    mesure, modalite = _key(term.fed)
    given = Valeur.objects.filter(
        entree__in=rows.filter(fin__lte=fin).values("pk"), mesure=mesure, modalite=modalite
    ).order_by("entree__fin", "entree__numero")
    whose = ("entree__organisme", "entree__lieu", "entree__autre_lieu", "entree__objet", "valeur")
    last: Mapping[object, Decimal] = {tuple(key): value for *key, value in given.values_list(*whose)}
    return _one(sum(last.values(), Decimal(0))) if last else None


def _things(term: Terme, rows: EntreeQuerySet, debut: date, fin: date) -> Valeurs | None:
    """The things in a state at the end of the period: the last that was said of each by then; of those that go on, any
    state that does not close."""
    said = rows.filter(fin__lte=fin).exclude(etat="").order_by("fin", "numero").values_list("objet", "etat")
    states = dict(said)
    if not states:
        return None
    closed = {one.code for one in term.nature.etats if one.clos}
    asked = term.fed.etat
    return _one(sum(etat == asked if asked else etat not in closed for etat in states.values()))


def _share(term: Terme, rows: EntreeQuerySet, debut: date, fin: date) -> Valeurs | None:
    assert term.fed.sur is not None  # noqa: S101 (a share says of what: `natures.formules`)
    within = _in(rows, debut, fin)
    part = _added(within, _key(term.fed))
    whole = _added(within, (term.fed.sur.mesure, term.fed.sur.modalite or ""))
    return _one(exact(100 * part / whole)) if part is not None and whole else None


_MADE = {
    "compte": _count,
    "distincts": _different,
    "somme": _sum,
    "max": _most,
    "dernier": _last,
    "objets": _things,
    "part": _share,
}


def with_unit(value: Valeurs, unite: str) -> str:
    """« 34 séances », « entre 14 et 61 personnes », « 47 % »."""
    return f"{value} {unite}" if value.plus >= 2 or unite == PERCENT else f"{value} {unite.removesuffix('s')}"
