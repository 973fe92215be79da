"""What a grid shows where two axes cross: how much, by whom; and where nobody is, who could be.

Nothing is typed for it: it is read in the things of a register, or in the entries of a kind and of those that are it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dateutil.relativedelta import relativedelta
from django.db.models import Count, Sum
from django.db.models.functions import TruncMonth, TruncWeek

from tenir.activite.catalogue import catalogue_of
from tenir.activite.droits import niveau_of
from tenir.activite.echeances import goes_on
from tenir.activite.ecrans.registres.commun import read_by
from tenir.activite.enums import Forme
from tenir.activite.models import Entree, EntreeQuerySet, Objet, Valeur
from tenir.activite.mois import YEAR
from tenir.activite.services.valeurs import exact, told
from tenir.core import horloge
from tenir.core.typographie import MOIS as MOIS_FR
from tenir.core.typographie import capital, month_fr, nombre, pluriel, typo
from tenir.ecran.navigation import address
from tenir.fichier.mots import plain, uncapital
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.natures.enums import Cumulation, Lecteurs
from tenir.natures.modeles import Mesure, NatureEntiere
from tenir.natures.registres import LIEUX, MOIS, OBJETS, SEMAINES, axes, crosses

CHOIX = "choix:"
"""What the part of a number begins with when it is a choice."""
WEEKS = 12
PLACES = {LIEUX: "Lieux", SEMAINES: "Semaines du"}
COULD = 3
"""How many bodies are named as those who could fill a hole."""
NOBODY = "personne"
"""What an empty cell says: of what bodies offer or do; of what the team alone notes, which is nobody's to fill."""


@dataclass(frozen=True, slots=True)
class Note:
    """What the entries of one body add up to, one month: of a kind, of a thing and of a choice of a measure if any; or
    one week, in one place."""

    nature: str
    objet: int | None
    mois: date
    qui: str
    mesure: str
    choix: str
    somme: Decimal
    entrees: int
    lieu: str = ""
    semaine: str = ""


@dataclass(frozen=True, slots=True)
class Matiere:
    """All that grids are made of: things of which something is still expected, notes that count, every thing."""

    choses: Sequence[Objet]
    notes: Sequence[Note]
    toutes: Sequence[Objet] = ()

    def of(self, codes: Iterable[str]) -> "Matiere":
        """The part of some kinds."""
        kept = frozenset(codes)
        return Matiere(
            [one for one in self.choses if one.nature in kept],
            [one for one in self.notes if one.nature in kept],
            [one for one in self.toutes if one.nature in kept],
        )

    @property
    def arrivees(self) -> dict[int | None, date]:
        """In which month each thing was first told of."""
        found: dict[int | None, date] = {}
        for note in self.notes:
            found[note.objet] = min(note.mois, found.get(note.objet, note.mois))
        return found


@dataclass(frozen=True, slots=True)
class Trait:
    """What stands in a cell: its row, its column, how much, by which body."""

    ligne: str
    colonne: str
    nombre: Decimal
    qui: str


@dataclass(frozen=True, slots=True)
class Case:
    """A cell: under which words, how much, by whom; without any, it is a hole (`mot`), and who could fill it.

    `regarder`: it reaches what the kind says is to be looked at. Empty without `mot`: nothing is lacking there.
    """

    colonne: str
    nombre: str
    qui: Sequence[str]
    pourraient: Sequence[str]
    mot: str
    regarder: bool = False

    @property
    def texte(self) -> str:
        """The cell in words, for a file."""
        look = " (à regarder)" if self.regarder else ""
        return typo(f"{self.nombre}{look} : {', '.join(self.qui)}") if self.nombre else self.mot


@dataclass(frozen=True, slots=True)
class Rangee:
    """A row of cells; `url`: the page of the thing that it is about."""

    libelle: str
    url: str
    cases: Sequence[Case]

    @property
    def propositions(self) -> list[str]:
        """Who could fill its holes: « avril 2026, mai 2026 : CCAS, CAF »."""
        found: dict[tuple[str, ...], list[str]] = {}
        for case in self.cases:
            if case.pourraient:
                found.setdefault(tuple(case.pourraient), []).append(case.colonne)
        return [typo(f"{', '.join(columns)} : {', '.join(bodies)}") for bodies, columns in found.items()]


