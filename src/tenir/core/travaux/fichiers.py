"""What works keep for a time, and its end."""

from datetime import datetime, timedelta
from typing import cast

from django.core.files.storage import Storage, default_storage, storages
from django.db.models import Q

from tenir.core.disque import StockageEntier
from tenir.core.models import FOLDER, Travail
from tenir.core.travaux.chantier import WEEK, declared


def drop_files(travail: Travail, *, row: bool = True) -> None:
    """Remove what a work was given to read and what it made."""
    drop_given(travail, row=row)
    if travail.fichier.name:
        travail.fichier.storage.delete(travail.fichier.name)
        travail.fichier, travail.nom_du_fichier = "", ""
    if row:
        Travail.objects.filter(pk=travail.pk).update(fichier="", nom_du_fichier="")


def drop_given(travail: Travail, *, row: bool = True) -> None:
    """Remove what a work was given to read: it is over."""
    if not travail.depose.name:
        return
    travail.depose.storage.delete(travail.depose.name)
    travail.depose = ""
    if row:
        Travail.objects.filter(pk=travail.pk).update(depose="")


def expired(now: datetime) -> Q:
    """The works that have been over for as long as their kind keeps them."""
    kinds = declared()
    ended = Q(fin__lt=now - WEEK) & ~Q(genre__in=list(kinds))
    for genre, chantier in kinds.items():
        ended |= Q(genre=genre, fin__lt=now - chantier.kept)
    return ended


def clean(now: datetime) -> str:
    """Remove the works that are over for long, with their files: a task of the loop."""
    count = 0
    for travail in Travail.objects.filter(expired(now)).iterator():
        drop_files(travail, row=False)
        travail.delete()
        count += 1
    _drop_orphans(default_storage, now)
    cast(StockageEntier, storages["default"]).drop_unfinished(now - timedelta(days=1))
    return f"Travaux anciens retirés : {count}."


def _drop_orphans(storage: Storage, now: datetime) -> None:
    """Remove the files that a process killed at the wrong moment left without a row."""
    if not storage.exists(FOLDER):
        return
    kept = {name for pair in Travail.objects.values_list("depose", "fichier") for name in pair}
    for file in storage.listdir(FOLDER)[1]:
        name = f"{FOLDER}/{file}"
        if name not in kept and storage.get_modified_time(name) < now - timedelta(days=1):
            storage.delete(name)
