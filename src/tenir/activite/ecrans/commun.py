"""What the screens of the register share: which entries someone reads, finding one, the way back to it."""

from django.db.models import Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404

from tenir.activite.catalogue import offered_in
from tenir.activite.droits import niveau_of
from tenir.activite.enums import Forme, Statut
from tenir.activite.histoire import history_of
from tenir.activite.models import Entree
from tenir.activite.services.entree import title_of
from tenir.core import horloge
from tenir.core.typographie import pluriel, typo
from tenir.ecran.edition import Sujet
from tenir.ecran.navigation import address
from tenir.fiches.models import FicheAction
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.niveaux import Niveau
from tenir.habilitations.rights import Acces, require
from tenir.natures.modeles import NatureEntiere

ONGLET = "activite"


def read_by(acces: Acces, espace: EspaceDeContrat) -> QuerySet[Entree]:
    """The entries of a contract that someone reads: the others are nowhere, neither shown nor counted."""
    return Entree.objects.of(espace).up_to(niveau_of(acces, espace))


STAYING = Q(forme=Forme.OBJET, niveau=Niveau.EQUIPE)
"""What no file holds: of a register that the team alone reads, nothing leaves."""


def exported(acces: Acces, espace: EspaceDeContrat) -> QuerySet[Entree]:
    """Those that a file may hold."""
    return read_by(acces, espace).exclude(STAYING)


def kept_here(shown: QuerySet[Entree]) -> str:
    """How many of those shown no file holds, a sentence; empty when all leave. One query."""
    count = shown.order_by().filter(STAYING).count()
    if not count:
        return ""
    told = "n’y est pas : l’équipe seule la lit" if count == 1 else "n’y sont pas : l’équipe seule les lit"
    return typo(f"{pluriel(count, 'entrée')} {told}.")


def whole(rows: QuerySet[Entree]) -> QuerySet[Entree]:
    """Entries with what a line or a page says of each; the kinds are read once each."""
    fiches = FicheAction.objects.select_related("action").order_by("action__ordre", "pk")
    return rows.select_related("organisme", "lieu", "serie", "objet", "auteur").prefetch_related(
        "mots", "valeurs", "avec", Prefetch("fiches", fiches)
    )


def entree_or_404(acces: Acces, espace: EspaceDeContrat, numero: int) -> Entree:
    """An entry of a contract.

    Raises:
        Http404: no such entry here, or one that she does not read.
    """
    return get_object_or_404(whole(read_by(acces, espace)), numero=numero)


def editable(acces: Acces, espace: EspaceDeContrat, numero: int) -> Entree:
    """The entry that someone is about to change.

    Raises:
        Http404: no such entry here.
        Refus: it is not hers to change.
    """
    found = entree_or_404(acces, espace, numero)
    require(acces, "entree.update", espace, found)
    return found


def to_confirm(entree: Entree) -> bool:
    """Whether it is a planned session whose day has come: nobody said yet whether it was held."""
    planned = entree.statut == Statut.PREVUE and entree.forme == Forme.SEANCE
    return planned and entree.fin <= horloge.today(entree.espace)


def writable(acces: Acces, espace: EspaceDeContrat) -> list[NatureEntiere]:
    """The kinds under which someone may write; two queries."""
    return offered_in(espace, niveau_of(acces, espace))


def at(entree: Entree, name: str = "") -> str:
    """The address of a page of an entry."""
    return address(f"entree{'-' if name else ''}{name}", entree.espace, entree.numero)


def sujet(entree: Entree) -> Sujet:
    """An entry as its small pages show it."""
    return Sujet(
        entree.espace,
        "",
        title_of(entree),
        at(entree),
        ONGLET,
        lambda acces: history_of(entree, niveau_of(acces, entree.espace)),
    )
