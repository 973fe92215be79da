"""Reminding a body of an action or of a promise: a message now, its last day known, never twice the same day."""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.template.loader import render_to_string

from tenir.acteurs.models import Organisation
from tenir.contrat.models import ActionPrevue, Engagement
from tenir.core import courriels, horloge
from tenir.core.lettre import Message
from tenir.core.noms import de
from tenir.core.piece import by_name
from tenir.core.trace import Fait, record
from tenir.core.typographie import capital
from tenir.ecran.navigation import address
from tenir.equipe.models import Relance
from tenir.equipe.services.contacts import contacts_of
from tenir.habilitations.correspondance import sender_of, team_of
from tenir.habilitations.models import EspaceDeContrat, Referent
from tenir.habilitations.numeros import hold
from tenir.habilitations.rights import Acces, require
from tenir.habilitations.services import trace_of

RELANCE = "relance"
"""The kind of the message, and of the fact in the trace of the thing."""
REFUS = "refus de sollicitation"
"""The slot that says who asked not to be asked any more in a contract: the numbers of these persons."""
Chose = ActionPrevue | Engagement


class RelanceRefusee(Exception):
    """Nobody may be reminded; the message is the French sentence to show."""


class Relances:
    """When each thing of a contract was last reminded of; one query, asked when the first is looked for."""

    def __init__(self, espace: EspaceDeContrat) -> None:
        self.espace = espace
        self._last: dict[tuple[int | None, int | None], date] | None = None

    def last(self, *, action: int | None = None, engagement: int | None = None) -> date | None:
        """The last day an action, or a promise, was reminded of."""
        if self._last is None:
            rows = Relance.objects.filter(espace=self.espace).order_by().values_list("action", "engagement")
            self._last = {(one, other): le for one, other, le in rows.annotate(dernier=Max("le"))}
        return self._last.get((action, engagement))


def refused(espace: EspaceDeContrat) -> set[int]:
    """The numbers of those who asked not to be asked any more."""
    told: Callable[[EspaceDeContrat], set[int]] | None = by_name("slots").get(REFUS)
    return told(espace) if told else set()


@transaction.atomic
def remind(*, by: Acces, espace: EspaceDeContrat, chose: Chose, organisations: Iterable[Organisation]) -> list[Relance]:
    """Ask bodies where an action or a promise stands, one message each; those reminded today already are left.

    Raises:
        Refus: she may not.
        RelanceRefusee: all were reminded today, or nobody can be written to.
    """
    require(by, "relance.create", espace)
    hold(espace)
    bodies, today = list(organisations), horloge.today(espace)
    if not bodies:
        raise RelanceRefusee("Personne n’est désigné : il n’y a personne à relancer.")
    about = _about(chose)
    done = set(Relance.objects.filter(**about, le=today).values_list("organisation_id", flat=True))
    left = [body for body in bodies if body.pk not in done]
    if not left:
        raise RelanceRefusee("Déjà relancé aujourd’hui : rien n’est envoyé deux fois le même jour.")
    found = _reachable(espace, left, today)
    if not found:
        raise RelanceRefusee(f"Aucun contact avec une adresse : {', '.join(str(body) for body in left)}.")
    return [_send(by, espace, about, contact, today) for contact in found]


def _about(chose: Chose) -> dict[str, Chose]:
    return {"action" if isinstance(chose, ActionPrevue) else "engagement": chose}


def _reachable(espace: EspaceDeContrat, bodies: list[Organisation], today: date) -> list[Referent]:
    """One contact of each body: the oldest who has an address and agrees to be asked."""
    unwilling = refused(espace)
    first: dict[int, Referent] = {}
    for one in contacts_of(espace, today).filter(organisation__in=bodies).order_by("du", "pk"):
        if one.personne.email and one.personne_id not in unwilling:
            first.setdefault(one.organisation_id, one)
    return list(first.values())


def _send(by: Acces, espace: EspaceDeContrat, about: dict[str, Chose], contact: Referent, today: date) -> Relance:
    made = Relance(espace=espace, organisation=contact.organisation, personne=contact.personne, le=today, **about)
    made.par = by.personne
    made.full_clean()
    made.save()
    courriels.enqueue(cle=f"{RELANCE}/{made.pk}", genre=RELANCE, cible=str(made.pk))
    kind = "fiche action" if made.action else "engagement"
    fact = Fait(kind, made.objet.code, RELANCE, "", f"{contact.organisation}, personne n° {contact.personne_id}")
    record(trace_of(espace), by.auteur(espace), [fact])
    return made


def write_reminder(cible: str, now: datetime) -> Message | str:
    """The message, or why it must not leave any more."""
    rows = Relance.objects.select_related("espace", "action", "engagement", "organisation", "personne", "par")
    found = rows.filter(pk=cible).first()
    if found is None or not found.personne.email:
        return "Cette personne n’a plus d’adresse."
    if found.personne_id in refused(found.espace):
        return "Cette personne ne souhaite plus être sollicitée."
    with horloge.zone(found.espace):
        return _message(found)


def _message(found: Relance) -> Message:
    espace, chose = found.espace, found.objet
    route, noun = ("fiche", "l’action") if found.action else ("suivi-engagement", "l’engagement")
    given = {
        "equipe": capital(team_of(espace)),
        "fictif": " (contrat fictif, pour la démonstration)" if espace.fictif else "",
        "chose": f"{noun} « {chose.titre} »",
        "de_l_organisme": de(found.organisation.nom),
        "lien": f"{settings.ADRESSE}{address(route, espace, chose.code)}",
    }
    text = render_to_string("equipe/relance.txt", given)
    return Message(found.personne.email, f"où en est « {chose.titre} » ?", text, sender_of(espace, found.par))
