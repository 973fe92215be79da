"""`tenir verifier-installation`: what a server needs, tried one thing after another and told in French."""

import os
from collections.abc import Callable
from pathlib import Path

import click
import django

from tenir.cli.fichier import FAULTY
from tenir.config.reglages import missing, risky, unknown, wrong

NEEDED_BY_THE_REST = {"Base", "Tables"}
Essai = Callable[[], str]
"""Tries one thing; returns what is wrong, nothing when it is well."""


@click.command("verifier-installation")
@click.option("--courriel", metavar="ADRESSE", default="", help="Envoie un message d’essai à cette adresse.")
def verifier_installation(courriel: str) -> None:
    """Essaie tout ce dont le site a besoin, et dit ce qui manque."""
    said = [_said("Réglages", "\n             ".join(_of_the_settings()))]
    if not wrong(os.environ):  # the site does not start without right settings
        django.setup()
        for name, act in _essais(courriel):
            said.append(_said(name, _tried(act)))
            if not said[-1] and name in NEEDED_BY_THE_REST:
                break
    if not all(said):
        raise SystemExit(FAULTY)
    click.echo("Tout est en ordre.")


def _of_the_settings() -> list[str]:
    return [*wrong(os.environ), *missing(os.environ), *risky(os.environ), *_mistyped()]


def _mistyped() -> list[str]:
    return [f"{name} n’est pas un réglage de Tenir : une faute de frappe ?" for name in unknown(os.environ)]


def _essais(courriel: str) -> list[tuple[str, Essai]]:
    mail = [("Courriel", lambda: _send(courriel))] if courriel else []
    return [
        ("Dossiers", _folders),
        ("Lecture", _closed_to_others),
        ("Django", _deployment),
        ("Présentation", _static_files),
        ("Mandataire", _proxy),
        *mail,
        ("Base", _database),
        ("Tables", _tables),
        ("Compte", _administrator),
        ("Boucle", _loop),
    ]


def _said(name: str, fault: str) -> bool:
    click.echo(f"{name:<13}{fault or 'en ordre'}")
    return not fault


def _tried(act: Essai) -> str:
    from django.db import DatabaseError

    try:
        return act()
    except (DatabaseError, OSError) as error:
        return f"ne répond pas ({(str(error).strip().splitlines() or [type(error).__name__])[0]})"


def _folders() -> str:
    from django.conf import settings

    folders = [Path(settings.VAR), *([Path(settings.SAUVEGARDES)] if settings.SAUVEGARDES else [])]
    closed = [str(folder) for folder in folders if not os.access(folder, os.W_OK | os.X_OK)]
    return f"{', '.join(closed)} : dossier absent, ou fermé à l’écriture." if closed else ""


def _closed_to_others() -> str:
    from django.conf import settings

    from tenir.config.dossier import readable_by_others

    kept = [Path(settings.VAR), *([Path(settings.SAUVEGARDES)] if settings.SAUVEGARDES else [])]
    found = [path for folder in kept for path in readable_by_others(folder)]
    if not found:
        return ""
    return f"d’autres comptes de la machine lisent {found[0]} : chmod 700 {' '.join(map(str, kept))}."


def _deployment() -> str:
    """What Django itself finds dangerous in settings that serve others."""
    from django.conf import settings
    from django.core.checks import WARNING, run_checks

    if settings.LOCAL:
        return ""  # told by the settings
    found = [check for check in run_checks(include_deployment_checks=True) if check.level >= WARNING]
    return "\n             ".join(f"{check.id} : {str(check.msg).splitlines()[0]}" for check in found)


def _database() -> str:
    from django.db import connection

    connection.ensure_connection()
    return ""


def _tables() -> str:
    from tenir.core.sante import migrated, newer_tables

    if newer_tables():
        return "préparées par une version plus récente de Tenir : « Revenir en arrière », dans docs/installation.md."
    return "" if migrated() else "à mettre à jour : python manage.py migrate."


def _static_files() -> str:
    from django.conf import settings

    made = (Path(settings.STATIC_ROOT) / "staticfiles.json").exists()
    return "" if made else "à préparer : python manage.py collectstatic."


def _proxy() -> str:
    from django.conf import settings

    if settings.LOCAL or settings.SECURE_PROXY_SSL_HEADER:
        return ""
    return "TENIR_MANDATAIRE=1 manque : sans lui, un site derrière un mandataire se renvoie sans fin vers le HTTPS."


def _administrator() -> str:
    from tenir.habilitations.models import Habilitation
    from tenir.habilitations.roles import Role

    made = Habilitation.objects.filter(role=Role.ADMINISTRATION, personne__utilisateur__isnull=False).exists()
    return "" if made else "personne n’administre la plateforme : tenir creer-administrateur ADRESSE."


def _loop() -> str:
    from django.utils import timezone

    from tenir.core.sante import get_health

    health = get_health(timezone.now())
    if health.boucle is None:
        return "n’a jamais tourné : tenir boucle (voir docs/installation.md)."
    return "ne tourne plus depuis un quart d’heure." if health.boucle_arretee else ""


def _send(address: str) -> str:
    from django.conf import settings

    from tenir.core.lettre import Message, post

    body = "Ce message vient de « tenir verifier-installation ». S’il est arrivé, le courriel fonctionne."
    post("essai-d-installation", Message(address, "message d’essai", body))
    if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        return f"TENIR_SMTP manque : le message est écrit dans {settings.COURRIELS}, il n’est pas parti."
    return ""


COMMANDS = (verifier_installation,)
