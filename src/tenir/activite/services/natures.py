"""The kinds that a contract makes, changes, withdraws: its file is checked as `tenir nature valider` checks one.

What was given under a kind keeps its words (`catalogue.freeze`); a measure may be added, its type never changes.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.activite.catalogue import NIVEAUX, catalogue_of, read
from tenir.activite.models import Entree, Nature, Objet, VersionDeNature
from tenir.activite.services.cumuls import add_up, case_of
from tenir.activite.services.registre import hold
from tenir.contrat.models import ActionPrevue, Indicateur
from tenir.core.marques import Lu, refuse_unread
from tenir.core.trace import Auteur, Fait, record
from tenir.ecran.annulation.gestes import Chose, geste
from tenir.ecran.versions import Conflit, Difference
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, require
from tenir.habilitations.services import trace_of
from tenir.natures import modeles
from tenir.natures.catalogue import shipped_files
from tenir.natures.ecriture import dump
from tenir.natures.validation import validate

GENRE = "nature"
"""The kind of these facts in the trace; their object is the code of the kind."""
RIGHT = "nature.update"
FICHIER, RETIREE = "fichier", "retirée"


@transaction.atomic
def write_nature(*, by: Acces, espace: EspaceDeContrat, texte: str, version: int = 0) -> Nature:
    """Make a kind in a contract, or change the one of its code. `version`: 0 when it is made, or is Tenir's as yet.

    Raises:
        Refus: she may not.
        Conflit: someone changed it since that version.
        ValidationError: a file that says no kind, or several, or one that names what the contract has not.
    """
    require(by, RIGHT, espace)
    given = checked(espace, texte)
    if len(given) != 1:
        raise ValidationError({"texte": "Une nature à la fois : ce fichier en contient plusieurs."})
    (nature,) = given
    found = held(espace, nature.nature)
    if version != found.version:
        raise Conflit([Difference(FICHIER, found.texte, dump([nature]))])
    put(by, found, nature)
    return found


def put(by: Acces, found: Nature, nature: modeles.Nature) -> None:
    """Write a kind that was checked over the row of its code, held by this transaction, unless it says the same."""
    kept = dump([nature])
    if found.texte == kept:
        return
    said = "nature changée" if found.pk else "nature ajoutée"
    with geste(by, about(found, nature.libelle), said) as g:
        g.keep(found)
        before = _set(found, kept)
        g.tell([Fait(GENRE, found.code, FICHIER, before, kept)])


@transaction.atomic
def withdraw_nature(*, by: Acces, espace: EspaceDeContrat, code: str, retiree: bool, lu: Lu | None = None) -> Nature:
    """Withdraw a kind from a contract, one of Tenir's too, or take that back: nothing more is written under it.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: no such kind.
    """
    require(by, RIGHT, espace)
    found = held(espace, code)
    if found._state.adding:
        found.texte = dump([_shipped(code)])
    refuse_unread(lu, shown(found))
    if found.retiree == retiree:
        return found
    with geste(by, about(found, _libelle(found)), "retirée" if retiree else "reprise") as g:
        g.keep(found)
        found.retiree = retiree
        _save(found)
        g.tell([Fait(GENRE, found.code, RETIREE, _yes(not retiree), _yes(retiree))])
    return found


@transaction.atomic
def load_natures(espace: EspaceDeContrat, texte: str, *, commande: str) -> int:
    """Put the kinds of a file in a contract, by a command of the administrator; how many were made or changed.

    Raises:
        ValidationError: what is wrong in the file, line by line.
    """
    changed = 0
    for nature in checked(espace, texte):
        found, kept = held(espace, nature.nature), dump([nature])
        if found.texte != kept:
            before = _set(found, kept)
            record(trace_of(espace), Auteur(commande=commande), [Fait(GENRE, found.code, FICHIER, before, kept)])
            changed += 1
    return changed


def checked(espace: EspaceDeContrat, texte: str) -> tuple[modeles.Nature, ...]:
    """The kinds of a file, once nothing is wrong in them for this contract.

    Raises:
        ValidationError: what is wrong, a sentence a fault, with its line.
    """
    found = validate(texte, known_in(espace))
    faults = [str(one) for one in found.fautes]
    faults = faults or [*_unknown(espace, found.natures), *_otherwise(espace, found.natures)]
    if faults:
        raise ValidationError({"texte": faults})
    return found.natures


def known_in(espace: EspaceDeContrat) -> list[modeles.Nature]:
    """Every kind of a contract as its file says it: those of Tenir, its own over them; one query."""
    own = [read(texte) for texte in Nature.objects.filter(espace=espace).values_list("texte", flat=True)]
    return list({one.nature: one for one in (*shipped_files(), *own)}.values())


def _unknown(espace: EspaceDeContrat, natures: Iterable[modeles.Nature]) -> Iterator[str]:
    """What kinds name that the contract has not."""
    actions = set(ActionPrevue.objects.of(espace).values_list("code", flat=True))
    indicateurs = set(Indicateur.objects.of(espace).values_list("code", flat=True))
    for one in natures:
        for code in one.actions:
            if code not in actions:
                yield f"« {one.libelle} » : l’action {code} n’existe pas dans ce contrat. Retirez-la, ou corrigez-la."
        for fed in one.alimente:
            if fed.indicateur not in indicateurs:
                yield (
                    f"« {one.libelle} » : l’indicateur {fed.indicateur} n’existe pas dans ce contrat. "
                    "Retirez-le, ou corrigez-le."
                )


def _otherwise(espace: EspaceDeContrat, natures: Iterable[modeles.Nature]) -> Iterator[str]:
    """The measures under which entries were given as another thing: they would be added up together; and the fields by
    which things were described as another."""
    codes = [one.nature for one in natures]
    given: dict[tuple[str, str], modeles.Mesure] = {}
    described: dict[tuple[str, str], modeles.Champ] = {}
    for version in VersionDeNature.objects.of(espace).filter(code__in=codes):
        given |= {(version.code, one.code): one for one in version.nature.mesures}
        described |= {(version.code, one.code): one for one in version.nature.champs}
    for nature in natures:
        for champ in nature.champs:
            was = described.get((nature.nature, champ.code))
            if was and was.type != champ.type:
                yield (
                    f"« {nature.libelle} » : des lignes se décrivent déjà par « {was.libelle} » ({was.type}) sous le "
                    f"code « {champ.code} ». Donnez un autre code au champ."
                )
        for mesure in nature.mesures:
            former = given.get((nature.nature, mesure.code))
            if former and _type(former) != _type(mesure):
                yield (
                    f"« {nature.libelle} » : des entrées donnent déjà « {former.libelle} » en {former.unite} sous le "
                    f"code « {mesure.code} ». Donnez un autre code à la mesure."
                )


def _type(mesure: modeles.Mesure) -> tuple[object, ...]:
    return mesure.unite, mesure.decimales, mesure.united, bool(mesure.choix)


def about(nature: Nature, titre: str) -> Chose:
    """A kind as what is done to it is told, and undone."""
    return Chose(nature, GENRE, nature.code, titre, RIGHT)


def shown(nature: Nature) -> Lu:
    """What a page shows of a kind."""
    return {FICHIER: nature.texte, RETIREE: _yes(nature.retiree)}


def held(espace: EspaceDeContrat, code: str) -> Nature:
    """The row of a kind, held until the end of the transaction; a new one when the contract never wrote it."""
    found = Nature.objects.select_for_update(of=("self",)).select_related("espace").filter(espace=espace, code=code)
    return found.first() or Nature(espace=espace, code=code, version=0)


def _set(nature: Nature, texte: str) -> str:
    """Write the file of a kind; what it was."""
    before, nature.texte = nature.texte, texte
    _save(nature)
    return before


def _save(nature: Nature) -> None:
    nature.version += 1
    nature.full_clean()
    nature.save()
    follow_levels(nature.espace)


def follow_levels(espace: EspaceDeContrat) -> None:
    """Let what lasts be read by whoever its register says now, with all that was said of it: a line that goes on
    is never read above its kind, nor kept from those that it is for."""
    for kind in catalogue_of(espace).values():
        niveau = NIVEAUX[kind.visible]
        moved = Objet.objects.of(espace).filter(nature=kind.nature).exclude(niveau=niveau) if kind.lasts else None
        if moved and moved.exists():
            hold(espace)
            rows = Entree.objects.filter(objet__in=moved.values("pk"))
            cases = {case_of(one) for one in rows.select_related("mots")}
            rows.update(niveau=niveau)
            moved.update(niveau=niveau)
            add_up(espace, cases)


@contextmanager
def levels_kept_right(espace: EspaceDeContrat, states: Iterable[Mapping[str, Any]]) -> Iterator[None]:
    """Put kinds back, then let what lasts follow them."""
    yield
    follow_levels(espace)


def _shipped(code: str) -> modeles.Nature:
    found = next((one for one in shipped_files() if one.nature == code), None)
    if found is None:
        raise ValidationError({"nature": "Cette nature n’existe pas dans ce contrat."})
    return found


def _libelle(nature: Nature) -> str:
    return read(nature.texte).libelle


def _yes(value: bool) -> str:
    return "oui" if value else "non"
