"""What comes back at a rhythm: made, changed, ended. Its days are computed; each one held is an entry of its own."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.activite.calendrier import Jour, days
from tenir.activite.catalogue import NIVEAUX, offered_in
from tenir.activite.champs import OF_ANOTHER
from tenir.activite.models import Entree, Serie
from tenir.activite.services.registre import hold
from tenir.core.requetes import still
from tenir.core.trace import Fait
from tenir.ecran.annulation.gestes import Chose, geste
from tenir.ecran.champs import label, nouns, told
from tenir.ecran.versions import Conflit, Difference, changed_fields, difference, facts_of
from tenir.fiches.models import FicheAction
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, require
from tenir.natures.enums import Forme

GENRE = "série"
"""The kind of these facts in the trace; their object is the number of the series."""
RIGHT = "serie.update"
WRITTEN = (
    "titre",
    "organisme",
    "lieu",
    "autre_lieu",
    "jours",
    "semaines",
    "rang",
    "debut",
    "fin",
    "du",
    "au",
    "sauf_feries",
    "zone",
)
"""The fields of a series that someone writes."""
FICHES = "fiches"


@transaction.atomic
def create_serie(
    *,
    by: Acces,
    espace: EspaceDeContrat,
    nature: str,
    values: Mapping[str, Any],
    fiches: Collection[FicheAction] | None = None,
) -> Serie:
    """Make a series of sessions of a kind. Without `fiches`, the actions that its kind names.

    Raises:
        Refus: she may not, for this body or this kind.
        ValidationError: a kind that is no session or that is withdrawn, a field that it cannot hold.
    """
    kind = next((one for one in offered_in(espace) if one.nature == nature), None)
    if kind is None or kind.forme != Forme.SEANCE:
        raise ValidationError({"nature": "Seule une séance revient à un rythme : choisissez-en une."})
    serie = Serie(espace=espace, nature=nature, libelle=kind.libelle, niveau=NIVEAUX[kind.visible])
    _set(serie, values)
    if serie.organisme_id is None:
        raise ValidationError({"organisme": "Dites quel organisme la tient."})
    require(by, RIGHT, espace, serie)
    registre = hold(espace)
    registre.derniere_serie += 1
    registre.save(update_fields=["derniere_serie"])
    serie.numero = registre.derniere_serie
    _checked(serie)
    with geste(by, about(serie), "ajoutée") as g:
        g.keep(serie)
        serie.save()
        serie.fiches.set(
            FicheAction.objects.of(espace).filter(action__code__in=kind.actions) if fiches is None else fiches
        )
        g.tell(_first(serie))
    return serie


@transaction.atomic
def change_serie(
    *,
    by: Acces,
    serie: Serie,
    version: int,
    changes: Mapping[str, Any],
    fiches: Collection[FicheAction] | None = None,
) -> Serie:
    """Change a series, or end it (`au`). What was held of it stays as it was written.

    Raises:
        Refus: she may not, or not for the body that it is given to.
        Conflit: someone changed it since that version.
        ValidationError: a field that it cannot hold.
    """
    require(by, RIGHT, serie.espace, serie)
    rows = Serie.objects.select_for_update(of=("self",)).select_related("espace", "organisme", "lieu")
    found = still(rows, serie)
    changed = changed_fields(found, changes, WRITTEN)
    linked = _links(found, fiches) if fiches is not None and {*found.fiches.all()} != {*fiches} else []
    if version != found.version:
        links_told = [Difference(one.champ, one.avant, one.apres) for one in linked]
        raise Conflit([*(difference(found, name, value) for name, value in changed.items()), *links_told])
    if not changed and not linked:
        return found
    facts = [*facts_of(GENRE, found.code, found, changed), *linked]
    said = nouns(changed, Serie) or "actions"
    with geste(by, about(found), f"changée ({said})") as g:
        g.keep(found, *([FICHES] if linked else []))
        _set(found, changed)
        require(by, RIGHT, found.espace, found)
        found.version += 1
        _checked(found)
        found.save()
        if linked and fiches is not None:
            found.fiches.set(fiches)
        g.tell(facts)
    return found


def about(serie: Serie) -> Chose:
    """A series as what is done to it is told, and undone."""
    return Chose(serie, GENRE, serie.code, f"{serie}, série n° {serie.numero}", RIGHT)


def held_by(serie: Serie) -> dict[str, Any]:
    """What one of its days takes from a series, unless it is said otherwise."""
    return {name: getattr(serie, name) for name in ("minutes", "lieu", "autre_lieu", "titre", "organisme")}


def to_write(serie: Serie, until: date, *, weeks: int = 8) -> list[Jour]:
    """The days of a series of the last weeks that nobody wrote yet, the latest first; one query."""
    return to_write_of([serie], until, weeks=weeks)[serie]


def to_write_of(series: Collection[Serie], until: date, *, weeks: int = 8) -> dict[Serie, list[Jour]]:
    """The same of several series, in one query."""
    since = until - timedelta(weeks=weeks)
    rows = Entree.objects.filter(serie__in=series, debut__gte=since)
    written = set(rows.values_list("serie", "debut"))
    return {
        serie: [
            one
            for one in reversed(days(serie.rythme, since, until))
            if not one.sauf and (serie.pk, one.le) not in written
        ]
        for serie in series
    }


def _checked(serie: Serie) -> None:
    """Let a series be written, in a place of its contract.

    Raises:
        ValidationError: a field that it cannot hold.
    """
    if serie.lieu and serie.lieu.espace_id != serie.espace_id:
        raise ValidationError({"lieu": OF_ANOTHER})
    serie.full_clean()


def _set(serie: Serie, values: Mapping[str, Any]) -> None:
    if unknown := values.keys() - set(WRITTEN):
        raise ValueError(f"{sorted(unknown)} are not fields that a series lets one write")
    for name, value in values.items():
        setattr(serie, name, value)


def _first(serie: Serie) -> list[Fait]:
    said = {name: told(name, getattr(serie, name), Serie) for name in ("nature", *WRITTEN)}
    return [Fait(GENRE, serie.code, label(name, Serie), "", value) for name, value in said.items() if value]


def _links(serie: Serie, fiches: Collection[FicheAction]) -> list[Fait]:
    before, after = (", ".join(sorted(one.code for one in rows)) for rows in (serie.fiches.all(), fiches))
    return [Fait(GENRE, serie.code, label(FICHES, Serie), before, after)]