@dataclass(frozen=True, slots=True)
class Croisement:
    """A whole grid."""

    nature: NatureEntiere
    axes: Sequence[str]
    compte: str
    colonnes: Sequence[str]
    rangees: Sequence[Rangee]

    @property
    def total(self) -> int:
        """How many cells."""
        return len(self.colonnes) * len(self.rangees)

    @property
    def vides(self) -> int:
        """How many holes."""
        return sum(not case.nombre for row in self.rangees for case in row.cases)

    @property
    def a_regarder(self) -> int:
        """How many cells reach what the kind says is to be looked at."""
        return sum(case.regarder for row in self.rangees for case in row.cases)

    @property
    def phrase(self) -> str:
        """« 7 cases vides sur 24 », « 2 cases à regarder »."""
        if not self.total:
            return "Aucune ligne en cours"
        if self.nature.seuil:
            return capital(pluriel(self.a_regarder, "case à regarder", "cases à regarder", genre="f", lettres=True))
        if not lacks(self.nature):
            said = pluriel(self.total - self.vides, "case remplie", "cases remplies", genre="f")
            return f"{capital(said)} sur {nombre(self.total)}"
        said = pluriel(self.vides, "case vide", "cases vides", genre="f")
        return f"{capital(said)} sur {nombre(self.total)}"

    @property
    def legende(self) -> str:
        """What is crossed, and what a cell counts."""
        rows, columns = map(uncapital, self.axes)
        look = f" À regarder dès {self.nature.seuil}." if self.nature.seuil else ""
        return typo(f"En lignes : {rows} ; en colonnes : {columns}. Chaque case compte des {self.compte}.{look}")


def lacks(kind: NatureEntiere) -> bool:
    """Whether an empty cell is a lack: not of what the team alone reads, nor of what is looked at once it recurs."""
    return kind.visible is not Lecteurs.EQUIPE and not kind.seuil


def has_grid(kind: NatureEntiere) -> bool:
    """Whether a kind has a grid, and what it crosses still; what it took from another may be gone."""
    return bool(kind.grille) and set(_names(kind)) <= axes(kind) and crosses(kind)


def crossings(acces: Acces, espace: EspaceDeContrat, kinds: Sequence[NatureEntiere]) -> list[Croisement]:
    """The grids of some kinds, as someone reads them; five queries, whatever they hold."""
    known = catalogue_of(espace)
    codes = {one.nature: known.with_children(one.nature) for one in kinds}
    matiere = _read(acces, espace, sorted({code for found in codes.values() for code in found}))
    going = [one for one in matiere.choses if goes_on(one, known[one.nature])]
    whole = Matiere(going, matiere.notes, matiere.choses)
    return [_crossed(espace, one, whole.of(codes[one.nature])) for one in kinds]


def _read(acces: Acces, espace: EspaceDeContrat, codes: Sequence[str]) -> Matiere:
    """The things of some kinds, and what the entries that count tell; four queries."""
    choses = read_by(acces, espace).filter(nature__in=codes).select_related("organisme")
    held = Entree.objects.of(espace).up_to(niveau_of(acces, espace)).counted()
    entries = held.filter(mots__code__in=codes).order_by()
    return Matiere(list(choses), [*_by_choice(entries), *_of_things(entries), *_by_place(entries, espace)])


def _by_choice(entries: EntreeQuerySet) -> Iterator[Note]:
    """What the choices of measures add up to; nought is nothing."""
    given = Valeur.objects.filter(entree__in=entries.values("pk"), modalite__startswith=CHOIX, valeur__gt=0)
    months = given.order_by().annotate(mois=TruncMonth("entree__fin"))
    of = ("entree__mots__code", "entree__objet", "mois", "entree__organisme__sigle", "entree__organisme__nom")
    rows = months.values_list(*of, "mesure", "modalite").annotate(Sum("valeur"), Count("pk"))
    for nature, objet, mois, sigle, nom, mesure, part, total, count in rows:
        yield Note(nature, objet, mois, sigle or nom, mesure, part.removeprefix(CHOIX), exact(total), count)


