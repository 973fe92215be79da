"""Whom a point d'étape asks, and what stops it from leaving: shown before, computed again when it is sent."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from tenir.acteurs.models import Organisation, Personne
from tenir.contrat.pilotage import prefetches_of_actions
from tenir.engagements.models import SuiviDEngagement
from tenir.fiches.droits import in_charge, to_designate
from tenir.fiches.models import FicheAction
from tenir.fichier.mots import plain
from tenir.habilitations.models import EspaceDeContrat, Referent
from tenir.indicateurs.models import ReleveDIndicateur, SuiviDIndicateur
from tenir.indicateurs.releves import awaited
from tenir.points.demande import NombreDemande
from tenir.points.models import PointDEtape, RefusDeSollicitation

Sujet = FicheAction | SuiviDEngagement | SuiviDIndicateur | NombreDemande


@dataclass(frozen=True, slots=True)
class Blocage:
    """What stops the sending: its key, to waive it by, and the sentence that says what is missing."""

    cle: str
    phrase: str


@dataclass(slots=True)
class Sollicitation:
    """Someone to ask, for which body, about what."""

    personne: Personne
    organisation: Organisation | None
    sujets: list[Sujet] = field(default_factory=list)

    @property
    def codes(self) -> list[str]:
        """The codes of what she is asked about, numbers left aside."""
        return [one.code for one in self.sujets if not isinstance(one, NombreDemande)]

    @property
    def nombres(self) -> list[NombreDemande]:
        """The numbers that she is asked."""
        return [one for one in self.sujets if isinstance(one, NombreDemande)]


@dataclass(frozen=True, slots=True)
class Plan:
    """Whom to ask, what still stops the sending, and what was waived."""

    sollicitations: list[Sollicitation]
    blocages: list[Blocage]
    dispenses: list[Blocage]

    @property
    def nombres(self) -> list[Blocage]:
        """The numbers that would be asked, a kind and a body each, which the team may pass over."""
        asked = [one for each in self.sollicitations for one in each.nombres]
        return list({one.cle: _number(one) for one in asked}.values())


def plan_of(point: PointDEtape, on: date) -> Plan:
    """Compute whom to ask on a day; the number of queries does not grow with the contract."""
    book = Carnet(point.espace, on)
    asked: dict[int, Sollicitation] = {}
    stops: dict[str, Blocage] = {}
    waived = set(point.dispenses.values_list("cle", flat=True))
    for sujet, holders in _subjects(point, on):
        for holder in _but_waived(sujet, holders, waived):
            found = holder if isinstance(holder, Blocage) else book.answers_for(holder)
            if isinstance(found, Blocage):
                stops[found.cle] = found
            elif sujet is not None:
                held = asked.setdefault(found.personne.pk, Sollicitation(found.personne, found.organisation))
                if sujet not in held.sujets:
                    held.sujets.append(sujet)
    return Plan(
        sorted(asked.values(), key=lambda one: (plain(str(one.organisation or "")), plain(one.personne.nom))),
        [stop for stop in stops.values() if stop.cle not in waived],
        [stop for stop in stops.values() if stop.cle in waived],
    )


Holder = Organisation | Personne | Blocage


def _but_waived(sujet: "Sujet | None", holders: "Iterable[Holder]", waived: set[str]) -> "Iterable[Holder]":
    """Whom to ask; a number that the team passes over is told with what it passed over, and asked of nobody."""
    return [_number(sujet)] if isinstance(sujet, NombreDemande) and sujet.cle in waived else holders


def _number(demande: NombreDemande) -> Blocage:
    return Blocage(demande.cle, f"{demande.nature.libelle}, {demande.organisme}")


def unwilling(espace: EspaceDeContrat) -> set[int]:
    """The numbers of those who asked not to be asked any more in a contract."""
    return set(RefusDeSollicitation.objects.filter(espace=espace).values_list("personne_id", flat=True))


class Carnet:
    """Whom to call in each body of a contract on a day, read once."""

    def __init__(self, espace: EspaceDeContrat, on: date) -> None:
        self.refused = unwilling(espace)
        self.known: dict[int, list[Referent]] = {}
        referents = Referent.objects.filter(espace=espace).current(on).select_related("personne", "organisation")
        for referent in referents.order_by("du", "pk"):
            self.known.setdefault(referent.organisation_id, []).append(referent)

    def answers_for(self, holder: Organisation | Personne) -> "Sollicitation | Blocage":
        """The person to ask: herself, or the first contact of the body who has an address and agrees to be asked."""
        if isinstance(holder, Personne):
            return self._herself(holder)
        reachable = [one for one in self.known.get(holder.pk, []) if one.personne.email]
        willing = [one for one in reachable if one.personne_id not in self.refused]
        if willing:
            return Sollicitation(willing[0].personne, holder)
        why = "ses contacts ne souhaitent plus être sollicités" if reachable else "aucun contact avec une adresse"
        return Blocage(f"organisme/{holder.identifiant}", f"{holder} : {why}.")

    def _herself(self, personne: Personne) -> "Sollicitation | Blocage":
        if personne.email and personne.pk not in self.refused:
            bodies = [one for ones in self.known.values() for one in ones if one.personne_id == personne.pk]
            return Sollicitation(personne, bodies[0].organisation if bodies else None)
        why = "ne souhaite plus être sollicité·e" if personne.email else "n’a pas d’adresse"
        return Blocage(f"personne/{personne.pk}", f"{personne} {why}.")


def _subjects(point: PointDEtape, on: date) -> Iterator[tuple[Sujet | None, Iterable[Holder]]]:
    if point.actions:
        yield from _actions(point.espace)
    if point.engagements:
        yield from _promises(point.espace)
    if point.indicateurs:
        yield from _indicators(point.espace, point.reponse_avant)
    if point.nombres:
        yield from _numbers(point.espace, on)


def _actions(espace: EspaceDeContrat) -> Iterator[tuple[Sujet, Iterable[Holder]]]:
    rows = (
        FicheAction.objects.of(espace)
        .open()
        .select_related("action__orientation", "organisme_en_charge", "personne_en_charge")
    )
    for fiche in rows.prefetch_related(*prefetches_of_actions("action__")):
        if fiche.personne_en_charge:
            yield fiche, [fiche.personne_en_charge]
        elif to_designate(fiche) and not in_charge(fiche):
            yield fiche, [Blocage(f"action/{fiche.code}", f"{fiche.code} : personne n’est désigné pour la porter.")]
        else:
            yield fiche, in_charge(fiche)


def _promises(espace: EspaceDeContrat) -> Iterator[tuple[Sujet, Iterable[Holder]]]:
    rows = SuiviDEngagement.objects.of(espace).awaited().select_related("engagement__signataire__organisation")
    for engagement in rows:
        yield engagement, [engagement.engagement.signataire.organisation]


def _indicators(espace: EspaceDeContrat, until: date) -> Iterator[tuple[Sujet, Iterable[Holder]]]:
    rows = SuiviDIndicateur.objects.of(espace).select_related("indicateur", "organisme", "personne")
    latest = _latest_readings(espace)
    for suivi in rows:
        if not is_due(suivi, latest.get(suivi.pk), until):
            continue
        if suivi.personne or suivi.organisme:
            yield suivi, [suivi.personne or suivi.organisme]  # type: ignore[list-item]  # one of them is there
        else:
            yield suivi, [Blocage(f"indicateur/{suivi.code}", f"{suivi.code} : aucun organisme n’en répond.")]


def _numbers(espace: EspaceDeContrat, on: date) -> Iterator[tuple[Sujet | None, Iterable[Holder]]]:
    from tenir.points.services.demandes import Inconnue, asked_in  # the kinds are slow to start

    for found in asked_in(espace, on):
        if isinstance(found, Inconnue):
            why = "aucun organisme ne l’a encore compté, et aucun ne porte ses actions"
            yield None, [Blocage(f"nature/{found.nature.nature}", f"{found.nature.libelle} : {why}.")]
        else:
            yield found, [found.organisme]


def _latest_readings(espace: EspaceDeContrat) -> dict[int, date]:
    found = ReleveDIndicateur.objects.filter(suivi__espace=espace, correction=None).order_by("fin")
    return dict(found.values_list("suivi_id", "fin"))


def is_due(suivi: SuiviDIndicateur, latest: date | None, until: date) -> bool:
    """Whether a reading is awaited by a day: always the first, then as its frequency says."""
    if latest is None:
        return True
    found = awaited(suivi.frequence, latest, suivi.ouvert_le)
    return found is not None and found.due(until)
