"""Every setting of an installation, in one table: read from the environment, checked all at once, told in French."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit

from tenir.config.courriel import AdresseSMTP, mail_settings

SECRET_LENGTH = 50
HERE = frozenset({"localhost", "127.0.0.1", "[::1]"})
"""The names of this very machine, as `TENIR_HOTES` writes them."""
HOST = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*", re.IGNORECASE)
Check = Callable[[str], str]
"""What is wrong with a value, as the end of a French sentence; nothing when it is right."""


def _flag(value: str) -> str:
    return "" if value in {"0", "1"} else "vaut 1 (oui) ou 0 (non)"


def _secret(value: str) -> str:
    return (
        "" if len(value) >= SECRET_LENGTH else f"est trop court : {SECRET_LENGTH} caractères au moins, tirés au hasard"
    )


def _hosts(value: str) -> str:
    names = [host for host in value.split(",") if host not in HERE]
    if any(not HOST.fullmatch(host) for host in names):
        return "s’écrit en noms entiers, sans http://, port, espace ni « * » : tenir.exemple.fr,www.exemple.fr"
    return ""


def _database(value: str) -> str:
    try:
        parts = urlsplit(value)
        right = parts.scheme in {"sqlite", "postgres", "postgresql"} and len(parts.path) > 1 and parts.port != 0
    except ValueError:
        right = False
    return "" if right else "s’écrit postgres://nom:secret@serveur:5432/base ou sqlite:////dossier/tenir.sqlite3"


def _mail(value: str) -> str:
    try:
        mail_settings(value, Path())
    except AdresseSMTP as error:
        return str(error).removeprefix("TENIR_SMTP ").rstrip(".")
    return ""


def _address(value: str) -> str:
    name, _, domain = parseaddr(value)[1].rpartition("@")
    return "" if name and domain and not set("\r\n") & set(value) else "est une adresse : tenir@exemple.fr"


def _link(value: str) -> str:
    return "" if urlsplit(value).scheme in {"http", "https"} else "est une adresse qui commence par https://"


def _site(value: str) -> str:
    parts = urlsplit(value)
    plain = parts.scheme in {"http", "https"} and parts.netloc and not parts.username
    bare = not (parts.path or parts.query or parts.fragment)
    return "" if plain and bare else "s’écrit https:// puis un nom, sans rien derrière : https://tenir.exemple.fr"


def _text(value: str) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Reglage:
    """One setting: its name, what it says, what happens without it, an example, how it is checked.

    `secret`: it holds one, and never leaves. `served`: a site open to others cannot do without it. `attendu`: it
    can, and should not: `tenir verifier-installation` asks for it.
    """

    nom: str
    sens: str
    defaut: str
    exemple: str
    check: Check = _text
    secret: bool = False
    served: bool = False
    attendu: bool = False


REGLAGES = (
    Reglage("TENIR_HOTES", "noms du site, séparés par des virgules", "localhost", "tenir.exemple.fr", _hosts,
            served=True),
    Reglage("TENIR_SECRET", "clé qui signe les sessions et les liens envoyés", "tirée au hasard dans TENIR_VAR/secret",
            "python3 -c 'import secrets; print(secrets.token_urlsafe(64))'", _secret, secret=True),
    Reglage("TENIR_SECRETS_ANCIENS", "clés d’avant, séparées par des virgules : leurs liens s’ouvrent encore",
            "aucune", "celle-d-avant", secret=True),
    Reglage("TENIR_BASE", "adresse de la base de données", "SQLite dans TENIR_VAR/tenir.sqlite3",
            "postgres://tenir@/tenir?host=/run/postgresql", _database, secret=True),
    Reglage("TENIR_VAR", "dossier des données", "le dossier var du dépôt", "/var/lib/tenir"),
    Reglage("TENIR_SAUVEGARDES", "dossier des sauvegardes de la nuit", "pas de sauvegarde de la nuit",
            "/var/backups/tenir", attendu=True),
    Reglage("TENIR_RELEVES_COPIE", "second fichier des relevés de la trace, hors de cette machine", "un seul fichier, "
            "dans TENIR_VAR", "/mnt/ailleurs/releves-de-la-trace.csv"),
    Reglage("TENIR_RELEVES_ADRESSE", "à qui partent chaque nuit les relevés de la trace",
            "ils restent sur cette machine", "archives@exemple.fr", _address, attendu=True),
    Reglage("TENIR_SMTP", "serveur de courriel", "les messages s’écrivent dans TENIR_VAR/courriels",
            "smtps://nom:secret@courriel.exemple.fr:465", _mail, secret=True, attendu=True),
    Reglage("TENIR_EXPEDITEUR", "adresse qui envoie", "tenir@localhost", "tenir@exemple.fr", _address, attendu=True),
    Reglage("TENIR_MANDATAIRE", "1 derrière un mandataire qui tient le HTTPS", "0", "1", _flag),
    Reglage("TENIR_ADRESSE", "adresse du site, dans les messages", "https:// et le premier nom de TENIR_HOTES",
            "https://tenir.exemple.fr", _site),
    Reglage("TENIR_MACHINE", "nom de cette installation, pour reconnaître une copie", "celui que la machine a reçu",
            "tenir-1"),
    Reglage("TENIR_EDITEUR", "qui publie le site, pour les mentions légales", "« Non fourni »",
            "Communauté d’agglomération d’Exemple", attendu=True),
    Reglage("TENIR_CONTACT", "à qui écrire, pour les mentions légales", "« Non fourni »", "contact@exemple.fr",
            attendu=True),
    Reglage("TENIR_HEBERGEUR", "qui héberge le site, pour les mentions légales", "« Non fourni »", "Exemple, Libourne",
            attendu=True),
    Reglage("TENIR_CODE_SOURCE", "où lire le code source de cette installation", "« Non fourni »",
            "https://exemple.fr/tenir", _link, attendu=True),
    Reglage("TENIR_DEMONSTRATION", "1 pour entrer sous un nom fictif : jamais sur un vrai serveur", "0", "0", _flag),
    Reglage("TENIR_LOCAL", "1 pour une seule machine, sans HTTPS (make run)", "0", "0", _flag),
)  # fmt: skip
"""In the order of the page of installation."""


class ReglagesRefuses(SystemExit):
    """The process stops at once, with one line for each setting that is wrong, and no traceback."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(["Tenir ne démarre pas :", *(f"  {line}" for line in lines)]))


