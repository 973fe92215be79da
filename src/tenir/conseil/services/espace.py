"""What the council works with: adding and removing a file or a link, giving a means and ending it."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction

from tenir.conseil.models import DemandeDAvis, MoyenDuConseil, PieceDuConseil
from tenir.conseil.services.commun import CONSEIL, COUNCIL, RIGHT
from tenir.core import horloge
from tenir.core.fichiers import kept_with_its_row, read_file
from tenir.core.marques import Lu, refuse_unread
from tenir.core.requetes import still
from tenir.core.trace import Fait
from tenir.core.typographie import date_fr
from tenir.ecran.annulation.gestes import Chose, geste
from tenir.gouvernance.services.commun import same_contract
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, require

FILES = "conseil.file"
"""The right to bring files, which the members of the council hold too."""


def add_piece(*, by: Acces, espace: EspaceDeContrat, given: Mapping[str, Any]) -> PieceDuConseil:
    """Add a file or a link to those of the council.

    Raises:
        Refus: she may not.
        ValidationError: neither or both, a file that is refused, a meeting of another contract.
    """
    require(by, FILES, espace, espace)
    held = dict(given)
    same_contract(espace.pk, reunion=held.get("reunion"))
    file, content = held.pop("fichier", None), None
    made = PieceDuConseil(espace=espace, ajoutee_par=by.personne, **held)
    if file:
        made.nom, content = read_file(file)
    made.titre = made.titre.strip() or made.nom
    with kept_with_its_row(made.fichier):
        if content is not None:
            made.fichier.save(made.nom, ContentFile(content), save=False)
        made.full_clean()
        with geste(by, _about(made, f"Pièce « {made.titre} »"), "ajoutée") as g:
            g.keep(made)
            made.save()
            g.tell([Fait(CONSEIL, COUNCIL, f"pièce « {made.titre} »", "", made.get_genre_display())])
    return made


@transaction.atomic
def remove_piece(*, by: Acces, piece: PieceDuConseil, lu: Lu | None = None) -> None:
    """Remove a file or a link; what an opinion was asked on stays.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: an opinion was asked on it.
    """
    require(by, FILES, piece.espace, piece.espace)
    found = still(PieceDuConseil.objects.select_for_update(of=("self",)).select_related("espace"), piece)
    refuse_unread(lu, shown_piece(found))
    if DemandeDAvis.objects.filter(piece=found).exists():
        raise ValidationError("Un avis est demandé sur ce document : il reste.")
    with geste(by, _about(found, f"Pièce « {found.titre} »"), "retirée") as g:
        g.keep(found)
        g.tell([Fait(CONSEIL, COUNCIL, f"pièce « {found.titre} »", found.get_genre_display(), "retirée")])
        found.delete()


@transaction.atomic
def give_means(*, by: Acces, espace: EspaceDeContrat, given: Mapping[str, Any]) -> MoyenDuConseil:
    """Write a means given to the council.

    Raises:
        Refus: she may not.
        ValidationError: it says nothing, a sum that is none, it ends before it begins.
    """
    require(by, RIGHT, espace)
    made = MoyenDuConseil(espace=espace, **given)
    made.full_clean()
    with geste(by, _about(made, f"Moyen « {made.description} »"), "donné") as g:
        g.keep(made)
        made.save()
        g.tell([Fait(CONSEIL, COUNCIL, f"moyen « {made.description} »", "", f"depuis le {date_fr(made.du)}")])
    return made


@transaction.atomic
def end_means(*, by: Acces, moyen: MoyenDuConseil, lu: Lu | None = None) -> None:
    """End a means today; it stays in what was given.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: it ended already, or began today.
    """
    require(by, RIGHT, moyen.espace)
    found = still(MoyenDuConseil.objects.select_for_update(of=("self",)).select_related("espace"), moyen)
    refuse_unread(lu, shown_means(found))
    if found.au:
        raise ValidationError("Ce moyen a déjà pris fin.")
    with geste(by, _about(found, f"Moyen « {found.description} »"), "terminé") as g:
        g.keep(found)
        found.au = horloge.today(found.espace)
        found.full_clean()
        found.save()
        g.tell([Fait(CONSEIL, COUNCIL, f"moyen « {found.description} »", "", f"terminé le {date_fr(found.au)}")])


def shown_piece(piece: PieceDuConseil) -> Lu:
    """What a page shows of a file."""
    return {"pièce": piece.titre, "sorte": piece.get_genre_display()}


def shown_means(moyen: MoyenDuConseil) -> Lu:
    """What a page shows of a means."""
    return {"moyen": moyen.description, "fin": date_fr(moyen.au) if moyen.au else ""}


def _about(row: PieceDuConseil | MoyenDuConseil, titre: str) -> Chose:
    right = FILES if isinstance(row, PieceDuConseil) else RIGHT
    return Chose(row.espace, CONSEIL, COUNCIL, titre, right, row.espace)
