"""What the register brings to the desk: what waits to be read or confirmed, what falls due."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q

from tenir.activite.droits import niveau_of
from tenir.activite.echeances import Attendu, expected
from tenir.activite.ecrans.liste.filtres import PASSE
from tenir.activite.ecrans.registres import commun as registers
from tenir.activite.enums import Confiance, Statut
from tenir.activite.models import Entree
from tenir.activite.services.entree import RIGHT, title_of
from tenir.activite.services.liens_de_carnet import undelivered
from tenir.core import horloge
from tenir.core.composants import Item, Tampon, Ton
from tenir.core.typographie import capital, date_fr, typo
from tenir.ecran.blocs import Annonce, Lignes, Section
from tenir.ecran.navigation import address
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.organismes import bodies_of
from tenir.habilitations.rights import Acces, may


def sections(acces: Acces, espace: EspaceDeContrat, on: date) -> Iterator[Section]:
    """For whoever reads entries, whoever writes them, whoever opens carnets; five queries."""
    read = Entree.objects.of(espace).up_to(niveau_of(acces, espace))
    waiting, planned = Q(confiance=Confiance.DECLAREE, statut=Statut.TENUE), Q(statut=Statut.PREVUE, fin__lt=on)
    judges = may(acces, "entree.judge", espace)
    if not may(acces, RIGHT, espace):
        planned &= Q(organisme__identifiant__in=bodies_of(acces, espace))
    rows = read.filter(planned | waiting if judges else planned)
    found = list(rows.select_related("mots", "organisme").defer("mots__definition"))
    if judges:
        yield _to_read(espace, [one for one in found if one.statut == Statut.TENUE])
    yield _to_confirm(espace, [one for one in found if one.statut == Statut.PREVUE])
    if may(acces, "carnet.update", espace):
        yield _undelivered(espace)
    yield from _registers(acces, espace, on)


def _to_read(espace: EspaceDeContrat, waiting: list[Entree]) -> Section:
    annonce = Annonce("entrée", "est à lire", "sont à lire", "f")
    ailleurs = f"{address('activite', espace)}?confiance={Confiance.DECLAREE.value}"
    lines = Lignes(waiting, lambda one: _line(one, one.get_source_display()))
    return Section("entrees", "Entrées à lire", lines, annonce, ailleurs)


def _to_confirm(espace: EspaceDeContrat, planned: list[Entree]) -> Section:
    annonce = Annonce("séance", "est à confirmer", "sont à confirmer", "f")
    ailleurs = f"{address('activite', espace)}?statut={Statut.PREVUE.value}&quand={PASSE}"
    return Section("prevues", "Séances à confirmer", Lignes(planned, _line), annonce, ailleurs)


def _undelivered(espace: EspaceDeContrat) -> Section:
    """The carnets whose letter did not arrive: nobody would know that their holder has no link any more."""
    stuck = [
        Item(
            "",
            capital(str(one)),
            address("carnet", espace, one.numero),
            typo(f"{courriel.get_etat_display()} : {courriel.erreur}"),
        )
        for one, courriel in undelivered(espace, horloge.now())
    ]
    annonce = Annonce("carnet", "n’a pas reçu son lien", "n’ont pas reçu leur lien", "m")
    return Section("liens", "Liens de carnet qui n’arrivent pas", stuck, annonce, address("carnets", espace))


def _registers(acces: Acces, espace: EspaceDeContrat, on: date) -> Iterator[Section]:
    """What falls due in the registers, what is to be confirmed; for a body, of what it answers for; two queries."""
    rows = registers.read_by(acces, espace).select_related("organisme")
    mine = (
        rows if may(acces, "objet.update", espace) else rows.filter(organisme__identifiant__in=bodies_of(acces, espace))
    )
    found = expected(mine, registers.registers_of(acces, espace), on)
    ailleurs = address("registres", espace)
    due, unconfirmed = [one for one in found if one.du], [one for one in found if not one.du]
    arrives = Annonce("échéance", "arrive", "arrivent", "f")
    yield Section("echeances", "Échéances des registres", _lines(due, on), arrives, ailleurs)
    annonce = Annonce("ligne", "est à confirmer", "sont à confirmer", "f")
    yield Section("confirmer", "Registres à confirmer", _lines(unconfirmed, on), annonce, ailleurs)


def _lines(found: list[Attendu], on: date) -> Lignes:
    return Lignes(found, lambda one: _expected(one, on))


def _expected(one: Attendu, on: date) -> Item:
    said = f"{one.nature.echeance} : {date_fr(one.le)}" if one.du else f"rien n’en est dit depuis le {date_fr(one.vu)}"
    note = typo(f"{one.nature.libelle}, {one.objet.organisme.nom}. {capital(said)}")
    stamp = Tampon("passée", Ton.RETARD) if one.du and one.le < on else None
    return Item("", str(one.objet), registers.at(one.objet), note, stamp)


def _line(entree: Entree, *more: str) -> Item:
    note = ", ".join([entree.organisme.nom, *more])
    return Item("", title_of(entree), address("entree", entree.espace, entree.numero), typo(note))
