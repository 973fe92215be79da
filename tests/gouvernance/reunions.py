"""A contract with two bodies, one to meet before the other, for the tests of meetings."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from tenir.contrat.models import InstanceDeGouvernance, OrganismeCite, RegleDOrdre
from tenir.contrat.ouverture import open_life
from tenir.core import horloge
from tenir.gouvernance.models import Decision, InstanceSuivie, Proposition, Reunion, Siege, Sondage
from tenir.gouvernance.ouverture import SORTE
from tenir.gouvernance.services.points import add_point
from tenir.gouvernance.services.reunions import convene, plan, what_convening_leaves
from tenir.gouvernance.services.sondages import Creneau, open_poll
from tenir.gouvernance.services.suites import decide, propose
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tests.personnes import body, person, referent

LINES = "451-453"
"""Where the order of the two bodies is written."""


@dataclass(frozen=True)
class Comites:
    """The comité de pilotage, and the comité technique that meets before it."""

    espace: EspaceDeContrat
    pilotage: InstanceSuivie
    technique: InstanceSuivie


def comites(espace: EspaceDeContrat, *, since: date = date(2024, 1, 5)) -> Comites:
    """The two bodies, where « ccas », « caf » and the council of residents sit; « ccas » has a contact."""
    followed = InstanceSuivie.objects.of(espace)
    if already := followed.filter(instance__code__in=("G91", "G92")).order_by("instance__code"):
        return Comites(espace, *already)  # another room made them in the same contract
    pilotage = InstanceDeGouvernance.objects.create(espace=espace, code="G91", ordre=901, nom="Comité de pilotage")
    technique = InstanceDeGouvernance.objects.create(
        espace=espace,
        code="G92",
        ordre=902,
        nom="Comité technique",
        reunions_par_an=1,
        frequence="chaque année",
        source="441",
    )
    RegleDOrdre.objects.create(
        instance=technique, avant=pilotage, rang=0, titre="Réunir le comité technique en amont.", source=LINES
    )
    council = body("conseil")
    council.nature = "conseil citoyen"
    council.save()
    for one in (pilotage, technique):
        cited = {"role": "membre", "rang": 0, "nom": "Conseil citoyen", "organisation": council}
        OrganismeCite.objects.create(espace=espace, instance=one, **cited)
    open_life(espace, SORTE)
    found = Comites(espace, followed.get(instance=pilotage), followed.get(instance=technique))
    for one in (found.pilotage, found.technique):
        for name in ("ccas", "caf", "conseil"):
            Siege.objects.create(instance=one, organisation=body(name), du=since)
    referent(person("Nina Convoquée", signs_in=False), espace, of="ccas")
    return found


def reunion(by: Acces, instance: InstanceSuivie, days: int = 20, **given: Any) -> Reunion:
    """A meeting planned so many days from today."""
    return plan(by=by, instance=instance, given={"jour": horloge.today() + timedelta(days=days), **given})


def sondage(by: Acces, instance: InstanceSuivie) -> Sondage:
    """A poll of two days among the bodies that sit."""
    today = horloge.today()
    return open_poll(
        by=by,
        instance=instance,
        objet="Bilan",
        reponse_avant=today + timedelta(days=7),
        dates=[Creneau(today + timedelta(days=20)), Creneau(today + timedelta(days=21), time(9), time(11))],
        bodies=[body(name) for name in ("caf", "ccas", "conseil")],
    )


def convoquee(by: Acces, instance: InstanceSuivie, days: int = 20, **given: Any) -> Reunion:
    """A meeting to which the bodies that sit are invited, whatever the rules say."""
    found = reunion(by, instance, days, **given)
    bodies = [body(name) for name in ("caf", "ccas", "conseil")]
    why = {one.cle: "Raison fictive." for one in what_convening_leaves(found, bodies)}
    convene(by=by, reunion=found, bodies=bodies, raisons=why)
    found.refresh_from_db()
    return found


def decision(by: Acces, of: Reunion, **given: Any) -> Decision:
    """A decision of a meeting, which « ccas » carries out."""
    return decide(by=by, reunion=of, given={"texte": "Ouvrir le lieu.", "organisme": body("ccas"), **given})


def proposition(by: Acces, of: Reunion) -> Proposition:
    """A proposal of a meeting."""
    return propose(by=by, reunion=of, given={"texte": "Ouvrir le mercredi.", "organisme": body("ccas")})


def point(by: Acces, of: Reunion, titre: str = "Bilan"):
    """An item of an agenda."""
    return add_point(by=by, reunion=of, titre=titre)
