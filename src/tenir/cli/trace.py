"""Commands on the trace."""

from pathlib import Path
from typing import TYPE_CHECKING

import click
import django

from tenir.cli.fichier import FAULTY, Refus

if TYPE_CHECKING:
    from tenir.core.trace import Tete

FICHIER = click.Path(dir_okay=False, path_type=Path)
PRESENT = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("verifier-trace")
@click.option("--releves", type=FICHIER, help="Autre fichier de relevés, comparé en plus de ceux du site.")
@click.option("--contre", type=PRESENT, multiple=True, help="Courriel de relevés, gardé ailleurs et enregistré.")
@click.option("--repartir", is_flag=True, help="Des relevés sont perdus : le dire dans la trace, et repartir.")
@click.option("--motif", metavar="TEXTE", default="", help="Pourquoi ils sont perdus : demandé pour repartir.")
def verifier_trace(releves: Path | None, contre: tuple[Path, ...], repartir: bool, motif: str) -> None:
    """Prouve que la trace est entière, ou dit où elle se rompt."""
    django.setup()
    from tenir.core.releves import RelevesIllisibles

    try:
        if repartir:
            _restart(motif)
        kept = _kept(releves, contre)
        found = _faults(kept)
    except RelevesIllisibles as error:
        raise Refus(str(error)) from error
    for said in found:
        click.echo(said)
    if found:
        raise SystemExit(FAULTY)
    _say_whole(len(kept))


def _kept(releves: Path | None, contre: tuple[Path, ...]) -> "list[Tete]":
    """Every head that is kept: here, on the second path, in a file that is given, in messages."""
    from tenir.core.contenus import messages_in
    from tenir.core.releves import heads_in, main_file, read_heads

    found = read_heads(main_file())
    if releves and releves != main_file():
        found += read_heads(releves)
    for path in contre:
        told = heads_in(messages_in(path.read_bytes()))
        if not told:
            raise Refus(f"{path} ne contient aucun relevé de la trace.")
        found += told
    return found


def _faults(kept: "list[Tete]") -> list[str]:
    from tenir.core.releves import losses
    from tenir.core.tenue import differences
    from tenir.core.trace import breaks

    return [*losses(), *map(str, breaks(kept)), *map(str, differences())]


def _restart(motif: str) -> None:
    """Say in the trace that heads are lost, and begin again."""
    from tenir.core.reprise import RepriseRefusee, start_again
    from tenir.habilitations.services import PLATEFORME

    try:
        lost = start_again(PLATEFORME, motif, commande="tenir verifier-trace --repartir")
    except RepriseRefusee as error:
        raise Refus(str(error)) from error
    for said in lost:
        click.echo(f"Perdu : {said}")
    click.echo("Les relevés repartent de maintenant ; la trace le dit. Ceux d’avant sont mis à côté, s’il en reste.")


def _say_whole(kept: int) -> None:
    from tenir.core import horloge
    from tenir.core.models import RegistreDesReleves
    from tenir.core.releves import main_file, read_heads, unproved
    from tenir.core.trace import heads
    from tenir.core.typographie import date_fr, pluriel

    chains, alone = heads(), unproved(read_heads(main_file()))
    entries = sum(tete.rang for tete in chains)
    click.echo(f"La trace est entière : {len(chains)} chaînes, {entries} entrées, {kept} relevés.")
    if alone:
        click.echo(f"Depuis le dernier relevé : {pluriel(alone, 'entrée', genre='f')}, que la base seule dit encore.")
    registre = RegistreDesReleves.objects.exclude(reparti_le=None).first()
    if registre and registre.reparti_le:
        click.echo(
            f"Les relevés sont repartis le {date_fr(horloge.day_of(registre.reparti_le))} : la trace dit pourquoi."
        )


@click.command("relever-trace")
@click.option("--releves", type=FICHIER, help="Autre fichier à écrire, au lieu de celui du site.")
def relever_trace(releves: Path | None) -> None:
    """Écrit la fin de chaque chaîne hors de la base : à faire chaque jour."""
    django.setup()

    from tenir.core import horloge
    from tenir.core.releves import CopieImpossible, keep_now, main_file, write_heads

    path = releves or main_file()
    try:
        count = keep_now() if path == main_file() else write_heads(path, horloge.real_today())
    except CopieImpossible as error:
        raise Refus(str(error)) from error
    click.echo(f"{count} chaînes relevées dans {path}.")


COMMANDS = (verifier_trace, relever_trace)
