"""A spreadsheet of fiches that came back: kept, then applied once, all or nothing, as it was shown."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.core import horloge
from tenir.core.tableur import TableauIllisible
from tenir.core.typographie import accord, pluriel
from tenir.ecran.annulation.gestes import ensemble
from tenir.fiches.classeur.comparaison import ACTUEL, FICHIER, Cellule, Comparaison, LigneComparee
from tenir.fiches.classeur.comparer import NEW_JALON, NEWS, compare, try_row
from tenir.fiches.classeur.lire import Contenu, read_workbook
from tenir.fiches.classeur.modele import FICHES, NOUVELLES
from tenir.fiches.models import FicheAction, ImportDeFiches
from tenir.fiches.services.fiche import update_fiche
from tenir.fiches.services.jalons import create_jalon, update_jalon
from tenir.fiches.services.nouvelles import give_news
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, require

KEPT = timedelta(days=30)
"""How long a workbook that nobody applied is kept."""
NAME_LENGTH = 200


class DejaApplique(Exception):
    """It was applied already: the receipt says what was done."""


class APerime(Exception):
    """What would be applied is no longer what was shown: it must be shown again. Nothing is written."""


class ChoixManquants(Exception):
    """Some conflicts were not chosen. Nothing is written."""


def deposit(*, by: Acces, espace: EspaceDeContrat, nom: str, fichier: bytes) -> ImportDeFiches:
    """Read a workbook and keep what it holds until someone applies it; nothing of the contract changes.

    Raises:
        Refus: she may not change fiches in bulk.
        TableauIllisible: it cannot be read, or comes from another contract.
    """
    require(by, "fiche.bulk", espace)
    return keep(by=by, espace=espace, nom=nom, contenu=read_for(espace, nom, fichier))


def read_for(espace: EspaceDeContrat, nom: str, fichier: bytes) -> Contenu:
    """What a workbook of a contract holds.

    Raises:
        TableauIllisible: it cannot be read, or comes from another contract.
    """
    contenu = read_workbook(nom, fichier)
    if contenu.origine and contenu.origine.slug != espace.slug:
        raise TableauIllisible(
            f"Ce classeur vient d’un autre contrat ({contenu.origine.slug}) : déposez-le dans le sien."
        )
    return contenu


def keep(*, by: Acces, espace: EspaceDeContrat, nom: str, contenu: Contenu) -> ImportDeFiches:
    """Keep what was read of a workbook until someone applies it.

    Raises:
        Refus: she may not change fiches in bulk.
    """
    require(by, "fiche.bulk", espace)
    kept = contenu.to_json()
    return ImportDeFiches.objects.create(espace=espace, par=by.personne, nom=nom[-NAME_LENGTH:], contenu=kept)


def preview(depose: ImportDeFiches) -> Comparaison:
    """What applying it would do now."""
    return compare(Contenu.from_json(depose.contenu), depose.espace)


@transaction.atomic
def apply_import(
    *, by: Acces, depose: ImportDeFiches, empreinte: str, choix: Mapping[str, str], motif: str = ""
) -> ImportDeFiches:
    """Apply what was shown, through the same services as the pages; what it did is kept, what it held is not.

    `empreinte` is that of the comparison that was shown; `choix` says, for each conflict, `FICHIER` or `ACTUEL`.

    Raises:
        Refus: she may not change fiches in bulk.
        DejaApplique, APerime, ChoixManquants: nothing is written.
    """
    require(by, "fiche.bulk", depose.espace)
    found = ImportDeFiches.objects.select_for_update().get(pk=depose.pk)
    if found.applique_le:
        raise DejaApplique
    found.espace = depose.espace
    list(FicheAction.objects.select_for_update(of=("self",)).filter(espace=found.espace).order_by("pk"))  # held still
    comparaison = preview(found)
    if comparaison.empreinte() != empreinte:
        raise APerime
    if any(choix.get(cell.cle) not in (FICHIER, ACTUEL) for _, cell in comparaison.conflits()):
        raise ChoixManquants
    chosen = [[*_line(ligne, cell), choix[cell.cle]] for ligne, cell in comparaison.conflits()]
    reason = f"tableur « {found.nom} »" + (f" : {motif}" if motif else "")
    with ensemble(by, found.espace, lambda count: f"Classeur « {found.nom} » : {_count(count)}.", temoin=found):
        for ligne in comparaison.lignes:
            _apply(by, _settled(ligne, choix), reason)
    found.bilan = _account(comparaison, chosen, motif)
    found.applique_le, found.contenu = horloge.now(), {}
    found.save(update_fields=["bilan", "applique_le", "contenu"])
    return found


@transaction.atomic
def abandon(*, by: Acces, depose: ImportDeFiches) -> None:
    """Leave a workbook that nobody applied: nothing of it is kept.

    Raises:
        Refus: she may not change fiches in bulk.
        DejaApplique: its receipt stays.
    """
    require(by, "fiche.bulk", depose.espace)
    found = ImportDeFiches.objects.select_for_update().filter(pk=depose.pk).first()
    if found and found.applique_le:
        raise DejaApplique
    if found:
        found.delete()


def _count(count: int) -> str:
    return f"{pluriel(count, 'fiche', genre='f', lettres=True)} {accord(count, 'modifiée')}"


def clean(now: datetime) -> str:
    """Remove the workbooks that nobody applied in thirty days: a task of the night."""
    left, _ = ImportDeFiches.objects.filter(applique_le=None, depose_le__lt=now - KEPT).delete()
    return f"Classeurs abandonnés retirés : {left}."


def _settled(ligne: LigneComparee, choix: Mapping[str, str]) -> LigneComparee:
    """A row whose conflicts are chosen: those for which the file wins are changes like the others."""
    ligne.changements += [cell for cell in ligne.conflits if choix[cell.cle] == FICHIER]
    ligne.conflits = []
    try_row(ligne)
    return ligne


def _apply(by: Acces, ligne: LigneComparee, motif: str) -> None:
    if not ligne.changements:
        return
    try:
        with transaction.atomic():
            _write(by, ligne, {one.champ: one.valeur for one in ligne.changements}, motif)
    except ValidationError as error:
        said = " ".join(error.messages)
        ligne.refuse(list(ligne.changements), lambda _: said)


def _write(by: Acces, ligne: LigneComparee, changes: dict[str, Any], motif: str) -> None:
    fiche = ligne.fiche
    assert fiche is not None  # noqa: S101 (a row that changes something is of a fiche)
    if ligne.feuille == FICHES:
        update_fiche(by=by, fiche=fiche, version=fiche.version, changes=changes, motif=motif)
    elif ligne.feuille == NOUVELLES:
        give_news(by=by, fiche=fiche, **changes[NEWS], motif=motif)
    elif ligne.jalon is not None:
        update_jalon(by=by, jalon=ligne.jalon, changes=changes, motif=motif)
    else:
        given = dict(changes[NEW_JALON])
        made = create_jalon(by=by, fiche=fiche, titre=given.pop("titre"), prevu_le=given.pop("prevu_le"), motif=motif)
        update_jalon(by=by, jalon=made, changes=given, motif=motif)


def _account(comparaison: Comparaison, chosen: list[list[str]], motif: str) -> dict[str, Any]:
    """What was done, as the receipt tells it."""
    return {
        "motif": motif,
        "comptes": [[one.feuille, one.lues, one.gardees, one.expliquees] for one in comparaison.comptes()],
        "changements": [_line(ligne, cell) for ligne, cell in comparaison.changements()],
        "conflits": chosen,
        "refus": [[ligne.code, refus.place, refus.quoi, refus.raison] for ligne, refus in comparaison.refus()],
        "absentes": comparaison.absentes,
        "ignorees": comparaison.ignorees,
    }


def _line(ligne: LigneComparee, cell: Cellule) -> list[str]:
    return [ligne.code, cell.place, cell.quoi, cell.actuel, cell.propose]