def _of_things(entries: EntreeQuerySet) -> Iterator[Note]:
    """How many times each thing was told of, whatever was said."""
    months = entries.exclude(objet=None).annotate(mois=TruncMonth("fin"))
    rows = months.values_list("mots__code", "objet", "mois", "organisme__sigle", "organisme__nom")
    for nature, objet, mois, sigle, nom, count in rows.annotate(Count("pk")):
        yield Note(nature, objet, mois, sigle or nom, "", "", Decimal(count), count)


def _by_place(entries: EntreeQuerySet, espace: EspaceDeContrat) -> Iterator[Note]:
    """How many sessions were held in each place, week by week, these twelve weeks."""
    held = entries.filter(forme=Forme.SEANCE, fin__gte=weeks_of(horloge.today(espace))[0])
    rows = held.annotate(semaine=TruncWeek("fin")).values_list(
        "mots__code", "lieu__nom", "autre_lieu", "semaine", "organisme__sigle", "organisme__nom"
    )
    for nature, place, other, week, sigle, nom, count in rows.annotate(Count("pk")):
        if where := place or other:
            who, month = sigle or nom, week.replace(day=1)
            yield Note(nature, None, month, who, "", "", Decimal(count), count, where, week.isoformat())


def weeks_of(today: date) -> list[date]:
    """The Mondays of the last twelve weeks, this one included, the oldest first."""
    monday = today - relativedelta(days=today.weekday())
    return [monday - relativedelta(weeks=back) for back in reversed(range(WEEKS))]


def _crossed(espace: EspaceDeContrat, kind: NatureEntiere, matiere: Matiere) -> Croisement:
    """One grid, of what is told of its kind and of those that are it."""
    names, today = _names(kind), horloge.today(espace)
    rows, columns = (_axis(kind, name, matiere, today) for name in names)
    cells = _Cases(kind, [one for one in _traits(kind, matiere) if one.ligne in rows and one.colonne in columns])
    urls = {str(one.pk): address("objet", espace, one.numero) for one in matiere.choses}
    lines = [
        Rangee(label, urls.get(row, ""), [cells.at(row, column, words) for column, words in columns.items()])
        for row, label in rows.items()
    ]
    return Croisement(kind, [_words(kind, one) for one in names], _counted(kind), [*columns.values()], lines)


def _names(kind: NatureEntiere) -> tuple[str, str]:
    """What its rows and its columns are."""
    assert kind.grille is not None  # noqa: S101 (who asks has one)
    return kind.grille.lignes, kind.grille.colonnes


class _Cases:
    """The cells of a grid, and in how many of a row or of a column each body is."""

    def __init__(self, kind: NatureEntiere, traits: Sequence[Trait]) -> None:
        self.lacks, self.seuil = lacks(kind), kind.seuil
        self.held: dict[tuple[str, str], list[Trait]] = defaultdict(list)
        for one in traits:
            self.held[one.ligne, one.colonne].append(one)
        self.rows: dict[str, Counter[str]] = defaultdict(Counter)
        self.columns: dict[str, Counter[str]] = defaultdict(Counter)
        for row, column in self.held:
            bodies = {one.qui for one in self.held[row, column]}
            self.rows[row].update(bodies)
            self.columns[column].update(bodies)

    def at(self, row: str, column: str, words: str) -> Case:
        """The cell of a row and of a column, under its words."""
        traits = self.held.get((row, column), [])
        if traits:
            total = sum((one.nombre for one in traits), Decimal(0))
            look = self.seuil is not None and total >= self.seuil
            return Case(words, told(total), sorted({one.qui for one in traits}, key=plain), (), "", look)
        return Case(words, "", (), self._could(row, column), NOBODY) if self.lacks else Case(words, "", (), (), "")

    def _could(self, row: str, column: str) -> list[str]:
        """The bodies that are in most other cells of the same row or column."""
        near = self.rows.get(row, Counter()) + self.columns.get(column, Counter())
        return sorted(near, key=lambda one: (-near[one], plain(one)))[:COULD]


