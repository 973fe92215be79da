"""Two years and a half of meetings of a fictitious contract: who sits, what is convened, held, decided and published.

One comité de pilotage meets with no comité technique since the last, its reason said; a group that should meet each
quarter misses some; decisions are carried out, late, or waiting; a proposal is followed to its decision.
"""

import random
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from tenir.contrat.models import InstanceDeGouvernance, OrganismeCite, Signataire
from tenir.core.models import Courriel
from tenir.demonstration.vie.etapes import Etape
from tenir.demonstration.vie.scenario import sentences
from tenir.fiches.models import FicheAction
from tenir.gouvernance.enums import EtatDeDecision, GenreDeRegle, NatureDeSource, Possible, Qualite, Reponse
from tenir.gouvernance.models import Convocation, Decision, InstanceSuivie, Proposition, Reunion
from tenir.gouvernance.regles import Ecart, bodies_on
from tenir.gouvernance.services.instances import add_rule, adopt, seat_all
from tenir.gouvernance.services.liens import answer
from tenir.gouvernance.services.points import add_point, update_point
from tenir.gouvernance.services.reunions import (
    CONVOCATION,
    convene,
    hold,
    note_attendance,
    plan,
    publish,
    what_convening_leaves,
    what_holding_leaves,
)
from tenir.gouvernance.services.sondages import MESSAGE, Creneau, open_poll, say
from tenir.gouvernance.services.suites import decide, propose, put_on_agenda, say_decision
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces

PILOTAGE, TECHNIQUE, EMPLOI, HABITER, FINANCEURS = "G01", "G02", "G04", "G05", "G06"
CALENDRIER: tuple[tuple[int, str], ...] = (
    (-900, EMPLOI),
    (-860, FINANCEURS),
    (-840, TECHNIQUE),
    (-800, PILOTAGE),
    (-700, EMPLOI),
    (-640, HABITER),
    (-590, EMPLOI),
    (-500, FINANCEURS),
    (-460, PILOTAGE),  # with no comité technique since the last one
    (-400, HABITER),
    (-360, TECHNIQUE),
    (-330, EMPLOI),
    (-215, FINANCEURS),
    (-190, TECHNIQUE),
    (-150, EMPLOI),
    (-95, PILOTAGE),
    (-40, HABITER),
)
"""The meetings of the past, each so many days before the day that is told."""
PARITE = {
    "genre": GenreDeRegle.PARITE,
    "titre": "Venir à parité : au moins 40 % de femmes et 40 % d’hommes dans la salle.",
    "nombre": 40,
    "nature": NatureDeSource.TENIR,
    "source": "choix de l’équipe, à titre d’exemple fictif",
}
LIEU = "Maison du projet, salle du rez-de-chaussée"
RAISON = "Calendrier bouleversé par le départ de la cheffe de projet ; le comité technique se tiendra à l’automne."

RAISON_DE_SALLE = (
    "Deux organismes ont changé de représentant le matin même ; la réunion s’est tenue pour ne pas perdre la date."
)


