"""What the public reads of the life of an action: its declared status, its next step, the date of its last news.

Only the fields that `suivi.champs` opens to anyone; never lateness, persons, difficulties, nor what is said in news.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from tenir.contrat.models import ActionPrevue
from tenir.core.composants import Lien, Renseignement, Tampon, Ton
from tenir.core.typographie import accord, date_fr, nombre, pluriel, typo
from tenir.ecran.champs import label, told
from tenir.ecran.mots import UNDECLARED
from tenir.fiches.champs import champs
from tenir.fiches.enums import TON_DU_STATUT, Statut
from tenir.fiches.models import FicheAction, PieceDeFiche
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.niveaux import Niveau

SAID_APART = frozenset({"statut", "organisme_en_charge"})
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


@dataclass(frozen=True, slots=True)
class Avancement:
    """Where an action is, as anyone may read it."""

    tampon: Tampon
    phrase: str
    lignes: list[Renseignement]


def fiche_of(action: ActionPrevue) -> FicheAction | None:
    """The fiche of an action read with `select_related("fiche")`; a sub-action has none."""
    return getattr(action, "fiche", None)


def stamp_of(action: ActionPrevue) -> Tampon:
    """Its declared status, or that nothing is announced."""
    fiche = fiche_of(action)
    if fiche is None or not fiche.statut:
        return Tampon(UNDECLARED.capitalize(), Ton.MUET)
    return Tampon(str(fiche.get_statut_display()).capitalize(), TON_DU_STATUT[fiche.statut])


def progress_of(action: ActionPrevue) -> Avancement:
    """Where an action is: its stamp, one sentence, and the public fields that someone filled."""
    fiche = fiche_of(action)
    lines = list(_lines(fiche)) if fiche else []
    return Avancement(stamp_of(action), typo(_sentence(fiche)), lines)


def pieces_of(action: ActionPrevue) -> list[Lien]:
    """The links that whoever follows the action opened to anyone."""
    rows = PieceDeFiche.objects.filter(fiche__action=action, niveau=Niveau.PUBLIC).exclude(lien="")
    return [Lien(piece.titre, piece.lien) for piece in rows]


def overview(espace: EspaceDeContrat) -> str:
    """« Sur 108 actions, 3 sont en cours ; rien n’est annoncé pour 105. »; one query."""
    rows: QuerySet[Any] = FicheAction.objects.filter(espace=espace, action__retire=False).order_by()
    counts = dict(rows.values_list("statut").annotate(Count("pk")))
    total = sum(counts.values())
    if not total:
        return ""
    said = [_counted(counts[statut], forms) for statut, forms in COUNTED.items() if counts.get(statut)]
    silent = counts.get("", 0)
    tail = [f"rien n’est annoncé pour {nombre(silent)}"] if silent else []
    return typo(f"Sur {pluriel(total, 'action', genre='f')}, {' ; '.join([', '.join(said), *tail] if said else tail)}.")


def _counted(count: int, forms: tuple[str, str]) -> str:
    return f"{nombre(count)} {accord(count, 'est', 'sont')} {accord(count, *forms)}"


def _sentence(fiche: FicheAction | None) -> str:
    """When news were last given; the whole truth when there are none."""
    if fiche is None or not (fiche.statut or fiche.derniere_nouvelle_le):
        return "Rien n’est annoncé : personne n’a encore donné de nouvelle de cette action ici."
    since = f" depuis le {date_fr(fiche.statut_depuis)}" if fiche.statut and fiche.statut_depuis else ""
    declared = f"Déclarée « {fiche.get_statut_display()} »{since}. " if fiche.statut else ""
    news = f"Dernière nouvelle le {date_fr(fiche.derniere_nouvelle_le)}." if fiche.derniere_nouvelle_le else (
        "Aucune nouvelle n’a encore été donnée."
    )  # fmt: skip
    return f"{declared}{news}"


def _lines(fiche: FicheAction) -> Iterator[Renseignement]:
    for name in champs(Niveau.PUBLIC):
        value = getattr(fiche, name)
        if value and name not in SAID_APART:
            yield Renseignement(label(name, FicheAction).capitalize(), typo(told(name, value, FicheAction)))
