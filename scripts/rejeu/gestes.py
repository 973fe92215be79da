"""What the replay does beside the page: what a replay stands in for, and what the page wants done before a block."""

import re
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from scripts.rejeu.page import Bloc
from scripts.rejeu.seance import Seance

ROOT = Path(__file__).resolve().parents[2]
DEPOT = "/srv/tenir.git"
AUTHORITIES = Path("/usr/local/share/ca-certificates")
REPLACED: dict[str, tuple[str, str]] = {
    r"^DEPOT=.*$": (f"DEPOT={DEPOT}", "l’adresse du dépôt : une copie de celui-ci, posée sur le serveur nu"),
    r"^VERSION=.*$": (
        "VERSION=$(sudo unzip -p /var/backups/tenir/avant-mise-a-jour.zip manifeste.json"
        " | grep -oP '\\(\\K[0-9a-f]{12}')",
        "la version où revenir : le commit que dit la sauvegarde",
    ),
    r"\A\{\n(?=    log \{)": (
        "{\n    local_certs\n",
        "le certificat de Caddy : signé sur place, aucune autorité publique ne connaît tenir.exemple.fr",
    ),
}
ALWAYS = (
    "la réponse « oui » à apt est donnée d’avance",
    "tenir.exemple.fr et courriel.exemple.fr mènent au serveur nu lui-même",
)
NGINX = """
server {{
    listen 443 ssl;
    server_name tenir.exemple.fr;
    ssl_certificate /srv/certificat.pem;
    ssl_certificate_key /srv/cle.pem;
{bloc}}}
"""
CERTIFICATE = (
    "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=exemple.fr -keyout /srv/cle.pem"
    " -out /srv/certificat.pem -addext subjectAltName=DNS:courriel.exemple.fr,DNS:tenir.exemple.fr 2>&1"
)
MIGRATION = """from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("core", "{last}")]
    operations = [migrations.RunSQL("CREATE TABLE rejeu_suivante (nombre integer)", "DROP TABLE rejeu_suivante")]
"""


def replaced(seance: Seance, text: str) -> str:
    """Put in a text what the replay has instead of what the page names; remember it was done."""
    for pattern, (instead, told) in REPLACED.items():
        if re.search(pattern, text, re.M):
            text = re.sub(pattern, instead.replace("\\", "\\\\"), text, flags=re.M)
            seance.stand_in(told)
    if seance.base == "SQLite":
        text = re.sub(r"^TENIR_BASE=.*\n", "", text, flags=re.M)
    return text


def publish(seance: Seance) -> None:
    """Put this repository on the server, as it was last committed."""
    depot = seance.server.root / DEPOT.lstrip("/")
    git("init", "--quiet", "--bare", "--initial-branch=main", str(depot))
    git("-C", str(ROOT), "push", "--quiet", str(depot), "HEAD:refs/heads/main")
    seance.versions.append(git("-C", str(depot), "rev-parse", "main").strip())


def publish_next(seance: Seance) -> None:
    """Publish a later version: another number, and a migration, so that the base of one is not that of the other."""
    depot = seance.server.root / DEPOT.lstrip("/")
    with tempfile.TemporaryDirectory() as folder:
        git("clone", "--quiet", str(depot), folder)
        later(Path(folder))
        git("-C", folder, "add", "--all")
        git("-C", folder, "-c", "user.name=Rejeu", "-c", "user.email=rejeu@exemple.fr", "commit", "-qm", "Suivante")
        git("-C", folder, "push", "--quiet")
    seance.versions.append(git("-C", str(depot), "rev-parse", "main").strip())
    seance.stand_in("la version suivante : celle-ci, un numéro et une migration de plus")


def later(repository: Path) -> None:
    """Make of a repository a later version."""
    project = repository / "pyproject.toml"
    project.write_text(re.sub(r'^version = ".*"$', 'version = "99.0.0"', project.read_text(), count=1, flags=re.M))
    migrations = repository / "src/tenir/core/migrations"
    last = max(file.stem for file in migrations.glob("0*.py"))
    (migrations / "9999_rejeu.py").write_text(MIGRATION.format(last=last))


def git(*arguments: str) -> str:
    """Run git on this machine; its words."""
    return subprocess.run(["git", *arguments], check=True, capture_output=True, text=True).stdout


def receive_mail(seance: Seance) -> None:
    """Start a mail server where the page says there is one, believed by the bare server."""
    seance.server.write("/srv/courriel.py", (ROOT / "scripts/rejeu/courriel.py").read_text())
    believed = "cp /srv/certificat.pem /usr/local/share/ca-certificates/courriel.crt && update-ca-certificates"
    start = (
        "systemd-run --quiet --unit=courriel python3 /srv/courriel.py /srv/courriels /srv/certificat.pem /srv/cle.pem"
    )
    seance.must(f"{CERTIFICATE}\nmkdir -p /srv/courriels\n{believed}\n{start}", by="root")
    seance.stand_in("le serveur de courriel : un petit serveur SMTPS, qui demande le nom et le mot de passe de la page")


def install_nginx(seance: Seance) -> None:
    """Put nginx where Caddy was, as on a server that had it already."""
    seance.must("systemctl stop caddy\napt-get install -qq nginx >/dev/null 2>&1", by="root")
    seance.stand_in("nginx : installé après Caddy, avec un bloc `server` et un certificat signés sur place")


def put_in_nginx(seance: Seance, bloc: Bloc) -> None:
    """Put a block of the page in a `server` that holds a certificate, and have nginx read it."""
    seance.server.write("/etc/nginx/conf.d/tenir.conf", NGINX.format(bloc=bloc.text))
    seance.must("nginx -t 2>&1\nsystemctl restart nginx", by="root")


def activate_second_factor(seance: Seance) -> None:
    """Give the administrator a second factor, as the page « Mon second facteur » does once she typed its code."""
    seance.in_tenir(f"python manage.py shell -v 0 -c '{SECOND_FACTOR}'")
    seance.stand_in("le second facteur qu’elle perd : activé par le code, sans passer par la page")


def trust(seance: Seance) -> bool:
    """Give the administrator the authorities that this machine was told to believe; False when it was told of none."""
    found = sorted(AUTHORITIES.glob("*.crt"))
    text = "".join(file.read_text() for file in found)
    seance.server.write(f"/home/{seance.admin}/autorite.crt", text)
    return bool(found)


SECOND_FACTOR = (
    "from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret as secret;"
    " from django.contrib.auth import get_user_model as people;"
    ' TOTP.activate(people().objects.get(email="prenom.nom@exemple.fr"), secret())'
)
BEFORE: dict[str, Callable[[Seance], None]] = {
    "un serveur de courriel répond": receive_mail,
    "nginx prend la place de Caddy": install_nginx,
    "une version plus récente est publiée": publish_next,
    "elle active un second facteur": activate_second_factor,
}
