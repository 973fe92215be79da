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

from django.db.models import Max, Q, QuerySet, Sum

from tenir.activite.catalogue import NIVEAUX, catalogue_of
from tenir.activite.enums import DansLeQuartier
from tenir.activite.models import Entree, EntreeQuerySet, Valeur
from tenir.activite.services.valeurs import Cle, exact, told
from tenir.core import horloge
from tenir.core.piece import by_name
from tenir.core.typographie import capital, singulier
from tenir.fiches.enums import UNDER_WAY
from tenir.fiches.models import FicheAction
from tenir.fichier.mots import uncapital
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.niveaux import Niveau
from tenir.natures.catalogue import Catalogue
from tenir.natures.enums import Forme, Unite
from tenir.natures.modeles import Alimentation, NatureEntiere
from tenir.natures.phrases import formula

UNITS = {
    Forme.SEANCE: ("séance", "séances"),
    Forme.DECOMPTE: ("décompte", "décomptes"),
    Forme.ETAT: ("relevé", "relevés"),
    Forme.OBJET: ("note", "notes"),
}
"""What « compte » counts, by the form of the kind: one, several."""
PERCENT = "%"
BROUGHT = ("preconisations", "conseil")
"""What rooms above count of their own things, and bring by `Piece(computes=…)`; each is the name of a page too."""
FIXED = {"part": (PERCENT, PERCENT), "actions": ("action", "actions")}
ASKED = {
    "recues": ("préconisation reçue", "préconisations reçues"),
    "repondues": ("préconisation répondue", "préconisations répondues"),
    "suivies": ("préconisation suivie", "préconisations suivies"),
    "a-temps": (PERCENT, PERCENT),
    "membres": ("membre", "membres"),
    "habitants": ("membre du collège des habitants", "membres du collège des habitants"),
}
"""What they count, one and several: what is answered is a part of what came, and never adds to it."""
DIFFERENT = {
    "organismes": ("organisme", "organismes"),
    "lieux": ("lieu", "lieux"),
    "objets": ("ligne", "lignes"),
}
"""What those count whose kind does not say."""
DISTINCT = {"organismes": ("organisme",), "lieux": ("lieu", "autre_lieu"), "objets": ("objet",)}
"""The fields of an entry of which « distincts » counts the different values."""


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

    espace: EspaceDeContrat
    nature: NatureEntiere
    fed: Alimentation
    family: tuple[NatureEntiere, ...]
    """The kind, and those that are it."""

    @property
    def codes(self) -> list[str]:
        """The codes of the kinds that it counts."""
        return [one.nature for one in self.family]

    @cached_property
    def closed(self) -> dict[str, set[str]]:
        """The states of each register in which nothing more is expected."""
        return {kind.nature: {one.code for one in kind.etats if one.clos} for kind in self.family}

    @property
    def phrase(self) -> str:
        """« Nombre de cafés-logement », « Total de « Personnes formées » (formations à la laïcité) »."""
        said = formula(self.fed, self.nature)
        of = f" ({self.nature.pluriel})" if self.fed.mesure else ""
        return capital(f"{said}{of}")

    @cached_property
    def unites(self) -> tuple[str, str]:
        """What it counts: one, several."""
        fed = self.fed
        if fed.calcul in FIXED:
            return FIXED[fed.calcul]
        if fed.calcul in BROUGHT:
            return ASKED[str(fed.de)]
        if fed.calcul == "distincts":
            return DIFFERENT[str(fed.de)]
        if fed.calcul == "objets":
            return uncapital(self.nature.libelle), self.nature.pluriel
        mesure = self.nature.mesure(fed.mesure) if fed.mesure else None
        return (singulier(mesure.unite), mesure.unite) if mesure else UNITS[self.nature.forme]

    @property
    def unite(self) -> str:
        """What it counts, in the plural: terms of one unit add up."""
        return self.unites[1]

    @property
    def of_people(self) -> bool:
        """Whether it counts people, or a share of them: no public page shows it."""
        codes = (self.fed.mesure, self.fed.sur.mesure if self.fed.sur else None)
        found = [self.nature.mesure(code) for code in codes if code]
        return any(one and one.of_people for one in found)

    def made(self, niveau: Niveau, debut: date, fin: date, among: EntreeQuerySet | None = None) -> Valeurs | None:
        """What it makes over a period; none when nothing was said. One or two queries. `among`: of these entries."""
        rows = _rows(self, niveau)
        rows = rows if among is None else rows.filter(pk__in=among.values("pk"))
        return _MADE[self.fed.calcul](self, rows, debut, fin)


@dataclass(frozen=True, slots=True)
class Somme:
    """Terms of one unit, which add up."""

    unites: tuple[str, str]
    termes: tuple[Terme, ...]

    def made(self, niveau: Niveau, debut: date, fin: date, among: EntreeQuerySet | None = None) -> Valeurs | None:
        """What they make together; none when none says anything."""
        found = [one for term in self.termes if (one := term.made(niveau, debut, fin, among)) is not None]
        if not found:
            return None
        return Valeurs(sum((one.moins for one in found), Decimal(0)), sum((one.plus for one in found), Decimal(0)))


def calculs_of(espace: EspaceDeContrat, niveau: Niveau) -> dict[str, list[Somme]]:
    """What the kinds that a level reads make of each indicator, by its code, in their order; one query."""
    kinds = catalogue_of(espace)
    found: dict[str, list[Terme]] = defaultdict(list)
    for term in _terms(espace, kinds, niveau):
        found[term.fed.indicateur].append(term)
    return {code: _together(terms) for code, terms in sorted(found.items())}


