"""A bare Debian server in a folder: its own systemd, processes and network, the kernel of the machine.

`debootstrap` lays the system once, kept for next time; `systemd-nspawn` boots a copy; `slirp4netns` gives it a way out.
"""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SUITE = "bookworm"
MIRROR = "http://deb.debian.org/debian"
BARE = "systemd-sysv,dbus,sudo,ca-certificates,curl,procps,iproute2"
"""What a server of a host has that the smallest Debian has not."""
PROGRAMS = {"debootstrap": "debootstrap", "systemd-nspawn": "systemd-container", "slirp4netns": "slirp4netns"}
ADMIN = "exploitante"
CLEAN = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", "TERM": "dumb"}


class Absent(Exception):
    """Why no bare server can be made here, in a sentence."""


@dataclass(frozen=True)
class Fait:
    """What a command did."""

    code: int
    said: str


@dataclass(frozen=True)
class Serveur:
    """The running server: its files, and the process that everything in it comes from."""

    root: Path
    leader: int

    def run(self, script: str, *, by: str = ADMIN, typed: str = "", patience: int = 900) -> Fait:
        """Type a script in a shell of this account; what is typed after it answers its questions."""
        file = self.write("/srv/rejeu.sh", script, mode=0o644)
        inside = ["runuser", "-u", by, "--", "bash", "-e", f"/{file.relative_to(self.root)}"]
        done = subprocess.run(
            [*self._enter(), *inside],
            input=typed,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**CLEAN, "HOME": "/root" if by == "root" else f"/home/{by}"},
            timeout=patience,
            check=False,
        )
        return Fait(done.returncode, done.stdout)

    def write(self, path: str, content: str, mode: int = 0o644) -> Path:
        """Write a file of the server, as its administrator."""
        file = self.root / path.lstrip("/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content)
        file.chmod(mode)
        return file

    def _enter(self) -> list[str]:
        spaces = ["--mount", "--uts", "--ipc", "--net", "--pid", "--cgroup", "--root", "--wd"]
        return ["nsenter", "--target", str(self.leader), *spaces]


def missing() -> str | None:
    """Say in French why no server can be made here; None when one can."""
    if os.geteuid() != 0:
        return "il faut être root (une machine d’essai, pas un vrai serveur)"
    absent = [package for program, package in PROGRAMS.items() if shutil.which(program) is None]
    return f"paquets absents : sudo apt install {' '.join(absent)}" if absent else None


@contextmanager
def bare_server(folder: Path, keep: bool) -> Iterator[Serveur]:
    """Lay a bare Debian in the folder, boot it, and take it all away in the end."""
    if reason := missing():
        raise Absent(f"Aucun serveur nu ne peut être fait ici : {reason}.")
    root = folder / "serveur"
    lay(base(folder), root)
    try:
        with booted(root) as server:
            yield server
    finally:
        if not keep:
            shutil.rmtree(root)


def base(folder: Path) -> Path:
    """Return the smallest Debian, made the first time."""
    kept = folder / f"socle-{SUITE}"
    if not kept.exists():
        making = folder / "socle-en-cours"
        shutil.rmtree(making, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
        command = ["debootstrap", "--variant=minbase", f"--include={BARE}", SUITE, str(making), MIRROR]
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        making.rename(kept)
    return kept


def lay(kept: Path, root: Path) -> None:
    """Copy the base, with one person who administers it and the sources of packages of any Debian."""
    shutil.rmtree(root, ignore_errors=True)
    subprocess.run(["cp", "--archive", kept, root], check=True)
    subprocess.run(["chroot", root, "useradd", "--create-home", "--shell", "/bin/bash", ADMIN], check=True)
    (root / "etc/sudoers.d/exploitante").write_text(f"{ADMIN} ALL=(ALL) NOPASSWD: ALL\n")
    (root / "etc/hostname").write_text("serveur-nu\n")
    (root / "etc/hosts").write_text("127.0.0.1 localhost serveur-nu tenir.exemple.fr courriel.exemple.fr\n")
    (root / "etc/apt/apt.conf.d/90rejeu").write_text('APT::Get::Assume-Yes "true";\n')


@contextmanager
def booted(root: Path) -> Iterator[Serveur]:
    """Boot the system of a folder, in a network of its own, until the end of the block."""
    network = f"tenir-rejeu-{os.getpid()}"
    subprocess.run(["ip", "netns", "add", network], check=True)
    try:
        with started(_boot(root, network), root.parent / "demarrage.log") as nspawn:
            leader = _leader(nspawn)
            with started(_way_out(network), root.parent / "reseau.log"):
                server = Serveur(root, leader)
                _wait(server)
                yield server
    finally:
        subprocess.run(["ip", "netns", "delete", network], check=False)


def _boot(root: Path, network: str) -> list[str]:
    where = [f"--directory={root}", f"--network-namespace-path=/run/netns/{network}", "--resolv-conf=copy-host"]
    # Not told to the systemd of this machine: it may have none.
    return ["systemd-nspawn", "--quiet", *where, "--boot", "--register=no", "--keep-unit", "--console=pipe"]


def _way_out(network: str) -> list[str]:
    options = ["--configure", "--mtu=1400", "--disable-host-loopback", "--netns-type=path"]
    return ["slirp4netns", *options, f"/run/netns/{network}", "sortie"]


@contextmanager
def started(command: list[str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Keep a program running for the time of the block."""
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()


def _leader(nspawn: subprocess.Popen[bytes], patience: int = 30) -> int:
    """Find the first process of the server: the child of the program that boots it."""
    children = Path(f"/proc/{nspawn.pid}/task/{nspawn.pid}/children")
    for _ in range(patience * 10):
        if nspawn.poll() is not None:
            break
        for child in children.read_text().split():
            if Path(f"/proc/{child}/comm").read_text().strip() == "systemd":
                return int(child)
        time.sleep(0.1)
    raise Absent("Le serveur nu n’a pas démarré : voyez demarrage.log.")


def _wait(server: Serveur, patience: int = 60) -> None:
    """Wait until systemd has started what a bare server starts."""
    for _ in range(patience):
        if server.run("systemctl is-system-running || true", by="root").said.strip() in {"running", "degraded"}:
            return
        time.sleep(1)
    raise Absent("Le serveur nu ne finit pas de démarrer : voyez demarrage.log.")
