"""Who may be told of a comment: those who read what it is about, with an account or by a link of their own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tenir.acteurs.models import Organisation, Personne
from tenir.commentaires.models import Chose, espace_of
from tenir.core import horloge
from tenir.core.alphabet import alphabetical
from tenir.engagements.models import SuiviDEngagement
from tenir.equipe.services.contacts import contacts_of
from tenir.equipe.services.relances import refused
from tenir.fiches.droits import in_charge, printed_partners
from tenir.fiches.models import FicheAction
from tenir.habilitations.models import EspaceDeContrat, Habilitation
from tenir.habilitations.rights import Acces, Portee, may, table_reach
from tenir.habilitations.roles import GIVEN
from tenir.points.models import Question

READ, READ_ANSWERS, CONTACTS = "fiche.read", "point.update", "contact.read"


@dataclass(frozen=True, slots=True)
class Lecteur:
    """Someone who reads a thing: for which body, and whether she signs in for it or answers by a link."""

    personne: Personne
    organisation: Organisation | None
    par_lien: bool

    @property
    def nom(self) -> str:
        """« Cléo Relais, CCAS », as a list of people to choose among shows her."""
        beside = ", par courriel" if self.par_lien else ""
        return f"{self.personne}{f', {self.organisation}' if self.organisation else ''}{beside}"


def right_of(chose: Chose) -> str:
    """The right to read what one comments on."""
    return READ_ANSWERS if isinstance(chose, Question) else READ


def readers_of(chose: Chose) -> dict[int, Lecteur]:
    """Everyone who may be told of a comment on a thing, by number."""
    espace = espace_of(chose)
    today = horloge.today(espace)
    found = {one.personne_id: Lecteur(one.personne, one.organisation, False) for one in _roles(espace, chose, today)}
    for personne, body in _by_link(espace, chose, today):
        found.setdefault(personne.pk, Lecteur(personne, body, True))
    return {number: one for number, one in found.items() if one.personne.email}


def whom(by: Acces, chose: Chose) -> dict[int, Lecteur]:
    """Those whom someone may tell: herself left out, and contacts where she is not shown whom to call."""
    known = may(by, CONTACTS, espace_of(chose))
    found = readers_of(chose)
    return {key: one for key, one in found.items() if key != by.personne.pk and (known or not one.par_lien)}


def _roles(espace: EspaceDeContrat, chose: Chose, on: date) -> Iterable[Habilitation]:
    roles = [role for role in GIVEN if table_reach(role, right_of(chose)) == Portee.TOUTE]
    held = Habilitation.objects.filter(espace=espace, role__in=roles).current(on)
    return held.select_related("personne", "organisation").order_by(alphabetical("personne__nom"), "pk")


def _by_link(espace: EspaceDeContrat, chose: Chose, on: date) -> Iterable[tuple[Personne, Organisation | None]]:
    """Those who have no page of the site for it: contacts of the bodies concerned, whoever gave an answer."""
    if isinstance(chose, Question):
        asked = chose.destinataire
        return [(one, asked.organisation) for one in (chose.repondu_par, asked.personne) if one]
    unwilling = refused(espace)
    contacts = contacts_of(espace, on).filter(organisation__in=_bodies(chose)).order_by(alphabetical("personne__nom"))
    return [(one.personne, one.organisation) for one in contacts if one.personne_id not in unwilling]


def _bodies(chose: FicheAction | SuiviDEngagement) -> list[Organisation]:
    """The bodies that a thing concerns: those that carry it, and its partners."""
    if isinstance(chose, SuiviDEngagement):
        signed = chose.engagement.signataire.organisation
        return [signed] if signed else []
    added = [one.organisation for one in chose.partenaires.select_related("organisation")]
    printed = [one.organisation for one in printed_partners(chose) if one.organisation]
    return [*in_charge(chose), *added, *printed]
