"""How a person is called and reached, her sign-in address too: corrected by herself, or by the administration."""

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.acteurs.models import Personne, Utilisateur
from tenir.core.marques import Lu, refuse_unread
from tenir.core.trace import Fait, record
from tenir.habilitations.rights import Acces, require
from tenir.habilitations.services import PLATEFORME

CHAMPS = (("nom", "nom"), ("email", "adresse électronique"), ("telephone", "téléphone"))
"""What is corrected, and its noun in the trace."""


class ARefaire(Exception):
    """The address of someone who signs in must be proved first: a code is sent to it."""


def written(personne: Personne) -> Lu:
    """What a page shows of a person, to be corrected."""
    return {noun: getattr(personne, name) for name, noun in CHAMPS}


@transaction.atomic
def correct_person(
    *, by: Acces, personne: Personne, nom: str, email: str, telephone: str, prouvee: bool = False, lu: Lu | None = None
) -> Personne:
    """Correct a person, in every contract; where she signs in, her address is that of her account.

    `prouvee`: she has shown that she reads the new address. The administration need not.

    Raises:
        Refus: it is another, and one does not administer the platform.
        Perime: she is no more what was read.
        ARefaire: her own new address is not proved yet. Nothing is written.
        ValidationError: no name, no address where she signs in, or that of another account.
    """
    oneself = by.personne.pk == personne.pk
    if not oneself:
        require(by, "personne.update", None)
    found = Personne.objects.select_for_update(of=("self",)).get(pk=personne.pk, effacee_le__isnull=True)
    given = {"nom": nom, "email": email, "telephone": telephone}
    refuse_unread(lu, written(found), {noun: given[name] for name, noun in CHAMPS})
    facts = [
        Fait("personne", str(found.pk), noun, getattr(found, name), given[name])
        for name, noun in CHAMPS
        if getattr(found, name) != given[name]
    ]
    moved = found.email != email
    if moved and oneself and found.utilisateur_id and not prouvee:
        raise ARefaire
    found.nom, found.email, found.telephone = nom, email, telephone
    if moved and found.utilisateur_id:
        _move_account(found)
    found.full_clean()
    found.save()
    if facts:
        record(PLATEFORME, by.auteur(None), facts)
    return found


def _move_account(personne: Personne) -> None:
    """Sign in by the new address, and by no former one."""
    utilisateur = personne.utilisateur
    assert utilisateur is not None  # noqa: S101 (asked above)
    if not personne.email:
        raise ValidationError({"email": "Cette personne se connecte par son adresse : donnez-en une."})
    utilisateur.email = personne.email
    if Utilisateur.objects.filter(email__iexact=personne.email).exclude(pk=utilisateur.pk).exists():
        raise ValidationError({"email": "Un compte existe déjà avec cette adresse électronique."})
    utilisateur.full_clean()
    utilisateur.save(update_fields=["email"])
    personne.email = utilisateur.email
    EmailAddress.objects.filter(user=utilisateur).delete()
