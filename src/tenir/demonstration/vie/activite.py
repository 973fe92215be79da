"""What is really done in a fictitious contract: sessions, counts and states under its kinds, each written the day
after.

Thirteen months of it, drawn by the seed. Kinds that name an action of the contract come first: they are its own.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from tenir.acteurs.models import Organisation
from tenir.activite.catalogue import offered_in
from tenir.activite.enums import Confiance, DansLeQuartier, Statut
from tenir.activite.models import Entree
from tenir.activite.services.entree import RIGHT, Saisie, correct_entree, judge_entree, record_entree
from tenir.activite.services.par_carnet import note
from tenir.activite.services.valeurs import Cle
from tenir.contrat.models import Lieu
from tenir.demonstration.vie.carnets import CarnetsFictifs
from tenir.demonstration.vie.etapes import Etape
from tenir.demonstration.vie.registres import RegistresFictifs
from tenir.fiches.models import FicheAction
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, may
from tenir.natures.enums import Forme, Lecteurs, Periode
from tenir.natures.modeles import Mesure, NatureEntiere

SINCE = timedelta(days=400)
KINDS = 9
"""How many kinds are in use: more would only make the demonstration longer to prepare."""
MONTHS = {Periode.MOIS: 1, Periode.TRIMESTRE: 3, Periode.SEMESTRE: 6, Periode.ANNEE: 12}
ASKED = timedelta(days=45)
"""Over which days, before the one that is told, no monthly count is written."""
USUAL = (0, 40)


@dataclass(frozen=True, slots=True)
class Fait:
    """Something done, as it will be written: its kind, who did it, the days, where."""

    nature: NatureEntiere
    organisme: Organisation
    debut: date
    fin: date
    lieu: Lieu | None
    statut: Statut = Statut.TENUE


class ActiviteFictive:
    """The register of one contract, written as the days go by."""

    def __init__(
        self, espace: EspaceDeContrat, equipe: Acces, partenaires: list[Acces], jour: date, graine: int
    ) -> None:
        self.espace, self.equipe, self.partenaires, self.jour = espace, equipe, partenaires, jour
        self.rng = random.Random(f"{graine}/activite")  # noqa: S311 - no secret
        self.signataires = list(
            Organisation.objects.filter(signatures__espace=espace, signatures__retire=False)
            .distinct()
            .order_by("identifiant")
        )
        self.lieux = list(Lieu.objects.of(espace))
        self.faits = sorted(self._drawn(), key=lambda one: (one.fin, one.nature.nature))
        held = {one.nature.nature: (one.nature, one.organisme) for one in self.faits}
        self.carnets = CarnetsFictifs(espace, equipe, jour, graine, [held[code] for code in sorted(held)])
        self.registres = RegistresFictifs(espace, equipe, self.signataires, jour, graine)
        self.etapes = [
            Etape(min(one.fin + timedelta(days=1), jour), partial(self._write, one)) for one in self.faits
        ] + [*self.carnets.etapes, *self.registres.etapes, Etape(jour, self._judge)]

    def _drawn(self) -> Iterator[Fait]:
        own = [one for one in offered_in(self.espace) if one.actions]
        kinds = sorted(own or offered_in(self.espace), key=lambda one: (one.forme == Forme.SEANCE, one.nature))
        for rank, kind in enumerate(kinds[:KINDS] if self.signataires else []):
            body = self._carrier(kind) or self.signataires[rank % len(self.signataires)]
            place = self.lieux[rank % len(self.lieux)] if self.lieux else None
            yield from self._sessions(kind, body, place) if kind.forme == Forme.SEANCE else self._counts(kind, body)

    def _carrier(self, kind: NatureEntiere) -> Organisation | None:
        """Who answers for the first action of a kind."""
        fiche = FicheAction.objects.of(self.espace).filter(action__code__in=kind.actions[:1]).first()
        return fiche.organisme_en_charge if fiche else None

    def _sessions(self, kind: NatureEntiere, body: Organisation, place: Lieu | None) -> Iterator[Fait]:
        """One or two a month, at the rhythm of the kind, and the next one planned."""
        weekday, day = self.rng.randrange(5), self.jour - SINCE + timedelta(days=self.rng.randrange(200))
        while day < self.jour:
            held = Statut.ANNULEE if self.rng.random() < 0.12 else Statut.TENUE
            if day.month != 8:
                yield Fait(kind, body, day, day, place, held)
            day += timedelta(days=self.rng.choice((28, 35, 42)))
            day += timedelta(days=(weekday - day.weekday()) % 7)
        yield Fait(kind, body, day, day, place, Statut.PREVUE)

    def _counts(self, kind: NatureEntiere, body: Organisation) -> Iterator[Fait]:
        """One at the end of each period that is over; the last months are left for a point d'étape to ask."""
        months = MONTHS[kind.periode or Periode.TRIMESTRE]
        end = date((self.jour - SINCE).year, 1, 1)
        while (after := _later(end, months)) <= self.jour:
            last = after - timedelta(days=1)
            if kind.periode == Periode.MOIS and last > self.jour - ASKED:
                return
            yield Fait(kind, body, end if kind.forme == Forme.DECOMPTE else last, last, None)
            end = after

    def _write(self, one: Fait) -> None:
        champs = {
            "debut": one.debut,
            "fin": one.fin,
            "organisme": one.organisme,
            "lieu": one.lieu,
            "statut": one.statut,
            "quartier": DansLeQuartier.OUI if one.lieu else DansLeQuartier.NSP,
        }
        valeurs = dict(self._numbers(one.nature)) if one.statut == Statut.TENUE else {}
        saisie = Saisie(champs, valeurs)
        shared = one.statut == Statut.TENUE and one.nature.visible == Lecteurs.PARTENAIRES
        if shared and (mine := self.carnets.opened.get(one.organisme)):
            note(mine, nature=one.nature.nature, saisie=saisie, cle=f"{one.nature.nature}-{one.fin}", exact=True)
            return
        by = self._author(one)
        record_entree(by=by, espace=self.espace, nature=one.nature.nature, saisie=saisie, exact=True)

    def _author(self, one: Fait) -> Acces:
        """A partner who may write for that body, else the team."""
        mine = Entree(espace=self.espace, organisme=one.organisme)
        return next((by for by in self.partenaires if may(by, RIGHT, self.espace, mine)), self.equipe)

    def _numbers(self, kind: NatureEntiere) -> Iterator[tuple[Cle, Decimal]]:
        shares = {one.mesure: one.sur.mesure for one in kind.alimente if one.sur}
        made: dict[str, Decimal] = {}
        for mesure in kind.mesures:
            asked = mesure.code == kind.principale or mesure.choix or self.rng.random() < 0.7
            if asked:
                found = list(self._number(mesure, made.get(shares.get(mesure.code, ""))))
                made |= {code: value for (code, part), value in found if not part}
                yield from found

    def _number(self, mesure: Mesure, most_of: Decimal | None = None) -> Iterator[tuple[Cle, Decimal]]:
        """One number, and its parts; never more than what it is a share of."""
        least, most = mesure.vraisemblable or USUAL
        most = min(most, most_of) if most_of is not None else most
        total = self.rng.randint(int(least), max(int(least), min(int(most), int(least) + 30)))
        if mesure.choix:
            for modalite in mesure.modalites:
                yield (mesure.code, modalite), Decimal(self.rng.randint(0, 4))
            return
        yield (mesure.code, ""), Decimal(total)
        for margin in mesure.margins:
            left = total
            for modalite in margin if self.rng.random() < 0.6 else ():
                part = self.rng.randint(0, left)
                left -= part
                yield (mesure.code, modalite), Decimal(part)

    def _judge(self) -> None:
        """The team contests the last session held, and corrects one before."""
        held = list(Entree.objects.of(self.espace).counted().filter(forme=Forme.SEANCE)[:2])
        for one in held[:1]:
            motif = "Comptée deux fois avec celle de la veille. (Fictif.)"
            judge_entree(by=self.equipe, entree=one, confiance=Confiance.CONTESTEE, motif=motif)
        for one in held[1:]:
            correct_entree(by=self.equipe, entree=one, version=one.version, changes={"minutes": 120}, exact=True)


def _later(day: date, months: int) -> date:
    """The first day of a month some months later."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)
