"""What each day of a calendar would become in the register: planned, moved, known already, or left, and why."""

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from django.utils.crypto import salted_hmac

from tenir.acteurs.models import Organisation
from tenir.activite.agenda.lecture import Explique, Lecture, Occurrence
from tenir.activite.agenda.titres import looks_named, same
from tenir.activite.calendrier import held
from tenir.activite.catalogue import offered_in
from tenir.activite.enums import Forme, Source, Statut
from tenir.activite.models import Entree, Serie, TitreDAgenda
from tenir.core import horloge
from tenir.core.noms import designe
from tenir.core.typographie import accord, clock_fr, date_fr, pluriel, typo
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.niveaux import Niveau
from tenir.natures.modeles import NatureEntiere

PASSE, A_VENIR = timedelta(days=90), timedelta(days=30)
"""How far back, and ahead, a calendar is read: before, what was done is written late; after, it will change."""
SALT = "tenir.activite.titre"
LAISSER = "-"
"""What is said of a title whose events are left."""
AJOUTEE, CHANGEE, CONNUE = "sera prévue", "changera de jour ou de durée", "déjà prévue : rien ne change"
A_DIRE, LAISSEE = "dites d’abord ce qu’est son titre", "son titre n’est pas repris"
SANS_TITRE = "son titre semble nommer quelqu’un : il n’est pas gardé"
Choix = Mapping[str, str]
"""What each title is, by its digest: the code of a kind, or `LAISSER`."""


@dataclass(frozen=True, slots=True)
class Ligne:
    """A day of the calendar, and what becomes of it. `entree`: the one that it would change."""

    titre: str
    le: date | None
    heure: str
    sort: str
    detail: str = ""
    kind: NatureEntiere | None = None
    occurrence: Occurrence | None = None
    entree: Entree | None = None

    @property
    def gardee(self) -> bool:
        """Whether it is written, or was before."""
        return self.sort in (AJOUTEE, CHANGEE, CONNUE)


class Deplacee(NamedTuple):
    """An entry that an event moves."""

    entree: Entree
    jour: Occurrence


@dataclass(frozen=True, slots=True)
class TitreVu:
    """A title of the file: how many days bear it, what it is said to be; `connu`: since another file."""

    cle: str
    titre: str
    combien: int
    choix: str
    connu: bool


@dataclass(frozen=True, slots=True)
class Apercu:
    """What a calendar would do."""

    lus: int
    lignes: tuple[Ligne, ...]
    titres: tuple[TitreVu, ...]
    remarques: tuple[str, ...]

    def combien(self, *sorts: str) -> int:
        """How many days become so."""
        return sum(one.sort in sorts for one in self.lignes)

    @property
    def ecrites(self) -> int:
        """How many entries would be made or changed."""
        return self.combien(AJOUTEE, CHANGEE)

    @property
    def deplacees(self) -> list[Deplacee]:
        """The entries that would change, and the days that they would take."""
        changed = [one for one in self.lignes if one.sort == CHANGEE]
        return [Deplacee(one.entree, one.occurrence) for one in changed if one.entree and one.occurrence]

    @property
    def gardees(self) -> int:
        """How many days are in the register, or would be."""
        return sum(one.gardee for one in self.lignes)

    @property
    def a_dire(self) -> int:
        """How many titles nobody said anything of."""
        return sum(not one.choix for one in self.titres)

    @property
    def empreinte(self) -> str:
        """A digest of what a page shows of it."""
        told = [[one.titre, str(one.le), one.heure, one.sort, one.detail, _code(one)] for one in self.lignes]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def window(espace: EspaceDeContrat) -> tuple[date, date]:
    """The first and the last day of a calendar that are read."""
    today = horloge.today(espace)
    return today - PASSE, today + A_VENIR


def sessions(espace: EspaceDeContrat, niveau: Niveau) -> list[NatureEntiere]:
    """The kinds of session under which someone of a level may write; two queries."""
    return [one for one in offered_in(espace, niveau) if one.forme == Forme.SEANCE.value]


def preview(
    espace: EspaceDeContrat, organisme: Organisation, lecture: Lecture, niveau: Niveau, choix: Choix | None = None
) -> Apercu:
    """What a calendar would do for a body. `choix`: what was just said of its titles; seven queries."""
    kinds = {one.nature: one for one in sessions(espace, niveau)}
    titres = tuple(_titles(espace, organisme, lecture, kinds, choix or {}))
    said = {one.cle: one.choix for one in titres}
    known = _Connu.of(espace, organisme, lecture, set(said.values()))
    lignes = [_line(known, one, said[digest(espace, organisme, one.titre)], kinds) for one in lecture.occurrences]
    left = [_left(known, one) for one in lecture.expliques]
    return Apercu(lecture.lus, (*lignes, *left), titres, (*lecture.remarques, *known.remarks()))


def digest(espace: EspaceDeContrat, organisme: Organisation, titre: str) -> str:
    """What is kept of a title."""
    told = f"{espace.pk}/{organisme.pk}/{same(titre)}"
    return salted_hmac(SALT, told, algorithm="sha256").hexdigest()


def cle_of(organisme: Organisation, cle: str) -> str:
    """What an entry keeps of the day of an event: two bodies that share a calendar have each their own."""
    told = f"{organisme.identifiant}\n{cle}"
    return f"agenda-{hashlib.sha256(told.encode()).hexdigest()[:48]}"


