"""Commands on the register of what is really done."""

from typing import TYPE_CHECKING

import click
import django

from tenir.cli.fichier import FAULTY, Refus

if TYPE_CHECKING:
    from tenir.habilitations.models import EspaceDeContrat


@click.command()
@click.argument("slug", required=False)
@click.option("--corriger", is_flag=True, help="Réécrit les cumuls d’après les entrées.")
def recompter(slug: str | None, corriger: bool) -> None:
    """Prouve que les cumuls d’activité sont ce que disent les entrées, ou dit où ils s’en écartent.

    De tous les contrats, ou d’un seul. Rend 1 s’il reste un écart.
    """
    django.setup()
    from tenir.activite.services.cumuls import differences, rewrite

    spaces = _spaces(slug)
    found = [(espace, one) for espace in spaces for one in differences(espace)]
    for espace, one in found:
        click.echo(f"{espace.slug} : {one}")
    if found and not corriger:
        raise SystemExit(FAULTY)
    for espace in {espace for espace, _ in found}:
        rewrite(espace)
    click.echo(_said(len(spaces), len(found)))


def _spaces(slug: str | None) -> "list[EspaceDeContrat]":
    from tenir.habilitations.models import EspaceDeContrat

    spaces = list(EspaceDeContrat.objects.filter(**({"slug": slug} if slug else {})).order_by("slug"))
    if slug and not spaces:
        raise Refus(f"Aucun contrat « {slug} » sur ce site.")
    return spaces


def _said(spaces: int, found: int) -> str:
    from tenir.core.typographie import accord, pluriel

    if found:
        return f"{pluriel(found, 'cumul', genre='m')} {accord(found, 'réécrit')}."
    return f"Les cumuls sont ce que disent les entrées, dans {pluriel(spaces, 'contrat', genre='m')}."


COMMANDS = (recompter,)
