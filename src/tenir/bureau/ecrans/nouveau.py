"""What is new since someone last said that she had read everything, whatever the room it comes from."""

from collections.abc import Iterator
from datetime import date, datetime, time

from tenir.bureau.models import DernierPassage
from tenir.core import horloge
from tenir.core.composants import Item
from tenir.core.typographie import date_fr
from tenir.ecran.blocs import Lignes, Nouveaute, Section, beside, novelties_of
from tenir.ecran.seuils import new_since
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.traces import names_of

NOM = "nouveau"


def sections(acces: Acces, espace: EspaceDeContrat, on: date) -> Iterator[Section]:
    """What others said and declared of what concerns her, the latest first."""
    since, read = _since(acces, espace, on)
    lines = novelties(acces, espace, since)
    when = (
        f"Depuis votre dernière lecture, le {date_fr(read)}."
        if read
        else f"Depuis le {date_fr(horloge.day_of(since))}."
    )
    yield Section(NOM, "Nouveau", lines, explication=when)


def novelties(acces: Acces, espace: EspaceDeContrat, since: datetime, until: datetime | None = None) -> Lignes:
    """What others said and declared of what concerns her, between two moments, the latest first."""
    found = novelties_of(acces, espace, since)
    told = sorted((one for one in found if until is None or one.le < until), key=lambda one: one.le, reverse=True)
    names = names_of(one.acteur for one in told if one.acteur)
    return Lignes(told, lambda one: Item(one.code, one.titre, one.url, _note(one, names)))


def _since(acces: Acces, espace: EspaceDeContrat, on: date) -> tuple[datetime, date | None]:
    """From when things are new to her, and the day she last said so."""
    passage = DernierPassage.objects.filter(espace=espace, personne=acces.personne).first()
    if passage:
        return passage.vu_jusqu_a, horloge.day_of(passage.vu_jusqu_a)
    return horloge.at(new_since(on), time.min), None


def _note(one: Nouveaute, names: dict[int, str]) -> str:
    who = one.pour or names.get(one.acteur or 0, "")
    return beside(one.quoi, who, date_fr(horloge.day_of(one.le)))