def _axis(kind: NatureEntiere, name: str, matiere: Matiere, today: date) -> dict[str, str]:
    """What an axis lists: what is known by which key, under which words."""
    if name == MOIS:
        months = [today.replace(day=1) - relativedelta(months=back) for back in reversed(range(YEAR))]
        return {one.isoformat(): month_fr(one) for one in months}
    if name == SEMAINES:
        return {one.isoformat(): f"{one.day} {MOIS_FR[one.month - 1]}" for one in weeks_of(today)}
    if name == LIEUX:
        return {one: one for one in sorted({note.lieu for note in matiere.notes if note.lieu}, key=plain)}
    if name == OBJETS:
        return {str(one.pk): one.libelle for one in matiere.choses}
    listed = kind.champ(name) or kind.mesure(name)
    return {code: capital(words) for code, words in listed.choix.items()} if listed else {}


def _traits(kind: NatureEntiere, matiere: Matiere) -> Iterator[Trait]:
    """What stands in the cells: things, when two of their fields are crossed; else what entries tell."""
    rows, columns = _names(kind)
    if kind.champ(rows) or kind.champ(columns):
        yield from _described(matiere, rows, columns)
        return
    mesure, by_place = _measure(kind), LIEUX in (rows, columns)
    code = mesure.code if mesure else ""
    for note in matiere.notes:
        if note.mesure == code and bool(note.lieu) == by_place:
            at = {MOIS: note.mois.isoformat(), OBJETS: str(note.objet), code: note.choix}
            at |= {LIEUX: note.lieu, SEMAINES: note.semaine}
            yield Trait(at[rows], at[columns], note.somme if _adds_up(mesure) else Decimal(note.entrees), note.qui)


def _described(matiere: Matiere, rows: str, columns: str) -> Iterator[Trait]:
    """Things by two of their fields, as long as they go on; or by one, in the month in which they came."""
    months = matiere.arrivees if MOIS in (rows, columns) else {}
    for one in matiere.toutes if months else matiere.choses:
        body = one.organisme.sigle or one.organisme.nom
        came = [months[one.pk].isoformat()] if one.pk in months else []
        at = [came if axis == MOIS else _chosen(one, axis) for axis in (rows, columns)]
        yield from (Trait(row, column, Decimal(1), body) for row in at[0] for column in at[1])


def _chosen(objet: Objet, champ: str) -> list[str]:
    """What a thing says in a field whose words are listed: one code, several, none."""
    value = objet.attributs.get(champ) or []
    return [value] if isinstance(value, str) else list(value)


def _measure(kind: NatureEntiere) -> Mesure | None:
    """The measure that a grid crosses, if it does: « lieux » are places, even where a measure is named so."""
    if LIEUX in _names(kind):
        return None
    return next(filter(None, map(kind.mesure, _names(kind))), None)


def _adds_up(mesure: Mesure | None) -> bool:
    return mesure is None or mesure.united is Cumulation.SOMME


def _counted(kind: NatureEntiere) -> str:
    """What a cell counts, in the plural."""
    if any(map(kind.champ, _names(kind))):
        return kind.pluriel
    mesure = _measure(kind)
    if mesure and _adds_up(mesure):
        return mesure.unite
    return kind.pluriel if LIEUX in _names(kind) else "notes"


def _words(kind: NatureEntiere, name: str) -> str:
    """What an axis is called."""
    if name == MOIS:
        return "Les douze derniers mois"
    if name in PLACES:
        return PLACES[name]
    listed = kind.champ(name) or kind.mesure(name)
    return listed.libelle if listed else capital(kind.pluriel)
