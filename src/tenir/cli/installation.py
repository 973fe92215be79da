"""Commands of whoever runs the server: backup, restore, the loop."""

import os
import signal
from collections.abc import Callable
from pathlib import Path
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING

import click
import django

from tenir.cli.fichier import FAULTY, FILE, Refus

if TYPE_CHECKING:
    from tenir.core.sauvegarde.archive import Manifeste

PAUSE = 30
LOOK = 1
"""Seconds between two looks at the queue of works, while the loop waits for its next turn."""
TO_WRITE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("fichier", type=TO_WRITE)
def sauvegarder(fichier: Path) -> None:
    """Écrit tout le site dans une archive : base, documents, relevés de la trace."""
    django.setup()
    from django.conf import settings
    from django.utils import timezone

    from tenir.core import nuit, taches
    from tenir.core.sauvegarde.archive import SauvegardeRefusee
    from tenir.core.sauvegarde.sauvegarder import create_backup

    now = timezone.now()
    try:
        manifeste = create_backup(fichier, on=now, reglages=settings.REGLAGES)
    except SauvegardeRefusee as error:
        raise Refus(str(error)) from error
    said = f"{fichier.name} : {_counted(manifeste)}.{manifeste.ecart}"
    taches.note(nuit.BACKUP, debut=now, bilan=said)
    click.echo(f"{said} Elle contient des données personnelles : gardez-la en lieu sûr, hors de ce serveur.")


@click.command()
@click.argument("fichier", type=FILE)
@click.option("--remplacer", is_flag=True, help="Efface ce que le site contient.")
@click.option("--malgre-la-trace", is_flag=True, help="Restaure même si la trace sauvegardée est rompue.")
def restaurer(fichier: Path, remplacer: bool, malgre_la_trace: bool) -> None:
    """Remet dans le site tout ce que contient une sauvegarde, ou rien."""
    django.setup()
    from django.utils import timezone

    from tenir.core import horloge
    from tenir.core.sauvegarde.archive import SauvegardeRefusee
    from tenir.core.sauvegarde.restaurer import restore_backup

    try:
        manifeste = restore_backup(fichier, on=timezone.now(), replace=remplacer, broken_trace=malgre_la_trace)
    except SauvegardeRefusee as error:
        raise Refus(str(error)) from error
    trace = "n’est pas vérifiée" if malgre_la_trace else f"est entière ({manifeste.entrees} entrées)"
    click.echo(
        f"Sauvegarde du {horloge.local(manifeste.le):%d/%m/%Y à %H:%M} restaurée : {_counted(manifeste)}. "
        f"Tout se relit à l’identique, la trace {trace}. Chacun se connecte à nouveau.{manifeste.ecart}"
    )
    for sentence in _after_a_restore(manifeste):
        click.echo(sentence)


def _after_a_restore(manifeste: "Manifeste") -> list[str]:
    """What whoever restored must know: what sleeps, and what is dead."""
    from django.utils import timezone

    from tenir.core import jetons, sommeil
    from tenir.core.typographie import pluriel, typo

    said = [sommeil.ASLEEP] if sommeil.asleep() else []
    if manifeste.secret in jetons.fingerprints():
        return [*said, typo("Les liens déjà envoyés s’ouvrent : le secret de ce site est celui de la sauvegarde.")]
    count = pluriel(jetons.open_links(timezone.now()), "lien")
    dead = (
        "Le secret de ce site n’est pas celui de la sauvegarde. Parmi ce qui a été envoyé, ne s’ouvre plus : "
        f"{count}. Si vous avez gardé l’ancien secret, donnez-le dans TENIR_SECRETS_ANCIENS, puis relancez le site."
    )
    return [*said, typo(dead)]


def _counted(manifeste: "Manifeste") -> str:
    return f"{len(manifeste.tables)} tables, {manifeste.lignes} lignes, {len(manifeste.fichiers)} fichiers"


@click.command()
@click.option("--une-fois", is_flag=True, help="Fait ce qui est dû, puis s’arrête.")
@click.option(
    "--pause", default=PAUSE, show_default=True, type=click.IntRange(1, 3600), help="Secondes entre deux tours."
)
@click.option("--parent", type=int, help="Numéro du processus qui la lance : elle s’arrête avec lui.")
def boucle(une_fois: bool, pause: int, parent: int | None) -> None:
    """Fait les tâches de fond quand vient leur heure ; plusieurs boucles ne se gênent pas."""
    django.setup()
    if une_fois:
        if not all([_turn(), _works(Event(), seconds=float("inf"))]):
            raise SystemExit(FAULTY)
        return
    _sweep()
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())  # the task under way ends first
    while not stop.is_set():
        _whatever_the_database(_turn)
        until = monotonic() + pause
        while not stop.is_set() and monotonic() < until:
            if parent and os.getppid() != parent:  # killed, it could not tell us to stop
                return
            _whatever_the_database(lambda: _works(stop))
            stop.wait(LOOK)


