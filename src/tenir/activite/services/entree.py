"""Writing in the register: an entry, its correction, what is believed of it. Sums follow in the same transaction."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model

from tenir.acteurs.models import Organisation
from tenir.activite.catalogue import NIVEAUX, freeze, kind_of, offered_in
from tenir.activite.champs import WRITTEN
from tenir.activite.enums import Confiance, Source
from tenir.activite.models import Carnet, Entree, Objet, Serie, Valeur, VersionDeNature
from tenir.activite.services import valeurs as numbers
from tenir.activite.services.cumuls import add_up, case_of
from tenir.activite.services.examen import checked
from tenir.activite.services.registre import hold, next_number
from tenir.activite.services.valeurs import Valeurs
from tenir.core.marques import Lu, refuse_unread
from tenir.core.requetes import still
from tenir.core.trace import Fait
from tenir.core.typographie import accord, date_fr, pluriel, typo
from tenir.ecran.annulation.gestes import Chose, Ecriture, ensemble, geste
from tenir.ecran.champs import label, told_on, words_of
from tenir.ecran.versions import Conflit, Difference, changed_fields, difference, facts_of
from tenir.fiches.models import FicheAction
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.parole import Parole, own
from tenir.habilitations.rights import Acces, require
from tenir.natures.modeles import NatureEntiere

GENRE = "entrée"
"""The kind of these facts in the trace; their object is the number of the entry."""
RIGHT = "entree.update"
LIENS = ("fiches", "avec")
AGAIN = {"confiance": Confiance.DECLAREE}
"""What is set of an entry that the team reads again."""
NO_SUCH_KIND = "On n’inscrit rien sous cette nature : choisissez-en une dans la liste."


@dataclass(frozen=True, slots=True)
class Saisie:
    """What someone gives of an entry: its fields (`champs.WRITTEN`), its numbers, the actions, who else was there,
    the series of which it is one day, the thing of which it tells, the carnet by which it comes.

    Without `fiches`, those that its kind names, or those of the thing.
    """

    champs: Mapping[str, Any]
    valeurs: Valeurs = field(default_factory=dict)
    fiches: Collection[FicheAction] | None = None
    avec: Collection[Organisation] = ()
    serie: Serie | None = None
    objet: Objet | None = None
    carnet: Carnet | None = None


@transaction.atomic
def record_entree(
    *,
    by: Acces,
    espace: EspaceDeContrat,
    nature: str,
    saisie: Saisie,
    source: Source = Source.EQUIPE,
    cle: str = "",
    exact: bool = False,
    attend: bool = False,
    confiance: Confiance = Confiance.RETENUE,
    parole: Parole | None = None,
    motif: str = "",
) -> Entree:
    """Write an entry under a kind; the same `cle` again gives the entry that it made.

    `parole`: whose word it is, when the team writes it down for someone; `motif`: why, in the trace.
    `confiance`: how far whoever writes is believed. With `attend`, what is doubted is written and waits for the team;
    otherwise it is refused until someone looks twice.

    Raises:
        Refus: she may not, for this body or this kind.
        ValidationError: an unknown kind, a field or a number that it cannot hold, a held entry still to come, a doubt
            that nobody looked at twice (`EXACT`).
    """
    kind = _kind(espace, nature, saisie.objet)
    entree = made_of(espace, freeze(espace, kind), kind, saisie, source)
    entree.cle = cle
    require(by, RIGHT, espace, entree)
    registre = hold(espace)
    if cle and (sent := Entree.objects.of(espace).filter(cle=cle).first()):
        return sent
    _refuse_written(saisie.serie, entree)
    entree.confiance = confiance
    given = checked(entree, kind, saisie.valeurs, exact=exact, attend=attend)
    entree.numero = next_number(registre)
    entree.auteur = None if saisie.carnet and saisie.carnet.mural else (parole or own(by, espace)).personne
    with geste(by, about(entree), "inscrite") as g:
        g.keep(entree)
        entree.save()
        fiches = default_fiches(espace, kind, saisie.objet) if saisie.fiches is None else saisie.fiches
        refuse_foreign(espace, fiches)
        entree.fiches.set(fiches)
        entree.avec.set(saisie.avec)
        g.tell(first_facts(entree), motif)
        _write_values(g, entree, kind, {}, given, motif)
    add_up(espace, [case_of(entree)])
    return entree


@transaction.atomic
def correct_entree(
    *,
    by: Acces,
    entree: Entree,
    version: int,
    changes: Mapping[str, Any],
    valeurs: Valeurs | None = None,
    liens: Mapping[str, Collection[Model]] | None = None,
    motif: str = "",
    exact: bool = False,
    attend: bool = False,
    relire: bool = False,
) -> Entree:
    """Correct an entry: fields, all its numbers, what it is linked to (`LIENS`). The trace keeps what it said.

    `attend`: as for `record_entree`; an entry that counted then waits again. `relire`: it waits whatever it says.

    Raises:
        Refus: she may not.
        Conflit: someone changed it since that version.
        ValidationError: as for `record_entree`.
    """
    require(by, RIGHT, entree.espace, entree)
    hold(entree.espace)
    found = locked(entree)
    kind, before = found.mots.nature, numbers.given_of(found)
    after = before if valeurs is None else dict(valeurs)
    changed = changed_fields(found, changes, WRITTEN)
    linked = {name: list(rows) for name, rows in (liens or {}).items() if _moves(found, name, rows)}
    if version != found.version:
        raise Conflit([*_differences(found, changed, linked), *_value_differences(kind, before, after)])
    if not changed and not linked and after == before:
        return found
    was, believed = case_of(found), found.confiance
    facts = [*facts_of(GENRE, found.code, found, changed), *_link_facts(found, linked)]
    if "organisme" in changed:
        require(by, RIGHT, found.espace, _as_of(found, changed["organisme"]))
    with geste(by, about(found), "corrigée") as g:
        g.keep(found, *linked)
        _set(found, {**changed, "version": found.version + 1, **(AGAIN if relire else {})})
        after = checked(found, kind, after, exact=exact, attend=attend)
        facts += _believed_facts(found, believed)
        found.save()
        for name, rows in linked.items():
            getattr(found, name).set(rows)
        g.tell(facts, motif)
        _write_values(g, found, kind, before, after, motif)
    add_up(found.espace, [was, case_of(found)])
    return found


@transaction.atomic
def judge_entree(*, by: Acces, entree: Entree, confiance: Confiance, motif: str = "", lu: Lu | None = None) -> Entree:
    """Retain an entry, or contest it, with why: only those retained count.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: contested without a reason.
    """
    require(by, "entree.judge", entree.espace, entree)
    hold(entree.espace)
    found = locked(entree)
    refuse_unread(lu, shown(found))
    if confiance == Confiance.CONTESTEE and not motif.strip():
        raise ValidationError({"motif": "Dites pourquoi cette entrée est contestée."})
    if found.confiance == confiance:
        return found
    with geste(by, about(found, "entree.judge"), confiance.label) as g:
        g.keep(found)
        before, found.confiance = found.confiance, confiance
        found.version += 1
        found.save(update_fields=["confiance", "version"])
        g.tell(_believed_facts(found, before), motif.strip())
    add_up(found.espace, [case_of(found)])
    return found


@transaction.atomic
def judge_several(
    *,
    by: Acces,
    espace: EspaceDeContrat,
    numeros: Iterable[int],
    confiance: Confiance,
    motif: str = "",
    lues: Mapping[int, int] | None = None,
) -> int:
    """Retain or contest several entries at once; how many changed. `lues`: the version of each that was read.

    Raises:
        Refus: she may not.
        ValidationError: contested without a reason; one that changed since it was read.
    """
    require(by, "entree.judge", espace)
    hold(espace)
    rows = Entree.objects.of(espace).filter(numero__in=list(numeros)).exclude(confiance=confiance)
    found = list(rows.select_related("espace", "mots", "organisme", "lieu").order_by("numero"))
    moved = [one.code for one in found if lues is not None and lues.get(one.numero) != one.version]
    if moved:
        raise ValidationError(f"Changé entre-temps : n° {', '.join(moved)}. Relisez, puis confirmez de nouveau.")
    with ensemble(by, espace, lambda count: _said_of(count, confiance)):
        for one in found:
            judge_entree(by=by, entree=one, confiance=confiance, motif=motif)
    return len(found)


def about(entree: Entree, right: str = RIGHT) -> Chose:
    """An entry as what is done to it is told, and undone."""
    return Chose(entree, GENRE, entree.code, title_of(entree), right)


def title_of(entree: Entree) -> str:
    """« Café-logement du 12 mars 2026 », whatever its own title."""
    return typo(f"{entree.mots.libelle}, {told_days(entree)}")


def told_days(entree: Entree) -> str:
    """« le 12 mars 2026 », « du 1er janvier au 31 mars 2026 »."""
    return days_in_words(entree.debut, entree.fin)


def days_in_words(debut: date, fin: date) -> str:
    """The same, of days alone."""
    return f"le {date_fr(fin)}" if debut == fin else f"du {date_fr(debut)} au {date_fr(fin)}"


def locked(entree: Entree) -> Entree:
    """The entry as it stands now, held until the end of the transaction.

    Raises:
        ValidationError: the gesture that made it was undone meanwhile, or it tells of a line reduced to its totals.
    """
    rows = Entree.objects.select_for_update(of=("self",)).select_related("espace", "mots", "organisme", "lieu", "objet")
    found = still(rows.prefetch_related("valeurs"), entree)
    _refuse_reduced(found)
    return found


def shown(entree: Entree) -> Lu:
    """What a page shows of an entry, in words."""
    kind = entree.mots.nature
    values = {numbers.name_of(kind, key): numbers.told(value) for key, value in numbers.given_of(entree).items()}
    return {**words_of(entree, (*WRITTEN, "confiance")), **values}


def _said_of(count: int, confiance: Confiance) -> str:
    return f"{pluriel(count, 'entrée', genre='f')} {accord(count, confiance.label)}."


def _refuse_reduced(entree: Entree) -> None:
    """Let nothing be said again of a line that is reduced to its totals.

    Raises:
        ValidationError: it is.
    """
    if entree.objet and entree.objet.reduit_le:
        raise ValidationError("Cette ligne est réduite à ses totaux : il n’en reste rien à corriger.")


def _kind(espace: EspaceDeContrat, nature: str, objet: Objet | None) -> NatureEntiere:
    """The kind of what is written: of a thing, that of its register, withdrawn or not.

    Raises:
        ValidationError: nothing is written under it.
    """
    if objet and objet.nature == nature and objet.reduit_le is None:
        return kind_of(objet)
    return offered(espace, nature, lasting=objet is not None)


def offered(espace: EspaceDeContrat, code: str, *, lasting: bool = False) -> NatureEntiere:
    """A kind under which something may be written now.

    Raises:
        ValidationError: it is none.
    """
    found = next((one for one in offered_in(espace, lasting=lasting) if one.nature == code), None)
    if found is None:
        raise ValidationError({"nature": NO_SUCH_KIND})
    return found


def made_of(
    espace: EspaceDeContrat, mots: VersionDeNature, kind: NatureEntiere, saisie: Saisie, source: Source
) -> Entree:
    """An entry as it would be written, not saved."""
    if unknown := saisie.champs.keys() - set(WRITTEN):
        raise ValueError(f"{sorted(unknown)} are not fields that an entry lets one write")
    entree = Entree(
        espace=espace,
        mots=mots,
        forme=kind.forme.value,
        niveau=max(NIVEAUX[kind.visible], saisie.objet.niveau if saisie.objet else 0),
        source=source,
        serie=saisie.serie,
        objet=saisie.objet,
        carnet=saisie.carnet,
    )
    _set(entree, saisie.champs)
    return entree


def _set(entree: Entree, champs: Mapping[str, Any]) -> None:
    for name, value in champs.items():
        setattr(entree, name, value)


def _refuse_written(serie: Serie | None, entree: Entree) -> None:
    """Let a day of a series be written once.

    Raises:
        ValidationError: it is.
    """
    if serie and (one := Entree.objects.filter(serie=serie, debut=entree.debut).first()):
        raise ValidationError({"fin": f"La séance de ce jour est déjà inscrite, n° {one.numero} : corrigez-la."})


def default_fiches(espace: EspaceDeContrat, kind: NatureEntiere, objet: Objet | None = None) -> list[FicheAction]:
    """The actions that a kind names, or those of a thing, to which an entry is linked unless it says others."""
    if objet:
        return list(objet.fiches.all())
    return list(FicheAction.objects.of(espace).filter(action__code__in=kind.actions)) if kind.actions else []


def _write_values(
    g: Ecriture,
    entree: Entree,
    kind: NatureEntiere,
    before: Valeurs,
    after: Mapping[numbers.Cle, Any],
    motif: str = "",
) -> None:
    """Write the numbers of an entry, each row kept for the undo, each change told."""
    made, changed, gone = numbers.rows_to_write(entree, after)
    for row in (*made, *changed, *gone):
        g.keep(row)
    for row in gone:
        row.delete()
    for row in changed:
        row.valeur = after[row.mesure, row.modalite]
        row.save(update_fields=["valeur"])
    Valeur.objects.bulk_create(made)
    g.tell(numbers.facts(GENRE, entree, kind, before, after), motif)


def first_facts(entree: Entree) -> list[Fait]:
    """What the trace tells of an entry that begins."""
    waits = () if entree.confiance == Confiance.RETENUE else ("confiance",)
    said = {name: told_on(entree, name, getattr(entree, name)) for name in ("mots", *WRITTEN, *waits)}
    return [Fait(GENRE, entree.code, label(name, Entree), "", value) for name, value in said.items() if value]


def _believed_facts(entree: Entree, before: str) -> list[Fait]:
    """What the trace tells when an entry is believed more, or less, than before."""
    was = "" if before == entree.confiance else Confiance(before).label
    return [Fait(GENRE, entree.code, label("confiance", Entree), was, entree.get_confiance_display())] if was else []


def _differences(
    entree: Entree, changes: Mapping[str, Any], linked: Mapping[str, Collection[Model]]
) -> list[Difference]:
    links = [Difference(one.champ, one.avant, one.apres) for one in _link_facts(entree, linked)]
    return [*(difference(entree, name, value) for name, value in changes.items()), *links]


def _value_differences(kind: NatureEntiere, before: Valeurs, after: Valeurs) -> list[Difference]:
    return [
        Difference(numbers.name_of(kind, key), numbers.told_in(before, key), numbers.told_in(after, key))
        for key in numbers.moved(before, after)
    ]


def refuse_foreign(espace: EspaceDeContrat, rows: Collection[Model]) -> None:
    """Let an entry be linked to the actions of its own contract.

    Raises:
        ValidationError: one is of another.
    """
    if any(isinstance(one, FicheAction) and one.espace_id != espace.pk for one in rows):
        raise ValidationError({"fiches": "Cette action est celle d’un autre contrat : choisissez-en une de celui-ci."})


def _moves(entree: Entree, name: str, rows: Collection[Model]) -> bool:
    if name not in LIENS:
        raise ValueError(f"{name} is not what an entry is linked to")
    refuse_foreign(entree.espace, rows)
    return set(getattr(entree, name).values_list("pk", flat=True)) != {row.pk for row in rows}


def _link_facts(entree: Entree, linked: Mapping[str, Collection[Model]]) -> list[Fait]:
    return [
        Fait(GENRE, entree.code, label(name, Entree), _listed(getattr(entree, name).all()), _listed(rows))
        for name, rows in linked.items()
    ]


def _listed(rows: Iterable[Model]) -> str:
    return ", ".join(sorted(one.code if isinstance(one, FicheAction) else str(one) for one in rows))


def _as_of(entree: Entree, organisme: Organisation) -> Entree:
    """The entry as if another body had done it: whoever hands it over must be allowed both."""
    return Entree(espace=entree.espace, organisme=organisme, niveau=entree.niveau)
