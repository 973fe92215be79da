"""What the register brings to the desk: what waits to be read or confirmed, what falls due."""

from collections.abc import Iterator
from datetime import date

from tenir.activite.droits import niveau_of
from tenir.activite.echeances import Attendu, expected
from tenir.activite.ecrans.liste.filtres import PASSE
from tenir.activite.ecrans.registres import commun as registers
from tenir.activite.enums import Confiance, Statut
from tenir.activite.models import Entree, EntreeQuerySet
from tenir.activite.services.entree import RIGHT, title_of
from tenir.activite.services.liens_de_carnet import undelivered
from tenir.core import horloge
from tenir.core.composants import Item, Tampon, Ton
from tenir.core.typographie import date_fr, typo
from tenir.ecran.blocs import Annonce, Section
from tenir.ecran.mots import capital
from tenir.ecran.navigation import address
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.organismes import bodies_of
from tenir.habilitations.rights import Acces, may


def sections(acces: Acces, espace: EspaceDeContrat, on: date) -> Iterator[Section]:
    """For whoever reads entries, whoever writes them, whoever opens carnets; four queries."""
    read = Entree.objects.of(espace).up_to(niveau_of(acces, espace))
    rows = read.select_related("espace", "mots", "organisme").defer("mots__definition")
    if may(acces, "entree.judge", espace):
        yield _to_read(espace, rows)
    yield _to_confirm(espace, rows if may(acces, RIGHT, espace) else _theirs(rows, acces, espace), on)
    if may(acces, "carnet.update", espace):
        yield _undelivered(espace)
    yield from _registers(acces, espace, on)


def _to_read(espace: EspaceDeContrat, rows: EntreeQuerySet) -> Section:
    waiting = rows.filter(confiance=Confiance.DECLAREE, statut=Statut.TENUE)
    annonce = Annonce("entrée", "est à lire", "sont à lire", "f")
    ailleurs = f"{address('activite', espace)}?confiance={Confiance.DECLAREE.value}"
    lines = [_line(one, one.get_source_display()) for one in waiting]
    return Section("entrees", "Entrées à lire", lines, annonce, ailleurs)


def _to_confirm(espace: EspaceDeContrat, rows: EntreeQuerySet, on: date) -> Section:
    planned = rows.filter(statut=Statut.PREVUE, fin__lt=on)
    annonce = Annonce("séance", "est à confirmer", "sont à confirmer", "f")
    ailleurs = f"{address('activite', espace)}?statut={Statut.PREVUE.value}&quand={PASSE}"
    return Section("prevues", "Séances à confirmer", [_line(one) for one in planned], annonce, ailleurs)


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
    """What falls due in the registers, what is to be confirmed; for a body, of what it answers for; three queries."""
    rows = registers.read_by(acces, espace).select_related("espace", "organisme")
    mine = (
        rows if may(acces, "objet.update", espace) else rows.filter(organisme__identifiant__in=bodies_of(acces, espace))
    )
    found = expected(mine, registers.registers_of(acces, espace), on)
    ailleurs = address("registres", espace)
    due = [_expected(one, on) for one in found if one.du]
    yield Section("echeances", "Échéances des registres", due, Annonce("échéance", "arrive", "arrivent", "f"), ailleurs)
    unconfirmed = [_expected(one, on) for one in found if not one.du]
    annonce = Annonce("ligne", "est à confirmer", "sont à confirmer", "f")
    yield Section("confirmer", "Registres à confirmer", unconfirmed, annonce, ailleurs)


def _expected(one: Attendu, on: date) -> Item:
    said = f"{one.nature.echeance} : {date_fr(one.le)}" if one.du else f"rien n’en est dit depuis {date_fr(one.vu)}"
    note = typo(f"{one.nature.libelle}, {one.objet.organisme.nom}. {capital(said)}")
    stamp = Tampon("passée", Ton.RETARD) if one.du and one.le < on else None
    return Item("", str(one.objet), registers.at(one.objet), note, stamp)


def _theirs(rows: EntreeQuerySet, acces: Acces, espace: EspaceDeContrat) -> EntreeQuerySet:
    """Those of the bodies that someone acts for."""
    return rows.filter(organisme__identifiant__in=bodies_of(acces, espace))


def _line(entree: Entree, *more: str) -> Item:
    note = ", ".join([entree.organisme.nom, *more])
    return Item("", title_of(entree), address("entree", entree.espace, entree.numero), typo(note))
