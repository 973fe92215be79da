"""What the public reads of the life of an action: its declared status, and what the team of the contract opens of it.

The fields are those that `fiches.champs` opens in this contract; never persons, difficulties, nor silence.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, QuerySet

from tenir.contrat.models import ActionPrevue
from tenir.core import horloge
from tenir.core.composants import Lien, Renseignement, Tampon, Ton
from tenir.core.typographie import accord, capital, date_fr, nombre, pluriel, typo
from tenir.ecran.champs import label, told
from tenir.ecran.mots import UNDECLARED
from tenir.fiches.champs import open_to_all
from tenir.fiches.enums import EXPLAINED, TON_DU_STATUT, Statut
from tenir.fiches.jalons import READ, jalons_of
from tenir.fiches.models import FicheAction, Jalon, Nouvelle, PieceDeFiche
from tenir.fiches.situation import DEBUT, FIN, Retard, get_situation, owes
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.niveaux import Niveau
from tenir.habilitations.publications import Genre, publishes
from tenir.public.vie import MOST, NouvelleAffichee, kept, last_news, shown

SAID_APART = frozenset({"statut", "motif", "organisme_en_charge"})
"""The public fields that the page shows elsewhere than among the others."""
COUNTED = {
    Statut.EN_COURS: ("en cours", "en cours"),
    Statut.EN_PREPARATION: ("en préparation", "en préparation"),
    Statut.A_LANCER: ("à lancer", "à lancer"),
    Statut.REALISEE: ("réalisée", "réalisées"),
    Statut.SUSPENDUE: ("suspendue", "suspendues"),
    Statut.ABANDONNEE: ("abandonnée", "abandonnées"),
}
"""How a sentence counts the actions of each status, in the order it tells them."""
LATE = "en retard"
OVERDUE = {DEBUT: "elle devait commencer", FIN: "elle devait finir"}
"""How lateness on the calendar is told; that of a jalon names it."""
HIDDEN_STEP = "une étape attendue n’est pas venue (les étapes ne sont pas publiées)"
NEWS = "nouvelles_publiees"


@dataclass(frozen=True, slots=True)
class Etape:
    """A jalon as anyone reads it: what, when, where it stands."""

    titre: str
    quand: str
    tampon: Tampon


@dataclass(frozen=True, slots=True)
class Avancement:
    """Where an action is, as anyone may read it. `non_publie`: what the team keeps, in one sentence."""

    tampon: Tampon
    phrase: str
    retard: str = ""
    raison: str = ""
    lignes: Sequence[Renseignement] = ()
    etapes: Sequence[Etape] = ()
    nouvelles: Sequence[NouvelleAffichee] = ()
    non_publie: str = ""


def with_steps() -> "Prefetch[Any]":
    """What `stamp_of` needs of actions read with `select_related("fiche")`: one query."""
    return Prefetch("fiche__jalons", Jalon.objects.order_by("prevu_le", "pk"), to_attr=READ)


def with_news(since: date = date.min) -> "Prefetch[Any]":
    """The news of actions, the latest first, since a day if one is given: one query."""
    rows = Nouvelle.objects.filter(le__gte=since).select_related("pour").order_by("-le", "-pk")
    return Prefetch("fiche__nouvelles", rows, to_attr=NEWS)


def fiche_of(action: ActionPrevue) -> FicheAction | None:
    """The fiche of an action read with `select_related("fiche")`; a sub-action has none."""
    return getattr(action, "fiche", None)


def news_of(action: ActionPrevue) -> list[NouvelleAffichee]:
    """The news of an action read with `with_news`, where anyone reads them."""
    fiche = fiche_of(action)
    return shown(getattr(fiche, NEWS)) if fiche and publishes(action.espace, Genre.NOUVELLES) else []


def late_of(action: ActionPrevue) -> tuple[Retard, ...]:
    """What is late of an action, the oldest first, where anyone reads it."""
    fiche = fiche_of(action)
    if fiche is None or not publishes(action.espace, Genre.RETARDS):
        return ()
    found = get_situation(fiche, jalons_of(fiche), horloge.today(action.espace)).retards
    return tuple(sorted(found, key=lambda retard: retard.attendu_le))


def status_of(action: ActionPrevue) -> str:
    """Its declared status alone, or that nothing is announced: what a file holds beside its lateness."""
    fiche = fiche_of(action)
    return str(fiche.get_statut_display()) if fiche and fiche.statut else UNDECLARED


def stamp_of(action: ActionPrevue) -> Tampon:
    """Its declared status and that it is late, or that nothing is announced.

    Where lateness is kept by the team, « en cours » is no good news: nobody is told that all goes well.
    """
    fiche, late = fiche_of(action), late_of(action)
    if fiche is None or not fiche.statut:
        return Tampon(capital(LATE), Ton.RETARD) if late else Tampon(capital(UNDECLARED), Ton.MUET)
    word = capital(status_of(action))
    if late:
        return Tampon(f"{word}, {LATE}", Ton.RETARD)
    unknown = fiche.statut == Statut.EN_COURS and not publishes(action.espace, Genre.RETARDS)
    return Tampon(word, Ton.NEUTRE if unknown else TON_DU_STATUT[fiche.statut])


def progress_of(action: ActionPrevue) -> Avancement:
    """Where an action is: its stamp, its sentences, and all that anyone reads of what someone filled."""
    fiche, espace, news = fiche_of(action), action.espace, news_of(action)
    if fiche is None:
        return Avancement(stamp_of(action), typo(_sentence(None, espace, news)))
    return Avancement(
        stamp_of(action),
        typo(_sentence(fiche, espace, news)),
        retard=lateness(action),
        raison=reason_of(action),
        lignes=list(_lines(fiche)),
        etapes=told_steps(action),
        nouvelles=news[:MOST],
        non_publie=kept(espace, Genre.NOUVELLES, Genre.ETAPES, Genre.RETARDS, Genre.RAISONS),
    )


def told_steps(action: ActionPrevue) -> list[Etape]:
    """The jalons of an action, in the order of the days they are awaited, where anyone reads them."""
    fiche = fiche_of(action)
    if fiche is None or not publishes(action.espace, Genre.ETAPES):
        return []
    return [_step(fiche, one) for one in sorted(jalons_of(fiche), key=lambda jalon: (jalon.attendu_le, jalon.pk))]


def reason_of(action: ActionPrevue) -> str:
    """Why an action was stopped, where anyone reads it."""
    fiche = fiche_of(action)
    stopped = fiche is not None and fiche.statut in EXPLAINED and publishes(action.espace, Genre.RAISONS)
    return fiche.motif if fiche and stopped else ""


def lateness(action: ActionPrevue) -> str:
    """What is late of an action, in plain words: « Elle devait finir le 30 juin 2026. »"""
    late = late_of(action)
    named = [one for one in late if one.quoi in OVERDUE or publishes(action.espace, Genre.ETAPES)]
    told = [
        f"{OVERDUE.get(one.quoi, f'l’étape {one.quoi} était attendue')} le {date_fr(one.attendu_le)}" for one in named
    ]
    told += [HIDDEN_STEP] if len(named) < len(late) else []
    return typo(f"{capital(' ; '.join(told))}.") if told else ""


def pieces_of(action: ActionPrevue) -> list[Lien]:
    """The links that whoever follows the action opened to anyone."""
    rows = PieceDeFiche.objects.filter(fiche__action=action, niveau=Niveau.PUBLIC).exclude(lien="")
    return [Lien(piece.titre, piece.lien) for piece in rows]


def late_fiches(espace: EspaceDeContrat) -> QuerySet[FicheAction]:
    """The fiches that are late today, where anyone reads it: as `late_of`, asked of the database."""
    rows = FicheAction.objects.of(espace)
    return rows.late(horloge.today(espace)) if publishes(espace, Genre.RETARDS) else rows.none()


def overview(espace: EspaceDeContrat) -> str:
    """« Sur 108 actions, 3 sont en cours ; rien n’est annoncé pour 105. 2 sont en retard. »; two queries."""
    rows: QuerySet[Any] = FicheAction.objects.filter(espace=espace, action__retire=False).order_by()
    counts = dict(rows.values_list("statut").annotate(Count("pk")))
    total = sum(counts.values())
    if not total:
        return ""
    said = [_counted(counts[statut], forms) for statut, forms in COUNTED.items() if counts.get(statut)]
    silent = counts.get("", 0)
    tail = [f"rien n’est annoncé pour {nombre(silent)}"] if silent else []
    known = " ; ".join([", ".join(said), *tail] if said else tail)
    late = late_fiches(espace).count()
    more = f" {nombre(late)} {accord(late, 'est', 'sont')} {LATE}." if late else ""
    return typo(f"Sur {pluriel(total, 'action', genre='f')}, {known}.{more}")


def _counted(count: int, forms: tuple[str, str]) -> str:
    return f"{nombre(count)} {accord(count, 'est', 'sont')} {accord(count, *forms)}"


def _sentence(fiche: FicheAction | None, espace: EspaceDeContrat, news: Sequence[NouvelleAffichee]) -> str:
    """What is declared, and when news were last given; the whole truth when there are none."""
    open_news = publishes(espace, Genre.NOUVELLES)
    if fiche is None or not (fiche.statut or (open_news and news)):
        return "Rien n’est annoncé : personne n’a encore déclaré où en est cette action."
    since = f" depuis le {date_fr(fiche.statut_depuis)}" if fiche.statut and fiche.statut_depuis else ""
    declared = f"Déclarée « {fiche.get_statut_display()} »{since}." if fiche.statut else ""
    return " ".join(filter(None, (declared, last_news(news) if open_news else "")))


def _lines(fiche: FicheAction) -> Iterator[Renseignement]:
    for name in open_to_all(fiche.espace):
        value = getattr(fiche, name)
        if value and name not in SAID_APART:
            yield Renseignement(capital(label(name, FicheAction)), typo(told(name, value, FicheAction)))


def _step(fiche: FicheAction, jalon: Jalon) -> Etape:
    """A step that moved says from when: « Prévu le 1er mars 2026, reporté au 1er juin 2026 »."""
    moved = f", reporté au {date_fr(jalon.revise_le)}" if jalon.revise_le else ""
    return Etape(typo(jalon.titre), f"Prévu le {date_fr(jalon.prevu_le)}{moved}", _stamp_of_step(fiche, jalon))


def _stamp_of_step(fiche: FicheAction, jalon: Jalon) -> Tampon:
    """Where a jalon stands; that it is late, where anyone reads it."""
    if jalon.atteint_le:
        return Tampon(f"Fait le {date_fr(jalon.atteint_le)}", Ton.FAIT)
    if jalon.abandonne_le:
        return Tampon(f"Abandonné le {date_fr(jalon.abandonne_le)}")
    late = jalon.attendu_le < horloge.today(fiche.espace) and owes(fiche) and publishes(fiche.espace, Genre.RETARDS)
    return Tampon(capital(LATE), Ton.RETARD) if late else Tampon("Attendu")
