"""Who can be written to in a body: its contacts that have an address, on the day of the contract."""

from collections.abc import Iterable

from tenir.acteurs.models import Organisation, Personne
from tenir.core import horloge
from tenir.core.typographie import accord, typo
from tenir.habilitations.models import EspaceDeContrat, Referent


def contacts_of(espace: EspaceDeContrat, bodies: Iterable[Organisation]) -> dict[int, list[Personne]]:
    """The contacts of some bodies who have an address, by the number of the body; one query.

    A body that nobody can write to is not in it.
    """
    rows = Referent.objects.filter(espace=espace, organisation__in=list(bodies)).current(horloge.today(espace))
    found: dict[int, list[Personne]] = {}
    for one in rows.select_related("personne").order_by("pk"):
        if one.personne.email and one.personne not in (people := found.setdefault(one.organisation_id, [])):
            people.append(one.personne)
    return found


def unreached(espace: EspaceDeContrat, bodies: Iterable[Organisation]) -> str:
    """Which of some bodies no message can reach: a sentence, nothing when all can be written to."""
    asked = list(bodies)
    known = contacts_of(espace, asked)
    left = [one.nom for one in asked if one.pk not in known]
    them = accord(len(left), "prévenez-le", "prévenez-les")
    return typo(f"Aucun contact n’a d’adresse : {', '.join(left)}. Rien ne part : {them} autrement.") if left else ""
