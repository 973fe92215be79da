"""What a new team has to do, in order, ticked by what the data say: nobody ticks anything by hand."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.utils.safestring import SafeString

from tenir.contrat.models import Signataire
from tenir.contrat.models.versions import DocumentSigne
from tenir.core import horloge
from tenir.core.carres import Motif, drawing
from tenir.core.typographie import accord, nombre, pluriel
from tenir.ecran.navigation import address
from tenir.fiches.conditions import has_no_date
from tenir.fiches.models import FicheAction
from tenir.habilitations.models import EspaceDeContrat, Habilitation, Referent
from tenir.habilitations.roles import Role
from tenir.indicateurs.models import SuiviDIndicateur
from tenir.points.models import PointDEtape


@dataclass(frozen=True, slots=True)
class Etape:
    """A step: what to do, whether the data say that it is done, what they say, where it is done."""

    titre: str
    faite: bool
    dit: str
    url: str

    @property
    def carre(self) -> SafeString:
        """Its square: a tick once it is done."""
        motif, titre = (Motif.COCHE, "Fait") if self.faite else (Motif.VIDE, "À faire")
        return drawing([motif], titre=titre)


def steps(espace: EspaceDeContrat) -> list[Etape]:
    """The steps of a contract, those that the next ones need first; a fixed number of queries."""
    return [*_words(espace), *_people(espace), *_follow_up(espace), *_life(espace)]


def started(espace: EspaceDeContrat) -> bool:
    """Whether news were once asked for: the last step, after which nobody needs the list."""
    return PointDEtape.objects.filter(espace=espace, envoye_le__isnull=False).exists()


def _words(espace: EspaceDeContrat) -> Iterator[Etape]:
    attached = DocumentSigne.objects.filter(espace=espace).exists()
    said = "joint" if attached else "absent : les mots signés ne se lisent pas"
    yield Etape("Joindre le document signé", attached, said, address("atelier-document", espace))
    public = espace.etat == EspaceDeContrat.Etat.PUBLIE
    yield Etape("Publier le contrat", public, f"il est {espace.get_etat_display()}", address("atelier", espace))
    named = espace.contact_nom or "personne : les messages portent votre nom"
    yield Etape("Dire à qui l’on s’adresse", bool(espace.contact_nom), named, address("reglages", espace))


def _people(espace: EspaceDeContrat) -> Iterator[Etape]:
    here = Q(au=None) | Q(au__gte=horloge.today(espace))
    team = Habilitation.objects.filter(here, espace=espace, role=Role.EQUIPE).values("personne").distinct().count()
    said = f"{pluriel(team, 'personne', genre='f')} dans l’équipe"
    yield Etape("Être deux dans l’équipe", team > 1, said, address("invitations", espace))
    signed = Signataire.objects.of(espace)
    reached = Referent.objects.filter(here, espace=espace).order_by().values("organisation")
    total, known = signed.count(), signed.filter(organisation__in=reached).count()
    told = f"{nombre(known)} sur {pluriel(total, 'signataire')}"
    yield Etape("Donner un contact à chaque signataire", 0 < total == known, told, address("contacts", espace))


def _follow_up(espace: EspaceDeContrat) -> Iterator[Etape]:
    fiches, table = FicheAction.objects.of(espace), address("fiches", espace)
    total, alone = fiches.count(), FicheAction.objects.filter(espace=espace).to_designate(espace).count()
    waits = (
        f"{pluriel(alone, 'action')} {accord(alone, 'attend', 'attendent')} un porteur" if alone else "toutes en ont un"
    )
    yield Etape("Désigner qui porte chaque action", total > 0 and not alone, waits, f"{table}?designer=oui")
    undated = fiches.filter(has_no_date()).count()
    dated = f"{nombre(total - undated)} sur {pluriel(total, 'action')}"
    yield Etape("Dater les actions", total > 0 and not undated, dated, table)
    followed, owned = SuiviDIndicateur.objects.of(espace), SuiviDIndicateur.objects.of(espace).exclude(organisme=None)
    count, held = followed.count(), owned.count()
    said = f"{nombre(held)} sur {pluriel(count, 'indicateur')}"
    yield Etape("Dire qui répond de chaque indicateur", 0 < count == held, said, address("suivi-indicateurs", espace))


def _life(espace: EspaceDeContrat) -> Iterator[Etape]:
    heard = FicheAction.objects.of(espace).exclude(derniere_nouvelle_le=None).count()
    told = f"{pluriel(heard, 'action')} {accord(heard, 'en a', 'en ont')}" if heard else "aucune n’est donnée"
    yield Etape("Donner une première nouvelle", heard > 0, told, address("fiches", espace))
    sent = started(espace)
    yield Etape(
        "Demander des nouvelles à tous", sent, "c’est parti" if sent else "pas encore", address("points", espace)
    )
