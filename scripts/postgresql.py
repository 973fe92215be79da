"""A PostgreSQL of one's own for the time of the tests: made in a temporary folder, never durable, always removed."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

DEBIAN = Path("/usr/lib/postgresql")
ACCOUNT = "postgres"
# Nothing here outlives the tests: no write waits for the disk.
NOT_DURABLE = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off"
# The order of bytes, as in SQLite: what must sort otherwise says so itself.
LOCALE = ("--encoding=UTF8", "--locale=C")


class Broken(Exception):
    """A program of PostgreSQL failed; its own words."""


def binaries() -> Path | None:
    """Return the folder of `initdb` and `pg_ctl`: Debian keeps it out of PATH, the newest version first."""
    versions = sorted(DEBIAN.glob("[0-9]*/bin"), key=lambda folder: float(folder.parent.name), reverse=True)
    on_path = shutil.which("initdb")
    folders = [*versions, *([Path(on_path).parent] if on_path else [])]
    return next((f for f in folders if (f / "initdb").exists() and (f / "pg_ctl").exists()), None)


def missing() -> str | None:
    """Say in French why no PostgreSQL can be started here; None when one can."""
    if binaries() is None:
        return "PostgreSQL absent (initdb et pg_ctl introuvables)"
    if os.geteuid() == 0 and ACCOUNT not in {account.pw_name for account in pwd.getpwall()}:
        return f"lancé par root, sans compte « {ACCOUNT} » pour PostgreSQL"
    return None


@contextmanager
def temporary_cluster() -> Iterator[str]:
    """Start a cluster that only a Unix socket reaches; give its address, and remove all of it in the end."""
    folder = Path(tempfile.mkdtemp(prefix="tenir-pg-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, ACCOUNT, ACCOUNT)
        run("initdb", "--pgdata", "data", "--username=tenir", "--auth=trust", "--no-sync", *LOCALE, folder=folder)
        start(folder)
        yield f"postgres://tenir@{quote(str(folder), safe='')}/postgres"
    finally:
        remove(folder)


def version() -> str:
    """The version of what dumps and loads here, as the ending of a file; empty when nothing does."""
    folder = binaries()
    if folder is None or not all((folder / name).exists() for name in ("pg_dump", "psql")):
        return ""
    told = subprocess.run([folder / "pg_dump", "--version"], capture_output=True, text=True, check=True)
    return f"pg{told.stdout.split()[2]}"


def dump(address: str, file: Path) -> None:
    """Write a database down, as what makes it again."""
    _ask("pg_dump", "--no-owner", f"--file={file}", f"--dbname={address}")


def load(address: str, file: Path) -> None:
    """Make in an empty database what was written down."""
    _ask("psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", f"--file={file}", f"--dbname={address}")


def _ask(program: str, *arguments: str) -> None:
    folder = binaries()
    if folder is None or not (folder / program).exists():
        raise Broken(f"{program} : absent")
    done = subprocess.run([folder / program, *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise Broken(f"{program} : {done.stderr[-2000:]}")


def start(folder: Path) -> None:
    """Start the server of a folder."""
    options = f"{NOT_DURABLE} -c listen_addresses='' -c unix_socket_directories='{folder}'"
    run("pg_ctl", "start", "--pgdata=data", "--wait", "--log=journal", "--options", options, folder=folder)


def restart(address: str) -> None:
    """Restart the cluster of an address, as an update of its package does: every connection is cut."""
    folder = Path(unquote(urlsplit(address).netloc.partition("@")[2]))
    run("pg_ctl", "stop", "--pgdata=data", "--mode=fast", "--wait", folder=folder)
    start(folder)


def remove(folder: Path) -> None:
    """Stop the server, if it started, and erase its folder."""
    if (folder / "data" / "postmaster.pid").exists():
        run("pg_ctl", "stop", "--pgdata=data", "--mode=immediate", folder=folder)
    shutil.rmtree(folder, ignore_errors=True)


def run(program: str, *arguments: str, folder: Path) -> None:
    """Run one program of PostgreSQL in the folder; root may not, and lends it to the account of the package."""
    bin_folder = binaries()
    assert bin_folder is not None  # noqa: S101 - missing() was asked first
    as_account = {"user": ACCOUNT, "group": ACCOUNT, "extra_groups": []} if os.geteuid() == 0 else {}
    log = folder / "sortie"
    with log.open("ab") as output:
        # Its own session: Ctrl-C is for the tests, and the server is stopped in order afterwards.
        done = subprocess.run(
            [bin_folder / program, *arguments],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            check=False,
            **as_account,
        )
    if done.returncode:
        raise Broken(f"{program} : {log.read_text(errors='replace')[-2000:]}")
