"""The `tenir` command: on a contract file, and on the contracts of the site."""

import errno
import os
from typing import Any

import click

from tenir.cli import activite, fichier, installation, lecture, natures, personnes, regles, site, trace, verification
from tenir.cli.fichier import Refus
from tenir.core.version import full


class Commandes(click.Group):
    """The commands; what the machine refuses is said in French, without a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except OSError as error:
            if error.errno == errno.EPIPE:  # `tenir exporter … | head`
                raise
            raise Refus(f"{error.filename or 'le fichier'} : {error.strerror}.") from error
        except Exception as error:
            if not _of_the_database(error):
                raise
            raise Refus(
                f"la base de données refuse ({str(error).strip().splitlines()[0]}). Si elle est neuve, "
                "préparez-la : python manage.py migrate."
            ) from error


def _of_the_database(error: Exception) -> bool:
    from django.db.utils import DatabaseError  # Django is slow to import, for who only asks for help

    return isinstance(error, DatabaseError)


@click.group(
    cls=Commandes,
    context_settings={"help_option_names": ["-h", "--aide", "--help"]},
    subcommand_metavar="COMMANDE [ARGUMENTS]…",
)
@click.version_option(full(), message="Tenir %(version)s")
def main() -> None:
    """Tenir : le contrat de ville, de la signature à l’évaluation."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tenir.config.settings")


for room in (fichier, lecture, regles, natures, site, activite, trace, personnes, installation, verification):
    for command in room.COMMANDS:
        main.add_command(command)
