"""Two years of money of a fictitious contract: what is asked, voted, refused, paid, frozen by its comité.

Every figure is invented. Some lines that the contract prints stay empty to the end, so that the silence shows.
"""

import random
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from tenir.acteurs.models import Organisation
from tenir.demonstration.vie.etapes import Etape
from tenir.equipe.services.reglages import save_settings
from tenir.fiches.models import FicheAction
from tenir.financement.enums import EtatDeFinancement, Registre
from tenir.financement.models import FicheDeDispositif, LigneDeFinancement
from tenir.financement.scenarios import OPEN
from tenir.financement.services.dispositifs import describe
from tenir.financement.services.lignes import Case, line_of, open_line, say
from tenir.financement.services.scenarios import Chose, open_scenario, propose
from tenir.financement.services.tableau import budget_of, envelope_of, freeze, say_budget, say_envelope
from tenir.gouvernance.models import Decision
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces

PROJETS, FINANCEURS = 14, 5
Etat = EtatDeFinancement
SOURCES = {
    Etat.DEMANDE: "Dossier fictif déposé",
    Etat.PROPOSE: "Comité des financeurs (fictif)",
    Etat.VOTE: "Délibération fictive",
    Etat.CONVENTIONNE: "Convention fictive signée",
    Etat.VERSE: "Avis de paiement fictif",
    Etat.REFUSE: "Courrier fictif du financeur",
    Etat.VALORISE: "Déclaration fictive de l’organisme",
    Etat.PROUVE: "Compte administratif fictif",
}
SCENARIOS = {"Enveloppe réduite (fictif)": 9, "Priorité aux jeunes (fictif)": 11}
BESOINS = ("pour les jeunes", "de jardin partagé", "de santé", "de réussite éducative", "d’emploi", "de sport")
CHEMINS: tuple[tuple[str, ...], ...] = (
    (Etat.DEMANDE, Etat.PROPOSE, Etat.VOTE, Etat.CONVENTIONNE, Etat.VERSE),
    (Etat.DEMANDE, Etat.PROPOSE, Etat.VOTE, Etat.VERSE),
    (Etat.DEMANDE, Etat.PROPOSE, Etat.VOTE),
    (Etat.DEMANDE, Etat.PROPOSE),
    (Etat.DEMANDE, Etat.REFUSE),
)
"""What becomes of a line, step by step."""


