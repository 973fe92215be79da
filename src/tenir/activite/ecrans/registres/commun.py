"""What the screens of the registers share: which someone reads, one of their things, the words of its state."""

from datetime import date

from django.db.models import Prefetch, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from tenir.activite.catalogue import NIVEAUX, catalogue_of, offered_in
from tenir.activite.droits import niveau_of
from tenir.activite.echeances import goes_on
from tenir.activite.etats import with_state
from tenir.activite.models import Objet
from tenir.activite.services.objets import GENRE
from tenir.core.composants import Tampon, Ton
from tenir.ecran.edition import Sujet
from tenir.ecran.histoire import Passage, in_words
from tenir.ecran.navigation import address
from tenir.fiches.models import FicheAction
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.traces import entries_of
from tenir.natures.modeles import NatureEntiere

ONGLET = "registres"
WAITS, SET_ASIDE = "À lire", "Écarté"


def registers_of(acces: Acces, espace: EspaceDeContrat) -> list[NatureEntiere]:
    """The registers of a contract that someone reads, withdrawn ones apart; two queries."""
    return offered_in(espace, niveau_of(acces, espace), lasting=True)


def register_or_404(acces: Acces, espace: EspaceDeContrat, code: str) -> NatureEntiere:
    """One register, withdrawn or not: what was written in it is still read; one query.

    Raises:
        Http404: no such register here, or one that she does not read.
    """
    found = catalogue_of(espace).get(code)
    if found is None or not found.lasts or found.generique or NIVEAUX[found.visible] > niveau_of(acces, espace):
        raise Http404
    return found


def read_by(acces: Acces, espace: EspaceDeContrat, on: date | None = None) -> "QuerySet[Objet]":
    """The things of a contract that someone reads, with their state (on a day, if given): the others are nowhere."""
    return with_state(Objet.objects.of(espace).up_to(niveau_of(acces, espace)), on)


def family_of(espace: EspaceDeContrat, kind: NatureEntiere) -> list[NatureEntiere]:
    """A register, then those that are it; one query."""
    known = catalogue_of(espace)
    return [kind, *(known[code] for code in known.with_children(kind.nature) if code != kind.nature)]


def whole(rows: "QuerySet[Objet]") -> "QuerySet[Objet]":
    """Things with what a line or a page says of each."""
    return rows.select_related("organisme", "lieu", "mots")


def with_actions(rows: "QuerySet[Objet]") -> "QuerySet[Objet]":
    """Things with the actions that they are linked to, and the orientations of these; one query more."""
    return rows.prefetch_related(Prefetch("fiches", FicheAction.objects.select_related("action__orientation")))


def objet_or_404(acces: Acces, espace: EspaceDeContrat, numero: int) -> Objet:
    """One thing.

    Raises:
        Http404: no such thing here, or one that she does not read.
    """
    return get_object_or_404(read_by(acces, espace).select_related("organisme", "lieu", "mots"), numero=numero)


def at(objet: Objet, name: str = "") -> str:
    """The address of a page of a thing."""
    return address(f"objet{'-' if name else ''}{name}", objet.espace, objet.numero)


def sujet(objet: Objet) -> Sujet:
    """A thing as its small pages show it."""
    return Sujet(objet.espace, "", str(objet), at(objet), ONGLET, lambda acces: history_of(objet))


def history_of(objet: Objet) -> list[Passage]:
    """Every change of what describes a thing, the latest first; two queries."""
    return in_words(entries_of(objet.espace).filter(genre=GENRE, objet=objet.code))


def state_of(objet: Objet, kind: NatureEntiere) -> Tampon:
    """In which state a thing is, as a stamp: over, it is done; unread or set aside, nobody said it yet."""
    code = getattr(objet, "etat", None)
    if not code:
        return Tampon(WAITS, Ton.ATTENTION) if getattr(objet, "attend", False) else Tampon(SET_ASIDE, Ton.MUET)
    etat = kind.etat(code) or objet.mots.nature.etat(code)
    return Tampon(etat.libelle if etat else code, Ton.FAIT if etat and etat.clos else Ton.NEUTRE)


def is_late(objet: Objet, kind: NatureEntiere, on: date) -> bool:
    """Whether what it falls due on is past, and something is still expected of it."""
    return bool(objet.echeance and objet.echeance < on and goes_on(objet, kind))