def _terms(espace: EspaceDeContrat, kinds: Catalogue, niveau: Niveau) -> Iterator[Terme]:
    for kind in kinds.values():
        if NIVEAUX[kind.visible] <= niveau:
            yield from (Terme(espace, kind, fed, _family(kinds, kind)) for fed in kind.alimente)


def _family(kinds: Catalogue, kind: NatureEntiere) -> tuple[NatureEntiere, ...]:
    return tuple(kinds[code] for code in kinds.with_children(kind.nature))


def _together(terms: Iterable[Terme]) -> list[Somme]:
    """Terms by unit, in the order in which each is first met; shares never add up."""
    found: dict[object, list[Terme]] = {}
    for rank, term in enumerate(terms):
        key = (term.unite, rank) if term.unite == PERCENT else term.unite
        found.setdefault(key, []).append(term)
    return [Somme(same[0].unites, tuple(same)) for same in found.values()]


def _rows(term: Terme, niveau: Niveau) -> EntreeQuerySet:
    rows = Entree.objects.of(term.espace).up_to(niveau).counted().filter(mots__code__in=term.codes).order_by()
    return rows.filter(quartier=DansLeQuartier.OUI) if term.fed.quartier else rows


def _in(rows: EntreeQuerySet, debut: date, fin: date) -> EntreeQuerySet:
    return rows.filter(fin__range=(debut, fin))


def _one(value: Decimal | int) -> Valeurs:
    return Valeurs(Decimal(value), Decimal(value))


def _count(term: Terme, rows: EntreeQuerySet, debut: date, fin: date) -> Valeurs | None:
    asked = Q(etat=term.fed.etat) if term.fed.etat else Q()
    return _one(_in(rows, debut, fin).filter(asked).count()) if _known(rows, debut, fin) else None


def _different(term: Terme, rows: EntreeQuerySet, debut: date, fin: date) -> Valeurs | None:
    fields = DISTINCT[str(term.fed.de)]
    told_of = _in(rows, debut, fin).values_list(*fields).distinct()
    found = sum(any(one) for one in told_of)
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
    """The last value known at the end of the period of each thing, or of each body and place, together."""
    mesure, modalite = _key(term.fed)
    given = Valeur.objects.filter(
        entree__in=rows.filter(fin__lte=fin).values("pk"), mesure=mesure, modalite=modalite
    ).order_by("entree__fin", "entree__numero")
    whose = ("entree__objet", "entree__organisme", "entree__lieu", "entree__autre_lieu", "valeur")
    last: Mapping[object, Decimal] = {thing or tuple(key): value for thing, *key, value in given.values_list(*whose)}
    return _one(sum(last.values(), Decimal(0))) if last else None


def _things(term: Terme, rows: EntreeQuerySet, debut: date, fin: date) -> Valeurs | None:
    """The things in a state at the end of the period: the last that was said of each by then; of those that go on, any
    state that does not close."""
    said = rows.filter(fin__lte=fin, objet__reduit_le=None).exclude(etat="").order_by("fin", "numero")
    states = {thing: (code, etat) for thing, code, etat in said.values_list("objet", "objet__nature", "etat")}
    if not states:
        return None
    asked = term.fed.etat
    return _one(sum(etat == asked if asked else etat not in term.closed[code] for code, etat in states.values()))


def _share(term: Terme, rows: EntreeQuerySet, debut: date, fin: date) -> Valeurs | None:
    assert term.fed.sur is not None  # noqa: S101 (a share says of what: `natures.formules`)
    within = _in(rows, debut, fin)
    part = _added(within, _key(term.fed))
    whole = _added(within, (term.fed.sur.mesure, term.fed.sur.modalite or ""))
    return _one(exact(100 * part / whole)) if part is not None and whole else None


def _actions(term: Terme, rows: EntreeQuerySet, debut: date, fin: date) -> Valeurs | None:
    """The planned actions that are under way or done, today: of a period that is over, nobody knows any more."""
    return _one(under_way(term.espace).count()) if fin >= horloge.today(term.espace) else None


def _brought(term: Terme, rows: EntreeQuerySet, debut: date, fin: date) -> Valeurs | None:
    """What the room above makes of its own things; nothing where no room does."""
    made = by_name("computes").get(term.fed.calcul)
    return _of(made(term.espace, str(term.fed.de), debut, fin)) if made else None


def under_way(espace: EspaceDeContrat) -> QuerySet[FicheAction]:
    """The actions of a contract that are under way or done: those « visées », as we read it, for the contract does not
    say."""
    return FicheAction.objects.of(espace).filter(statut__in=UNDER_WAY)


_MADE = {
    "compte": _count,
    "distincts": _different,
    "somme": _sum,
    "max": _most,
    "dernier": _last,
    "objets": _things,
    "part": _share,
    "actions": _actions,
    **dict.fromkeys(BROUGHT, _brought),
}


def with_unit(value: Valeurs, unites: tuple[str, str]) -> str:
    """« 34 séances », « entre 14 et 61 personnes », « 47 % »; a share of more than all says that it is one."""
    one, several = unites
    over = " (plus que le tout)" if several == PERCENT and value.plus > 100 else ""
    return f"{value} {several if value.plus >= 2 else one}{over}"
