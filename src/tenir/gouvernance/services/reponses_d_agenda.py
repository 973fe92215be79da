"""Noting what a calendar answered: the body is found by the event and the address of its contact."""

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.core import horloge
from tenir.core.marques import Lu, refuse_unread
from tenir.core.noms import de
from tenir.core.trace import Fait
from tenir.ecran.annulation.gestes import geste
from tenir.gouvernance.agenda import uid_of
from tenir.gouvernance.models import Convocation, Reunion
from tenir.gouvernance.reponse_d_agenda import ReponseDAgenda, ReponseIllisible, read
from tenir.gouvernance.services.commun import REUNION, about_reunion
from tenir.gouvernance.services.liens import told_answer
from tenir.gouvernance.services.reunions import locked
from tenir.habilitations.models import Referent
from tenir.habilitations.rights import Acces, require

RIGHT = "reunion.update"
ANOTHER = "Cette réponse est celle d’une autre réunion."
OLDER = "Cette réponse porte sur une version d’avant : la réunion a changé depuis, demandez de nouveau."
NOBODY = "L’adresse qui répond n’est celle d’aucun contact des organismes convoqués : notez la réponse vous-même."
TWO = "L’adresse qui répond est celle de plusieurs organismes convoqués : notez la réponse vous-même."


@transaction.atomic
def note_reply(*, by: Acces, reunion: Reunion, content: bytes, lu: Lu | None = None) -> Convocation:
    """Note the answer of a body that its contact gave in her calendar; the last answer counts, as by the link.

    Raises:
        Refus: she may not.
        Perime: the answers are no more those that were read.
        ValidationError: the meeting is over, or the reply is none, another’s, of before, of nobody invited.
    """
    require(by, RIGHT, reunion.espace)
    found = locked(reunion)
    refuse_unread(lu, shown_answers(found))
    if not found.is_to_come:
        raise ValidationError("Cette réunion est tenue ou annulée : les réponses ne s’y notent plus.")
    try:
        said = read(content)
    except ReponseIllisible as error:
        raise ValidationError({"texte": str(error)}) from error
    one = _whose(found, said)
    with geste(by, about_reunion(found), f"réponse {de(one.organisation)} lue dans un agenda") as g:
        g.keep(one)
        before = told_answer(one)
        one.reponse, one.repondu_le, one.represente_par = said.reponse, horloge.now(), None
        one.full_clean()
        one.save()
        g.tell([Fait(REUNION, found.code, f"réponse {de(one.organisation)}, par agenda", before, told_answer(one))])
    return one


def _whose(reunion: Reunion, said: ReponseDAgenda) -> Convocation:
    if said.uid.lower() != uid_of(reunion).lower():
        raise ValidationError({"texte": ANOTHER})
    if said.sequence < reunion.sequence:
        raise ValidationError({"texte": OLDER})
    today = horloge.today(reunion.espace)
    people = Referent.objects.filter(espace=reunion.espace, personne__email__iexact=said.adresse).current(today)
    rows = reunion.convocations.select_for_update(of=("self",)).select_related("organisation", "represente_par")
    found = list(rows.filter(organisation__in=people.values("organisation")))
    if len(found) != 1:
        raise ValidationError({"texte": TWO if found else NOBODY})
    return found[0]


def shown_answers(reunion: Reunion) -> Lu:
    """What a page shows of the answers to a meeting."""
    rows = reunion.convocations.select_related("organisation", "represente_par")
    return {str(one.organisation): told_answer(one) for one in rows}
