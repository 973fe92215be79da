"""Those whom a form may put in charge of something."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from tenir.acteurs.models import Personne
from tenir.core import horloge
from tenir.equipe.services.contacts import contacts_of
from tenir.habilitations.models import EspaceDeContrat, Habilitation


def offer_people(offered: Any, espace: EspaceDeContrat, held: int | None) -> None:
    """Let a field choose among those who may be in charge; whoever holds it now stays on offer."""
    names = people_of(espace)
    offered.queryset = Personne.objects.filter(Q(pk__in=names) | Q(pk=held), effacee_le=None)
    offered.label_from_instance = lambda one: names.get(one.pk, str(one))
    offered.required = False
    offered.empty_label = "Personne n’est désigné"
    offered.help_text = "Un contact d’un organisme du contrat, ou quelqu’un qui y a un rôle."


def people_of(espace: EspaceDeContrat) -> dict[int, str]:
    """Those who may be in charge: the contacts of the bodies and those who hold a role here, with their body."""
    today = horloge.today(espace)
    held = Habilitation.objects.current(today).filter(espace=espace).select_related("personne", "organisation")
    rows: Iterable[Any] = [*held.order_by("pk"), *contacts_of(espace, today).order_by("pk")]
    found = {row.personne: str(row.organisation or "équipe du contrat") for row in rows}
    return {personne.pk: f"{personne} ({body})" for personne, body in found.items()}
