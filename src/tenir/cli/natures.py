"""Commands on kinds of activity: what those of Tenir ask, and what is wrong in a file of them."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tenir.cli.fichier import FAULTY, FILE, Refus, read_text, show_faults

if TYPE_CHECKING:
    from tenir.natures.modeles import Champ, Mesure, NatureEntiere


@click.group(invoke_without_command=True, subcommand_metavar="COMMANDE [ARGUMENTS]…")
@click.pass_context
def nature(context: click.Context) -> None:
    """Natures d’activité : celles que livre Tenir, et la vérification des vôtres. Sans commande, leur liste."""
    if context.invoked_subcommand is None:
        context.invoke(lister)


@nature.command()
def lister() -> None:
    """Donne la liste des natures livrées."""
    from tenir.natures.catalogue import shipped

    width = max(map(len, shipped()))
    for one in shipped().values():
        click.echo(f"{one.nature:<{width}}  {one.forme:<8}  {one.libelle}")


@nature.command()
@click.argument("code", required=False)
@click.option("--toutes", is_flag=True, help="Toutes les pages, en Markdown.")
def montrer(code: str | None, toutes: bool) -> None:
    """Montre la page d’une nature livrée : ce qu’elle demande, et comment cela se compte."""
    from tenir.natures.catalogue import shipped

    if toutes:
        click.echo(published())
    elif one := shipped().get(code or ""):
        click.echo(page(one))
    else:
        raise Refus(
            f"{f'la nature « {code} » n’existe pas' if code else 'dites quelle nature'} : « tenir nature lister »."
        )


@nature.command()
@click.argument("fichier", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="Réponse en JSON.")
def valider(fichier: Path, as_json: bool) -> None:
    """Dit ce qui ne va pas dans un fichier de natures : ligne, chemin, faute, remède."""
    from tenir.natures.validation import validate

    fautes = validate(read_text(fichier)).fautes
    if as_json:
        click.echo(json.dumps([faute.as_dict() for faute in fautes], ensure_ascii=False, indent=2))
    else:
        show_faults(fichier, fautes)
    if fautes:
        raise SystemExit(FAULTY)


@nature.command()
@click.argument("fichier", type=FILE)
@click.argument("slug")
def charger(fichier: Path, slug: str) -> None:
    """Met les natures d’un fichier dans un contrat du site : les nouvelles s’ajoutent, les autres sont changées."""
    import django

    django.setup()
    from django.core.exceptions import ValidationError

    from tenir.activite.services.natures import load_natures
    from tenir.habilitations.models import EspaceDeContrat

    espace = EspaceDeContrat.objects.filter(slug=slug).first()
    if espace is None:
        raise Refus(f"Aucun contrat « {slug} » sur ce site.")
    try:
        changed = load_natures(espace, read_text(fichier), commande=f"tenir nature charger {fichier.name} {slug}")
    except ValidationError as error:
        raise Refus("\n".join(error.messages)) from error
    click.echo(f"{changed} nature{'s' if changed > 1 else ''} de plus, ou autre." if changed else "Rien n’a changé.")


def page(one: "NatureEntiere") -> str:
    """The page of a kind, in Markdown."""
    from tenir.natures.phrases import asks

    parts = [f"# {one.libelle}", f"`{one.nature}`. {asks(one)}", one.page, _told(one), _fields(one), _table(one)]
    return "\n\n".join(filter(None, parts))


def _told(one: "NatureEntiere") -> str:
    """Its states, then what it says of its things, one a line."""
    from tenir.natures.descriptions import state, told

    states = [("États", ", ".join(state(etat, one) for etat in one.etats))] if one.etats else []
    return "\n".join(f"- {name} : {words}" for name, words in [*states, *told(one)])


def _fields(one: "NatureEntiere") -> str:
    if not one.champs:
        return ""
    return "\n".join(["| champ | ce qui le dit | réponse |\n|---|---|---|", *(_field(champ) for champ in one.champs)])


def _field(champ: "Champ") -> str:
    from tenir.natures.descriptions import answer

    return f"| `{champ.code}` | {champ.libelle} | {answer(champ)} |"


def _table(one: "NatureEntiere") -> str:
    if not one.mesures:
        return ""
    head = "| mesure | question | en | à part | ensemble | attendu |\n|---|---|---|---|---|---|"
    return "\n".join([head, *(_row(mesure) for mesure in one.mesures)])


def _row(mesure: "Mesure") -> str:
    from tenir.natures.phrases import split, together

    expected = "de {:f} à {:f}".format(*mesure.vraisemblable) if mesure.vraisemblable else ""
    asked = (f"`{mesure.code}`", mesure.asked, mesure.unite, split(mesure), together(mesure), expected)
    return f"| {' | '.join(asked)} |"


def published() -> str:
    """Every page, one after the other: what `docs/natures.md` holds."""
    from tenir.natures.catalogue import shipped

    intro = (
        "# Les natures d’activité\n\nCe que Tenir sait compter sans que l’on ajoute rien. Un contrat fait les siennes "
        "à partir d’elles ([contrats/natures](../contrats/natures)), et `tenir nature valider` les vérifie. "
        "`make docs` écrit cette page à partir de leurs fichiers."
    )
    return "\n\n".join([intro, *(f"#{page(one)}" for one in shipped().values())])


COMMANDS = (nature,)
