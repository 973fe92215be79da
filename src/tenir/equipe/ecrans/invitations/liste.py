"""The list of invitations: its columns, its filter."""

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.html import format_html_join

from tenir.core.listes import Liste
from tenir.core.typographie import date_fr
from tenir.ecran.navigation import address
from tenir.equipe.services.invitations import state_of
from tenir.habilitations.models import Invitation


class Invitations(Liste):
    """The invitations of a contract, the latest first."""

    caption = "Invitations"
    noun, genre = "invitation", "f"

    contrat = tables.Column(accessor="espace__titre", verbose_name="Contrat", visible=False)
    email = tables.Column(verbose_name="Adresse", default="effacée")
    role = tables.Column(verbose_name="Rôle")
    organisation = tables.Column(accessor="organisation__nom", verbose_name="Organisme", default="")
    etat = tables.Column(accessor="pk", verbose_name="État", orderable=False)
    envoyee_le = tables.Column(verbose_name="Envoyée le")
    expire_le = tables.Column(verbose_name="Expire le")
    invitee_par = tables.Column(order_by=("invitee_par__nom", "pk"), verbose_name="Invitée par", default="")
    agir = tables.Column(accessor="pk", verbose_name="Agir", orderable=False, exclude_from_export=True)

    class Meta:
        empty_text = "Personne n’a encore été invité ici."
        order_by = "-envoyee_le"

    def render_etat(self, record: Invitation) -> str:
        """Whether it waits, was accepted, revoked, or has expired."""
        return state_of(record, timezone.now())

    def render_envoyee_le(self, record: Invitation) -> str:
        """A day as it is read."""
        return date_fr(timezone.localdate(record.envoyee_le))

    def render_expire_le(self, record: Invitation) -> str:
        """A day as it is read."""
        return date_fr(timezone.localdate(record.expire_le))

    def value_envoyee_le(self, record: Invitation) -> str:
        """A day as it is sorted."""
        return timezone.localdate(record.envoyee_le).isoformat()

    def value_expire_le(self, record: Invitation) -> str:
        """A day as it is sorted."""
        return timezone.localdate(record.expire_le).isoformat()

    def render_agir(self, record: Invitation) -> str:
        """The ways to send again and to revoke, while nobody has answered."""
        if record.acceptee_le or record.revoquee_le:
            return ""
        links = (("invitation-renvoyer", "Renvoyer"), ("invitation-revoquer", "Révoquer"))
        pieces = ((address(name, record.espace, record.pk), word, record.email) for name, word in links)
        return format_html_join(", ", '<a href="{}">{}<span class="hors-ecran"> l’invitation de {}</span></a>', pieces)


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
