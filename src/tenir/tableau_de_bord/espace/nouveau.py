"""What is new since someone last said that she had read everything: news of actions and promises, changes of status,
syntheses that were frozen."""

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
from tenir.suivi.models import DernierPassage, Nouvelle, NouvelleDEngagement, PointDEtape
from tenir.suivi.services.fiche import GENRE
from tenir.suivi.seuils import new_since
from tenir.tableau_de_bord.espace.du_suivi import beside, excerpt, hers, promises_of
from tenir.tableau_de_bord.espace.sections import Section
from tenir.tableau_de_bord.navigation import address

NOM = "nouveau"


@dataclass(frozen=True, slots=True)
class Nouveaute:
    """Something said or changed: when, of what, where it is, by whom, what."""

    le: datetime
    code: str
    titre: str
    url: str
    quoi: str
    acteur: int | None = None
    pour: str = ""


def sections(acces: Acces, espace: EspaceDeContrat, on: date) -> Iterator[Section]:
    """What others said and declared of what concerns her, the latest first; seven queries."""
    since, read = _since(acces, espace, on)
    lines = novelties(acces, espace, since)
    when = f"Depuis votre dernière lecture, le {date_fr(read)}." if read else f"Depuis le {date_fr(since.date())}."
    yield Section(NOM, "Nouveau", lines, explication=when)


def novelties(acces: Acces, espace: EspaceDeContrat, since: datetime, until: datetime | None = None) -> list[Item]:
    """What others said and declared of what concerns her, between two moments, the latest first; six queries."""
    found = [*_of_actions(acces, espace, since), *_of_promises(acces, espace, since), *_syntheses(acces, espace, since)]
    told = sorted((one for one in found if until is None or one.le < until), key=lambda one: one.le, reverse=True)
    names = names_of(one.acteur for one in told if one.acteur)
    return [Item(one.code, one.titre, one.url, _note(one, names)) for one in told]


def _since(acces: Acces, espace: EspaceDeContrat, on: date) -> tuple[datetime, date | None]:
    """From when things are new to her, and the day she last said so."""
    passage = DernierPassage.objects.filter(espace=espace, personne=acces.personne).first()
    if passage:
        return passage.vu_jusqu_a, timezone.localtime(passage.vu_jusqu_a).date()
    return timezone.make_aware(datetime.combine(new_since(on), time.min)), None


def _of_actions(acces: Acces, espace: EspaceDeContrat, since: datetime) -> Iterator[Nouveaute]:
    """The news and the changes of status of the actions that concern her."""
    table = address("fiches", espace)
    titles = dict(hers(acces, espace).values_list("action__code", "action__titre"))
    news = Nouvelle.objects.filter(fiche__espace=espace, enregistree_le__gt=since).exclude(auteur=acces.personne)
    columns = ("enregistree_le", "fiche__action__code", "auteur", "pour__nom", "le", "texte")
    for moment, code, author, body, day, text in news.values_list(*columns):
        if code in titles:
            yield Nouveaute(moment, code, titles[code], f"{table}{code}/", _news(day, text), author, body or "")
    changes = entries_of(espace).filter(genre=GENRE, champ=label("statut"), le__gt=since)
    for row in changes.exclude(acteur=acces.personne.pk):
        if title := titles.get(row.objet):
            yield Nouveaute(row.le, row.objet, title, f"{table}{row.objet}/", _changed(row), row.acteur, row.pour)


def _of_promises(acces: Acces, espace: EspaceDeContrat, since: datetime) -> Iterator[Nouveaute]:
    """The news of promises: of all, or of those of the bodies a partner acts for."""
    rows = NouvelleDEngagement.objects.filter(suivi__in=promises_of(acces, espace), enregistree_le__gt=since)
    rows = rows.exclude(auteur=acces.personne)
    columns = ("enregistree_le", "suivi__engagement__code", "suivi__engagement__titre", "auteur", "pour__nom", "le")
    for moment, code, title, author, body, day, text in rows.values_list(*columns, "texte"):
        yield Nouveaute(moment, code, title, address("promesse", espace, code), _news(day, text), author, body or "")


def _syntheses(acces: Acces, espace: EspaceDeContrat, since: datetime) -> Iterator[Nouveaute]:
    """The syntheses that were frozen."""
    rows = PointDEtape.objects.filter(espace=espace, synthese_le__gt=since).exclude(cree_par=acces.personne)
    for number, title, moment in rows.values_list("pk", "titre", "synthese_le"):
        if moment:
            yield Nouveaute(moment, "", f"{title}, synthèse", address("point-synthese", espace, number), "À lire")


def _news(day: date, text: str) -> str:
    return f"Nouvelle du {date_fr(day)}{NBSP}: {excerpt(text)}"


def _changed(entry: EntreeDeTrace) -> str:
    values = " → ".join(value for value in (entry.avant, entry.apres) if value)
    return f"Statut{NBSP}: {values or 'changé'}"


def _note(one: Nouveaute, names: dict[int, str]) -> str:
    who = one.pour or names.get(one.acteur or 0, "")
    return beside(one.quoi, who, date_fr(timezone.localtime(one.le).date()))
