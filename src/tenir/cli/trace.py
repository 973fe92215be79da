"""Commands on the trace."""

from pathlib import Path

import click
import django

from tenir.cli.fichier import FAULTY, Refus


def _heads_file(given: Path | None) -> Path:
    from django.conf import settings

    return given or Path(settings.RELEVES)


RELEVES = click.Path(dir_okay=False, path_type=Path)


@click.command("verifier-trace")
@click.option("--releves", type=RELEVES, help="Fichier des relevés (par défaut, à côté de la base).")
def verifier_trace(releves: Path | None) -> None:
    """Prouve que la trace est entière, ou dit où elle se rompt."""
    django.setup()
    from tenir.core.releves import read_heads
    from tenir.core.trace import breaks, heads

    try:
        kept = read_heads(_heads_file(releves))
    except ValueError as error:
        raise Refus(str(error)) from error
    found = list(breaks(kept))
    for rupture in found:
        click.echo(str(rupture))
    if found:
        raise SystemExit(FAULTY)
    chains = heads()
    entries = sum(tete.rang for tete in chains)
    click.echo(f"La trace est entière : {len(chains)} chaînes, {entries} entrées, {len(kept)} relevés.")


@click.command("relever-trace")
@click.option("--releves", type=RELEVES, help="Fichier des relevés (par défaut, à côté de la base).")
def relever_trace(releves: Path | None) -> None:
    """Écrit la fin de chaque chaîne hors de la base : à faire chaque jour."""
    django.setup()

    from tenir.core import horloge
    from tenir.core.releves import write_heads

    path = _heads_file(releves)
    count = write_heads(path, horloge.real_today())
    click.echo(f"{count} chaînes relevées dans {path}.")


COMMANDS = (verifier_trace, relever_trace)
