"""A second factor that is lost: lifted by whoever runs the server, so that its owner sets up another."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from tenir.acteurs.models import Personne
from tenir.acteurs.services import close_sessions
from tenir.core.trace import Auteur, Fait, record
from tenir.habilitations.services import trace_of


class RienALever(LookupError):
    """Nobody has that address with an account, or she has no second factor; the message is the French sentence."""


@transaction.atomic
def lift_second_factor(*, adresse: str, commande: str) -> Personne:
    """Take away the second factor and the rescue codes of an account, and sign it out everywhere; told in the trace.

    Raises:
        RienALever: there is none to lift.
    """
    personne = Personne.objects.filter(email__iexact=adresse, utilisateur__isnull=False).first()
    if personne is None or personne.utilisateur is None:
        raise RienALever(f"personne n’a de compte à l’adresse {adresse}.")
    if not Authenticator.objects.filter(user=personne.utilisateur).delete()[0]:
        raise RienALever(f"{personne} n’a pas de second facteur.")
    close_sessions(personne.utilisateur)
    fact = Fait("personne", str(personne.pk), "second facteur", "activé", "levé")
    record(trace_of(None), Auteur(commande=commande), [fact])
    return personne
