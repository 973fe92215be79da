"""The lines of the registers: opened with a first state, described, and told of by entries alone."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.acteurs.models import Organisation
from tenir.activite.catalogue import NIVEAUX, freeze, kind_of
from tenir.activite.champs import OF_ANOTHER
from tenir.activite.enums import Confiance, Source, Statut
from tenir.activite.models import Carnet, Entree, Objet
from tenir.activite.services import attributs as described
from tenir.activite.services.entree import RIGHT as NOTING
from tenir.activite.services.entree import Saisie, default_fiches, offered, record_entree, refuse_foreign
from tenir.activite.services.examen import to_look_at_twice
from tenir.activite.services.registre import hold
from tenir.activite.services.valeurs import Valeurs
from tenir.activite.vraisemblance import names_someone
from tenir.core.contraintes import validate_constraints
from tenir.core.requetes import still
from tenir.core.trace import Fait
from tenir.core.typographie import typo
from tenir.ecran.annulation.gestes import Chose, geste
from tenir.ecran.champs import label, told
from tenir.ecran.versions import Conflit, Difference, changed_fields, facts_of
from tenir.fiches.models import FicheAction
from tenir.fichier.mots import plain, uncapital
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, require
from tenir.natures.enums import Lecteurs
from tenir.natures.modeles import NatureEntiere

GENRE = "objet"
"""The kind of these facts in the trace; their object is the number of the thing."""
RIGHT = "objet.update"
WRITTEN = ("libelle", "organisme", "lieu", "autre_lieu", "echeance")
"""The fields of a thing that someone writes, beside what describes it."""
FICHES = "fiches"
FK = {"espace", "mots", "numero", "organisme", "lieu"}


@dataclass(frozen=True, slots=True)
class Point:
    """What is said of a thing, one day: in which state it is (the same when empty), what is counted of it.

    Without `organisme`, the body that answers for the thing says it.
    """

    jour: date
    etat: str = ""
    valeurs: Valeurs = field(default_factory=dict)
    organisme: Organisation | None = None
    note: str = ""
    carnet: Carnet | None = None


@dataclass(frozen=True, slots=True)
class Porte:
    """How a point comes: as for `record_entree`."""

    source: Source = Source.EQUIPE
    cle: str = ""
    exact: bool = False
    attend: bool = False
    confiance: Confiance = Confiance.RETENUE


@transaction.atomic
def open_objet(
    *,
    by: Acces,
    espace: EspaceDeContrat,
    nature: str,
    values: Mapping[str, Any],
    attributs: described.Attributs,
    point: Point,
    fiches: Collection[FicheAction] | None = None,
    porte: Porte = Porte(),
) -> Objet:
    """Put a thing in a register, with what is first said of it; the same `cle` again gives the one that it made.

    Without `fiches`, the actions that its kind names. Its first state is the first of the kind, unless said otherwise.

    Raises:
        Refus: she may not, for this body or this kind.
        ValidationError: an unknown kind, a field that it cannot hold, a doubt that nobody looked at twice (`EXACT`).
    """
    kind = offered(espace, nature, lasting=True)
    objet = Objet(espace=espace, nature=nature, mots=freeze(espace, kind), niveau=NIVEAUX[kind.visible])
    _set(objet, values)
    if objet.organisme_id is None:
        raise ValidationError({"organisme": "Dites quel organisme en répond."})
    require(by, RIGHT, espace, objet)
    registre = hold(espace)
    if porte.cle and (sent := Entree.objects.of(espace).filter(cle=porte.cle).select_related("objet").first()):
        return _of_entry(sent)
    objet.attributs = described.checked(kind, attributs)
    _checked(objet, kind)
    waits = _doubted(objet, kind, porte)
    registre.dernier_objet += 1
    registre.save(update_fields=["dernier_objet"])
    objet.numero = registre.dernier_objet
    linked = default_fiches(espace, kind) if fiches is None else list(fiches)
    refuse_foreign(espace, linked)
    with geste(by, about(objet), "ajouté au registre") as g:
        g.keep(objet)
        objet.save()
        objet.fiches.set(linked)
        g.tell(first_facts(objet, kind))
        note_objet(by=by, objet=objet, point=replace(point, etat=point.etat or kind.etats[0].code), porte=waits)
    return objet


def note_objet(*, by: Acces, objet: Objet, point: Point, porte: Porte = Porte()) -> Entree:
    """Say what becomes of a thing, one day: its state, what is counted; with neither, that nothing changed.

    Nothing else moves its state.

    Raises:
        Refus: she may not, for this thing or for the body that says it.
        ValidationError: as for `record_entree`.
    """
    require(by, NOTING, objet.espace, objet)
    champs = {
        "debut": point.jour,
        "fin": point.jour,
        "statut": Statut.TENUE,
        "organisme": point.organisme or objet.organisme,
        "lieu": objet.lieu,
        "autre_lieu": objet.autre_lieu,
        "etat": point.etat,
        "note": point.note,
    }
    return record_entree(
        by=by,
        espace=objet.espace,
        nature=objet.nature,
        saisie=Saisie(champs, point.valeurs, objet=objet, carnet=point.carnet),
        source=porte.source,
        cle=porte.cle,
        exact=porte.exact,
        attend=porte.attend,
        confiance=porte.confiance,
    )


@transaction.atomic
def change_objet(
    *,
    by: Acces,
    objet: Objet,
    version: int,
    changes: Mapping[str, Any],
    attributs: described.Attributs | None = None,
    fiches: Collection[FicheAction] | None = None,
    motif: str = "",
    exact: bool = False,
) -> Objet:
    """Change what describes a thing, what it falls due on, who answers for it. Its state is none of it.

    Raises:
        Refus: she may not, or not for the body that it is given to.
        Conflit: someone changed it since that version.
        ValidationError: a field that it cannot hold, a doubt that nobody looked at twice (`EXACT`).
    """
    require(by, RIGHT, objet.espace, objet)
    rows = Objet.objects.select_for_update(of=("self",)).select_related("espace", "organisme", "lieu", "mots")
    found = still(rows, objet)
    kind = kind_of(found)
    mots = freeze(found.espace, kind)
    changed = changed_fields(found, changes, WRITTEN)
    after = described.completed(kind, found.attributs, attributs or {})
    facts = [*facts_of(GENRE, found.code, found, changed), *attribute_facts(found, kind, after)]
    facts += _links(found, fiches) if fiches is not None and {*found.fiches.all()} != {*fiches} else []
    if version != found.version:
        raise Conflit([Difference(one.champ, one.avant, one.apres) for one in facts])
    if not facts and mots == found.mots:
        return found
    refuse_foreign(found.espace, fiches or ())
    with geste(by, about(found), "changé") as g:
        g.keep(found, *([FICHES] if fiches is not None else []))
        _set(found, changed)
        require(by, RIGHT, found.espace, found)
        found.attributs, found.mots, found.version = after, mots, found.version + 1
        _checked(found, kind)
        _doubted(found, kind, Porte(exact=exact), changed={*changed, *(attributs or ())})
        found.save()
        if fiches is not None:
            found.fiches.set(fiches)
        g.tell(facts, motif)
    return found


def about(objet: Objet) -> Chose:
    """A thing as what is done to it is told, and undone."""
    return Chose(
        objet, GENRE, objet.code, typo(f"{objet.libelle} ({uncapital(objet.mots.libelle)} n° {objet.code})"), RIGHT
    )


def attribute_facts(objet: Objet, kind: NatureEntiere, after: described.Attributs) -> list[Fait]:
    """What the trace tells of a description about to be written, in the words of today: a field may be named anew."""
    was, now = described.in_words(objet.mots.nature, objet.attributs), described.in_words(kind, after)
    names = [name for name in {**was, **now} if was.get(name, "") != now.get(name, "")]
    return [Fait(GENRE, objet.code, name, was.get(name, ""), now.get(name, "")) for name in names]


def first_facts(objet: Objet, kind: NatureEntiere) -> list[Fait]:
    """What the trace tells of a thing that enters its register."""
    said = {name: told(name, getattr(objet, name), Objet) for name in ("mots", *WRITTEN)}
    own = {**{label(name, Objet): value for name, value in said.items()}, **described.in_words(kind, objet.attributs)}
    return [Fait(GENRE, objet.code, name, "", value) for name, value in own.items() if value]


def _set(objet: Objet, values: Mapping[str, Any]) -> None:
    if unknown := values.keys() - set(WRITTEN):
        raise ValueError(f"{sorted(unknown)} are not fields that a thing lets one write")
    for name, value in values.items():
        setattr(objet, name, value)


def _checked(objet: Objet, kind: NatureEntiere) -> None:
    """Let a thing be written: its fields, in a place of its contract, due only where its kind has something due.

    Raises:
        ValidationError: it cannot hold one.
    """
    objet.clean_fields(exclude=FK)
    if objet.lieu and objet.lieu.espace_id != objet.espace_id:
        raise ValidationError({"lieu": OF_ANOTHER})
    if objet.echeance and not kind.echeance:
        raise ValidationError({"echeance": "Ce registre n’a pas d’échéance."})
    validate_constraints(objet, {"numero"})


def _doubted(objet: Objet, kind: NatureEntiere, porte: Porte, changed: Collection[str] | None = None) -> Porte:
    """By which door its first point then comes: what is doubted waits for the team, when whoever writes said so.

    Raises:
        ValidationError: someone should look twice (`EXACT`).
    """
    found, twice = list(_named(objet, kind)), _twice(objet) if changed is None or "libelle" in changed else []
    blind = kind.visible is Lecteurs.EQUIPE and porte.source == Source.CARNET
    if blind and twice:  # a carnet is told nothing of what the team alone reads: it waits
        porte, twice = replace(porte, confiance=Confiance.DECLAREE), []
    found += twice
    if not found or porte.exact:
        return porte
    if not porte.attend:
        raise to_look_at_twice(found)
    return replace(porte, confiance=Confiance.DECLAREE)


def _named(objet: Objet, kind: NatureEntiere) -> list[str]:
    """The texts that look as if they named someone."""
    texts = [objet.libelle, objet.autre_lieu, *described.texts(kind, objet.attributs)]
    return [
        f"« {one} » semble nommer quelqu’un : un registre ne nomme personne." for one in texts if names_someone(one)
    ]


def _twice(objet: Objet) -> list[str]:
    """Another thing of the same name, under the same body and in the same place."""
    rows = Objet.objects.of(objet.espace).filter(nature=objet.nature, organisme=objet.organisme_id, lieu=objet.lieu_id)
    same = [one for one in rows.exclude(pk=objet.pk) if plain(one.libelle) == plain(objet.libelle)]
    return [f"« {one.libelle} » figure déjà dans ce registre, n° {one.numero}." for one in same[:1]]


def _links(objet: Objet, fiches: Collection[FicheAction]) -> list[Fait]:
    before, after = (", ".join(sorted(one.code for one in rows)) for rows in (objet.fiches.all(), fiches))
    return [Fait(GENRE, objet.code, label(FICHES, Objet), before, after)]


def _of_entry(entree: Entree) -> Objet:
    """The thing of which an entry tells.

    Raises:
        ValidationError: it tells of none.
    """
    if entree.objet is None:
        raise ValidationError("Cette page a déjà servi à noter autre chose.")
    return entree.objet
