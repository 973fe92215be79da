"""The fiches that a person is in charge of: how many, and giving them to another when she leaves."""

from django.db import transaction
from django.db.models import F, QuerySet

from tenir.acteurs.models import Personne
from tenir.core.trace import Fait
from tenir.ecran.versions import facts_of
from tenir.fiches.models import FicheAction
from tenir.fiches.services.fiche import GENRE
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, require


def count_fiches(espace: EspaceDeContrat, personne: Personne) -> int:
    """How many fiches a person is in charge of in a contract."""
    return _held(espace, personne).count()


@transaction.atomic
def transfer_fiches(by: Acces, espace: EspaceDeContrat, de: Personne, a: Personne) -> list[Fait]:
    """Put another in charge of all that a person is in charge of; return the facts, for whoever records them.

    Raises:
        Refus: she may not say who carries an action.
    """
    found = list(_held(espace, de).select_for_update(of=("self",)).select_related("action", "personne_en_charge"))
    if not found:
        return []
    require(by, "fiche.assign", espace)
    facts = [fact for one in found for fact in facts_of(GENRE, one.code, one, {"personne_en_charge": a})]
    FicheAction.objects.filter(pk__in=[one.pk for one in found]).update(personne_en_charge=a, version=F("version") + 1)
    return facts


def _held(espace: EspaceDeContrat, personne: Personne) -> QuerySet[FicheAction]:
    return FicheAction.objects.of(espace).filter(personne_en_charge=personne)
