"""The `tenir` command: on a contract file, and on the contracts of the site."""

import os

import click

from tenir.cli import fichier, site, trace


@click.group(context_settings={"help_option_names": ["-h", "--aide"]})
@click.version_option(package_name="tenir", message="Tenir %(version)s")
def main() -> None:
    """Tenir : le contrat de ville, de la signature à l’évaluation."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tenir.config.settings")


for command in (*fichier.COMMANDS, *site.COMMANDS, *trace.COMMANDS):
    main.add_command(command)
