"""The message that brings a request for an opinion to the contacts of the council, with its link."""

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.acteurs.models import Personne
from tenir.conseil.models import DemandeDAvis
from tenir.conseil.services.avis import locked, why_closed
from tenir.conseil.services.commun import CONSEIL, RIGHT
from tenir.core import courriels, horloge
from tenir.core.models import Courriel
from tenir.core.trace import Fait, record
from tenir.core.typographie import pluriel
from tenir.ecran.seuils import undone_until
from tenir.gouvernance.services.reunions import contacts_of_council
from tenir.habilitations.rights import Acces, require
from tenir.habilitations.services import trace_of

AVIS = "avis-demande"
"""The kind of the message; its `cible` is « request/person »."""
NOBODY = "Aucun contact du conseil citoyen n’a d’adresse électronique ici : donnez-lui le lien vous-même."


def bring(demande: DemandeDAvis) -> int:
    """Ask that a new request leaves for the council, once the gesture can be undone no more; return how many."""
    return _enqueue(demande, 0)


@transaction.atomic
def send_again(*, by: Acces, demande: DemandeDAvis) -> int:
    """Send the link of a request to the council again, once a day; return how many messages leave.

    Raises:
        Refus: she may not.
        ValidationError: the link answers no more, or nobody can be written to.
    """
    require(by, RIGHT, demande.espace)
    found = locked(demande)
    if sentence := why_closed(found):
        raise ValidationError(sentence)
    sent = _enqueue(found, horloge.today(found.espace).toordinal())
    if not sent:
        raise ValidationError(NOBODY)
    fact = Fait(CONSEIL, found.code, "lien", "", f"envoyé à {pluriel(sent, 'contact')} du conseil")
    record(trace_of(found.espace), by.auteur(found.espace), [fact])
    return sent


def _enqueue(demande: DemandeDAvis, turn: int) -> int:
    people, when = contacts_of_council(demande.espace), horloge.now() if turn else undone_until(horloge.now())
    for person in people:
        cible = f"{demande.pk}/{person.pk}"
        courriels.enqueue(cle=f"{AVIS}/{cible}/{turn}", genre=AVIS, cible=cible, pas_avant=when)
    return len(people)


def forget_person(personne: Personne) -> None:
    """Call off what waits for a contact, and take her address off what left."""
    sent = Courriel.objects.filter(genre=AVIS, cible__endswith=f"/{personne.pk}")
    courriels.cancel(sent)
    sent.update(adresse="")
