"""What happens in a contract around a day, of what anyone reads: plain facts, dated, each with the thing it is of.

What the team keeps (`habilitations.publications`) is not collected. Sessions and numbers of activity never
are: they are read by those who have a role. The number of queries does not depend on the contract.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tenir.contrat.models import ActionPrevue, Engagement, Orientation
from tenir.core import horloge
from tenir.core.typographie import typo
from tenir.engagements.enums import SETTLED, EtatDEngagement
from tenir.fiches.enums import EXPLAINED, Statut
from tenir.fiches.jalons import jalons_of
from tenir.fiches.models import FicheAction
from tenir.fiches.situation import owes
from tenir.financement.catalogue import announced
from tenir.financement.models import FicheDeDispositif
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.publications import Genre, publishes
from tenir.public.actions import avancement
from tenir.public.signataires import suivi as promesses
from tenir.public.signataires.arbre import SERVIES, with_orientations


class Sorte(StrEnum):
    """What a fact is, in the order of the page."""

    VIENT = "vient"
    COMMENCE = "commence"
    FAIT = "fait"
    ARRETE = "arrete"
    NOUVELLE = "nouvelle"


TITRES = {
    Sorte.VIENT: "Ce qui vient",
    Sorte.COMMENCE: "Ce qui a commencé",
    Sorte.FAIT: "Ce qui a été fait",
    Sorte.ARRETE: "Ce qui s’est arrêté",
    Sorte.NOUVELLE: "Les nouvelles",
}
KEPT = (EtatDEngagement.TENU, EtatDEngagement.TENU_EN_PARTIE)


@dataclass(frozen=True, slots=True)
class FaitDuMoment:
    """One fact: its day, what happens, of which action or promise. `cle`: its name in feeds, for good."""

    le: date
    sorte: Sorte
    quoi: str
    code: str
    titre: str
    axes: frozenset[str]
    orientations: frozenset[str]
    quartiers: frozenset[str]
    cle: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Periode:
    """A day, and how many days around it are looked at."""

    le: date
    jours: int

    def holds(self, fait: FaitDuMoment) -> bool:
        """Whether a fact is in it: to come when it is awaited, gone by otherwise."""
        days = (fait.le - self.le).days
        return 0 <= days <= self.jours if fait.sorte == Sorte.VIENT else 0 <= -days <= self.jours


def facts_of(espace: EspaceDeContrat, jours: int) -> list[FaitDuMoment]:
    """The facts of a contract around today, those that come the nearest first, the others the latest first."""
    periode = Periode(horloge.today(espace), jours)
    since = periode.le - timedelta(days=jours)
    found = [*_of_actions(espace, since), *_of_promises(espace, since), *_of_schemes(espace)]
    return sorted((one for one in found if periode.holds(one)), key=lambda one: _order(one, periode.le))


def _order(fait: FaitDuMoment, today: date) -> tuple[int, int, str]:
    return list(Sorte).index(fait.sorte), abs((fait.le - today).days), fait.cle


def _of_actions(espace: EspaceDeContrat, since: date) -> Iterator[FaitDuMoment]:
    rows = ActionPrevue.objects.of(espace).principales().select_related("orientation__axe", "fiche")
    for action in rows.prefetch_related(avancement.with_steps(), avancement.with_news(since)):
        fiche = avancement.fiche_of(action)
        if fiche is not None:
            yield from _of_action(action, fiche)


def _of_action(action: ActionPrevue, fiche: FicheAction) -> Iterator[FaitDuMoment]:
    def fact(le: date | None, sorte: Sorte, quoi: str, cle: str, detail: str = "") -> Iterator[FaitDuMoment]:
        if le is not None:
            yield _fact(action, [action.orientation], le, sorte, quoi, cle, detail)

    began, ended = _began(fiche), _ended(fiche)
    yield from fact(began, Sorte.COMMENCE, "L’action a commencé", "debut")
    yield from fact(ended, Sorte.FAIT, "L’action est réalisée", "fin")
    if fiche.statut in EXPLAINED:
        stopped = f"L’action est {fiche.get_statut_display()}"
        yield from fact(fiche.statut_depuis, Sorte.ARRETE, stopped, fiche.statut, avancement.reason_of(action))
    for le, quoi, cle in [*_awaited(fiche, action), *_steps_awaited(fiche, action)] if owes(fiche) else []:
        yield from fact(le, Sorte.VIENT, quoi, cle)
    for jalon in jalons_of(fiche) if publishes(action.espace, Genre.ETAPES) else []:
        yield from fact(jalon.atteint_le, Sorte.FAIT, f"Étape faite : {jalon.titre}", f"jalon-{jalon.pk}")
    for news in avancement.news_of(action):
        yield from fact(news.le, Sorte.NOUVELLE, _news_of(news.pour), f"nouvelle-{news.numero}", news.texte)


def _news_of(body: str) -> str:
    """What news are called: whose they are, when that is said."""
    return f"Nouvelle : {body}" if body else "Nouvelle"


def _began(fiche: FicheAction) -> date | None:
    """When an action began: its real start, else since when it is declared under way."""
    return fiche.debut_reel or (fiche.statut_depuis if fiche.statut == Statut.EN_COURS else None)


def _ended(fiche: FicheAction) -> date | None:
    """When an action was over: its real end, else since when it is declared so."""
    return fiche.fin_reelle or (fiche.statut_depuis if fiche.statut == Statut.REALISEE else None)


def _awaited(fiche: FicheAction, action: ActionPrevue) -> Iterator[tuple[date | None, str, str]]:
    """The start and the end of an action. A day that was revised is told where lateness is, no other in its place."""
    for planned, revised, quoi, cle in (
        (fiche.debut_prevu, fiche.debut_revise, "L’action doit commencer", "debut-attendu"),
        (fiche.fin_prevue, fiche.fin_revisee, "L’action doit finir", "fin-attendue"),
    ):
        began = cle == "debut-attendu" and fiche.debut_reel
        if not began and not (revised and not publishes(action.espace, Genre.RETARDS)):
            yield revised or planned, quoi, cle


def _steps_awaited(fiche: FicheAction, action: ActionPrevue) -> Iterator[tuple[date | None, str, str]]:
    if not publishes(action.espace, Genre.ETAPES):
        return
    for jalon in jalons_of(fiche):
        if jalon.attendu:
            yield jalon.attendu_le, f"Étape attendue : {jalon.titre}", f"jalon-{jalon.pk}"
    if fiche.prochaine_etape:
        yield fiche.prochaine_etape_le, f"Prochaine étape : {fiche.prochaine_etape}", "prochaine-etape"


def _of_promises(espace: EspaceDeContrat, since: date) -> Iterator[FaitDuMoment]:
    if not publishes(espace, Genre.ENGAGEMENTS):
        return
    rows = with_orientations(Engagement.objects.of(espace).comptes().select_related("signataire", "suivi"))
    for promise in rows.prefetch_related(promesses.with_news(since)):
        yield from _of_promise(promise)


def _of_promise(promise: Engagement) -> Iterator[FaitDuMoment]:
    suivi, served = promesses.suivi_of(promise), getattr(promise, SERVIES)
    if suivi is None:
        return

    def fact(le: date | None, sorte: Sorte, quoi: str, cle: str, detail: str = "") -> Iterator[FaitDuMoment]:
        if le is not None:
            yield _fact(promise, served, le, sorte, quoi, cle, detail)

    who, state = promise.signataire.nom, suivi.get_etat_display()
    if suivi.etat not in SETTLED:
        yield from fact(suivi.attendu_pour, Sorte.VIENT, f"Engagement attendu : {who}", "attendu")
    if suivi.etat in KEPT:
        yield from fact(suivi.etat_depuis, Sorte.FAIT, f"Engagement {state} : {who}", suivi.etat, suivi.motif)
    if suivi.etat in (EtatDEngagement.NON_TENU, EtatDEngagement.SANS_OBJET):
        yield from fact(suivi.etat_depuis, Sorte.ARRETE, f"Engagement {state} : {who}", suivi.etat, suivi.motif)
    for news in promesses.news_of(promise):
        yield from fact(news.le, Sorte.NOUVELLE, _news_of(news.pour or who), f"nouvelle-{news.numero}", news.texte)


def _of_schemes(espace: EspaceDeContrat) -> Iterator[FaitDuMoment]:
    """The last days to ask for a scheme, of the orientations that name it."""
    rows = list(FicheDeDispositif.objects.of(espace).filter(ferme_le__isnull=False, disparu_le=None))
    where = announced(espace) if rows else {}
    for one in rows:
        served = list(where[one.cle].orientations.values())
        if one.ferme_le and served:
            first = served[0]
            yield FaitDuMoment(
                one.ferme_le, Sorte.VIENT, typo(f"Dernier jour pour demander : {one.nom}"), first.code, first.titre,
                frozenset(each.axe.code for each in served), frozenset(each.code for each in served),
                frozenset(each.quartiers for each in served if each.quartiers), f"{first.code}-dispositif-{one.pk}",
                one.pour_qui,
            )  # fmt: skip


def _fact(
    of: ActionPrevue | Engagement,
    orientations: Iterable[Orientation],
    le: date,
    sorte: Sorte,
    quoi: str,
    cle: str,
    detail: str,
) -> FaitDuMoment:
    served = list(orientations)
    return FaitDuMoment(
        le,
        sorte,
        typo(quoi),
        of.code,
        of.titre,
        frozenset(one.axe.code for one in served),
        frozenset(one.code for one in served),
        frozenset(one.quartiers for one in served if one.quartiers),
        f"{of.code}-{cle}",
        detail,
    )
