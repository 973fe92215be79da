"""People for the tests: an account, a person, a role, without a name that exists."""

from datetime import date, timedelta

from allauth.mfa.models import Authenticator
from django.utils import timezone
from django.utils.text import slugify

from tenir.acteurs.models import Organisation, Personne, Utilisateur
from tenir.habilitations.models import EspaceDeContrat, Habilitation, Referent
from tenir.habilitations.rights import Acces, acces_of
from tenir.habilitations.roles import Role
from tenir.habilitations.second_facteur import DEMANDED

SINCE = date(2026, 1, 5)
TOTP_SECRET = "JBSWY3DPEHPK3PXP"


def contract(slug: str, *, etat: str = "publie", fictif: bool = False) -> EspaceDeContrat:
    """The space of a contract with nothing in it."""
    return EspaceDeContrat.objects.create(
        slug=slug, titre=f"Contrat {slug}", etat=etat, debut=2024, fin=2030, fictif=fictif
    )


def body(identifiant: str) -> Organisation:
    """An organisation, made once."""
    nature = {"nom": identifiant.upper(), "nature": "association"}
    return Organisation.objects.get_or_create(identifiant=identifiant, defaults=nature)[0]


def person(name: str, *, signs_in: bool = True) -> Personne:
    """A person, with an account unless she never signs in."""
    email = f"{slugify(name)}@exemple.test"
    user = account(email) if signs_in else None
    return Personne.objects.create(nom=name, email=email, utilisateur=user)


def account(email: str) -> Utilisateur:
    """An account as the site makes it, kept without the questions that `create_user` asks: the database has its own."""
    user = Utilisateur(email=email)
    user.set_password(None)
    user.save()
    return user


def member(
    name: str, role: Role, espace: EspaceDeContrat | None = None, *, of: str = "", since: date = SINCE
) -> Personne:
    """A new person with one role; a partner acts for a body, « ccas » unless said; a second factor where demanded."""
    organisation = body(of or "ccas") if of or role in (Role.PARTENAIRE, Role.COPILOTE) else None
    found = person(name)
    Habilitation.objects.create(personne=found, role=role, espace=espace, organisation=organisation, du=since)
    if role in DEMANDED:
        second_factor(found)
    return found


def second_factor(personne: Personne) -> None:
    """Set up the second factor of a person, as her application would."""
    Authenticator.objects.create(user=personne.utilisateur, type=Authenticator.Type.TOTP, data={"secret": TOTP_SECRET})


def acces(name: str, role: Role, espace: EspaceDeContrat | None = None, *, of: str = "") -> Acces:
    """What a new person with one role may do."""
    return acces_of(member(name, role, espace, of=of))


def referent(personne: Personne, espace: EspaceDeContrat, *, of: str = "ccas") -> Referent:
    """A contact in a body."""
    return Referent.objects.create(espace=espace, personne=personne, organisation=body(of), du=SINCE)


def yesterday() -> date:
    """The day before today."""
    return timezone.localdate() - timedelta(days=1)
