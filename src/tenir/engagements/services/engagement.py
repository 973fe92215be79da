"""The life of a promise: declaring where it stands, saying what is awaited, what it is linked to, what is new."""

from collections.abc import Collection, Mapping
from copy import copy
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.contrat.models import ActionPrevue, Indicateur
from tenir.core import horloge
from tenir.core.marques import Lu, refuse_unread
from tenir.core.trace import Fait
from tenir.core.typographie import date_fr
from tenir.ecran.annulation.gestes import Chose, geste
from tenir.ecran.champs import nouns
from tenir.ecran.versions import changed_fields, facts_of, refuse_older
from tenir.engagements.champs import DEFINED, NIVEAUX
from tenir.engagements.models import NouvelleDEngagement, SuiviDEngagement
from tenir.habilitations.parole import Parole, own
from tenir.habilitations.rights import Acces, require

GENRE = "engagement"
"""The kind of these facts in the trace; their object is the code of the promise."""
ACTIONS, INDICATEURS = "actions liées", "indicateurs liés"


@transaction.atomic
def update_engagement(
    *, by: Acces, suivi: SuiviDEngagement, version: int, changes: Mapping[str, Any], motif: str = ""
) -> SuiviDEngagement:
    """Write fields of the life of a promise (`champs.ENGAGEMENT`); return it as it stands.

    Raises:
        Refus: she may not, on this promise or on what is awaited of it.
        Conflit: someone changed it since that version.
        ValidationError: a value that it cannot hold.
    """
    require(by, "engagement.update", suivi.espace, suivi)
    found = locked(suivi)
    changed = changed_fields(found, settled(changes), NIVEAUX)
    if DEFINED & changed.keys():
        require(by, "engagement.define", found.espace, found)
    refuse_older(found, version, changed)
    if not changed:
        return found
    facts = facts_of(GENRE, found.code, found, changed)
    right = "engagement.define" if DEFINED & changed.keys() else "engagement.update"
    with geste(by, about(found, right), f"engagement mis à jour ({nouns(changed, SuiviDEngagement)})") as g:
        g.keep(found)
        _write(found, changed)
        g.tell(facts, motif)
    return found


def about(suivi: SuiviDEngagement, right: str = "engagement.update") -> Chose:
    """A promise as what is done to it is told, and undone."""
    return Chose(suivi, GENRE, suivi.code, suivi.engagement.titre, right)


def settled(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Changes with what follows from them: the reason of a state goes with it, unless the new one is given too."""
    return {"motif": "", **changes} if "etat" in changes else dict(changes)


def tried(suivi: SuiviDEngagement, changes: Mapping[str, Any]) -> SuiviDEngagement:
    """The life of a promise as changes would leave it, on a copy: nothing is written.

    Raises:
        ValidationError: a value that it cannot hold.
    """
    found = copy(suivi)
    _set(found, settled(changes))
    found.clean_fields(exclude={one.name for one in SuiviDEngagement._meta.fields} - changes.keys())
    found.validate_constraints()
    return found


def _write(suivi: SuiviDEngagement, changed: Mapping[str, Any]) -> None:
    _set(suivi, changed)
    suivi.version += 1
    suivi.full_clean()
    suivi.save()


def _set(suivi: SuiviDEngagement, changed: Mapping[str, Any]) -> None:
    for name, value in changed.items():
        setattr(suivi, name, value)
    if "etat" in changed:
        suivi.etat_depuis = horloge.today(suivi.espace) if suivi.etat else None


def linked_to(suivi: SuiviDEngagement) -> Lu:
    """What a promise is linked to, as a page shows it."""
    return {ACTIONS: _codes(suivi.actions.all()), INDICATEURS: _codes(suivi.indicateurs.all())}


@transaction.atomic
def link_engagement(
    *,
    by: Acces,
    suivi: SuiviDEngagement,
    actions: Collection[ActionPrevue],
    indicateurs: Collection[Indicateur],
    lu: Lu | None = None,
) -> None:
    """Say which actions and indicators of the same contract a promise is linked to, instead of those it was.

    Raises:
        Refus: she may not.
        Perime: what it is linked to is no more what was read.
        ValidationError: one of them belongs to another contract.
    """
    require(by, "engagement.define", suivi.espace, suivi)
    found = locked(suivi)
    linked: list[ActionPrevue | Indicateur] = [*actions, *indicateurs]
    if any(one.espace_id != found.espace_id for one in linked):
        raise ValidationError("Un engagement ne se rattache qu’à ce qui est de son contrat.")
    before, after = linked_to(found), {ACTIONS: _codes(actions), INDICATEURS: _codes(indicateurs)}
    refuse_unread(lu, before, after)
    facts = [Fait(GENRE, found.code, word, before[word], after[word]) for word in after if before[word] != after[word]]
    with geste(by, about(found, "engagement.define"), "engagement rattaché") as g:
        g.keep(found, "actions", "indicateurs")
        found.actions.set(actions)
        found.indicateurs.set(indicateurs)
        g.tell(facts)


@transaction.atomic
def tell_engagement(
    *, by: Acces, suivi: SuiviDEngagement, texte: str, le: date | None = None, parole: Parole | None = None
) -> NouvelleDEngagement:
    """Tell something of a promise, today unless another day is said; `parole`: someone else said it.

    Raises:
        Refus: she may not.
        ValidationError: nothing is told, or on a day that has not come.
    """
    require(by, "engagement.update", suivi.espace, suivi)
    found, day = locked(suivi), le or horloge.today(suivi.espace)
    if day > horloge.today(suivi.espace):
        raise ValidationError({"le": "Une nouvelle se donne d’un jour passé."})
    said = parole or own(by, found.espace)
    nouvelle = NouvelleDEngagement(
        suivi=found, le=day, texte=texte.strip(), auteur=said.personne, pour=said.organisation
    )
    nouvelle.full_clean()
    with geste(by, about(found), f"nouvelle du {date_fr(day)}") as g:
        g.keep(found)
        g.keep(nouvelle)
        nouvelle.save()
        found.derniere_nouvelle_le = max(day, found.derniere_nouvelle_le or day)
        found.save(update_fields=["derniere_nouvelle_le"])
        g.tell([Fait(GENRE, found.code, f"nouvelle du {date_fr(day)}", "", nouvelle.texte)])
    return nouvelle


@transaction.atomic
def tell_and_update(
    *, by: Acces, suivi: SuiviDEngagement, version: int, changes: Mapping[str, Any], texte: str
) -> None:
    """Write fields of the life of a promise and tell something of it, both or neither; either may be empty.

    Raises:
        Refus, Conflit, ValidationError: what `update_engagement` or `tell_engagement` refuses, or neither is given.
    """
    if not changes and not texte.strip():
        raise ValidationError("Dites où en est l’engagement, ou ce qui est nouveau.")
    parts = ["nouvelle donnée"] * bool(texte.strip())
    parts += [f"engagement mis à jour ({nouns(changes, SuiviDEngagement)})"] * bool(changes)
    with geste(by, about(suivi), ", ".join(parts)):
        found = update_engagement(by=by, suivi=suivi, version=version, changes=changes) if changes else suivi
        if texte.strip():
            tell_engagement(by=by, suivi=found, texte=texte)


def locked(suivi: SuiviDEngagement) -> SuiviDEngagement:
    """The life of a promise as it stands now, held until the end of the transaction."""
    rows = SuiviDEngagement.objects.select_for_update(of=("self",))
    return rows.select_related("espace", "engagement__signataire__organisation").get(pk=suivi.pk)


def _codes(rows: Any) -> str:
    return ", ".join(sorted(row.code for row in rows))