def wrong(environment: Mapping[str, str]) -> list[str]:
    """One French sentence for each setting given that cannot be right, alone or beside the others."""
    alone = [f"{reglage.nom} {said}." for reglage, said in _said(environment) if said]
    return alone or list(_together(environment))


def risky(environment: Mapping[str, str]) -> list[str]:
    """One French sentence for each setting with which a site starts, and which no server should have."""
    absent = [reglage for reglage in REGLAGES if reglage.attendu and not environment.get(reglage.nom)]
    said = [f"{r.nom} manque ({r.sens}) : par exemple {r.exemple}." for r in absent]
    if environment.get("TENIR_LOCAL") == "1":
        said.insert(0, "TENIR_LOCAL=1 sert le site sans HTTPS, pour une seule machine : retirez-le sur un serveur.")
    if environment.get("TENIR_DEMONSTRATION") == "1":
        said.insert(0, "TENIR_DEMONSTRATION=1 laisse entrer quiconque sous un nom fictif : retirez-le sur un serveur.")
    return said


def missing(environment: Mapping[str, str]) -> list[str]:
    """One French sentence for each setting that a site open to others lacks."""
    if environment.get("TENIR_LOCAL") == "1":
        return []
    absent = [reglage for reglage in REGLAGES if reglage.served and not environment.get(reglage.nom)]
    return [f"{reglage.nom} manque ({reglage.sens}) : par exemple {reglage.exemple}." for reglage in absent]


def unknown(environment: Mapping[str, str]) -> list[str]:
    """The names that look like a setting and are none: a letter forgotten, most often."""
    names = {reglage.nom for reglage in REGLAGES}
    return sorted(name for name in environment if name.startswith("TENIR_") and name not in names)


def without_secrets(environment: Mapping[str, str]) -> dict[str, str]:
    """What may leave the server: every setting given, without those that hold a secret."""
    return {r.nom: environment[r.nom] for r in REGLAGES if environment.get(r.nom) and not r.secret}


def _together(environment: Mapping[str, str]) -> Iterator[str]:
    hosts = (environment.get("TENIR_HOTES") or "localhost").split(",")
    local, address = environment.get("TENIR_LOCAL") == "1", urlsplit(environment.get("TENIR_ADRESSE", ""))
    if environment.get("TENIR_DEMONSTRATION") == "1" and (set(hosts) - HERE or not local):
        yield (
            "TENIR_DEMONSTRATION=1 montre à quiconque les codes de connexion : il ne va qu’avec TENIR_LOCAL=1, et sans "
            "autre nom que localhost dans TENIR_HOTES."
        )
    if address.netloc and not local and address.scheme != "https":
        yield "TENIR_ADRESSE commence par https:// : sans TENIR_LOCAL=1, le site ne répond pas autrement."
    if address.netloc and not local and address.hostname not in hosts:
        yield f"TENIR_ADRESSE nomme {address.hostname}, qui n’est pas dans TENIR_HOTES : ses liens seraient refusés."


def _said(environment: Mapping[str, str]) -> Iterator[tuple[Reglage, str]]:
    for reglage in REGLAGES:
        if value := environment.get(reglage.nom):
            yield reglage, reglage.check(value)
