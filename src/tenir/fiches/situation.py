"""What the facts say of an action, and where they part from what is declared: plain values, no query."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tenir.core.typographie import date_fr, pluriel, typo
from tenir.fiches.enums import CLOSED, Calcule, Statut
from tenir.fiches.models import FicheAction, Jalon
from tenir.fiches.seuils import silent_before

DEBUT, FIN = "le début de l’action", "la fin de l’action"
"""What is awaited of its calendar."""


@dataclass(frozen=True, slots=True)
class Retard:
    """Something awaited that has not come: what, and since which day."""

    quoi: str
    attendu_le: date


@dataclass(frozen=True, slots=True)
class Situation:
    """What the facts say of a fiche and its jalons on a day."""

    fiche: FicheAction
    jalons: Sequence[Jalon]
    calcule: Calcule
    retards: tuple[Retard, ...] = ()
    silence_depuis: date | None = None

    @property
    def ecart(self) -> str:
        """How the facts part from the declared status, in one sentence; empty when they agree."""
        facts = list(_facts_against(self))
        if not facts:
            return ""
        told = f"Déclarée « {self.fiche.get_statut_display()} »" if self.fiche.statut else "Aucun statut n’est déclaré"
        return typo(f"{told}, mais {' et '.join(facts)}.")

    @property
    def en_retard_depuis(self) -> date | None:
        """The oldest day awaited in vain."""
        return min((retard.attendu_le for retard in self.retards), default=None)


def get_situation(fiche: FicheAction, jalons: Iterable[Jalon], on: date) -> Situation:
    """The situation of a fiche on a day, from its own jalons."""
    found = list(jalons)
    late = tuple(_late(fiche, found, on)) if owes(fiche) else ()
    silent = fiche.entendue_le if owes(fiche) and fiche.entendue_le < silent_before(on) else None
    return Situation(fiche, found, _computed(fiche, found, late, silent), late, silent)


def owes(fiche: FicheAction) -> bool:
    """Whether anything may still be late or awaited, as `FicheActionQuerySet.open`."""
    return fiche.statut not in CLOSED and fiche.fin_reelle is None


def _late(fiche: FicheAction, jalons: list[Jalon], on: date) -> Iterator[Retard]:
    start, end = fiche.debut_attendu, fiche.fin_attendue
    if start and start < on and fiche.debut_reel is None:
        yield Retard(DEBUT, start)
    for jalon in jalons:
        if jalon.attendu and jalon.attendu_le < on:
            yield Retard(f"« {jalon.titre} »", jalon.attendu_le)
    if end and end < on:
        yield Retard(FIN, end)


def _computed(fiche: FicheAction, jalons: list[Jalon], late: tuple[Retard, ...], silent: date | None) -> Calcule:
    """The first that holds."""
    return next(
        calcule
        for calcule, holds in (
            (Calcule.TERMINEE, fiche.fin_reelle is not None),
            (Calcule.ARRETEE, fiche.statut in (Statut.SUSPENDUE, Statut.ABANDONNEE)),
            (Calcule.EN_RETARD, bool(late)),
            (Calcule.RIEN, nothing_said(fiche, jalons)),
            (Calcule.SANS_NOUVELLES, silent is not None),
            (Calcule.DANS_LES_TEMPS, begun(fiche, jalons)),
            (Calcule.A_VENIR, True),
        )
        if holds
    )


def nothing_said(fiche: FicheAction, jalons: Iterable[Jalon]) -> bool:
    """Whether nobody said anything: no status, no news, no date, no step."""
    dates = (fiche.debut_prevu, fiche.fin_prevue, fiche.debut_revise, fiche.fin_revisee, fiche.debut_reel)
    said = (fiche.statut, fiche.derniere_nouvelle_le, fiche.fin_reelle, fiche.prochaine_etape, *dates)
    return not any(said) and not list(jalons)


def begun(fiche: FicheAction, jalons: Iterable[Jalon]) -> bool:
    """Whether a fact says that it has begun."""
    return fiche.debut_reel is not None or any(jalon.atteint_le for jalon in jalons)


def _facts_against(situation: Situation) -> Iterator[str]:
    fiche, jalons, late = situation.fiche, situation.jalons, situation.retards
    awaited = sum(jalon.attendu for jalon in jalons)
    if fiche.statut == Statut.REALISEE and awaited:
        yield f"{pluriel(awaited, 'jalon')} {'reste' if awaited == 1 else 'restent'} à atteindre"
    if fiche.fin_reelle and fiche.statut != Statut.REALISEE:
        yield f"une fin réelle est donnée, le {date_fr(fiche.fin_reelle)}"
    elif fiche.statut in ("", Statut.A_LANCER) and begun(fiche, jalons):
        yield "les faits disent qu’elle a commencé"
    if late:
        since = min(retard.attendu_le for retard in late)
        what = late[0].quoi if len(late) == 1 else f"{pluriel(len(late), 'échéance', genre='f')}"
        verb = "est attendu" if len(late) == 1 else "sont dépassées"
        yield f"{what} {verb} depuis le {date_fr(since)}"
    if situation.silence_depuis and fiche.statut:
        yield f"rien n’en est dit depuis le {date_fr(situation.silence_depuis)}"