def _sweep() -> None:
    """Remove what a backup or a restore that was killed left."""
    from django.conf import settings

    from tenir.core.sauvegarde.brouillons import sweep

    for folder in (settings.SAUVEGARDES or settings.VAR, settings.VAR):
        for name in sweep(Path(folder)):
            click.echo(f"{folder}/{name}, laissé par une opération interrompue, est retiré.")


def _whatever_the_database(act: Callable[[], bool]) -> None:
    """One turn; a database that restarts stops one turn, not the loop."""
    from django.db import DatabaseError, close_old_connections

    close_old_connections()
    try:
        act()
    except DatabaseError as error:
        click.echo(f"La base de données refuse : {str(error).strip()}", err=True)


def _works(stop: Event, seconds: float | None = None) -> bool:
    """Do the long works that wait, a slice of time; say each that comes to its end; whether all went well."""
    from tenir.core.travaux.boucle import SLICE, advance_works

    over = advance_works(stop=stop.is_set, seconds=seconds or SLICE)
    for travail in over:
        click.echo(f"travail {travail.pk}, {travail.genre} : {travail.get_etat_display()}. {travail.erreur}".strip())
    return all(travail.etat != travail.Etat.ECHOUE for travail in over)


def _turn() -> bool:
    """Run what is due, say each in one line; whether all went well."""
    from django.utils import timezone

    from tenir.core.taches import run_due

    runs = run_due(timezone.now())
    for run in runs:
        click.echo(f"{run.tache} : {run.get_etat_display()}. {run.bilan}")
    return all(run.etat == run.Etat.REUSSIE for run in runs)


@click.command()
@click.option("--sans-envoyer", is_flag=True, help="Annule les messages en attente : ils étaient déjà partis.")
def reveiller(sans_envoyer: bool) -> None:
    """Laisse un site restauré, ou copié pour de bon, envoyer ses messages."""
    django.setup()
    from django.utils import timezone

    from tenir.core import sommeil
    from tenir.core.trace import Auteur
    from tenir.core.typographie import pluriel, typo
    from tenir.habilitations.services import PLATEFORME

    auteur = Auteur(commande="reveiller")
    count = sommeil.wake(chaine=PLATEFORME, auteur=auteur, now=timezone.now(), drop=sans_envoyer)
    if count is None:
        click.echo("Ce site ne dormait pas.")
        return
    fate = "annulés" if sans_envoyer else "vont partir"
    click.echo(typo(f"Ce site est réveillé. Messages en attente : {pluriel(count, 'message')} ({fate})."))


@click.command("changer-secret")
@click.option("--oublier", is_flag=True, help="Retire les secrets d’avant : leurs liens ne s’ouvrent plus.")
def changer_secret(oublier: bool) -> None:
    """Tire un nouveau secret ; les liens déjà envoyés s’ouvrent encore, jusqu’à leur fin."""
    django.setup()
    from django.conf import settings
    from django.db import transaction

    from tenir.config.secret import rotate
    from tenir.core.trace import Auteur, Fait, record
    from tenir.habilitations.services import PLATEFORME

    if os.environ.get("TENIR_SECRET"):
        raise Refus(
            "le secret est donné par TENIR_SECRET : mettez-y le nouveau, et l’ancien dans TENIR_SECRETS_ANCIENS."
        )
    fact = Fait("secret", "site", "changement", "", "secrets d’avant retirés" if oublier else "nouveau secret")
    with transaction.atomic():
        record(PLATEFORME, Auteur(commande="changer-secret"), [fact])
        rotate(Path(settings.VAR), forget=oublier)
    told = "Les secrets d’avant sont retirés." if oublier else "Le secret est changé ; celui d’avant est gardé."
    click.echo(f"{told} Relancez le site et la boucle, et mettez {settings.VAR}/secret en lieu sûr.")


COMMANDS = (sauvegarder, restaurer, boucle, reveiller, changer_secret)
