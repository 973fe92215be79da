"""The bodies of a contract, and those that nobody is known to call in."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from tenir.acteurs.models import Organisation
from tenir.acteurs.reconnaissance import Annuaire
from tenir.contrat.models import OrganismeCite, Signataire
from tenir.core import horloge
from tenir.core.alphabet import alphabetical
from tenir.core.requetes import among
from tenir.equipe.services.contacts import contacts_of
from tenir.habilitations.models import EspaceDeContrat, OrganismeRetenu, Referent
from tenir.habilitations.rights import Acces, may


def bodies_of(espace: EspaceDeContrat) -> QuerySet[Organisation]:
    """The bodies of a contract: those that sign it, that it names, that have a contact in it, or that its team chose;
    and those that took up what one of them did."""
    named = among(
        Signataire.objects.of(espace).values("organisation"),
        OrganismeCite.objects.filter(espace=espace).values("organisation"),
        Referent.objects.filter(espace=espace).values("organisation"),
        OrganismeRetenu.objects.filter(espace=espace).values("organisation"),
    )
    rows = Organisation.objects.order_by()
    after = rows.filter(named, suite__isnull=False).values("suite")
    later = rows.filter(pk__in=after, suite__isnull=False).values("suite")
    wanted = named | among(after, later)
    return Organisation.objects.filter(wanted).order_by(alphabetical("nom"))


def offered_in(espace: EspaceDeContrat) -> QuerySet[Organisation]:
    """Those that a form offers: the bodies of a contract that are still today."""
    return bodies_of(espace).exclude(fin__lte=horloge.today(espace))


def theirs(acces: Acces, right: str, espace: EspaceDeContrat, bodies: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """Among bodies, those over which someone holds a right: all, or the ones she acts for."""
    if may(acces, right, espace):
        return bodies
    return bodies.filter(pk__in=[held.organisation_id for held in acces.on(espace) if held.organisation_id])


def signatories_without_contact(espace: EspaceDeContrat, on: date) -> QuerySet[Organisation]:
    """The signatories of a contract in which nobody is known that day."""
    known = contacts_of(espace, on).filter(organisation=OuterRef("pk"))
    signed = Organisation.objects.filter(signatures__espace=espace, signatures__retire=False).distinct()
    return signed.exclude(Exists(known)).order_by(alphabetical("nom"))


def directory_of(espace: EspaceDeContrat) -> Annuaire:
    """The bodies of a contract, found by the names people give them."""
    return Annuaire.of(bodies_of(espace), espace.lieux(), horloge.today(espace))
