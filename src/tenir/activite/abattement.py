"""The yearly balance of the property tax that landlords do not pay: what was abated, what was done for it, the gap.

Article 1388 bis of the tax code: 30 % less for dwellings of a priority quarter, in exchange for what a convention
commits. Read in the register of residences; nothing more is typed for it. What nobody said is not nought.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby

from django.db.models import QuerySet, Sum

from tenir.activite.enums import Confiance, Statut
from tenir.activite.models import Objet, Valeur
from tenir.activite.services.valeurs import exact
from tenir.core.typographie import euros, nombre, pluriel, typo
from tenir.fichier.mots import plain
from tenir.natures.modeles import NatureEntiere

NATURE = "residence-tfpb"
ABATTEMENT, DEPENSES, PAR_AXE, PROGRAMME = "abattement", "depenses", "axes", "programme"
NON_DIT = "non dit"
Nombres = dict[tuple[str, str], Decimal]
"""By measure, then by axis: what entries of a residence add up to, one year."""


@dataclass(frozen=True, slots=True)
class Bilan:
    """One year of a residence, or the sum of several: amounts in euros, nothing where nobody said.

    `axes`: by axis of the national framework, what was planned and what was spent. `muets`: how many of what it sums do
    not say both what was abated and what was done.
    """

    bailleur: str
    libelle: str
    annee: int
    objet: int | None = None
    quartier: str = ""
    abattement: Decimal | None = None
    programme: Decimal | None = None
    depenses: Decimal | None = None
    preuve: str = ""
    axes: dict[str, tuple[Decimal | None, Decimal | None]] = field(default_factory=dict)
    muets: int = 0

    @property
    def ecart(self) -> Decimal | None:
        """What was spent beyond what was abated, less than nought for what is owed; nothing until both are said."""
        return None if self.muets else _gap(self.depenses, self.abattement)

    @property
    def sans_suite(self) -> list[str]:
        """The axes that were planned, and on which nothing is said or spent."""
        return [axe for axe, (planned, spent) in self.axes.items() if planned and not spent]

    @property
    def cases(self) -> list[tuple[str, str]]:
        """Its cells, each with the heading that a phone repeats."""
        return [
            ("Abattement", _told(self.abattement)),
            ("Engagé", _told(self.programme)),
            ("Dépensé", _told(self.depenses)),
            ("Écart", _signed(self.ecart)),
            ("Part", "–" if self.muets else _share(self.depenses, self.abattement)),
        ]

    @property
    def manque(self) -> str:
        """« Prévu sans dépense : déchets et encombrants. » and what is not proven."""
        said = []
        if self.muets:
            lone = "Il faut l’abattement et les dépenses pour un écart."
            said.append(lone if self.objet else f"Sans écart : {pluriel(self.muets, 'résidence', genre='f')}.")
        if self.sans_suite:
            said.append(f"Engagé, sans dépense dite : {', '.join(self.sans_suite)}.")
        if self.objet and self.depenses and not self.preuve:
            said.append("Rien ne dit ce qui prouve ces dépenses.")
        return typo(" ".join(said))


def balances(kind: NatureEntiere, things: Iterable[Objet]) -> list[Bilan]:
    """Each year of each residence, by landlord, the latest year first; two queries with what `things` asks."""
    rows = {one.pk: one for one in things}
    axes = _axes(kind)
    said = _numbers(Objet.objects.filter(pk__in=rows))
    found = [_one(rows[pk], year, numbers, axes) for (pk, year), numbers in said.items()]
    return sorted(found, key=lambda one: (-one.annee, plain(one.bailleur), plain(one.quartier), plain(one.libelle)))


def by_landlord(found: Iterable[Bilan]) -> Iterator[tuple[Bilan, list[Bilan]]]:
    """The balances of each landlord of each year, under their sum; they come sorted (`balances`)."""
    for (annee, bailleur), rows in groupby(found, key=lambda one: (one.annee, one.bailleur)):
        yield _summed(bailleur, annee, held := list(rows)), held


def by_quarter(found: Iterable[Bilan]) -> list[Bilan]:
    """The sum of each quarter of each year, where residences say theirs."""
    groups: dict[tuple[int, str], list[Bilan]] = defaultdict(list)
    for one in found:
        if one.quartier:
            groups[-one.annee, one.quartier].append(one)
    return [_summed("", -year, rows, name) for (year, name), rows in sorted(groups.items())]


def _numbers(things: "QuerySet[Objet]") -> dict[tuple[int, int], Nombres]:
    """What the entries that count of some residences add up to, by year; one query."""
    rows = Valeur.objects.filter(
        entree__objet__in=things.values("pk"),
        entree__statut=Statut.TENUE,
        entree__confiance=Confiance.RETENUE,
        mesure__in=(ABATTEMENT, DEPENSES, PAR_AXE, PROGRAMME),
    ).order_by()
    found: dict[tuple[int, int], Nombres] = defaultdict(dict)
    summed = rows.values_list("entree__objet", "entree__fin__year", "mesure", "modalite").annotate(Sum("valeur"))
    for pk, year, mesure, modalite, value in summed:
        found[pk, year][mesure, modalite.partition(":")[2]] = exact(value)
    return found


def _axes(kind: NatureEntiere) -> dict[str, str]:
    """The axes of the national framework, as the kind names them."""
    mesure = kind.mesure(PAR_AXE)
    return dict(mesure.choix) if mesure else {}


def _one(objet: Objet, year: int, numbers: Nombres, axes: dict[str, str]) -> Bilan:
    planned = {words: numbers.get((PROGRAMME, code)) for code, words in axes.items()}
    spent = {words: numbers.get((PAR_AXE, code)) for code, words in axes.items()}
    given = numbers.get((DEPENSES, ""))
    abated, done = numbers.get((ABATTEMENT, "")), given if given is not None else _total(spent.values())
    body = objet.organisme
    return Bilan(
        body.sigle or body.nom, objet.libelle, year, objet.numero, str(objet.attributs.get("quartier") or ""), abated,
        _total(planned.values()), done, str(objet.attributs.get("preuve") or ""),
        {words: (planned[words], spent[words]) for words in axes.values()}, int(abated is None or done is None),
    )  # fmt: skip


def _summed(bailleur: str, annee: int, rows: list[Bilan], quartier: str = "") -> Bilan:
    """Rows as one; it has no gap while one of them says too little (`muets`)."""
    return Bilan(
        bailleur, f"Ensemble, {annee}", annee, None, quartier, _total(one.abattement for one in rows),
        _total(one.programme for one in rows), _total(one.depenses for one in rows),
        muets=sum(one.muets for one in rows),
    )  # fmt: skip


def _total(values: Iterable[Decimal | None]) -> Decimal | None:
    said = [one for one in values if one is not None]
    return sum(said, Decimal(0)) if said else None


def _gap(done: Decimal | None, abated: Decimal | None) -> Decimal | None:
    return None if done is None or abated is None else done - abated


def _told(value: Decimal | None) -> str:
    return NON_DIT if value is None else euros(value)


def _signed(value: Decimal | None) -> str:
    if value is None:
        return "–"
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return f"{sign}{euros(abs(value))}"


def _share(done: Decimal | None, abated: Decimal | None) -> str:
    if done is None or not abated:
        return "–"
    return typo(f"{nombre(round(done * 100 / abated))} %")
