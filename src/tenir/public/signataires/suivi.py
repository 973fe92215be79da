"""What the public reads of the life of a promise, where the team of the contract opens it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, QuerySet

from tenir.contrat.models import Engagement
from tenir.core import horloge
from tenir.core.composants import Renseignement, Tampon, Ton
from tenir.core.listes.colonne import Read
from tenir.core.typographie import accord, capital, date_fr, nombre, pluriel, typo
from tenir.ecran.champs import label
from tenir.ecran.mots import UNDECLARED
from tenir.engagements.enums import EXPLAINED, TON_DE_L_ETAT, EtatDEngagement
from tenir.engagements.models import NouvelleDEngagement, SuiviDEngagement
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.publications import NON_PUBLIE, Genre, publishes
from tenir.public.vie import MOST, NouvelleAffichee, kept, last_news, shown

LATE = "en retard"
NEWS = "nouvelles_publiees"
COUNTED = {
    EtatDEngagement.TENU: ("est tenu", "sont tenus"),
    EtatDEngagement.TENU_EN_PARTIE: ("est tenu en partie", "sont tenus en partie"),
    EtatDEngagement.EN_COURS: ("est en cours", "sont en cours"),
    EtatDEngagement.NON_COMMENCE: ("n’est pas commencé", "ne sont pas commencés"),
    EtatDEngagement.NON_TENU: ("n’est pas tenu", "ne sont pas tenus"),
    EtatDEngagement.SANS_OBJET: ("est sans objet", "sont sans objet"),
}
"""How a sentence counts the promises of each state, in the order it tells them."""


@dataclass(frozen=True, slots=True)
class SuiviAffiche:
    """Where a promise stands, as anyone may read it. `non_publie`: what the team keeps, in one sentence."""

    tampon: Tampon
    phrase: str = ""
    raison: str = ""
    lignes: Sequence[Renseignement] = ()
    nouvelles: Sequence[NouvelleAffichee] = ()
    non_publie: str = ""


def with_news(since: date = date.min) -> "Prefetch[Any]":
    """The news of promises read with `select_related("suivi")`, the latest first, since a day: one query."""
    rows = NouvelleDEngagement.objects.filter(le__gte=since).select_related("pour").order_by("-le", "-pk")
    return Prefetch("suivi__nouvelles", rows, to_attr=NEWS)


def suivi_of(engagement: Engagement) -> SuiviDEngagement | None:
    """The life of a promise, where anyone reads it; nothing of a heading."""
    found: SuiviDEngagement | None = getattr(engagement, "suivi", None)
    return found if found and publishes(engagement.espace, Genre.ENGAGEMENTS) else None


def news_of(engagement: Engagement) -> list[NouvelleAffichee]:
    """The news of a promise read with `with_news`, where anyone reads them."""
    suivi = suivi_of(engagement)
    return shown(getattr(suivi, NEWS)) if suivi and publishes(engagement.espace, Genre.NOUVELLES) else []


def is_late(engagement: Engagement) -> bool:
    """Whether a promise is late, where anyone reads it."""
    suivi, espace = suivi_of(engagement), engagement.espace
    return bool(suivi and publishes(espace, Genre.RETARDS) and suivi.is_late(horloge.today(espace)))


def state_of(engagement: Engagement) -> str:
    """The state declared of a promise, or that nothing is announced; nothing where the team keeps it."""
    if not publishes(engagement.espace, Genre.ENGAGEMENTS):
        return NON_PUBLIE
    suivi = suivi_of(engagement)
    return str(suivi.get_etat_display()) if suivi and suivi.etat else UNDECLARED


def stamp_of(engagement: Engagement) -> Tampon:
    """Its state and that it is late, or that nothing is announced, or that the team keeps it."""
    suivi, word = suivi_of(engagement), capital(state_of(engagement))
    if is_late(engagement):
        return Tampon(f"{word}, {LATE}" if suivi and suivi.etat else capital(LATE), Ton.RETARD)
    if suivi is None or not suivi.etat:
        return Tampon(word, Ton.MUET)
    unknown = suivi.etat == EtatDEngagement.EN_COURS and not publishes(engagement.espace, Genre.RETARDS)
    return Tampon(word, Ton.NEUTRE if unknown else TON_DE_L_ETAT[suivi.etat])


def follow_up(engagement: Engagement) -> SuiviAffiche | None:
    """Where a promise stands; nothing of a heading, which promises nothing itself."""
    espace, suivi = engagement.espace, suivi_of(engagement)
    if engagement.regroupement:
        return None
    hidden = kept(espace, Genre.ENGAGEMENTS, Genre.NOUVELLES, Genre.RETARDS)
    if suivi is None:
        return SuiviAffiche(stamp_of(engagement), non_publie=hidden)
    news = news_of(engagement)
    return SuiviAffiche(
        stamp_of(engagement),
        typo(_sentence(suivi, espace, news)),
        raison=reason_of(engagement),
        lignes=list(_lines(suivi)),
        nouvelles=news[:MOST],
        non_publie=hidden,
    )


def reason_of(engagement: Engagement) -> str:
    """Why a promise is not kept, or not wholly, where anyone reads it."""
    suivi = suivi_of(engagement)
    return suivi.motif if suivi and suivi.etat in EXPLAINED else ""


def overview(espace: EspaceDeContrat) -> str:
    """« Sur 153 engagements, 12 sont tenus ; rien n’est annoncé pour 141. »; two queries, none where it is kept."""
    if not publishes(espace, Genre.ENGAGEMENTS):
        return ""
    rows: QuerySet[Any] = SuiviDEngagement.objects.filter(espace=espace, engagement__retire=False).order_by()
    counts = dict(rows.values_list("etat").annotate(Count("pk")))
    if not (total := sum(counts.values())):
        return ""
    said = [f"{nombre(counts[one])} {accord(counts[one], *forms)}" for one, forms in COUNTED.items() if counts.get(one)]
    tail = [f"rien n’est annoncé pour {nombre(counts[''])}"] if counts.get("") else []
    late = rows.late(horloge.today(espace)).count() if publishes(espace, Genre.RETARDS) else 0  # type: ignore[attr-defined]
    more = f" {nombre(late)} {accord(late, 'est', 'sont')} {LATE}." if late else ""
    known = " ; ".join([", ".join(said), *tail] if said else tail)
    return typo(f"Sur {pluriel(total, 'engagement')}, {known}.{more}")


def of_life(name: str, titre: str, say: Callable[[Engagement], object], *genres: Genre) -> tuple[str, str, Read]:
    """What a column of a file says of the life of a promise: what is said, or that the team keeps it."""
    needed = (Genre.ENGAGEMENTS, *genres)

    def value(row: Engagement) -> object:
        found = say(row) if publishes(row.espace, *needed) else NON_PUBLIE
        return found.isoformat() if isinstance(found, date) else found or ""

    return name, titre, value


def of_suivi(name: str) -> Callable[[Engagement], object]:
    """What reads a field of the life of a promise; nothing when it has none."""
    return lambda row: getattr(suivi_of(row), name, None)


def of_news(name: str) -> Callable[[Engagement], object]:
    """What reads the last news of a promise read with `with_news`."""
    return lambda row: getattr(next(iter(news_of(row)), None), name, None)


def _sentence(suivi: SuiviDEngagement, espace: EspaceDeContrat, news: Sequence[NouvelleAffichee]) -> str:
    since = f" depuis le {date_fr(suivi.etat_depuis)}" if suivi.etat and suivi.etat_depuis else ""
    declared = f"Déclaré « {suivi.get_etat_display()} »{since}." if suivi.etat else "Rien n’est annoncé."
    return f"{declared} {last_news(news) if publishes(espace, Genre.NOUVELLES) else ''}".strip()


def _lines(suivi: SuiviDEngagement) -> Iterator[Renseignement]:
    due = date_fr(suivi.attendu_pour) if suivi.attendu_pour else ""
    for name, value in (("attendu_pour", due), ("jugement", typo(suivi.jugement))):
        if value:
            yield Renseignement(capital(label(name, SuiviDEngagement)), value)
