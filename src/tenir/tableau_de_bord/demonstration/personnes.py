"""The fictitious people of the demonstration, one for each role."""

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from tenir.acteurs.models import Organisation, Personne
from tenir.acteurs.services import open_account
from tenir.habilitations.attribution import grant, install_administrator
from tenir.habilitations.models import EspaceDeContrat, Habilitation
from tenir.habilitations.rights import acces_of
from tenir.habilitations.roles import Role

DOMAIN = "demonstration.example"
"""A domain that can be nobody's (RFC 2606): what makes a person one of the demonstration."""

PEOPLE = {
    Role.ADMINISTRATION: "Adèle Fictive",
    Role.EQUIPE: "Basile Fictif",
    Role.PARTENAIRE: "Cléo Fictive",
    Role.LECTURE: "Denis Fictif",
}


class HorsDemonstration(Exception):
    """Not here; the message is the French sentence to show."""


def people() -> QuerySet[Personne]:
    """The persons one may enter as."""
    return Personne.objects.filter(
        email__endswith=f"@{DOMAIN}", utilisateur__is_active=True, effacee_le__isnull=True
    ).select_related("utilisateur")


@transaction.atomic
def seed(slug: str) -> int:
    """Give a fictitious contract its people; the second time changes nothing. Return how many it has.

    Raises:
        HorsDemonstration: this server is not a demonstration, or the contract is not fictitious.
    """
    espace = EspaceDeContrat.objects.filter(slug=slug, fictif=True).first()
    if not settings.DEMONSTRATION or espace is None:
        raise HorsDemonstration("les personnes fictives vont dans un contrat fictif, avec TENIR_DEMONSTRATION=1.")
    ada = _person(Role.ADMINISTRATION)
    if not Habilitation.objects.filter(personne=ada).exists():
        install_administrator(personne=ada, commande="peupler-demonstration")
    for role in (Role.EQUIPE, Role.PARTENAIRE, Role.LECTURE):
        _member(ada, role, espace)
    return people().count()


def _person(role: Role) -> Personne:
    email = f"{role.value}@{DOMAIN}"
    return Personne.objects.filter(email=email).first() or open_account(email=email, nom=PEOPLE[role])


def _member(ada: Personne, role: Role, espace: EspaceDeContrat) -> None:
    someone = _person(role)
    body = Organisation.objects.order_by("identifiant").first() if role == Role.PARTENAIRE else None
    if not Habilitation.objects.filter(personne=someone, espace=espace).exists():
        grant(by=acces_of(ada), espace=espace, personne=someone, role=role, organisation=body)
