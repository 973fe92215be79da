"""Whether an entry may be written: its fields, its numbers, what is doubted of it. No door passes beside."""

from typing import Any

from django.core.exceptions import ValidationError

from tenir.activite.champs import OF_ANOTHER
from tenir.activite.enums import Confiance, Statut
from tenir.activite.models import Entree, Objet
from tenir.activite.services import valeurs as numbers
from tenir.activite.services.valeurs import Valeurs
from tenir.activite.vraisemblance import doubts, doubts_of_asked
from tenir.core import horloge
from tenir.core.contraintes import validate_constraints
from tenir.natures.modeles import NatureEntiere

EXACT = "exact"
"""The field by which someone says that she looked twice."""
FK = {"espace", "mots", "numero", "organisme", "lieu", "objet", "auteur"}


def checked(
    entree: Entree, kind: NatureEntiere, valeurs: Valeurs, *, exact: bool, attend: bool
) -> dict[numbers.Cle, Any]:
    """The numbers as they are kept, once the entry itself stands and nobody doubts it, or it waits for the team.

    Raises:
        ValidationError: it does not, or someone should look twice.
    """
    given = standing(entree, kind, valeurs)
    if exact or not (found := doubts(entree, kind, given)):
        return given
    if not attend:
        raise to_look_at_twice(found)
    wait(entree)
    return given


def standing(entree: Entree, kind: NatureEntiere, valeurs: Valeurs) -> dict[numbers.Cle, Any]:
    """The numbers as they are kept, once the entry itself stands, doubted or not.

    Raises:
        ValidationError: it does not.
    """
    entree.clean_fields(exclude=FK)
    if entree.organisme_id is None:
        raise ValidationError({"organisme": "Dites quel organisme l’a fait."})
    if entree.lieu and entree.lieu.espace_id != entree.espace_id:
        raise ValidationError({"lieu": OF_ANOTHER})
    _refuse_other_thing(entree, kind)
    validate_constraints(entree, {"numero", "cle"})
    held = entree.statut == Statut.TENUE
    if held and entree.fin > horloge.today(entree.espace):
        raise ValidationError({"fin": "Ce jour est à venir : inscrivez-la comme prévue."})
    return numbers.checked(kind, valeurs, held=held)


def _refuse_other_thing(entree: Entree, kind: NatureEntiere) -> None:
    """Let an entry tell of a thing of its register, in a state that its kind knows.

    Raises:
        ValidationError: it does not.
    """
    objet = entree.objet
    if objet and (objet.espace_id, objet.nature) != (entree.espace_id, kind.nature):
        raise ValidationError({"nature": "Cet objet est d’un autre registre."})
    if entree.etat and kind.etat(entree.etat) is None:
        raise ValidationError({"etat": "Cet état n’existe pas dans ce registre : choisissez dans la liste."})
    if objet and not entree.etat and not _said_elsewhere(objet, entree):
        raise ValidationError({"etat": "Aucune autre note qui compte ne dit son état : choisissez-en un."})


def _said_elsewhere(objet: Objet, entree: Entree) -> bool:
    """Whether another note says the state of a thing: for a new note, one that counts."""
    rows = Entree.objects.filter(objet=objet).exclude(pk=entree.pk).exclude(etat="")
    return (rows if entree.pk else rows.counted()).exists()


def wait(entree: Entree) -> None:
    """Let what is doubted wait for the team."""
    if entree.confiance == Confiance.RETENUE:
        entree.confiance = Confiance.DECLAREE


def tried(entree: Entree, valeurs: Valeurs, *, exact: bool) -> None:
    """Refuse of an entry that the team asks for what `record_entree` would refuse, and write nothing.

    Raises:
        ValidationError: it does not stand, or someone should look twice.
    """
    kind = entree.mots.nature
    given = standing(entree, kind, valeurs)
    if not exact and (found := doubts_of_asked(entree, kind, given)):
        raise to_look_at_twice(found)


def to_look_at_twice(found: list[str]) -> ValidationError:
    """What asks whoever writes to look twice."""
    return ValidationError({EXACT: [*found, "Si tout est exact, cochez la case."]})
