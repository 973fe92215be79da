"""The list of invitations: its columns, its filter."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from tenir.core import horloge
from tenir.core.listes import Colonne, Groupement, Liste, Place, day_column, read
from tenir.ecran.navigation import address
from tenir.equipe.services.invitations import state_of
from tenir.habilitations.listes import contract_column
from tenir.habilitations.models import Invitation


def _state(row: Invitation) -> str:
    """Whether it waits, was accepted, revoked, or has expired."""
    return state_of(row, timezone.now())


def _act(row: Invitation) -> str | SafeString:
    """The ways to send again and to revoke, while nobody has answered."""
    if row.acceptee_le or row.revoquee_le:
        return ""
    links = (("invitation-renvoyer", "Renvoyer"), ("invitation-revoquer", "Révoquer"))
    pieces = ((address(name, row.espace, row.pk), word, row.email) for name, word in links)
    return format_html_join(", ", '<a href="{}">{}<span class="hors-ecran"> l’invitation de {}</span></a>', pieces)


def _in_state(row: Invitation) -> list[tuple[str, str]]:
    return [("", _state(row))]


INVITATIONS = Liste(
    "Invitations",
    (
        contract_column(read("espace.titre")),
        Colonne("email", "Adresse", read("email"), read("email", "effacée"), order_by=("email",), place=Place.TITRE),
        Colonne("role", "Rôle", lambda row: row.get_role_display(), order_by=("role",), place=Place.LIGNE),
        Colonne(
            "organisation", "Organisme", read("organisation.nom"), order_by=("organisation__nom",), place=Place.LIGNE
        ),
        Colonne("etat", "État", _state, place=Place.ETAT),
        day_column(
            "envoyee_le",
            "Envoyée le",
            lambda row: horloge.day_of(row.envoyee_le),
            order_by=("envoyee_le",),
        ),
        day_column(
            "expire_le",
            "Expire le",
            lambda row: horloge.day_of(row.expire_le),
            order_by=("expire_le",),
            place=Place.LIGNE,
            mot="expire le",
        ),
        Colonne(
            "invitee_par",
            "Invitée par",
            lambda row: str(row.invitee_par) if row.invitee_par else "",
            order_by=("invitee_par__nom", "pk"),
        ),
        Colonne("agir", "Agir", _act, css="geste", place=Place.LIGNE, in_files=False),
    ),
    noun="invitation",
    empty="Personne n’a encore été invité ici.",
    sort="-envoyee_le",
    groupings=(Groupement("etat", "État", _in_state),),
    choosable=True,
)
"""The invitations of a contract, the latest first."""


STATES = [("attente", "En attente"), ("acceptee", "Acceptées"), ("revoquee", "Révoquées"), ("expiree", "Expirées")]


class FiltreDesInvitations(django_filters.FilterSet):
    """State."""

    etat = django_filters.ChoiceFilter(label="État", choices=STATES, empty_label="Toutes", method="in_state")

    class Meta:
        model = Invitation
        fields: tuple[str, ...] = ()

    def in_state(self, rows: QuerySet[Invitation], name: str, value: str) -> QuerySet[Invitation]:
        """Those that wait, were accepted, revoked, or have expired."""
        now = timezone.now()
        unanswered = Q(acceptee_le=None, revoquee_le=None)
        wanted: dict[str, Any] = {
            "attente": unanswered & Q(expire_le__gt=now),
            "acceptee": Q(acceptee_le__isnull=False),
            "revoquee": Q(revoquee_le__isnull=False),
            "expiree": unanswered & Q(expire_le__lte=now),
        }
        return rows.filter(wanted[value])
