"""What every site keeps of a person outside the rows of rooms: the works that name her, the messages kept as files."""

from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from tenir.core import horloge
from tenir.core.contenus import messages_in
from tenir.core.models import Travail
from tenir.core.oubli import Marques, OubliImpossible, text_columns, written
from tenir.core.travaux.fichiers import drop_files

PERSONAL = {
    "core.Courriel": ("adresse", "erreur"),
    "core.Execution": ("bilan",),
    "core.Envoi": (),
    "core.Travail": (),
}
"""What the machine writes of people here (`Piece(personal=…)`)."""
UNDER_WAY = (
    "Un travail en cours lit ou écrit ce qui nomme cette personne : attendez sa fin, ou arrêtez-le, puis recommencez."
)


def forget(personne: Any, marques: Marques) -> None:
    """Remove the works that name a person, the sendings that do, and the messages kept as files; they go once this is
    certain.

    Raises:
        OubliImpossible: such a work is under way.
    """
    from tenir.core.models import Envoi

    for travail in Travail.objects.order_by("pk"):
        if travail.acteur == personne.pk or _names(travail, marques):
            _drop(travail, hers=travail.acteur == personne.pk, named=_names(travail, marques))
    for envoi in Envoi.objects.order_by("pk").iterator():
        if marques.names(envoi.suite):
            envoi.delete()
    for path in _messages(marques):
        transaction.on_commit(partial(path.unlink, missing_ok=True))


def _names(travail: Travail, marques: Marques) -> bool:
    return any(marques.names(written(getattr(travail, field.attname))) for field in text_columns(Travail))


def _drop(travail: Travail, *, hers: bool, named: bool) -> None:
    """Remove a work that is over, or that nobody has taken; one of hers that names nobody goes on to its end."""
    if travail.etat == Travail.Etat.EN_COURS and travail.bail_jusqu_a and travail.bail_jusqu_a > horloge.now():
        if named:
            raise OubliImpossible(UNDER_WAY)
        return
    if named or (hers and not travail.ouvert):
        transaction.on_commit(partial(drop_files, travail, row=False))
        Travail.objects.filter(pk=travail.pk).delete()


def _messages(marques: Marques) -> list[Path]:
    """The files of messages, where no server takes them, that name her."""
    folder = Path(getattr(settings, "EMAIL_FILE_PATH", "") or settings.COURRIELS)
    files = sorted(folder.glob("*.log")) if folder.is_dir() else []
    return [path for path in files if marques.names(messages_in(path.read_bytes()))]
