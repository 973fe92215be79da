"""What the services of the room share: what a gesture is told of, writing fields behind a version."""

from collections.abc import Collection, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model

from tenir.core.marques import Lu
from tenir.core.trace import Fait
from tenir.core.typographie import date_fr
from tenir.ecran.annulation.gestes import Chose, geste
from tenir.ecran.champs import nouns, told_on
from tenir.ecran.versions import changed_fields, facts_of, refuse_older
from tenir.gouvernance.models import Decision, InstanceSuivie, PointDOrdreDuJour, Proposition, Reunion, Sondage
from tenir.habilitations.rights import Acces

DECIDED = ("texte", "organisme", "pour_le", "fiche", "etat", "suite")
"""What a page of a meeting shows of a decision."""
INSTANCE, REUNION, DECISION, PROPOSITION, SONDAGE = "instance", "réunion", "décision", "proposition", "sondage"
"""The kinds of the facts of the room in the trace."""


def about_instance(instance: InstanceSuivie) -> Chose:
    """A body as what is done to it is told, and undone."""
    return Chose(instance, INSTANCE, instance.code, instance.nom, "instance.update", instance.espace)


def about_reunion(reunion: Reunion) -> Chose:
    """A meeting as what is done to it is told, and undone."""
    return Chose(reunion, REUNION, reunion.code, str(reunion), "reunion.update", reunion.espace)


def about_sondage(sondage: Sondage) -> Chose:
    """A poll as what is done to it is told, and undone."""
    return Chose(sondage, SONDAGE, sondage.code, f"Sondage, {sondage}", "reunion.update", sondage.espace)


def about_decision(decision: Decision, right: str = "decision.update") -> Chose:
    """A decision as what is done to it is told, and undone."""
    return Chose(decision, DECISION, decision.code, f"Décision {decision.code}", right, decision.espace)


def about_proposition(proposition: Proposition) -> Chose:
    """A proposal as what is done to it is told, and undone."""
    titre = f"Proposition {proposition.code}"
    return Chose(proposition, PROPOSITION, proposition.code, titre, "reunion.update", proposition.espace)


def add(by: Acces, chose: Chose, row: Model, phrase: str, said: str) -> None:
    """Keep a new row of a thing, once it holds together."""
    row.full_clean()
    with geste(by, chose, phrase) as g:
        g.keep(row)
        row.save()
        g.tell([Fait(chose.genre, chose.code or str(row.pk), phrase, "", said)])


def rewrite(
    by: Acces,
    chose: Chose,
    row: Any,
    version: int,
    changes: Mapping[str, Any],
    written: Collection[str],
    along: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Write fields of a row that holds a version, and `along` what follows from them; return what was really changed.

    Raises:
        Conflit: someone changed it since that version.
        ValidationError: a value that it cannot hold.
    """
    changed = changed_fields(row, changes, written)
    refuse_older(row, version, changed)
    if not changed:
        return changed
    facts = facts_of(chose.genre, chose.code, row, changed)
    if isinstance(row, PointDOrdreDuJour):
        facts = [
            Fait(one.genre, one.objet, f"{one.champ} du point « {row.titre} »", one.avant, one.apres) for one in facts
        ]
    with geste(by, chose, f"mise à jour ({nouns(changed, type(row))})") as g:
        g.keep(row)
        for name, value in (changed | dict(along or {})).items():
            setattr(row, name, value)
        row.version += 1
        row.full_clean()
        row.save()
        g.tell(facts)
    return changed


def told_meeting(reunion: Reunion) -> Lu:
    """What is read of a meeting before anything is answered about it: when, where, on what, its agenda."""
    items = " ; ".join(one.intitule for one in reunion.points.with_subjects())
    told = {
        "jour de la réunion": date_fr(reunion.jour),
        "heure": reunion.heures,
        "lieu": reunion.lieu,
        "objet": reunion.objet,
    }
    return {**told, "documents à lire": reunion.documents, "ordre du jour": items}


def told_results(reunion: Reunion) -> Lu:
    """What is read of what a meeting led to: its decisions, as they stand."""
    rows = reunion.decisions.select_related("organisme", "fiche__action").order_by("numero")
    return {f"décision {one.code}": in_words(one, *DECIDED) for one in rows}


def same_contract(espace_id: int, **rows: Any) -> None:
    """Refuse what is of another contract.

    Raises:
        ValidationError: one of these rows is.
    """
    for name, row in rows.items():
        if row is not None and row.espace_id != espace_id:
            raise ValidationError({name: "Choisissez dans ce contrat."})


def in_words(row: Model, *names: str) -> str:
    """What some fields of a row hold, in one line."""
    return ", ".join(said for name in names if (said := told_on(row, name, getattr(row, name))))
