"""`make run`: prepare everything, then serve the site on this machine.

`PORT` changes the port (8000). `DOCUMENT` gives the signed document of Coutras, so that its words show. `CONTRATS=`,
empty, gives a site of its own without any contract, where one is created on the site.
What was prepared is remembered: the second time, the server starts at once.
"""

import hashlib
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from scripts.preparer import PYTHON, ROOT, VENV, lock, prepared

EMPTY = os.environ.get("CONTRATS") == ""
"""Whether no contract is wanted: such a site keeps its data apart."""
VAR = Path(os.environ.get("TENIR_VAR") or (ROOT / "var" / "vide" if EMPTY else ROOT / "var"))
COUTRAS = ROOT / "contrats" / "coutras-2024-2030.yaml"
FICTIF = ROOT / "contrats" / "fictif"
KINDS = ROOT / "contrats" / "natures"


class CannotStart(Exception):
    """Why the site cannot start, in a sentence for the person who typed the command."""


def main() -> int:
    """Start the site, and stay in it until it is stopped."""
    try:
        port, document = read_port(), read_document()
        refuse_taken(port)
        if not prepared("run"):
            return 1
        os.environ["TENIR_LOCAL"] = "1"
        os.environ.setdefault("TENIR_DEMONSTRATION", "1")
        if EMPTY:
            os.environ["TENIR_VAR"] = str(VAR)
        os.environ.setdefault("TENIR_ADRESSE", f"http://127.0.0.1:{port}")
        keep_backups()
        prepare_site(document)
    except CannotStart as reason:
        print(reason, file=sys.stderr)
        return 1
    serve(port)
    return 0


def read_port() -> int:
    """Return the port asked for."""
    asked = os.environ.get("PORT") or "8000"
    if not asked.isdigit() or not 0 < int(asked) < 65536:
        raise CannotStart(f"PORT={asked} n’est pas un numéro de port : donnez un nombre de 1 à 65535.")
    return int(asked)


def read_document() -> Path | None:
    """Return the signed document of Coutras, when it is given."""
    asked = os.environ.get("DOCUMENT")
    if not asked:
        return None
    document = Path(asked).expanduser().resolve()
    if not document.is_file():
        raise CannotStart(f"Le document « {asked} » n’existe pas.")
    return document


def refuse_taken(port: int) -> None:
    """Say now, rather than after the installation, that another program listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise CannotStart(f"Le port {port} est réservé au système : PORT=8000 make run.") from None
        except OSError:
            raise CannotStart(
                f"Le port {port} est déjà pris. Choisissez-en un autre : PORT={port % 65535 + 1} make run."
            ) from None


def keep_backups() -> None:
    """Give backups a folder of this machine, for its owner alone, unless one is given."""
    if "TENIR_SAUVEGARDES" not in os.environ:
        folder = VAR / "sauvegardes"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.environ["TENIR_SAUVEGARDES"] = str(folder)


def prepare_site(document: Path | None) -> None:
    """Bring the database, the static files and the contracts up to date, unless nothing changed since."""
    kept = VAR / "prepare.sha256"
    wanted = fingerprint(document)
    if up_to_date(kept, wanted):
        return
    VAR.mkdir(parents=True, exist_ok=True)
    kept.unlink(missing_ok=True)
    print("Préparation de la base et des fichiers de présentation…", flush=True)
    manage("migrate", "--verbosity=0")
    manage("collectstatic", "--noinput", "--verbosity=0")  # without --clear: a site may be running
    published = [publish(file, signed) for file, signed in contracts(document)]  # each is tried
    if os.environ.get("TENIR_DEMONSTRATION") == "1":
        published += (
            [tenir("peupler-demonstration")] if EMPTY else [animate(f.stem) for f in sorted(FICTIF.glob("*.yaml"))]
        )
    if all(published):
        kept.write_text(wanted)


def up_to_date(kept: Path, wanted: str) -> bool:
    """Tell whether the last preparation still holds; of a database elsewhere we cannot know."""
    if os.environ.get("TENIR_BASE") or not (VAR / "tenir.sqlite3").exists():
        return False
    return kept.exists() and kept.read_text() == wanted


def fingerprint(document: Path | None) -> str:
    """Return one SHA-256 for all that a preparation depends on: code, locks, contracts, document."""
    digest = hashlib.sha256(lock("run").read_bytes())
    for path in [*sources(), *([document] if document else [])]:
        digest.update(f"{path}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def sources() -> Iterator[Path]:
    """Yield the files of the site and of its contracts, always in the same order."""
    for folder in (ROOT / "src" / "tenir", ROOT / "contrats"):
        yield from sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix != ".pyc")


def contracts(document: Path | None) -> Iterator[tuple[Path, Path | None]]:
    """Yield the contract files shipped here, each with its signed document where there is one."""
    if EMPTY:
        return
    if COUTRAS.exists():
        yield COUTRAS, document
    for file in sorted(FICTIF.glob("*.yaml")):
        beside = file.with_suffix(".txt")
        yield file, beside if beside.exists() else None


def publish(file: Path, document: Path | None) -> bool:
    """Load one contract and publish it; both commands change nothing the second time."""
    print(f"Contrat {file.stem} :", flush=True)
    attached = ["--document", str(document)] if document else []
    return tenir("charger", str(file), *attached) and tenir("publier", file.stem) and _kinds(file.stem)


def _fictitious() -> list[str]:
    return [file.stem for file in sorted(FICTIF.glob("*.yaml"))]


def _kinds(slug: str) -> bool:
    """Give a contract the kinds of activity that lie beside it, if any."""
    file = KINDS / f"{slug}.yaml"
    return tenir("nature", "charger", str(file), slug) if file.exists() else True


def animate(slug: str) -> bool:
    """Give a fictitious contract its fictitious people and its simulated life; the second time changes nothing."""
    return tenir("peupler-demonstration", slug) and tenir("animer-demonstration", slug)


def tenir(*arguments: str) -> bool:
    """Run one command of the site, its words shown; tell whether it succeeded."""
    return subprocess.run([VENV / "bin" / "tenir", *arguments], cwd=ROOT, check=False).returncode == 0


def manage(*arguments: str) -> None:
    """Run one command of Django; without it the site cannot start."""
    if subprocess.run([PYTHON, "manage.py", *arguments], cwd=ROOT, check=False).returncode:
        raise CannotStart(f"La préparation s’est arrêtée sur : manage.py {' '.join(arguments)}")


def serve(port: int) -> None:
    """Become the server: its stop signals reach it directly."""
    gunicorn = VENV / "bin" / "gunicorn"
    configuration = ROOT / "scripts" / "gunicorn_conf.py"
    os.chdir(ROOT)
    os.execv(gunicorn, [str(gunicorn), "--config", str(configuration), "--bind", f"127.0.0.1:{port}"])  # noqa: S606


if __name__ == "__main__":
    sys.exit(main())
