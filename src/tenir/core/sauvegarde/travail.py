"""The backup asked for on a page. One step: a backup is one moment of the database, so killed, it starts again."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from tenir.core import horloge
from tenir.core.travaux.chantier import Chantier, Fin, Suivi, TravailRefuse
from tenir.core.typographie import pluriel

if TYPE_CHECKING:
    from tenir.core.models import Travail

KIND = "sauvegarde"
MONTH = timedelta(days=30)


def back_up_by_hand(travail: "Travail", suivi: Suivi) -> Fin:
    """Write a backup beside those of the night.

    Raises:
        TravailRefuse: no folder is given for backups, or it cannot be written.
    """
    from tenir.core.sauvegarde.archive import SauvegardeRefusee  # reads the models: not before the site has started
    from tenir.core.sauvegarde.sauvegarder import create_backup

    take_back(travail)
    now = horloge.now()
    path = _folder() / f"tenir-{horloge.local(now):%Y-%m-%d-%H%M%S}.zip"
    try:
        found = create_backup(path, on=now, reglages=settings.REGLAGES, dire=suivi.dire, draft_prefix=_draft(travail))
    except SauvegardeRefusee as error:
        raise TravailRefuse(str(error)) from error
    except OSError as error:
        raise TravailRefuse(f"La sauvegarde ne s’écrit pas : {error.strerror or error}.") from error
    said = f"{path.name} : {pluriel(found.lignes, 'ligne', genre='f')}, {pluriel(len(found.fichiers), 'fichier')}."
    said += found.ecart
    return Fin(said, suite=travail.retour, ecrire=lambda: _note(now, said))


def take_back(travail: "Travail") -> None:
    """Remove what a backup stopped in the middle left."""
    if settings.SAUVEGARDES:
        for draft in Path(settings.SAUVEGARDES).glob(f"{_draft(travail)}*"):
            draft.unlink(missing_ok=True)


CHANTIER = Chantier(
    back_up_by_hand, right="plateforme.update", defaire=take_back, lease=timedelta(minutes=5), kept=MONTH
)


def _note(debut: datetime, bilan: str) -> None:
    """Tell the page of the platform that a backup was made."""
    from tenir.core import nuit, taches

    taches.note(nuit.BACKUP, debut=debut, bilan=bilan)


def _draft(travail: "Travail") -> str:
    return f".sauvegarde-travail-{travail.pk}-"


def _folder() -> Path:
    if not settings.SAUVEGARDES:
        raise TravailRefuse("Aucun dossier n’est donné pour les sauvegardes : TENIR_SAUVEGARDES est vide.")
    return Path(settings.SAUVEGARDES)