class ReunionsFictives:
    """The meetings of one contract, played as the days go by."""

    def __init__(self, espace: EspaceDeContrat, equipe: Acces, debut: date, jour: date, graine: int) -> None:
        self.espace, self.equipe, self.debut, self.jour = espace, equipe, debut, jour
        self.rng = random.Random(f"{graine}/reunions")  # noqa: S311 - no secret
        self.salle = random.Random(f"{graine}/salle")  # noqa: S311 - no secret; what was drawn before stays
        self.etapes = [Etape(debut, self._compose), *self._past(), *self._to_come()]

    def _past(self) -> list[Etape]:
        found = []
        for ago, code in CALENDRIER:
            day = self.jour + timedelta(days=ago)
            found += [
                Etape(day - timedelta(days=14), partial(self._convene, code, day)),
                Etape(day - timedelta(days=5), partial(self._answer, code, day)),
                Etape(day, partial(self._hold, code, day)),
                Etape(day + timedelta(days=40), partial(self._carry_out, code, day)),
            ]
        return found

    def _to_come(self) -> list[Etape]:
        """A comité technique convened, which half answered; the comité de pilotage after it, planned."""
        soon, after = self.jour + timedelta(days=12), self.jour + timedelta(days=45)
        return [
            Etape(self.jour - timedelta(days=6), partial(self._convene, TECHNIQUE, soon)),
            Etape(self.jour - timedelta(days=2), partial(self._answer, TECHNIQUE, soon)),
            Etape(self.jour - timedelta(days=1), partial(self._plan, PILOTAGE, after)),
            Etape(self.jour - timedelta(days=1), partial(self._propose_for, after)),
            Etape(self.jour - timedelta(days=4), self._seek_a_date),
        ]

    def _seek_a_date(self) -> None:
        """A day asked for the group on employment; all but one have answered."""
        instance = self._body(EMPLOI)
        days = [Creneau(self.jour + timedelta(days=ago), time(hour)) for ago, hour in ((20, 9), (23, 14), (27, 9))]
        found = open_poll(
            by=self.equipe, instance=instance, objet="Recrutements du printemps", dates=days,
            reponse_avant=self.jour + timedelta(days=9), bodies=list(bodies_on(instance, self.jour)),
        )  # fmt: skip
        _as_sent(MESSAGE, found.sondes.values_list("pk", flat=True), found.cree_le)
        for sonde in list(found.sondes.all())[1:]:
            say(sonde=sonde, possibles={one.pk: self.rng.choice(Possible.values) for one in found.dates.all()})

    def _body(self, code: str) -> InstanceSuivie:
        return InstanceSuivie.objects.of(self.espace).get(instance__code=code)

    def _meeting(self, code: str, day: date) -> Reunion:
        return Reunion.objects.of(self.espace).get(instance__instance__code=code, jour=day)

    def _compose(self) -> None:
        """Who sits: the bodies that the contract names, every signatory where it says so."""
        signed = [one.organisation for one in Signataire.objects.of(self.espace).select_related("organisation")]
        for body in InstanceDeGouvernance.objects.of(self.espace):
            cited = body.organismes.select_related("organisation")
            seats: dict[int, Any] = {}
            for one in cited:
                if one.organisation:
                    as_ = Qualite.PRESIDENCE if one.role == OrganismeCite.Role.PRESIDENCE else Qualite.MEMBRE
                    seats.setdefault(one.organisation.pk, (one.organisation, "", as_))
            if body.code in (PILOTAGE, TECHNIQUE):
                for organisation in filter(None, signed):
                    seats.setdefault(organisation.pk, (organisation, "signataire", Qualite.MEMBRE))
            if seats:
                seat_all(by=self.equipe, instance=self._body(body.code), bodies=seats.values(), du=self.debut)
        adopt(by=self.equipe, instance=self._body(PILOTAGE), le=self.debut, par="le comité de pilotage d’installation")
        add_rule(by=self.equipe, instance=self._body(PILOTAGE), given={**PARITE, "du": self.debut})

    def _plan(self, code: str, day: date) -> Reunion:
        given = {"jour": day, "debut": time(14), "fin": time(16, 30), "lieu": LIEU}
        found = plan(by=self.equipe, instance=self._body(code), given=given)
        for titre in self.rng.sample(sentences()["point"], 3):
            add_point(by=self.equipe, reunion=found, titre=titre)
        return found

    def _convene(self, code: str, day: date) -> None:
        found = self._plan(code, day)
        bodies = list(bodies_on(found.instance, day))
        why = {one.cle: RAISON for one in what_convening_leaves(found, bodies)}
        convene(by=self.equipe, reunion=found, bodies=bodies, raisons=why)
        _as_sent(CONVOCATION, found.convocations.values_list("pk", flat=True), found.creee_le)

    def _answer(self, code: str, day: date) -> None:
        for one in self._invited(code, day):
            drawn = self.rng.random()
            if drawn < 0.75:
                said = Reponse.PRESENT if drawn < 0.6 else Reponse.EXCUSE
                answer(convocation=one, reponse=said)

    def _invited(self, code: str, day: date) -> list[Convocation]:
        rows = self._meeting(code, day).convocations.select_related("reunion__espace", "organisation")
        return list(rows.order_by("organisation__identifiant"))

    def _hold(self, code: str, day: date) -> None:
        """Who came, what was said, what was decided; published the same evening."""
        found = self._meeting(code, day)
        seen = {one.pk: (self._seen(one), None) for one in self._invited(code, day)}
        note_attendance(by=self.equipe, reunion=found, presences=seen, personnes=self._counted(seen))
        found.refresh_from_db()
        hold(by=self.equipe, reunion=found, raisons={one.cle: _why(one) for one in what_holding_leaves(found)})
        for point in found.points.order_by("rang"):
            notes = self.rng.choice(sentences()["notes_de_reunion"])
            update_point(by=self.equipe, point=point, version=point.version, changes={"notes": notes})
        self._follow_up(found, code)
        publish(by=self.equipe, reunion=found, public=True)

    def _counted(self, seen: dict[int, tuple[str, None]]) -> tuple[int, int]:
        """How many women and men: one or two people for each body that is there."""
        people = sum(self.salle.choice((1, 1, 2)) for said, _ in seen.values() if said == Reponse.PRESENT)
        women = round(people * self.salle.uniform(0.35, 0.65))
        return women, people - women

    def _seen(self, one: Convocation) -> str:
        if one.reponse == Reponse.EXCUSE:
            return Reponse.EXCUSE
        return Reponse.PRESENT if self.rng.random() < 0.85 else Reponse.ABSENT

    def _follow_up(self, found: Reunion, code: str) -> None:
        """Groups propose; the comité de pilotage decides, of the proposal that waits first; the technique prepares."""
        if code in (EMPLOI, HABITER):
            by = self._invited(code, found.jour)[0].organisation
            propose(by=self.equipe, reunion=found, given={"texte": self._drawn("proposition"), "organisme": by})
        waiting = Proposition.objects.of(self.espace).waiting().order_by("numero").first()
        point = None
        if code == PILOTAGE and waiting:
            point = add_point(by=self.equipe, reunion=found, titre=f"Proposition {waiting.code}", proposition=waiting)
            self._decide(found, waiting.texte, point)
        if code in (PILOTAGE, TECHNIQUE):
            self._decide(found, self._drawn("decision"))
            self._decide(found, self._drawn("decision"))

    def _decide(self, found: Reunion, texte: str, point: Any = None) -> None:
        bodies = [one.organisation for one in self._invited(found.instance.code, found.jour)]
        fiche = self.rng.choice(list(FicheAction.objects.of(self.espace).select_related("action")))
        due = found.jour + timedelta(days=self.rng.choice((30, 60, 90)))
        given = {"texte": texte, "organisme": self.rng.choice(bodies), "pour_le": due, "fiche": fiche}
        decide(by=self.equipe, reunion=found, given=given, point=point)

    def _carry_out(self, code: str, day: date) -> None:
        """Two decisions out of three are carried out."""
        for rank, one in enumerate(Decision.objects.of(self.espace).filter(reunion=self._meeting(code, day))):
            if (one.numero + rank) % 3:
                changes = {"etat": EtatDeDecision.EXECUTEE, "suite": self._drawn("suite_de_decision")}
                say_decision(by=self.equipe, decision=one, version=one.version, changes=changes)

    def _propose_for(self, day: date) -> None:
        """The proposal that waits is on the agenda of the comité de pilotage to come."""
        waiting = Proposition.objects.of(self.espace).waiting().order_by("numero").first()
        if waiting:
            put_on_agenda(by=self.equipe, proposition=waiting, reunion=self._meeting(PILOTAGE, day))

    def _drawn(self, kind: str) -> str:
        return self.rng.choice(sentences()[kind])


def _why(ecart: Ecart) -> str:
    """The reason of a meeting held beside a rule: of the order of bodies, or of what was counted there."""
    return RAISON if ecart.cle.startswith("ordre/") else RAISON_DE_SALLE


def _as_sent(genre: str, numbers: Iterable[int], when: datetime) -> None:
    """Say that the messages of some links have left: in a demonstration nothing leaves."""
    for number in numbers:
        waiting = Courriel.objects.filter(genre=genre, cible__startswith=f"{number}/", etat=Courriel.Etat.A_ENVOYER)
        waiting.update(etat=Courriel.Etat.ENVOYE, envoye_le=when)
