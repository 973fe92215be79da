"""What tells who a person is, read before she is erased; what this room empties of her."""

import re
from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils import timezone

from tenir.acteurs.models import Personne
from tenir.acteurs.personnes import behind
from tenir.core.models import EntreeDeTrace
from tenir.core.oubli import Marques
from tenir.fichier.mots import name_key
from tenir.habilitations.coordonnees import CHAMPS
from tenir.habilitations.models import Invitation

PERSONAL = {"habilitations.Invitation": ("email",)}
"""Her address where she was invited, unless others share it (`Piece(personal=…)`)."""


def marques_of(personne: Personne) -> Marques:
    """How a person is called and reached, and was, as the traces that are still about her say; what others have too
    is not hers."""
    noms, courriels, telephones = (_values(personne, name, noun) for name, noun in CHAMPS)
    if personne.utilisateur:
        courriels.append(personne.utilisateur.email.lower())
    taken = _numbers_of_others(personne)
    return Marques(
        _once(noms),
        [one for one in _once(map(str.lower, courriels)) if not behind(one).exclude(pk=personne.pk).exists()],
        [one for one in _once(telephones) if _figures(one) not in taken],
        unique=not _others(personne).filter(nom_compare__in=[name_key(one) for one in noms]).exists(),
    )


def forget(personne: Personne, marques: Marques) -> None:
    """Revoke the invitations that still wait at her address: they open nothing any more."""
    for address in marques.adresses:
        waiting = Invitation.objects.filter(email__iexact=address, acceptee_le=None, revoquee_le=None)
        waiting.update(revoquee_le=timezone.now())


def _values(personne: Personne, name: str, noun: str) -> list[str]:
    told = EntreeDeTrace.objects.filter(genre="personne", objet=str(personne.pk), champ=noun)
    former = [value for pair in told.order_by("pk").values_list("avant", "apres") for value in pair]
    return [getattr(personne, name), *former]


def _once(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))


def _others(personne: Personne) -> QuerySet[Personne]:
    return Personne.objects.filter(effacee_le=None).exclude(pk=personne.pk)


def _numbers_of_others(personne: Personne) -> set[str]:
    return {_figures(one) for one in _others(personne).exclude(telephone="").values_list("telephone", flat=True)}


def _figures(number: str) -> str:
    return re.sub(r"\D", "", number.replace("+33", "0", 1))
