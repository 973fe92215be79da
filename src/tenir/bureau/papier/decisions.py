"""What a committee is asked to decide, from the facts alone: each is a question, with what is known of it."""

from collections.abc import Iterator

from tenir.bureau.papier.faits import Faits, few, short
from tenir.core.typographie import accord, date_fr, pluriel
from tenir.engagements.enums import EtatDEngagement
from tenir.fiches.enums import Statut

ASKED = 3
"""How many late actions are asked about one by one."""


def decisions(found: Faits) -> list[str]:
    """The questions, what blocks first."""
    return [*_late(found), *_suspended(found), *_to_designate(found), *_not_kept(found)]


def _late(found: Faits) -> Iterator[str]:
    for line in found.en_retard[:ASKED]:
        since = date_fr(found.since(line))
        yield f"{line.fiche.action.titre}, en retard depuis le {since} : poursuivre, reporter ou arrêter ?"
    if (left := len(found.en_retard) - ASKED) > 0:
        told = pluriel(left, "autre action", "autres actions", genre="f", lettres=True)
        yield f"{told[:1].upper()}{told[1:]} en retard : quand y revient-on ?"


def _suspended(found: Faits) -> Iterator[str]:
    stopped = [line for line in found.actions if line.fiche.statut == Statut.SUSPENDUE]
    if stopped:
        yield f"Reprendre ou abandonner ce qui est suspendu ? {few([one.fiche.action.titre for one in stopped], 2)}."


def _to_designate(found: Faits) -> Iterator[str]:
    waiting = [line.fiche.action.titre for line in found.actions if line.a_designer]
    if waiting:
        yield f"Désigner qui porte {pluriel(len(waiting), 'action', genre='f')} : {few(waiting, 2)}."


def _not_kept(found: Faits) -> Iterator[str]:
    broken = [one for one in found.engagements if one.etat == EtatDEngagement.NON_TENU]
    if broken:
        bodies = list(dict.fromkeys(short(one.engagement.signataire.organisation) for one in broken))
        verb = accord(len(broken), "est déclaré non tenu", "sont déclarés non tenus")
        yield f"{pluriel(len(broken), 'engagement')} {verb} ({few(bodies, 2)}) : que demande-t-on ?"
