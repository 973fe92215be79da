"""Playing the life that a seed drew, through the real services, each gesture at its moment of the past.

Only for a fictitious contract: elsewhere the trace would lie. `docs/adr/0019-vie-fictive.md` says why it is done so.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction

from tenir.acteurs.models import Organisation
from tenir.contrat.models import OrganismeCite
from tenir.core import horloge
from tenir.core.horloge import simulated
from tenir.core.typographie import pluriel
from tenir.demonstration.personnes import DOMAIN, HorsDemonstration, actors
from tenir.demonstration.vie.activite import ActiviteFictive
from tenir.demonstration.vie.appels import AppelsFictifs
from tenir.demonstration.vie.argent import ArgentFictif
from tenir.demonstration.vie.conseil import ConseilFictif
from tenir.demonstration.vie.derogations import derogations
from tenir.demonstration.vie.dossiers import DossiersFictifs
from tenir.demonstration.vie.droits import DroitsFictifs
from tenir.demonstration.vie.enquetes import EnquetesFictives
from tenir.demonstration.vie.etapes import Suite
from tenir.demonstration.vie.evaluation import EvaluationFictive
from tenir.demonstration.vie.marches import MarchesFictives
from tenir.demonstration.vie.paroles import ParolesFictives
from tenir.demonstration.vie.points import PointsFictifs
from tenir.demonstration.vie.preconisations import PreconisationsFictives
from tenir.demonstration.vie.reunions import ReunionsFictives
from tenir.demonstration.vie.salles import SallesFictives
from tenir.demonstration.vie.scenario import Evenement, events, sentences
from tenir.demonstration.vie.tarifs import TarifsFictifs
from tenir.engagements.models import SuiviDEngagement
from tenir.engagements.services.engagement import tell_engagement, update_engagement
from tenir.equipe.services.contacts import Contact, record_contact
from tenir.fiches.models import FicheAction, Jalon
from tenir.fiches.services.fiche import update_fiche
from tenir.fiches.services.jalons import create_jalon, update_jalon
from tenir.fiches.services.nouvelles import give_news, set_part
from tenir.gouvernance.models import InstanceSuivie, Reunion
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, acces_of, may
from tenir.indicateurs.models import SuiviDIndicateur
from tenir.indicateurs.services.indicateur import Mesure, define_indicateur, record_releve

YEARS = timedelta(days=2 * 365 + 240)
GRAINE = 2024
MORNING = time(9, 30)


@transaction.atomic
def animate(slug: str, *, jour: date, graine: int = GRAINE) -> str:
    """Give a fictitious contract its simulated life until a day; a contract that has one keeps it. Say what was done.

    Raises:
        HorsDemonstration: this server is not a demonstration, the contract is not fictitious, or nobody acts in it.
    """
    espace = EspaceDeContrat.objects.filter(slug=slug, fictif=True).first()
    if not settings.DEMONSTRATION or espace is None:
        raise HorsDemonstration("une vie simulée ne va que dans un contrat fictif, avec TENIR_DEMONSTRATION=1.")
    if Jalon.objects.filter(fiche__espace=espace).exists():
        return "la vie simulée est déjà là"
    return _Vie(espace, jour, graine).play()


@dataclass
class _Vie:
    """The life of one contract being played: who acts, what stands."""

    espace: EspaceDeContrat
    jour: date
    graine: int
    debut: date = field(init=False)
    equipe: Acces = field(init=False)
    partenaires: list[Acces] = field(init=False)
    rng: random.Random = field(init=False)

    def __post_init__(self) -> None:
        found = [acces_of(personne) for personne in actors(self.espace)]
        team = [one for one in found if may(one, "fiche.assign", self.espace)]
        if not team:
            raise HorsDemonstration("personne n’agit dans ce contrat : tenir peupler-demonstration d’abord.")
        self.equipe, self.partenaires = team[0], [one for one in found if one not in team]
        self.debut = self.jour - YEARS
        self.rng = random.Random(self.graine)  # noqa: S311 - no secret

    def play(self) -> str:
        """Play everything, and count it."""
        self._open_in_the_past()
        self._name_contacts()
        fiches = {fiche.code: fiche for fiche in FicheAction.objects.of(self.espace).select_related("espace", "action")}
        told = events(list(fiches), debut=self.debut, jour=self.jour, graine=self.graine)
        points = PointsFictifs(self.espace, self.equipe, self.jour, self.graine)
        activite = ActiviteFictive(self.espace, self.equipe, self.partenaires, self.jour, self.graine)
        reunions = ReunionsFictives(self.espace, self.equipe, self.debut, self.jour, self.graine)
        conseil = ConseilFictif(self.espace, self.equipe, self.jour, self.graine)
        asked = PreconisationsFictives(self.espace, self.equipe, self.jour, self.graine)
        walks = MarchesFictives(self.espace, self.equipe, self.jour)
        waivers = derogations(self.espace, self.equipe, self.jour)
        money = ArgentFictif(self.espace, self.equipe, self.jour, self.graine)
        calls = AppelsFictifs(self.espace, self.equipe, self.jour)
        dossiers = DossiersFictifs(self.espace, self.equipe, self.jour)
        said = ParolesFictives(self.espace, self.equipe, self.jour, self.graine)
        rest = [
            *said.etapes,
            *reunions.etapes,
            *conseil.etapes,
            *asked.etapes,
            *walks.etapes,
            *money.etapes,
            *calls.etapes,
            *dossiers.etapes,
            *SallesFictives(self.espace, self.equipe, self.jour).etapes,
            *EnquetesFictives(self.espace, self.equipe, self.jour, self.graine).etapes,
            *DroitsFictifs(self.espace, self.equipe, self.jour, self.graine).etapes,
            *TarifsFictifs(self.espace, self.equipe, self.jour, self.graine).etapes,
        ]
        beside = Suite([*points.etapes, *waivers, *activite.etapes, *rest])
        for rank, event in enumerate(told):
            beside.play_until(event.jour - timedelta(days=1))
            with simulated(moment(event.jour, rank)):
                GESTES[event.geste](self, fiches[event.code], event)
        beside.play_until(self.jour)
        promises, readings = self._promises(), self._indicators()
        Suite(EvaluationFictive(self.espace, self.equipe, self.jour).etapes).play_until(self.jour)  # of all the rest
        held = f"{promises} engagements, {readings} relevés, {len(activite.faits)} entrées, deux points d’étape"
        held += f", {pluriel(self.espace.preconisations.count(), 'préconisation', genre='f')}"
        held += f", {pluriel(self.espace.reservations.count(), 'réservation', genre='f')} de salles"
        held += f", {pluriel(Reunion.objects.filter(espace=self.espace).count(), 'réunion', genre='f')}"
        return f"{len(told)} gestes sur {len(fiches)} fiches, {held}, tous fictifs"

    def _open_in_the_past(self) -> None:
        """Follow-up opened on the first day of this life, not on the day the demonstration is prepared."""
        FicheAction.objects.filter(espace=self.espace).update(ouverte_le=self.debut)
        SuiviDEngagement.objects.filter(espace=self.espace).update(ouvert_le=self.debut)
        SuiviDIndicateur.objects.filter(espace=self.espace).update(ouvert_le=self.debut)
        InstanceSuivie.objects.filter(espace=self.espace).update(suivie_depuis=self.debut)

    def _name_contacts(self) -> None:
        """A contact in each body that signs or pilots, but for two: those have nobody to call."""
        cited = OrganismeCite.objects.filter(espace=self.espace, role=OrganismeCite.Role.PILOTE)
        pilots = Organisation.objects.filter(pk__in=cited.exclude(organisation=None).values("organisation"))
        signed = Organisation.objects.filter(signatures__espace=self.espace, signatures__retire=False)
        bodies = sorted({*pilots, *signed}, key=lambda body: body.identifiant)
        with simulated(moment(self.debut, 0)):
            for rank, body in enumerate(bodies[:-2]):
                name = f"{PRENOMS[rank % len(PRENOMS)]} {FICTIF[rank % 2]} {rank + 1}"
                mail = f"contact-{rank + 1}@{DOMAIN}"
                phone = f"05 36 49 10 {rank + 1:02}"
                contact = Contact(name, body, "correspondance du contrat de ville", mail, phone)
                record_contact(by=self.equipe, espace=self.espace, contact=contact)

    def by(self, fiche: FicheAction) -> Acces:
        """Who acts on a fiche: a partner who carries it, else the team."""
        return next((one for one in self.partenaires if may(one, "fiche.update", self.espace, fiche)), self.equipe)

    def _promises(self) -> int:
        """Two promises out of three are told of."""
        rows = SuiviDEngagement.objects.of(self.espace).select_related("espace", "engagement__signataire__organisation")
        count = 0
        for rank, suivi in enumerate(rows):
            if etat := PROMESSES[rank % len(PROMESSES)]:
                day = self.jour - timedelta(days=self.rng.randint(20, 300))
                with simulated(moment(day, rank)):
                    tell_engagement(by=self.equipe, suivi=suivi, texte=self.rng.choice(sentences()["engagement"]))
                    motif = "Le poste est resté vacant toute l’année." if etat in ("tenu-en-partie", "non-tenu") else ""
                    changes = {"etat": etat, "motif": motif, "jugement": "Bilan annuel du signataire."}
                    update_engagement(by=self.equipe, suivi=suivi, version=suivi.version, changes=changes)
                count += 1
        return count

    def _indicators(self) -> int:
        """Every other indicator has someone who answers for it, and a reading each year."""
        rows = SuiviDIndicateur.objects.of(self.espace).select_related("espace", "indicateur")
        bodies = list(Organisation.objects.filter(signatures__espace=self.espace).order_by("identifiant"))
        count = 0
        for rank, suivi in enumerate(rows):
            if rank % 2 == 0 and bodies:
                count += self._readings(suivi, bodies[rank % len(bodies)])
        return count

    def _readings(self, suivi: SuiviDIndicateur, body: Organisation) -> int:
        value = self.rng.randint(20, 160)
        changes = {"organisme": body, "unite": "unités fictives", "frequence": "annuelle"}
        with simulated(moment(self.debut, 1)):
            define_indicateur(by=self.equipe, suivi=suivi, version=suivi.version, changes=changes)
        years = [year for year in range(self.debut.year, self.jour.year) if date(year, 12, 31) < self.jour]
        for year in years:
            value = max(1, round(value * self.rng.uniform(0.85, 1.3)))
            mesure = Mesure(date(year, 1, 1), date(year, 12, 31), Decimal(value), "comptage fictif")
            with simulated(moment(min(date(year + 1, 1, 20), self.jour), year)):
                record_releve(by=self.equipe, suivi=suivi, mesure=mesure)
        return len(years)


def moment(jour: date, rank: int) -> datetime:
    """A moment of a day, a little later for each gesture, so that the trace keeps their order."""
    start = horloge.at(jour, MORNING)
    return start + timedelta(seconds=rank % 3600)


def _fiche(vie: _Vie, fiche: FicheAction, event: Evenement) -> None:
    fiche.refresh_from_db()
    changes = dict(event.valeurs)
    why = changes.get("motif", "")
    update_fiche(by=vie.by(fiche), fiche=fiche, version=fiche.version, changes=changes, motif=why)


def _news(vie: _Vie, fiche: FicheAction, event: Evenement) -> None:
    give_news(by=vie.by(fiche), fiche=fiche, texte=event.valeurs["texte"])


def _part(vie: _Vie, fiche: FicheAction, event: Evenement) -> None:
    bodies = list(Organisation.objects.filter(signatures__espace=vie.espace).order_by("identifiant"))
    if bodies:
        set_part(by=vie.equipe, fiche=fiche, organisation=vie.rng.choice(bodies), part=event.valeurs["part"])


def _jalon(vie: _Vie, fiche: FicheAction, event: Evenement) -> None:
    create_jalon(by=vie.by(fiche), fiche=fiche, **event.valeurs)


def _change(vie: _Vie, fiche: FicheAction, event: Evenement, **changes: Any) -> None:
    jalon = fiche.jalons.filter(titre=event.valeurs["titre"]).select_related("fiche__espace").last()
    if jalon:
        update_jalon(by=vie.by(fiche), jalon=jalon, changes=changes, motif="revu en équipe projet")


def _reached(vie: _Vie, fiche: FicheAction, event: Evenement) -> None:
    _change(vie, fiche, event, atteint_le=event.jour)


def _revised(vie: _Vie, fiche: FicheAction, event: Evenement) -> None:
    _change(vie, fiche, event, revise_le=event.valeurs["revise_le"])


def _given_up(vie: _Vie, fiche: FicheAction, event: Evenement) -> None:
    _change(vie, fiche, event, abandonne_le=event.jour)


GESTES: dict[str, Callable[[_Vie, FicheAction, Evenement], None]] = {
    "fiche": _fiche,
    "nouvelle": _news,
    "part": _part,
    "jalon": _jalon,
    "atteint": _reached,
    "revise": _revised,
    "laisse": _given_up,
}
PROMESSES = ("en-cours", "", "tenu", "en-cours", "", "non-commence", "tenu-en-partie", "", "en-cours", "non-tenu", "")
FICTIF = ("Fictive", "Fictif")
PRENOMS = ("Agathe", "Bruno", "Carla", "Driss", "Élise", "Farid", "Gaëlle", "Hugo", "Inès", "Joël", "Karima", "Luc")
