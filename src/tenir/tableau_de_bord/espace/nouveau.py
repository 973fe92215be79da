"""What is new since someone last said that she had read everything: news, and changes of status."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone

from tenir.core.composants import Item
from tenir.core.models import EntreeDeTrace
from tenir.core.typographie import NBSP, date_fr
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.traces import entries_of, names_of
from tenir.suivi.champs import label
from tenir.suivi.models import DernierPassage, Nouvelle
from tenir.suivi.services.fiche import GENRE
from tenir.suivi.seuils import new_since
from tenir.tableau_de_bord.espace.du_suivi import beside, excerpt, hers
from tenir.tableau_de_bord.espace.sections import Section
from tenir.tableau_de_bord.navigation import address

NOM = "nouveau"


@dataclass(frozen=True, slots=True)
class Nouveaute:
    """Something said or changed: when, of which action, by whom, what."""

    le: datetime
    code: str
    acteur: int | None
    pour: str
    quoi: str


def sections(acces: Acces, espace: EspaceDeContrat, on: date) -> Iterator[Section]:
    """What others said and declared of what concerns her, the latest first; five queries."""
    since, read = _since(acces, espace, on)
    lines = novelties(acces, espace, since)
    when = f"Depuis votre dernière lecture, le {date_fr(read)}." if read else f"Depuis le {date_fr(since.date())}."
    yield Section(NOM, "Nouveau", lines, explication=when)


def novelties(acces: Acces, espace: EspaceDeContrat, since: datetime, until: datetime | None = None) -> list[Item]:
    """What others said and declared of what concerns her, between two moments, the latest first; four queries."""
    table = address("fiches", espace)
    titles = dict(hers(acces, espace).values_list("action__code", "action__titre"))
    found = [*_news(acces, espace, since), *_changes(acces, espace, since)]
    kept = [one for one in found if one.code in titles and (until is None or one.le < until)]
    told = sorted(kept, key=lambda one: one.le, reverse=True)
    names = names_of(one.acteur for one in told if one.acteur)
    return [Item(one.code, titles[one.code], f"{table}{one.code}/", _note(one, names)) for one in told]


def _since(acces: Acces, espace: EspaceDeContrat, on: date) -> tuple[datetime, date | None]:
    """From when things are new to her, and the day she last said so."""
    passage = DernierPassage.objects.filter(espace=espace, personne=acces.personne).first()
    if passage:
        return passage.vu_jusqu_a, timezone.localtime(passage.vu_jusqu_a).date()
    return timezone.make_aware(datetime.combine(new_since(on), time.min)), None


def _news(acces: Acces, espace: EspaceDeContrat, since: datetime) -> Iterator[Nouveaute]:
    rows = Nouvelle.objects.filter(fiche__espace=espace, enregistree_le__gt=since).exclude(auteur=acces.personne)
    columns = ("enregistree_le", "fiche__action__code", "auteur", "pour__nom", "le", "texte")
    for moment, code, author, body, day, text in rows.values_list(*columns):
        yield Nouveaute(moment, code, author, body or "", f"Nouvelle du {date_fr(day)}{NBSP}: {excerpt(text)}")


def _changes(acces: Acces, espace: EspaceDeContrat, since: datetime) -> Iterator[Nouveaute]:
    rows = entries_of(espace).filter(genre=GENRE, champ=label("statut"), le__gt=since)
    for row in rows.exclude(acteur=acces.personne.pk):
        yield Nouveaute(row.le, row.objet, row.acteur, row.pour, _changed(row))


def _changed(entry: EntreeDeTrace) -> str:
    values = " → ".join(value for value in (entry.avant, entry.apres) if value)
    return f"Statut{NBSP}: {values or 'changé'}"


def _note(one: Nouveaute, names: dict[int, str]) -> str:
    who = one.pour or names.get(one.acteur or 0, "")
    return beside(one.quoi, who, date_fr(timezone.localtime(one.le).date()))
