"""The fictitious people of the demonstration, one for each role."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse

from tenir.acteurs.models import Organisation, Personne
from tenir.acteurs.services import open_account
from tenir.equipe.services.reglages import save_settings
from tenir.habilitations.attribution import grant, install_administrator
from tenir.habilitations.models import EspaceDeContrat, Habilitation
from tenir.habilitations.rights import acces_of
from tenir.habilitations.roles import Role

DOMAIN = "demonstration.example"
"""A domain that can be nobody's (RFC 2606): what makes a person one of the demonstration."""


@dataclass(frozen=True, slots=True)
class Personnage:
    """Someone fictitious: her address begins by `cle`; a partner acts for a body of the organisations file.

    `presente` says in one sentence who she is and why she comes; `essayer`, what to try as her.
    """

    cle: str
    nom: str
    role: Role
    organisme: str = ""
    presente: str = ""
    essayer: str = ""


ADMINISTRATRICE = Personnage(
    "administration",
    "Adèle Fictive",
    Role.ADMINISTRATION,
    presente="Elle fait tourner la plateforme de l’agglomération : elle ouvre les contrats et les confie aux équipes.",
    essayer="Ouvrez le menu de son compte, puis « Fonctionnement » : ce qui tourne, la dernière sauvegarde.",
)
MEMBRES = (
    Personnage(
        "equipe",
        "Basile Fictif",
        Role.EQUIPE,
        presente="Chef de projet du contrat, il suit quarante actions, douze signataires, et prépare les comités.",
        essayer="Lisez « Aujourd’hui », prenez une action en retard, puis ouvrez « Actions », « Pour le comité ».",
    ),
    Personnage(
        "partenaire",
        "Cléo Fictive",
        Role.PARTENAIRE,
        "mission-locale-songeais",
        presente="À la Mission locale, elle porte quelques actions et n’a que deux minutes par mois.",
        essayer="Donnez des nouvelles d’une de ses actions, puis revenez : la page publique le dit déjà.",
    ),
    Personnage(
        "partenaire-commune",
        "Émile Fictif",
        Role.PARTENAIRE,
        "commune-virelande",
        presente="À la mairie, il répond de beaucoup d’actions et d’engagements de la commune.",
        essayer="Ouvrez « Engagements », choisissez « Mon organisme », et dites où en est l’un d’eux.",
    ),
    Personnage(
        "lecture",
        "Denis Fictif",
        Role.LECTURE,
        presente="Membre du conseil citoyen, il lit ce que lisent les partenaires, sans rien y changer.",
        essayer="Ouvrez « Engagements » : qui tient les siens, d’un coup d’œil ; puis « Actions », « Pour le comité ».",
    ),
)
"""Two partners: one carries a few actions, the other many."""


CONTACT = {
    "contact_nom": "Service politique de la ville (fictif)",
    "contact_telephone": "05 36 49 00 00",
    "contact_courriel": f"politique-de-la-ville@{DOMAIN}",
    "contact_adresse": "Hôtel de ville, place Fictive, Virelande-sur-Songe",
}
"""Whom one calls in a fictitious contract: a number kept for fictions (Arcep, décision 2018-0881)."""


def personnage(personne: Personne) -> Personnage | None:
    """Who a person of the demonstration is there; nobody for one whom someone added."""
    found = {f"{someone.cle}@{DOMAIN}": someone for someone in (ADMINISTRATRICE, *MEMBRES)}
    return found.get(personne.email or "")


class HorsDemonstration(Exception):
    """Not here; the message is the French sentence to show."""


def real_people() -> QuerySet[Habilitation]:
    """What persons who are none of the demonstration hold, with an account, over the platform or a real contract."""
    real = Habilitation.objects.filter(Q(espace=None) | Q(espace__fictif=False), personne__utilisateur__is_active=True)
    return real.exclude(personne__email__endswith=f"@{DOMAIN}")


def why_closed() -> str:
    """Why the demonstration does not open here, as a French sentence; nothing where it may."""
    if not real_people().exists():
        return ""
    return (
        "TENIR_DEMONSTRATION=1 montre à quiconque les codes de connexion, et ce site a de vrais comptes : "
        "lancez-le avec TENIR_DEMONSTRATION=0."
    )


def without_real_people(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view, which does not exist on a site that has real accounts, even since it started."""

    @wraps(view)
    def guarded(*given: Any, **named: Any) -> HttpResponse:
        if real_people().exists():
            raise Http404
        return view(*given, **named)

    return guarded


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
    if why := why_closed():
        raise HorsDemonstration(why)
    ada = _administrator()
    if not espace.contact_nom:
        save_settings(by=acces_of(ada), espace=espace, changes=CONTACT)
    for someone in MEMBRES:
        _member(ada, someone, espace)
    return people().count()


@transaction.atomic
def seed_administration() -> int:
    """Give a site without any contract the fictitious person who may create one. Return how many it has.

    Raises:
        HorsDemonstration: this server is not a demonstration.
    """
    if not settings.DEMONSTRATION:
        raise HorsDemonstration("les personnes fictives vont dans une démonstration, avec TENIR_DEMONSTRATION=1.")
    if why := why_closed():
        raise HorsDemonstration(why)
    _administrator()
    return people().count()


def _administrator() -> Personne:
    ada = _person(ADMINISTRATRICE)
    if not Habilitation.objects.filter(personne=ada).exists():
        install_administrator(personne=ada, commande="peupler-demonstration")
    return ada


def actors(espace: EspaceDeContrat) -> list[Personne]:
    """The persons of the demonstration who have a role in a contract, in the order they are declared."""
    held = people().filter(habilitations__espace=espace).distinct()
    ranks = {f"{someone.cle}@{DOMAIN}": rank for rank, someone in enumerate(MEMBRES)}
    return sorted(held, key=lambda personne: ranks.get(personne.email, len(ranks)))


def _person(someone: Personnage) -> Personne:
    email = f"{someone.cle}@{DOMAIN}"
    return Personne.objects.filter(email=email).first() or open_account(email=email, nom=someone.nom)


def _member(ada: Personne, someone: Personnage, espace: EspaceDeContrat) -> None:
    personne = _person(someone)
    if Habilitation.objects.filter(personne=personne, espace=espace).exists():
        return
    body = _body(someone.organisme) if someone.role == Role.PARTENAIRE else None
    grant(by=acces_of(ada), espace=espace, personne=personne, role=someone.role, organisation=body)


def _body(identifiant: str) -> Organisation | None:
    """The body a partner acts for; any other where the contract has no such body."""
    bodies = Organisation.objects.order_by("identifiant")
    return bodies.filter(identifiant=identifiant).first() or bodies.first()
