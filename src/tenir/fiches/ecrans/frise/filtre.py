"""What the frieze may be narrowed to, in its address: the same words as the table of fiches."""

from typing import Any

import django_filters

from tenir.acteurs.models import Organisation
from tenir.acteurs.rattachements import with_services
from tenir.contrat.models import Axe, OrganismeCite, Orientation
from tenir.core.alphabet import alphabetical
from tenir.core.requetes import among
from tenir.ecran.mots import UNDECLARED
from tenir.fiches.enums import Statut
from tenir.fiches.models import FicheAction
from tenir.fiches.models.fiche import FicheActionQuerySet
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.organismes import bodies_of
from tenir.habilitations.rights import Acces

Choices = list[tuple[str, str]]
MINE = "moi"


class FiltreDeLaFrise(django_filters.FilterSet):
    """Axis, orientation, who carries the action, declared status."""

    axe = django_filters.ChoiceFilter(label="Axe", field_name="action__orientation__axe__code", empty_label="Tous")
    orientation = django_filters.ChoiceFilter(
        label="Orientation", field_name="action__orientation__code", empty_label="Toutes"
    )
    porteur = django_filters.ChoiceFilter(label="En charge", method="carried_by", empty_label="Tous")
    statut = django_filters.ChoiceFilter(
        label="Statut", method="with_status", choices=[("aucun", UNDECLARED), *Statut.choices], empty_label="Tous"
    )

    class Meta:
        model = FicheAction
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, acces: Acces, espace: EspaceDeContrat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.espace, self.mine = espace, bodies_of(acces, espace)
        self.filters["axe"].extra["choices"] = _coded(Axe.objects.of(espace).values_list("code", "titre"))
        self.filters["orientation"].extra["choices"] = _coded(
            Orientation.objects.of(espace).values_list("code", "titre")
        )
        mine = [(MINE, "mon organisme")] if self.mine else []
        self.filters["porteur"].extra["choices"] = [*mine, *_carriers(espace)]

    def with_status(self, rows: FicheActionQuerySet, name: str, value: str) -> FicheActionQuerySet:
        """The fiches declared so, or of which nobody declared anything."""
        return rows.filter(statut="" if value == "aucun" else value)

    def carried_by(self, rows: FicheActionQuerySet, name: str, value: str) -> FicheActionQuerySet:
        """Those that a body or one of its services carries."""
        wanted = self.mine if value == MINE else with_services(value)
        return rows.piloted_by(wanted, self.espace)


def _coded(rows: Any) -> Choices:
    return [(code, f"{code} {titre}") for code, titre in rows]


def _carriers(espace: EspaceDeContrat) -> Choices:
    """The bodies that carry an action of the contract, printed or settled; one query."""
    printed = OrganismeCite.objects.filter(espace=espace, role=OrganismeCite.Role.PILOTE)
    settled = FicheAction.objects.filter(espace=espace, organisme_en_charge__isnull=False)
    wanted = among(printed.values("organisation"), settled.values("organisme_en_charge"))
    found = Organisation.objects.filter(wanted).order_by(alphabetical("nom"))
    return list(found.values_list("identifiant", "nom"))