@dataclass(frozen=True, slots=True)
class _Connu:
    """What the register holds already of a calendar."""

    organisme: Organisation
    entrees: Mapping[str, Entree]
    series: Mapping[tuple[str, date], Serie] = field(default_factory=dict)
    perdues: int = 0

    @classmethod
    def of(
        cls, espace: EspaceDeContrat, organisme: Organisation, lecture: Lecture, natures: Collection[str]
    ) -> "_Connu":
        """The entries that this calendar made, the days that come back anyway, what it says no more; three queries."""
        said = [*(one.cle for one in lecture.occurrences), *(one.cle for one in lecture.expliques)]
        cles = {cle_of(organisme, one) for one in said if one}
        rows = Entree.objects.of(espace).filter(cle__in=cles).select_related("mots", "organisme")
        return cls(
            organisme,
            {one.cle: one for one in rows},
            dict(_days_of_series(espace, organisme, natures)),
            _said_no_more(espace, organisme, cles),
        )

    def entree(self, cle: str) -> Entree | None:
        """The entry that a day of an event made."""
        return self.entrees.get(cle_of(self.organisme, cle))

    def remarks(self) -> list[str]:
        """What is planned by a calendar, and is not in this one."""
        if not self.perdues:
            return []
        verb = "ne sont" if self.perdues > 1 else "n’est"
        stay = "elles restent" if self.perdues > 1 else "elle reste"
        planned = f"{pluriel(self.perdues, 'séance', genre='f')} {accord(self.perdues, 'prévue')} par un agenda"
        return [typo(f"{planned} {verb} pas dans ce fichier : {stay}.")]


def _days_of_series(
    espace: EspaceDeContrat, organisme: Organisation, natures: Collection[str]
) -> Iterator[tuple[tuple[str, date], Serie]]:
    since, until = window(espace)
    for serie in Serie.objects.of(espace).filter(organisme=organisme, nature__in=natures):
        for day in held(serie.rythme, since, until):
            yield (serie.nature, day), serie


def _said_no_more(espace: EspaceDeContrat, organisme: Organisation, cles: Collection[str]) -> int:
    planned = Entree.objects.of(espace).filter(source=Source.AGENDA, statut=Statut.PREVUE, organisme=organisme)
    return planned.filter(debut__range=window(espace)).exclude(cle__in=cles).count()


def _titles(
    espace: EspaceDeContrat,
    organisme: Organisation,
    lecture: Lecture,
    kinds: Mapping[str, NatureEntiere],
    choix: Choix,
) -> Iterator[TitreVu]:
    """Each title once, in the order of the days; what was just said of it, else what was said of it before."""
    found: dict[str, list[Occurrence]] = {}
    for one in lecture.occurrences:
        found.setdefault(digest(espace, organisme, one.titre), []).append(one)
    rows = TitreDAgenda.objects.filter(espace=espace, organisme=organisme, empreinte__in=found)
    before = {one.empreinte: one.nature or LAISSER for one in rows}
    for cle, days in found.items():
        said = choix.get(cle, before.get(cle, ""))
        usable = said if said == LAISSER or said in kinds else ""
        yield TitreVu(cle, days[0].titre, len(days), usable, connu=bool(usable) and cle in before)


def _line(known: _Connu, one: Occurrence, said: str, kinds: Mapping[str, NatureEntiere]) -> Ligne:
    def told(sort: str, detail: str = "", entree: Entree | None = None) -> Ligne:
        return Ligne(one.titre, one.jour, clock_fr(one.quand), sort, typo(detail), kinds.get(said), one, entree)

    if not said or said == LAISSER:
        return told(LAISSEE if said else A_DIRE)
    if entree := known.entree(one.cle):
        return told(*_of_entry(known, entree, one), entree)
    if serie := known.series.get((said, one.jour)):
        return told(f"dans « Ce qui revient », série n° {serie.numero} : à inscrire là")
    return told(AJOUTEE, SANS_TITRE if looks_named(one.titre) else "")


def _of_entry(known: _Connu, entree: Entree, one: Occurrence) -> tuple[str, str]:
    """What becomes of an entry that the day of an event made before."""
    if entree.organisme_id != known.organisme.pk:
        return f"déjà inscrite, n° {entree.numero}, pour {designe(entree.organisme)}", ""
    if entree.statut != Statut.PREVUE:
        return f"déjà inscrite, n° {entree.numero} : {entree.get_statut_display()}", ""
    if (entree.debut, entree.minutes) == (one.jour, one.minutes):
        return CONNUE, f"n° {entree.numero}"
    moved = f"{date_fr(entree.debut)} → {date_fr(one.jour)}" if entree.debut != one.jour else "autre durée"
    return CHANGEE, f"n° {entree.numero} : {moved}"


def _left(known: _Connu, one: Explique) -> Ligne:
    """An event that is left; the entry that it made before stays, and is named."""
    entree = known.entree(one.cle) if one.cle else None
    stays = entree is not None and entree.statut == Statut.PREVUE
    detail = f"la séance prévue n° {entree.numero} reste : dites qu’elle n’a pas lieu" if stays and entree else ""
    return Ligne(one.titre, date.fromisoformat(one.le) if one.le else None, "", one.raison, typo(detail))


def _code(ligne: Ligne) -> str:
    return ligne.kind.nature if ligne.kind else ""
