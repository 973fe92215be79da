"""What the loop does each night: keep the ends of the trace outside the database, clean, back up."""

from datetime import datetime, time, timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session

from tenir.core import envoi_des_releves, envois, horloge, releves
from tenir.core.models import EntreeDeCache, Execution
from tenir.core.releves import write_heads
from tenir.core.taches import Tache, TacheEchouee

DAY = timedelta(days=1)
KEPT_RUNS = timedelta(days=90)
KEPT_BACKUPS = 14
BACKUP = "sauvegarder"


def nightly() -> list[Tache]:
    """The tasks of the night; backups, only where a folder is given for them."""
    tasks = [
        Tache("relever-trace", keep_heads, DAY, time(2), menage=True),
        Tache("menage", clean, DAY, time(2, 15), menage=True),
    ]
    if settings.SAUVEGARDES:
        tasks.append(Tache(BACKUP, back_up, DAY, time(2, 30), lease=timedelta(hours=4), menage=True))
    return tasks


def keep_heads(now: datetime) -> str:
    """Write the end of every chain of the trace, here and on the second path, and have it sent.

    Raises:
        TacheEchouee: they are written, and heads of before are gone, or the second path does not take them.
    """
    count = write_heads(releves.main_file(), horloge.day_of(now))
    try:
        releves.copy_heads()
    except releves.CopieImpossible as error:
        raise TacheEchouee(str(error)) from error
    envoi_des_releves.ask()
    if lost := next(releves.losses(), ""):
        raise TacheEchouee(f"{lost} La trace se vérifie par : tenir verifier-trace.")
    return f"Chaînes relevées : {count}."


def clean(now: datetime) -> str:
    """Remove the sessions, attempts and sendings that are over, and the runs of three months ago."""
    sessions, _ = Session.objects.filter(expire_date__lt=now).delete()
    EntreeDeCache.objects.filter(expires__lt=now).delete()
    Execution.objects.filter(debut__lt=now - KEPT_RUNS).delete()
    envois.clean(now)
    return f"Sessions finies retirées : {sessions}."


def back_up(now: datetime) -> str:
    """Write the backup of the night, once a day, and keep the last fourteen."""
    from tenir.core.sauvegarde.sauvegarder import create_backup  # reads the models: not before the site has started

    folder = Path(settings.SAUVEGARDES)
    path = folder / f"tenir-{horloge.day_of(now).isoformat()}.zip"
    if path.exists():
        return f"{path.name} est déjà faite."
    manifeste = create_backup(path, on=now, reglages=settings.REGLAGES)
    for old in sorted(folder.glob("tenir-????-??-??.zip"))[:-KEPT_BACKUPS]:
        old.unlink()
    return f"{path.name} : {manifeste.lignes} lignes, {len(manifeste.fichiers)} fichiers.{manifeste.ecart}"