class ArgentFictif:
    """The money of one contract, played as the days go by."""

    def __init__(self, espace: EspaceDeContrat, equipe: Acces, jour: date, graine: int) -> None:
        self.espace, self.equipe, self.jour = espace, equipe, jour
        self.rng = random.Random(f"{graine}/argent")  # noqa: S311 - no secret
        years = [year for year in (jour.year - 1, jour.year) if espace.debut <= year <= espace.fin]
        self.etapes = [one for year in years for one in self._year(year)] + self._common() + self._schemes()

    def _year(self, annee: int) -> list[Etape]:
        """A year: budgets and envelopes in January, then each line at its pace, the table frozen before summer."""
        start = date(annee, 1, 20)
        found = [Etape(start, partial(self._frame, annee))]
        for rank in range(PROJETS):
            for funder in self.rng.sample(range(FINANCEURS), self.rng.choice((1, 2, 3))):
                found += self._line(annee, rank, funder)
        found.append(Etape(date(annee, 3, 25), partial(self._weigh, annee)))
        found.append(Etape(date(annee, 6, 20), partial(self._freeze, annee)))
        return [one for one in found if one.jour <= self.jour]

    def _line(self, annee: int, rank: int, funder: int) -> list[Etape]:
        path = self.rng.choices(CHEMINS, (5, 4, 3, 2, 1))[0]
        amount = Decimal(self.rng.randrange(8, 90) * 100)
        day, found = date(annee, 2, 1) + timedelta(days=self.rng.randrange(20)), []
        for etat in path:
            amount -= Decimal(self.rng.choice((0, 0, 300, 500))) if amount > 1500 else 0
            found.append(Etape(day, partial(self._say, annee, rank, funder, etat, amount, day)))
            day += timedelta(days=self.rng.randrange(25, 60))
        return found

    def _common(self) -> list[Etape]:
        """Droit commun: a few bodies value what they do, fewer prove it."""
        found = []
        for rank in range(4):
            day = self.jour - timedelta(days=200 - 30 * rank)
            amount = Decimal(self.rng.randrange(50, 400) * 100)
            found.append(Etape(day, partial(self._value, rank, Etat.VALORISE, amount, day)))
            if rank % 2:
                later = day + timedelta(days=60)
                found.append(Etape(later, partial(self._value, rank, Etat.PROUVE, amount - 700, later)))
        return [one for one in found if one.jour <= self.jour]

    def _schemes(self) -> list[Etape]:
        """One scheme in three is described, a few weeks ago; a few of these close soon."""
        return [Etape(self.jour - timedelta(days=40), self._describe)]

    def _describe(self) -> None:
        for rank, fiche in enumerate(FicheDeDispositif.objects.of(self.espace)):
            if rank % 3:
                continue
            said: dict[str, Any] = {
                "pour_qui": "Associations et communes du quartier (fictif).",
                "pour_quoi": f"Un projet {BESOINS[rank // 3 % len(BESOINS)]} (fictif).",
                "quand": "Appel à projets en début d’année (fictif)." if rank % 2 else "Toute l’année (fictif).",
                "ou": "Site fictif du financeur, ou son accueil.",
                "ferme_le": self.jour + timedelta(days=18 + rank) if rank % 2 else None,
            }
            describe(by=self.equipe, fiche=fiche, version=fiche.version, changes=said)

    def _weigh(self, annee: int) -> None:
        """Two ways to share the year, before the funders vote: a tenth less everywhere, or a tenth more."""
        rows = LigneDeFinancement.objects.of(self.espace).filter(annee=annee, registre=Registre.SPECIFIQUE)
        held = rows.filter(etat__in=OPEN, montant__isnull=False, financeur__isnull=False).order_by("pk")
        for nom, tenths in SCENARIOS.items():
            made = open_scenario(by=self.equipe, espace=self.espace, annee=annee, nom=nom)
            for one in held:
                amount = (one.montant or Decimal(0)) * tenths / 10
                montants = {one.financeur_id or 0: amount.quantize(Decimal(1))}
                chose = Chose(one.orientation, one.fiche, one.projet)
                propose(by=self.equipe, scenario=made, chose=chose, version=0, lus={}, montants=montants)

    def _funders(self) -> list[Organisation]:
        """The bodies that the contract names most among its funding lines."""
        lines = LigneDeFinancement.objects.filter(espace=self.espace, imprimee__isnull=False)
        named = lines.filter(financeur__isnull=False).values_list("financeur", flat=True)
        count: dict[int, int] = {}
        for pk in named.order_by("pk"):
            count[pk] = count.get(pk, 0) + 1
        first = sorted(count, key=lambda pk: (-count[pk], pk))[:FINANCEURS]
        held = Organisation.objects.in_bulk(first)
        return [held[pk] for pk in first]

    def _fiches(self) -> list[FicheAction]:
        rows = FicheAction.objects.of(self.espace).filter(action__parent=None)
        return list(rows.select_related("action__orientation"))[::3][:PROJETS]

    def _frame(self, annee: int) -> None:
        """What each action costs, and what each funder has."""
        for fiche in self._fiches():
            budget = budget_of(self.espace, annee, fiche.action.orientation, fiche, "")
            said = {"montant": Decimal(self.rng.randrange(60, 200) * 100)}
            say_budget(by=self.equipe, budget=budget, version=0, changes=said)
        for rank, funder in enumerate(self._funders()[:4]):
            envelope = envelope_of(self.espace, annee, funder)
            ceiling = Decimal(7500) if rank == 1 else None
            both: dict[str, Any] = {"montant": Decimal(30000 + 6000 * rank), "plafond": ceiling}
            say_envelope(by=self.equipe, enveloppe=envelope, version=0, changes=both)
        if not self.espace.publie_financements:
            save_settings(by=self.equipe, espace=self.espace, changes={"publie_financements": True})
            self.espace.refresh_from_db()

    def _say(self, annee: int, rank: int, funder: int, etat: str, amount: Decimal, day: date) -> None:
        fiches, funders = self._fiches(), self._funders()
        fiche, body = fiches[rank % len(fiches)], funders[funder % len(funders)]
        self._write(Case(fiche.action.orientation, body, annee, fiche), etat, amount, day)

    def _value(self, rank: int, etat: str, amount: Decimal, day: date) -> None:
        fiches, funders = self._fiches(), self._funders()
        fiche, body = fiches[rank % len(fiches)], funders[rank % len(funders)]
        case = Case(fiche.action.orientation, body, day.year, fiche, registre=Registre.DROIT_COMMUN)
        self._write(case, etat, amount, day)

    def _write(self, case: Case, etat: str, amount: Decimal, day: date) -> None:
        ends = etat == Etat.REFUSE
        row: dict[str, Any] = {
            "etat": etat,
            "montant": None if ends else amount,
            "le": day,
            "source": SOURCES[Etat(etat)],
            "preuve": "Pièce fictive" if etat in (Etat.VERSE, Etat.PROUVE) else "",
            "motif": "Hors des priorités de l’année (fictif)." if ends else "",
        }
        standing = line_of(self.espace, case)
        if standing:
            say(by=self.equipe, ligne=standing, version=standing.version, given=row)
        else:
            open_line(by=self.equipe, espace=self.espace, case=case, given=row)

    def _freeze(self, annee: int) -> None:
        """The last decision taken by then settles the table."""
        taken = Decision.objects.of(self.espace).order_by("-numero").first()
        if taken and not taken.versions_figees.exists():
            freeze(by=self.equipe, espace=self.espace, annee=annee, decision=taken)
