"""The history of a fiche, of a promise or of an indicator, in words, as far as someone may read it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from tenir.core.models import EntreeDeTrace
from tenir.core.typographie import date_fr, typo
from tenir.habilitations.traces import entries_of, names_of
from tenir.suivi.champs import ENGAGEMENT, NIVEAUX, label
from tenir.suivi.enums import Niveau
from tenir.suivi.models import FicheAction, SuiviDEngagement, SuiviDIndicateur
from tenir.suivi.services.engagements import GENRE as GENRE_D_ENGAGEMENT
from tenir.suivi.services.fiche import GENRE
from tenir.suivi.services.indicateurs import GENRE as GENRE_D_INDICATEUR
from tenir.suivi.services.pieces import RESERVEE

PERSON = re.compile(r"^personne n° (\d+)$")


@dataclass(frozen=True, slots=True)
class Passage:
    """One change: what, in words; when; by whom and for which body; why; and the name of what changed."""

    phrase: str
    le: datetime
    qui: str
    motif: str
    champ: str = ""


def history_of(fiche: FicheAction, niveau: Niveau) -> list[Passage]:
    """Every change of a fiche that a level may read, the latest first; two queries."""
    hidden = [label(name) for name, needed in NIVEAUX.items() if needed > niveau]
    found = entries_of(fiche.espace).filter(genre=GENRE, objet=fiche.code).exclude(champ__in=hidden)
    return _in_words(found if niveau == Niveau.EQUIPE else found.exclude(champ__startswith=RESERVEE))


def history_of_indicateur(suivi: SuiviDIndicateur) -> list[Passage]:
    """Every change of the life of an indicator, the latest first; two queries."""
    return _in_words(entries_of(suivi.espace).filter(genre=GENRE_D_INDICATEUR, objet=suivi.code))


def history_of_promesse(suivi: SuiviDEngagement, niveau: Niveau) -> list[Passage]:
    """Every change of the life of a promise that a level may read, the latest first; two queries."""
    hidden = [label(name, SuiviDEngagement) for name, needed in ENGAGEMENT.items() if needed > niveau]
    entries = entries_of(suivi.espace).filter(genre=GENRE_D_ENGAGEMENT, objet=suivi.code)
    return _in_words(entries.exclude(champ__in=hidden))


def _in_words(found: QuerySet[EntreeDeTrace]) -> list[Passage]:
    entries = list(found)
    names = names_of(_numbers(entries))
    return [_passage(entry, names) for entry in entries]


def _numbers(entries: list[EntreeDeTrace]) -> set[int]:
    told = (PERSON.match(text) for entry in entries for text in (entry.avant, entry.apres))
    return {entry.acteur for entry in entries if entry.acteur} | {int(found[1]) for found in told if found}


def _passage(entry: EntreeDeTrace, names: dict[int, str]) -> Passage:
    who = names.get(entry.acteur or 0, f"personne n° {entry.acteur}") if entry.acteur else entry.commande
    body = f", {entry.pour}" if entry.pour else ""
    return Passage(
        typo(_sentence(entry, names)), timezone.localtime(entry.le), f"{who}{body}", entry.motif, entry.champ
    )


def _sentence(entry: EntreeDeTrace, names: dict[int, str]) -> str:
    """« Statut : en cours → suspendue »."""
    if entry.efface:
        return f"{_capital(entry.champ)} : valeur effacée"
    before, after = (_named(text, names) for text in (entry.avant, entry.apres))
    return f"{_capital(entry.champ)} : {' → '.join(_parts(before, after))}"


def _parts(before: str, after: str) -> Iterator[str]:
    if before:
        yield before
    yield after or "retiré"


def _named(text: str, names: dict[int, str]) -> str:
    found = PERSON.match(text)
    return names.get(int(found[1]), text) if found else text


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def when(passage: Passage) -> str:
    """The day of a change, as it is read."""
    return date_fr(passage.le.date())
