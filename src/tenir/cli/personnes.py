"""Commands on people."""

from datetime import datetime, timedelta

import click
import django

from tenir.cli.fichier import Refus


@click.command("creer-administrateur")
@click.argument("adresse")
@click.option("--nom", default="", help="Nom de la personne (par défaut, son adresse).")
@click.option("--encore", is_flag=True, help="En ajouter quand la plateforme en a déjà.")
def creer_administrateur(adresse: str, nom: str, encore: bool) -> None:
    """Crée le premier compte, qui administre la plateforme."""
    django.setup()
    from django.core.exceptions import ValidationError
    from django.db import transaction

    from tenir.acteurs.models import Personne
    from tenir.acteurs.services import open_account
    from tenir.habilitations.attribution import AttributionRefusee, install_administrator
    from tenir.habilitations.models import Habilitation
    from tenir.habilitations.roles import Role

    if Habilitation.objects.filter(role=Role.ADMINISTRATION).exists() and not encore:
        raise Refus("la plateforme a déjà eu un administrateur ; ajoutez --encore pour en créer un autre.")
    try:
        with transaction.atomic():
            personne: Personne = open_account(email=adresse, nom=nom or adresse)
            install_administrator(personne=personne, commande="creer-administrateur")
    except (ValidationError, AttributionRefusee) as error:
        raise Refus(" ".join(getattr(error, "messages", [str(error)]))) from error
    click.echo(
        f"{personne} administre la plateforme. Ouvrez le site à l’adresse /compte/connexion/, demandez un code à "
        f"{personne.email}, puis activez le second facteur : il est demandé avant toute autre page."
    )
    _say_where_codes_go()


def _say_where_codes_go() -> None:
    from django.conf import settings

    if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        click.echo(f"Aucun serveur de courriel (TENIR_SMTP) : les messages s’écrivent dans {settings.COURRIELS}.")


@click.command("lever-second-facteur")
@click.argument("adresse")
def lever_second_facteur(adresse: str) -> None:
    """Retire le second facteur d’un compte, dont le téléphone est perdu."""
    django.setup()
    from tenir.habilitations.telephone_perdu import RienALever, lift_second_factor

    try:
        personne = lift_second_factor(adresse=adresse, commande="lever-second-facteur")
    except RienALever as error:
        raise Refus(str(error)) from error
    click.echo(
        f"Le second facteur de {personne} est levé, ses sessions sont fermées : à sa prochaine connexion, par un code "
        "envoyé à son adresse, la page lui en fait activer un autre. Assurez-vous que c’est bien elle qui le demande."
    )


@click.command("peupler-demonstration")
@click.argument("slug", required=False)
def peupler_demonstration(slug: str | None) -> None:
    """Ajoute à un contrat fictif les personnes fictives de la démonstration ; sans contrat, qui administre le site."""
    django.setup()
    from tenir.demonstration.personnes import HorsDemonstration, seed, seed_administration

    try:
        if slug:
            click.echo(f"{seed(slug)} personnes fictives dans {slug}.")
        else:
            seed_administration()
            click.echo("Une personne fictive administre le site.")
    except HorsDemonstration as error:
        raise Refus(str(error)) from error


@click.command("animer-demonstration")
@click.argument("slug")
@click.option("--jusqu-au", "jour", type=click.DateTime(["%Y-%m-%d"]), help="Dernier jour de cette vie (hier).")
@click.option("--graine", type=int, default=None, help="Autre tirage.")
def animer_demonstration(slug: str, jour: datetime | None, graine: int | None) -> None:
    """Donne à un contrat fictif près de trois ans de vie simulée."""
    django.setup()

    from tenir.core import horloge
    from tenir.demonstration.personnes import HorsDemonstration
    from tenir.demonstration.vie.jouer import GRAINE, animate

    yesterday = horloge.real_today() - timedelta(days=1)  # nothing of it in the hours to come
    until = horloge.day_written(jour) if jour else yesterday
    try:
        click.echo(f"{slug} : {animate(slug, jour=until, graine=GRAINE if graine is None else graine)}.")
    except HorsDemonstration as error:
        raise Refus(str(error)) from error


COMMANDS = (creer_administrateur, lever_second_facteur, peupler_demonstration, animer_demonstration)
